//! What a file adds to the list "Never mail these": what a mail service exports of bounces, complaints and unsubscribes,
//! read by the reader of every other list. What stands in the list stays there.

use std::collections::BTreeSet;

use super::{BadLine, List, Never, Reader, key};

/// What a file adds to the list, and what it does not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Addition {
    /// The entries that the list did not hold, in the file's order.
    pub new: Vec<String>,
    /// How many it held already.
    pub known: usize,
    /// The lines that are left out, in their order.
    pub bad: Vec<BadLine>,
}

impl Addition {
    /// What a file that was read by [`Reader::for_never`] adds to a list. An address below a domain of the list is new
    /// all the same: the domain may go, and the service still suppresses the address.
    pub fn of(file: List, list: &Never) -> Self {
        let mut addition = Self {
            bad: file.bad,
            ..Self::default()
        };
        for person in file.people {
            if list.names(&person.address) {
                addition.known += 1;
            } else {
                addition.new.push(person.address);
            }
        }
        addition
    }

    /// Reads a whole file at once. For a long one, step through a [`Reader`].
    pub fn read(file: &str, list: &str) -> Self {
        let mut reader = Reader::new(file).for_never();
        while reader.step(usize::MAX) {}
        Self::of(reader.into_list(), &Never::parse(list))
    }

    /// How many entries were read of the file.
    pub fn count(&self) -> usize {
        self.new.len() + self.known
    }

    /// The list with what is new below what stands in it.
    pub fn onto(&self, list: &str) -> String {
        let mut text = list.trim_end().to_owned();
        for entry in &self.new {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(entry);
        }
        text
    }

    /// The list without the lines that the file brought; whatever was typed since stays.
    pub fn taken_out_of(&self, list: &str) -> String {
        let new: BTreeSet<String> = self.new.iter().map(|entry| key(entry)).collect();
        let kept: Vec<&str> = list
            .lines()
            .filter(|line| !new.contains(&key(line)))
            .collect();
        kept.join("\n")
    }
}
