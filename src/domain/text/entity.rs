//! Entities of markup: the few that editors write, and any by its number.

/// What editors write, beside the five that markup itself needs: each name before its sign.
const NAMED: &str = "amp & lt < gt > quot \" apos ' ndash – mdash — hellip … bull • lsquo ‘ rsquo ’ ldquo “ rdquo ” sbquo ‚ bdquo „ laquo « \
raquo » copy © reg ® trade ™ euro € pound £ sect § deg ° middot · iexcl ¡ iquest ¿ times × divide ÷ szlig ß yuml ÿ oelig œ OElig Œ \
scaron š Scaron Š rarr → larr ←";
/// The Latin letters with a mark, in the order of their numbers from [`FIRST_LETTER`] on. Their small ones come so far
/// behind them.
const LETTERS: &str = "Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc \
Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN";
const FIRST_LETTER: u32 = 0xc0;
const TO_SMALL: u32 = 0x20;
/// What the numbers of control characters mean, from this one on: the signs that Windows has there (HTML standard, "numeric
/// character reference end state"). In the place of the five that mean nothing stands a space.
const FIRST_OF_WINDOWS: u32 = 0x80;
const WINDOWS: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";
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
        if name == "nbsp" {
            return Some(" ".to_owned());
        }
        let mut words = NAMED.split(' ');
        while let Some(known) = words.next() {
            let sign = words.next()?;
            if known == name {
                return Some(sign.to_owned());
            }
        }
        return letter(name);
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    let number = number.ok()?;
    let meant = number
        .checked_sub(FIRST_OF_WINDOWS)
        .and_then(|place| WINDOWS.chars().nth(usize::try_from(place).ok()?));
    Some(meant.or(char::from_u32(number))?.to_string())
}

fn letter(name: &str) -> Option<String> {
    let mut letters = LETTERS.split(' ');
    let at = letters.position(|known| known.eq_ignore_ascii_case(name))?;
    let is_small = name.starts_with(|c: char| c.is_ascii_lowercase());
    let first = FIRST_LETTER + if is_small { TO_SMALL } else { 0 };
    Some(char::from_u32(first + u32::try_from(at).ok()?)?.to_string())
}
