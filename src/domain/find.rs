//! Finding a few letters in a text. The standard search is made for long ones: it is kilobytes of code, and readers
//! download them.

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

#[cfg(test)]
mod tests {
    use super::{around, find};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_found_is_what_the_standard_search_finds(text in "[abä<]{0,12}", part in "[abä<]{1,3}") {
            prop_assert_eq!(find(&text, &part), text.find(&part));
            prop_assert_eq!(around(&text, &part), text.split_once(&part));
        }
    }

    #[test]
    fn nothing_stands_nowhere() {
        assert_eq!(find("a", ""), None);
        assert_eq!(find("", "a"), None);
    }
}
