//! One row of a list without headings, as people paste it: an address, `Ada <ada@example.com>`, or name
//! and address in either order.

use email_address::EmailAddress;

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
}

/// The people of a row. Several stand in one only where it holds nothing but people.
pub(super) fn row(fields: &[&str]) -> Row {
    if fields.iter().any(|field| angled(field).is_some()) {
        return angled_row(&fields.join(","));
    }
    let said: Vec<&str> = fields
        .iter()
        .map(|field| bare(field))
        .filter(|field| !field.is_empty())
        .collect();
    // Pasted from several places: this row may have a delimiter of its own.
    if let [one] = said.as_slice()
        && one.contains(DELIMITERS)
    {
        return row(&one.split(DELIMITERS).collect::<Vec<_>>());
    }
    let is_address = |field: &&str| EmailAddress::is_valid(field);
    let mut found = Row::default();
    match said.iter().copied().find(|field| is_address(field)) {
        Some(_) if said.iter().all(is_address) => {
            found
                .people
                .extend(said.iter().filter_map(|address| recipient(address, None)));
        }
        Some(address) => {
            let name = said.iter().find(|field| !field.contains('@'));
            found.nameless.extend(name.and_then(|name| no_name(name)));
            found.people.extend(recipient(address, name.copied()));
        }
        None => found.broken.extend(broken(&said)),
    }
    found
}

/// `Lovelace, Ada <ada@example.com>, bob@example.com`: what stands before the angle is the name, commas
/// included, but for the addresses in it.
fn angled_row(row: &str) -> Row {
    let mut found = Row::default();
    let mut rest = row;
    while let Some((before, after)) = rest.split_once('<') {
        let (address, after) = after.split_once('>').unwrap_or((after, ""));
        let parts = found.addresses_of(before);
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
    found
}

impl Row {
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

/// What looks like an address among some fields without one.
fn broken(fields: &[&str]) -> Vec<String> {
    fields
        .iter()
        .filter(|field| field.contains('@') && !field.contains(char::is_whitespace))
        .map(|field| (*field).to_owned())
        .collect()
}

/// What stands before and in angle brackets.
fn angled(field: &str) -> Option<(&str, &str)> {
    let (name, rest) = field.split_once('<')?;
    let (address, _) = rest.split_once('>')?;
    Some((name, address))
}

/// A person, where the address is one.
pub(super) fn recipient(address: &str, name: Option<&str>) -> Option<Recipient> {
    let address = bare(angled(address).map_or(address, |(_, address)| address));
    EmailAddress::is_valid(address).then(|| Recipient {
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
