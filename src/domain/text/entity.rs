//! Entities of markup: the few that editors write, and any by its number.

/// What editors write, beside the five that markup itself needs.
const NAMED: [(&str, &str); 15] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("bull", "•"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("copy", "©"),
];
/// The longest that an entity is, its `&` and `;` left out.
const LONGEST: usize = 8;

/// A text with its entities decoded, once: `&amp;lt;` is the words `&lt;`. What is none stays.
pub fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        rest = after;
        let end = after
            .bytes()
            .take(LONGEST + 1)
            .position(|byte| byte == b';');
        let found = end.and_then(|end| {
            let (name, beyond) = after.split_at_checked(end)?;
            Some((named(name)?, beyond.strip_prefix(';')?))
        });
        match found {
            Some((char, beyond)) => {
                decoded.push_str(&char);
                rest = beyond;
            }
            None => decoded.push('&'),
        }
    }
    decoded.push_str(rest);
    decoded
}

fn named(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        let (_, char) = NAMED.iter().find(|(known, _)| *known == name)?;
        return Some((*char).to_owned());
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    Some(char::from_u32(number.ok()?)?.to_string())
}
