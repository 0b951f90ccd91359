//! What the tabs of one browser tell each other of what is typed: what was said or given up in one is typed in none. What
//! was typed otherwise stays.

use crate::domain::ordered::ShortMap;

const CLEARED: char = '-';
const NOTED: char = '+';
const SPENT: char = '*';

/// That a field, kept under this key, was cleared of a text.
pub fn cleared(key: &str, field: &str, text: &str) -> String {
    message(CLEARED, key, field, text)
}

/// That a field, kept under this key, holds a text.
pub fn noted(key: &str, field: &str, text: &str) -> String {
    message(NOTED, key, field, text)
}

/// That every field that begins so is spent, whatever it holds.
pub fn spent(key: &str, prefix: &str) -> String {
    message(SPENT, key, prefix, "")
}

fn message(what: char, key: &str, field: &str, text: &str) -> String {
    let mut told = String::from(what);
    told.extend([key, "\n", field, "\n", text]);
    told
}

/// Does in this tab what another tells of: `texts` are what stands here by field, `is_typed` says whether somebody typed it
/// in this tab, and `key_of` under which key a field of whoever is logged in here is kept. The teller has emptied the store
/// that all share; what this tab has to put back there, as it was typed otherwise here, is the answer: key and text. What was
/// only read from the store is the teller's own, as it stood before they went on.
pub fn hear(
    texts: &mut ShortMap<String, String>,
    is_typed: impl Fn(&str) -> bool,
    key_of: impl Fn(&str) -> String,
    message: &str,
) -> Option<(String, String)> {
    let (what, key, field, text) = parts(message)?;
    if key_of(field) != key {
        return None;
    }
    // A newer console in another tab may tell more than these.
    if what == NOTED {
        texts.insert(field.to_owned(), text.to_owned());
    } else if what == SPENT {
        texts.retain(|typed, _| !typed.starts_with(field));
    } else if what == CLEARED
        && let Some(typed) = texts.get(field)
    {
        if typed != text && is_typed(field) {
            return Some((key.to_owned(), typed.clone()));
        }
        texts.remove(field);
    }
    None
}

fn parts(message: &str) -> Option<(char, &str, &str, &str)> {
    let mut letters = message.chars();
    let what = letters.next()?;
    let (key, rest) = letters.as_str().split_once('\n')?;
    let (field, text) = rest.split_once('\n')?;
    Some((what, key, field, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: fn(&str) -> bool = |_| true;

    fn typed(text: &str) -> ShortMap<String, String> {
        [("fact/1/cause".to_owned(), text.to_owned())]
            .into_iter()
            .collect()
    }

    #[test]
    fn what_was_said_elsewhere_is_typed_here_no_more_unless_it_was_typed_otherwise() {
        let told = cleared("ada:fact/1/cause", "fact/1/cause", "A router\nfailed.");
        let key_of = |field: &str| format!("ada:{field}");
        let mut same = typed("A router\nfailed.");
        assert_eq!(hear(&mut same, HERE, key_of, &told), None);
        assert_eq!(same.len(), 0);

        let mut other = typed("A router");
        let kept = ("ada:fact/1/cause".to_owned(), "A router".to_owned());
        assert_eq!(hear(&mut other, HERE, key_of, &told), Some(kept));
        assert_eq!(other, typed("A router"));
        // Half of it was read from the store when this tab was opened, and nobody typed it here.
        assert_eq!(hear(&mut other, |_| false, key_of, &told), None);
        assert_eq!(other.len(), 0);

        let mut anothers = typed("A router\nfailed.");
        let of_grace = |field: &str| format!("grace:{field}");
        assert_eq!(hear(&mut anothers, HERE, of_grace, &told), None);
        assert_eq!(anothers.len(), 1);
        assert_eq!(hear(&mut ShortMap::default(), HERE, key_of, &told), None);
    }

    #[test]
    fn what_a_post_left_with_is_known_in_every_tab() {
        let mut here = ShortMap::default();
        let told = noted("post/1/1/left-with", "post/1/1/left-with", "op-7");
        assert_eq!(hear(&mut here, HERE, str::to_owned, &told), None);
        assert_eq!(
            here.get("post/1/1/left-with").map(String::as_str),
            Some("op-7")
        );
        for nothing in [
            "",
            "-",
            "+key",
            "-key\nfield",
            "?post/1/1/left-with\npost/1/1/left-with\n",
        ] {
            assert_eq!(
                hear(&mut here, HERE, str::to_owned, nothing),
                None,
                "{nothing}"
            );
        }
        assert_eq!(here.len(), 1);
        here.insert("post/1/2/status".to_owned(), "identified".to_owned());
        here.insert("post/1/1/status".to_owned(), "identified".to_owned());
        let told = spent("post/1/1/", "post/1/1/");
        assert_eq!(hear(&mut here, HERE, str::to_owned, &told), None);
        assert!(here.keys().eq(["post/1/2/status"]));
    }
}
