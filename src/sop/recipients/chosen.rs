//! Who of a list is meant: those whom the affected services concern, without those who are never mailed.

use std::collections::BTreeSet;

use email_address::EmailAddress;

use super::{BadLine, Recipient, key};
use crate::domain::component::{Component, ComponentId};

/// The list "Never mail these": addresses, and whole domains as `@example.com`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Never {
    addresses: BTreeSet<String>,
    domains: BTreeSet<String>,
    /// The lines that are neither.
    pub bad: Vec<BadLine>,
}

impl Never {
    /// Reads the list: one a line, or with commas or semicolons between. An address may have a name before it, other
    /// columns of a table beside it, or be a link.
    pub fn parse(text: &str) -> Self {
        let mut never = Self::default();
        for (line, words) in (1..).zip(text.lines()) {
            // A name that stands before an angle may hold commas.
            let between: &[char] = if words.contains('<') {
                &[]
            } else {
                &[',', ';']
            };
            for entry in words.split(between) {
                if !never.take(entry) {
                    never.bad.push(BadLine {
                        line,
                        wrong: "this is neither an address nor “@” and a domain".to_owned(),
                    });
                }
            }
        }
        never
    }

    /// Takes the addresses of an entry, or its domain; `false` where something of it can be neither.
    fn take(&mut self, entry: &str) -> bool {
        let entry = key(entry);
        let apart = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '|');
        let around = |c: char| matches!(c, '"' | '\'' | '(' | ')');
        let words: Vec<&str> = entry
            .split(apart)
            .map(|word| word.trim_matches(around))
            .filter(|word| !word.is_empty())
            .collect();
        if let [domain] = words.as_slice()
            && let Some(domain) = domain.trim_start_matches('*').strip_prefix('@')
        {
            let is_one = domain.contains('.') && EmailAddress::is_valid(&format!("any@{domain}"));
            let domain = is_one.then(|| key(&format!("@{domain}")).split_off(1));
            self.domains.extend(domain);
            return is_one;
        }
        let named = words.iter().filter(|word| word.contains('@'));
        let addresses: Vec<&str> = named
            .map(|word| word.strip_prefix("mailto:").unwrap_or(word))
            .collect();
        let valid = addresses.iter().filter(|one| EmailAddress::is_valid(one));
        self.addresses.extend(valid.map(|one| key(one)));
        words.is_empty()
            || !addresses.is_empty() && addresses.iter().all(|one| EmailAddress::is_valid(one))
    }

    /// How many entries there are.
    pub fn count(&self) -> usize {
        self.addresses.len() + self.domains.len()
    }

    /// Whether the list has this very entry: an address, or `@` and a domain.
    pub fn names(&self, entry: &str) -> bool {
        let entry = key(entry);
        match entry.strip_prefix('@') {
            Some(domain) => self.domains.contains(domain),
            None => self.addresses.contains(&entry),
        }
    }

    /// Whether an address is never mailed.
    pub fn holds(&self, address: &str) -> bool {
        let address = key(address);
        self.addresses.contains(&address)
            || address
                .rsplit_once('@')
                .is_some_and(|(_, domain)| self.domains.contains(domain))
    }
}

/// What a list may call the components that an incident touches: their ids, and their names where those are known.
pub fn services_of(touched: &[ComponentId], known: &[Component]) -> Vec<String> {
    let there = known.iter().filter(|one| touched.contains(&one.id));
    let names = there.map(|one| one.name.clone());
    let ids = touched.iter().map(|id| id.0.clone());
    ids.chain(names).collect()
}

/// What decides who of a list is meant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Who is never mailed.
    pub never: Never,
    /// Ids and names of the affected components in small letters; `None` asks nobody for their services.
    pub services: Option<BTreeSet<String>>,
}

impl Filter {
    /// Asks for these services, by id or name.
    #[must_use]
    pub fn for_services<'a>(mut self, words: impl Iterator<Item = &'a str>) -> Self {
        self.services = Some(words.map(|word| word.trim().to_lowercase()).collect());
        self
    }

    /// Whether a cell of services names an affected one. Who says nothing is concerned by everything.
    fn concerns(&self, cell: Option<&str>) -> bool {
        let (Some(services), Some(cell)) = (&self.services, cell) else {
            return true;
        };
        let whole = cell.trim().to_lowercase();
        // A component's own name may hold a comma.
        services.contains(&whole)
            || whole
                .split([',', ';', '|', '\n', '/'])
                .any(|word| services.contains(word.trim()))
    }
}

/// Who is meant, and how many are not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chosen {
    /// Who gets the mail.
    pub people: Vec<Recipient>,
    /// How many are never mailed.
    pub never: usize,
    /// How many use other services only.
    pub elsewhere: usize,
}

impl Chosen {
    /// Chooses from these people at once.
    pub fn of(people: &[Recipient], filter: &Filter) -> Self {
        let mut chosen = Self::default();
        chosen.take(people, filter);
        chosen
    }

    /// Chooses from some more of a list's people.
    pub fn take(&mut self, people: &[Recipient], filter: &Filter) {
        for person in people {
            if filter.never.holds(&person.address) {
                self.never += 1;
            } else if filter.concerns(person.services.as_deref()) {
                self.people.push(person.clone());
            } else {
                self.elsewhere += 1;
            }
        }
    }
}
