//! One row of a list without headings, as people paste it: an address, `Ada <ada@example.com>`, or name
//! and address in either order.

use email_address::{EmailAddress, Options};

use super::{Recipient, name};

const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// What a row holds.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) people: Vec<Recipient>,
    /// What looks like an address and is none.
    pub(super) broken: Vec<String>,
    /// What stands in the place of a name and is none, with the reason.
    pub(super) nameless: Vec<(String, &'static str)>,
    /// What reaches nobody though nothing is wrong with it, with the reason.
    pub(super) left: Vec<(String, &'static str)>,
}

pub(super) const BESIDE: &str = "stands beside another address of this line";
const UNPLACED: &str = "has no address of its own";
const UNPARTED: &str =
    "holds an address and more: write the address by itself, or as “Name <address>”";

/// The people of a row, in which each address is one, and a name is somebody's where it cannot be another's: beside the only
/// address, or where names and addresses take turns. Of a table's row, `theirs` is the place of the address that is mailed.
pub(super) fn row(fields: &[&str], theirs: Option<usize>) -> Row {
    if fields.iter().any(|field| angled(field).is_some()) {
        return angled_row(&fields.join(","));
    }
    let theirs = theirs
        .and_then(|place| fields.get(place))
        .copied()
        .map(bare);
    let said: Vec<&str> = fields
        .iter()
        .map(|field| bare(field))
        .filter(|field| !field.is_empty())
        .collect();
    // Pasted from several places: this row may have a delimiter of its own.
    if let [one] = said.as_slice()
        && one.contains(DELIMITERS)
    {
        return row(&one.split(DELIMITERS).collect::<Vec<_>>(), None);
    }
    let valid = |field: &&&str| is_address(field);
    let (mut addresses, words): (Vec<&str>, Vec<&str>) =
        said.iter().copied().partition(|field| field.contains('@'));
    let Some(first) = addresses.iter().copied().find(|one| valid(&one)) else {
        return Row {
            broken: broken(&addresses),
            left: unparted(&addresses),
            ..Row::default()
        };
    };
    addresses.retain(|one| !is_handle(one));
    let mut found = Row {
        broken: broken(&addresses),
        left: unparted(&addresses),
        ..Row::default()
    };
    if let [_] = addresses.as_slice() {
        found.person(first, words.first().copied());
    } else if let Some(theirs) = theirs.filter(|one| !words.is_empty() && valid(&one)) {
        found.person(theirs, words.first().copied());
        let others = addresses.iter().filter(valid).filter(|one| **one != theirs);
        found
            .left
            .extend(others.map(|one| ((*one).to_owned(), BESIDE)));
    } else if take_turns(&said) {
        for pair in said.chunks_exact(2) {
            let address = pair.iter().find(valid);
            let name = pair.iter().find(|field| !field.contains('@'));
            if let Some(address) = address {
                found.person(address, name.copied());
            }
        }
    } else {
        for address in addresses.iter().filter(valid) {
            found.person(address, None);
        }
        found
            .left
            .extend(words.iter().map(|word| ((*word).to_owned(), UNPLACED)));
    }
    found
}

/// Whether names and addresses take turns, so that each pair is a person.
fn take_turns(fields: &[&str]) -> bool {
    let is_address = |field: &&str| field.contains('@');
    let begins = fields.first().is_some_and(is_address);
    fields.len().is_multiple_of(2)
        && fields.chunks_exact(2).all(|pair| {
            let said: Vec<bool> = pair.iter().map(is_address).collect();
            said == [begins, !begins]
        })
}

/// `Lovelace, Ada <ada@example.com>, bob@example.com`: what stands before the angle is the name, commas
/// included, but for the addresses in it.
fn angled_row(row: &str) -> Row {
    let mut found = Row::default();
    let mut rest = row;
    while let Some((before, after)) = rest.split_once('<') {
        let (address, after) = after.split_once('>').unwrap_or((after, ""));
        let parts = found.addresses_of(before);
        found.left.extend(unparted(&parts));
        found.broken.extend(broken(&parts));
        let name = parts.join(", ");
        match recipient(address, Some(&name)) {
            Some(person) => {
                found.nameless.extend(no_name(&name));
                found.people.push(person);
            }
            None => found.broken.push(bare(address).to_owned()),
        }
        rest = after;
    }
    // What is left after the last angle is another column, unless it is an address.
    let left = found.addresses_of(rest);
    found.broken.extend(broken(&left));
    found.left.extend(unparted(&left));
    found
}

impl Row {
    fn person(&mut self, address: &str, name: Option<&str>) {
        self.nameless.extend(name.and_then(no_name));
        self.people.extend(recipient(address, name));
    }

    /// Takes the addresses out of a stretch of text; the other parts of it.
    fn addresses_of<'t>(&mut self, text: &'t str) -> Vec<&'t str> {
        let mut others = Vec::new();
        for part in text.split(DELIMITERS).map(bare) {
            match recipient(part, None) {
                Some(person) => self.people.push(person),
                None if part.is_empty() => {}
                None => others.push(part),
            }
        }
        others
    }
}

