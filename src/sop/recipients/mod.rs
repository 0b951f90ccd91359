//! Who gets a mail: a list as people paste or export it, with what is wrong in it by line, and who of it
//! is meant.
//!
//! - `bytes`: what a file says, or why it is no text;
//! - `reader`: any delimiter, quoted or not, with or without headings, a few rows at a time;
//! - `cell`: what one cell says;
//! - `columns`: what the headings call an address, a name, services;
//! - `chosen`: who is left when the affected services and the list "Never mail these" have been asked;
//! - `suppressed`: what a mail service's export adds to that list;
//! - `kept`: how a list is kept, with what somebody said of it;
//! - `needed`: for how long.

mod bytes;
mod cell;
mod chosen;
mod columns;
mod delimiter;
mod kept;
mod name;
mod needed;
mod person;
mod reader;
mod suppressed;

pub use bytes::{NotText, text_of};
pub use chosen::{Chosen, Filter, Never, services_of};
pub use kept::About;
pub use needed::{are_needed, is_to_be_used};
pub use reader::Reader;
pub use suppressed::Addition;

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    pub address: String,
    /// The name, where it is known.
    pub name: Option<String>,
    /// The services that concern them, as the list words them; `None` where it says nothing.
    pub services: Option<String>,
}

impl Recipient {
    /// The one reader that the embedded provider's outbox gets where no list was loaded: without a name,
    /// so that "Hi there," is seen.
    pub fn sample() -> Self {
        Self {
            address: "reader@example.com".to_owned(),
            name: None,
            services: None,
        }
    }
}

/// A line that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// The line, from 1.
    pub line: u64,
    pub wrong: String,
}

/// Which columns of a table somebody chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picked {
    /// Where the addresses stand, from 0.
    pub address: usize,
    /// Where the names stand; `None` greets nobody by name.
    pub name: Option<usize>,
}

/// The columns of a list that is a table: what they are called, and which are gone by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The headings; numbers with what stands in the first row where there are none.
    pub titles: Vec<String>,
    /// The columns that are gone by.
    pub picked: Picked,
}

impl Table {
    /// The table that a text begins with; `None` where it is none.
    pub fn of(text: &str) -> Option<Self> {
        Reader::new(text).table()
    }

    /// Whether the columns of another table are the same ones: by their headings, by their number where there are none.
    pub fn is_like(&self, other: &Self) -> bool {
        let unnamed = |table: &Self| {
            let first = table.titles.first();
            first.is_some_and(|title| title.starts_with(UNNAMED))
        };
        self.titles == other.titles
            || (unnamed(self) && unnamed(other) && self.titles.len() == other.titles.len())
    }
}

/// What a column without a heading is called by, before its number.
const UNNAMED: &str = "Column ";

/// A list as it could be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct List {
    /// The people, each address once, in the list's order.
    pub people: Vec<Recipient>,
    /// The lines that cannot be used, in their order.
    pub bad: Vec<BadLine>,
    /// How many of those lines are only told of: their people are mailed, without a name.
    pub nameless: usize,
    /// Whether a column says which services concern whom.
    pub has_services: bool,
    /// Its columns, where it is a table.
    pub table: Option<Table>,
}

impl List {
    /// How many lines are left out: what stands in them reaches nobody.
    pub fn left_out(&self) -> usize {
        self.bad.len().saturating_sub(self.nameless)
    }

    /// Reads a whole list at once. For a long one, step through a [`Reader`].
    pub fn parse(text: &str) -> Self {
        let mut reader = Reader::new(text);
        while reader.step(usize::MAX) {}
        reader.into_list()
    }
}

/// One address in the form in which addresses are compared: what nobody sees of it does not count, and neither does
/// whether its domain is spelled for people or for machines (`bücher.example`, `xn--bcher-kva.example`).
fn key(address: &str) -> String {
    let seen = address.chars().filter(|c| !name::is_unseen(*c));
    let seen = seen.collect::<String>().trim().to_lowercase();
    match seen.rsplit_once('@') {
        Some((local, domain)) if domain.contains(FOR_MACHINES) => {
            let labels: Vec<String> = domain.split('.').map(for_people).collect();
            format!("{local}@{}", labels.join("."))
        }
        Some(_) | None => seen,
    }
}

/// How a part of a domain begins that is spelled for machines.
const FOR_MACHINES: &str = "xn--";

fn for_people(label: &str) -> String {
    let coded = label.strip_prefix(FOR_MACHINES);
    let read = coded.and_then(idna::punycode::decode_to_string);
    read.map_or_else(|| label.to_owned(), |read| read.to_lowercase())
}
