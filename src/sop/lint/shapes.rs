//! Placeholders by their shape: `[x]`, `{x}`, `{{x}}`, `<x>`, `${x}`, `%x%`, and fullwidth brackets. Whose template
//! language they are does not matter.

/// What opens a placeholder, and what closes it; longer ones first.
const PAIRS: [(&str, &str); 8] = [
    ("{{", "}}"),
    ("((", "))"),
    ("${", "}"),
    ("{", "}"),
    ("[", "]"),
    ("<", ">"),
    ("［", "］"),
    ("〔", "〕"),
];
/// Names are no longer than this, in letters: what stands further apart is prose.
const LONGEST: usize = 40;

/// The placeholders of a text, with their marks. Looks at each place once and no further than a name is long.
pub(crate) fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    let places = text.char_indices();
    places.filter_map(|(at, _)| begins_with(text.get(at..)?))
}

/// The placeholder that a text begins with, with its marks.
pub(crate) fn begins_with(text: &str) -> Option<&str> {
    match text.chars().next()? {
        '{' | '(' | '$' | '[' | '<' | '［' | '〔' => bracketed(text),
        '%' => percent(text),
        _ => None,
    }
}

/// Whether something in square brackets reads like a place: it has letters, or marks where something is to be written.
pub(crate) fn looks_like_a_place(name: &str) -> bool {
    name.chars()
        .any(|c| c.is_alphabetic() || matches!(c, '_' | '#'))
}

fn bracketed(text: &str) -> Option<&str> {
    PAIRS.iter().find_map(|(open, close)| {
        let inside = text.strip_prefix(open)?;
        let end = limit(inside, LONGEST);
        let length = inside.get(..end)?.find(close)?;
        let name = inside.get(..length)?;
        is_name(name, *open == "<").then(|| text.get(..open.len() + length + close.len()))?
    })
}

/// `%NAME%`: capitals and underscores only, so that "5 % and 10 %" is none.
fn percent(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('%')?;
    let length = inside.get(..limit(inside, LONGEST))?.find('%')?;
    let name = inside.get(..length)?;
    let named = name.len() > 1 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (named && name.starts_with(|c: char| c.is_ascii_alphabetic()))
        .then(|| text.get(..length + 2))?
}

/// Whether it may name something to be filled in. An angle bracket also begins comparisons, tags and addresses.
fn is_name(name: &str, angle: bool) -> bool {
    let begins = name
        .trim_start()
        .starts_with(|c: char| c.is_alphabetic() || c == '_');
    let allowed =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '/' | ':' | '|');
    let fits = begins && !name.contains("//") && name.chars().all(allowed);
    if angle {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' ' | ':' | '|');
        fits && name.chars().all(plain) && name.len() > 1 && !name.starts_with(' ')
    } else {
        fits
    }
}

/// Where so many letters end, in bytes.
fn limit(text: &str, letters: usize) -> usize {
    text.char_indices()
        .nth(letters)
        .map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::placeholders;

    #[test]
    fn placeholders_of_every_template_language() {
        for (text, written) in [
            ("errors in [Service Name]", "[Service Name]"),
            ("[TBD]", "[TBD]"),
            ("at [TIME] today", "[TIME]"),
            ("{{service}} is down", "{{service}}"),
            ("{service} is down", "{service}"),
            ("<impacted_service> is down", "<impacted_service>"),
            ("${SERVICE} is down", "${SERVICE}"),
            ("%SERVICE% is down", "%SERVICE%"),
            ("［サービス名］", "［サービス名］"),
            ("((service)) is down", "((service))"),
            ("since <HH:MM UTC>", "<HH:MM UTC>"),
            ("<Outage|Degraded>", "<Outage|Degraded>"),
        ] {
            assert_eq!(placeholders(text).next(), Some(written), "{text}");
        }
    }

    #[test]
    fn what_only_looks_a_little_like_one_is_prose() {
        for text in [
            "a < b and c > d",
            "5 % and 10 % of requests",
            "p[0] and {}",
            "x <3",
            "[1]",
            "a [long remark, with commas: and colons]",
            "<https://a.example/x>",
            "latency < 2 s, errors > 5 %",
        ] {
            assert_eq!(placeholders(text).next(), None, "{text}");
        }
    }
}
