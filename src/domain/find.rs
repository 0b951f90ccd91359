//! Finding a few letters in a text. The standard search is made for long ones: it is kilobytes of code, and readers
//! download them, even where only one letter that is not known beforehand is looked for.

/// Where `part` stands in a text for the first time, in bytes; an empty one stands nowhere.
pub fn find(text: &str, part: &str) -> Option<usize> {
    if part.is_empty() {
        return None;
    }
    let mut places = text.as_bytes().windows(part.len());
    places.position(|place| place == part.as_bytes())
}

/// What stands before `part` and what behind it.
pub fn around<'t>(text: &'t str, part: &str) -> Option<(&'t str, &'t str)> {
    let at = find(text, part)?;
    Some((text.get(..at)?, text.get(at + part.len()..)?))
}

/// The same for the last time that it stands there.
pub fn around_last<'t>(text: &'t str, part: &str) -> Option<(&'t str, &'t str)> {
    if part.is_empty() {
        return None;
    }
    let mut places = text.as_bytes().windows(part.len());
    let at = places.rposition(|place| place == part.as_bytes())?;
    Some((text.get(..at)?, text.get(at + part.len()..)?))
}

/// Whether a letter stands in a text.
pub fn holds(text: &str, letter: char) -> bool {
    text.chars().any(|each| each == letter)
}

#[cfg(test)]
mod tests {
    use super::{around, around_last, find, holds};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_found_is_what_the_standard_search_finds(text in "[abä<]{0,12}", part in "[abä<]{1,3}") {
            prop_assert_eq!(find(&text, &part), text.find(&part));
            prop_assert_eq!(around(&text, &part), text.split_once(&part));
            prop_assert_eq!(around_last(&text, &part), text.rsplit_once(&part));
            let letter = part.chars().next().unwrap();
            prop_assert_eq!(holds(&text, letter), text.contains(letter));
        }
    }

    #[test]
    fn nothing_stands_nowhere() {
        assert_eq!(find("a", ""), None);
        assert_eq!(find("", "a"), None);
        assert_eq!(around_last("a", ""), None);
    }
}
