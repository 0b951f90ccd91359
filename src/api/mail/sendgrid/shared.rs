//! What the mails of a batch have in common, and the one place in which they differ: the vendor puts each
//! recipient's own words there, where it finds a key.

use std::fmt::Write as _;

/// One part of all mails of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<'b> {
    /// What all begin with.
    pub before: &'b str,
    /// What all end with.
    pub after: &'b str,
    /// What stands between in each, in their order.
    pub own: Vec<&'b str>,
}

impl<'b> Part<'b> {
    /// Takes texts apart. One text has nothing of its own.
    pub fn of(texts: &[&'b str]) -> Self {
        let first = texts.first().copied().unwrap_or_default();
        let mut from = first.len();
        let mut end = first.len();
        for text in texts {
            from = from.min(same(first.bytes(), text.bytes()));
            end = end.min(same(first.bytes().rev(), text.bytes().rev()));
        }
        while !first.is_char_boundary(from) {
            from -= 1;
        }
        let shortest = texts.iter().map(|text| text.len()).min().unwrap_or(0);
        // Beginning and end must not share a stretch of the shortest.
        end = end.min(shortest - from);
        while !first.is_char_boundary(first.len() - end) {
            end -= 1;
        }
        let own = texts
            .iter()
            .map(|text| text.get(from..text.len() - end).unwrap_or_default())
            .collect();
        Self {
            before: first.get(..from).unwrap_or_default(),
            after: first.get(first.len() - end..).unwrap_or_default(),
            own,
        }
    }

    /// Whether all texts are the same.
    pub fn is_same(&self) -> bool {
        self.own.iter().all(|own| own.is_empty())
    }

    /// The text with a key where they differ.
    pub fn keyed(&self, key: &str) -> String {
        if self.is_same() {
            format!("{}{}", self.before, self.after)
        } else {
            format!("{}{key}{}", self.before, self.after)
        }
    }
}

fn same(one: impl Iterator<Item = u8>, other: impl Iterator<Item = u8>) -> usize {
    one.zip(other)
        .take_while(|(one, other)| one == other)
        .count()
}

/// A key that none of the texts contains. `chance` makes it impossible to guess, so that nobody can put it
/// into a text beforehand; looking makes sure.
pub fn key_for(chance: &str, texts: &[&str]) -> String {
    let chance: String = chance.chars().filter(char::is_ascii_alphanumeric).collect();
    let mut key = format!("allclear{chance}");
    let mut number = 0_u64;
    while texts.iter().any(|text| text.contains(&key)) {
        number += 1;
        key = format!("allclear{chance}");
        // Writing to a text does not fail.
        let _written = write!(key, "x{number}x");
    }
    key
}