/// Whether it is an address that each service and each edge takes (`tests/golden/addresses.json`): an edge refuses a whole
/// batch for one of its people. None in quotation marks, and no number of a machine in place of a domain.
pub(super) fn is_address(text: &str) -> bool {
    let options = Options::default().without_domain_literal();
    let is_plain =
        |c: char| !c.is_whitespace() && !name::is_unseen(c) && !"\"\\,;:<>()[]".contains(c);
    text.chars().all(is_plain) && EmailAddress::parse_with_options(text, options).is_ok()
}

/// What looks like an address among some fields, and is none.
fn broken(fields: &[&str]) -> Vec<String> {
    fields
        .iter()
        .filter(|field| field.contains('@') && !field.contains(char::is_whitespace))
        .filter(|field| !is_address(field))
        .map(|field| (*field).to_owned())
        .collect()
}

/// Fields in which an address stands among other words: whose it is, and where it ends, is a guess.
fn unparted(fields: &[&str]) -> Vec<(String, &'static str)> {
    let is_address_like = |word: &str| {
        word.split_once('@')
            .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
    };
    fields
        .iter()
        .filter(|field| field.contains(char::is_whitespace) && !is_address(field))
        .filter(|field| field.split_whitespace().any(is_address_like))
        .map(|field| ((*field).to_owned(), UNPARTED))
        .collect()
}

/// Whether it is a name that somebody goes by elsewhere (`@ada`), and no address that went wrong.
fn is_handle(field: &str) -> bool {
    field.starts_with('@') && !field.contains('.')
}

/// What stands before and in angle brackets.
pub(super) fn angled(field: &str) -> Option<(&str, &str)> {
    let (name, rest) = field.split_once('<')?;
    let (address, _) = rest.split_once('>')?;
    Some((name, address))
}

/// A person, where the address is one.
pub(super) fn recipient(address: &str, name: Option<&str>) -> Option<Recipient> {
    let address = bare(angled(address).map_or(address, |(_, address)| address));
    is_address(address).then(|| Recipient {
        address: address.to_owned(),
        name: name.and_then(|name| name::name(bare(name)).ok().flatten()),
        services: None,
    })
}

/// What stands in the place of a name and is none.
pub(super) fn no_name(text: &str) -> Option<(String, &'static str)> {
    let wrong = name::name(bare(text)).err()?;
    Some((bare(text).to_owned(), wrong))
}

/// A field without the spaces, the quotation marks and the unseen characters at its edges.
pub(super) fn bare(field: &str) -> &str {
    let edge = |c: char| c.is_whitespace() || name::is_unseen(c);
    field
        .trim_matches(edge)
        .trim_matches('"')
        .trim_matches(edge)
}
