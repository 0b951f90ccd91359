//! What may stand behind "Hi": a name of a person, and nothing that a list, a program or a stranger put in its place.

/// Longer ones are no names.
const LONGEST: usize = 80;

/// A name on one line, where it is one; `None` where nothing is there.
///
/// # Errors
/// Why it is none. The mail says "Hi there," then, and the line is listed.
pub(super) fn name(text: &str) -> Result<Option<String>, &'static str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let name = words.join(" ");
    let name = name.trim_matches('"').trim();
    if name.is_empty() {
        return Ok(None);
    }
    match wrong(name) {
        Some(wrong) => Err(wrong),
        None => Ok(Some(name.to_owned())),
    }
}

fn wrong(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    if name.chars().any(|c| c.is_control() || is_unseen(c)) {
        Some("it holds a character that cannot be seen")
    } else if name.contains('@') {
        Some("it holds an address")
    } else if ["://", "www.", ".com/", "mailto:"]
        .iter()
        .any(|part| lower.contains(part))
    {
        Some("it holds a link")
    } else if name
        .split(' ')
        .next()
        .is_some_and(|first| first.ends_with(':'))
    {
        Some("it is a formula or a label")
    } else if name.contains([
        '<', '>', '{', '}', '[', ']', '|', '%', '$', '\\', '^', '~', '`', '#',
    ]) {
        Some("it holds markup, or a merge tag")
    } else if name.starts_with(['=', '+', '-', '*', '_', '/']) {
        Some("it is a formula or a label")
    } else if letters == 0 || digits > letters || (digits > 2 && !name.contains(' ')) {
        Some("it is a number or an id")
    } else if name.chars().count() > LONGEST {
        Some("it is too long")
    } else if matches!(
        lower.as_str(),
        "null" | "none" | "n/a" | "na" | "unknown" | "undefined" | "true" | "false" | "test"
    ) {
        Some("it stands for a missing one")
    } else {
        None
    }
}

/// Whether a character turns the order of what follows, or has no width: nobody sees it.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_are_names() {
        for text in [
            "Ada",
            "Ada Lovelace",
            "Lovelace, Ada",
            "Ada \"The Count\" L.",
            "Jean-Luc",
            "O’Brien",
            "Ada  Lovelace\n",
            "李小龍",
            "Ada 3rd",
            "João",
        ] {
            assert!(matches!(name(text), Ok(Some(_))), "{text}");
        }
        assert_eq!(
            name("Ada\nLovelace"),
            Ok(Some("Ada Lovelace".to_owned())),
            "C209"
        );
        assert_eq!(name(" \t"), Ok(None));
    }

    #[test]
    fn what_only_stands_in_the_place_of_a_name_is_none() {
        for text in [
            "You won http://prize.evil.example claim now",
            "a\u{202e}moc.elpmaxe",
            "=HYPERLINK(\"https://evil.example\")",
            "<b>Ada</b>",
            "* myContacts",
            "To: Ada",
            "Name:",
            "*|FNAME|*",
            "{{first_name}}",
            "%%First%%",
            "${name}",
            "10293",
            "USR-10293",
            "4/5",
            "★★★★",
            "ada@example.com",
            "null",
            "a\u{0}b",
            "x\u{200b}y",
        ] {
            assert!(name(text).is_err(), "{text}: {:?}", name(text));
        }
    }
}
