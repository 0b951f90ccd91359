//! Who gets a mail: a list as people paste or export it, one person a line, with what is wrong in it.

use std::collections::BTreeSet;

use email_address::EmailAddress;

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The address.
    pub address: String,
    /// The name, where it is known.
    pub name: Option<String>,
}

impl Recipient {
    /// The one reader that the embedded provider's outbox gets where no list was loaded: without a name,
    /// so that "Hi there," is seen.
    pub fn sample() -> Self {
        Self {
            address: "reader@example.com".to_owned(),
            name: None,
        }
    }
}

/// A line that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub wrong: String,
}

/// A list as it could be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct List {
    /// The people, each address once.
    pub people: Vec<Recipient>,
    /// The lines that cannot be used.
    pub bad: Vec<BadLine>,
}

impl List {
    /// Reads a list: `a@b.example`, `Ada <a@b.example>`, or name and address in either order with a comma,
    /// semicolon or tab between. A first line without an address is a heading.
    pub fn parse(text: &str) -> Self {
        let mut list = Self::default();
        let mut seen = BTreeSet::new();
        for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            if line.trim().is_empty() {
                continue;
            }
            match person(line) {
                Some(person) if seen.insert(person.address.to_ascii_lowercase()) => {
                    list.people.push(person);
                }
                Some(person) => list.bad.push(BadLine {
                    line: number,
                    wrong: format!("{} is in the list already", person.address),
                }),
                None if number == 1 && !line.contains('@') => {}
                None => list.bad.push(BadLine {
                    line: number,
                    wrong: "no valid address in this line".to_owned(),
                }),
            }
        }
        list
    }
}

fn person(line: &str) -> Option<Recipient> {
    if let Some((name, rest)) = line.split_once('<')
        && let Some((address, _)) = rest.split_once('>')
    {
        return recipient(address, Some(name));
    }
    let fields: Vec<&str> = line.split([',', ';', '\t']).collect();
    let address = fields
        .iter()
        .find(|field| EmailAddress::is_valid(bare(field)))?;
    let name = fields
        .iter()
        .find(|field| !std::ptr::eq(*field, address) && !bare(field).is_empty());
    recipient(address, name.copied())
}

fn recipient(address: &str, name: Option<&str>) -> Option<Recipient> {
    let address = bare(address);
    EmailAddress::is_valid(address).then(|| Recipient {
        address: address.to_owned(),
        name: name
            .map(bare)
            .filter(|name| !name.is_empty())
            .map(str::to_owned),
    })
}

fn bare(field: &str) -> &str {
    field.trim().trim_matches('"').trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_forms_that_people_paste() {
        let list = List::parse(
            "name,email\nAda <ada@example.com>\n\"Grace H.\",grace@example.com\nlin@example.com;Lin\n\nbare@example.com\n",
        );
        let read: Vec<(&str, Option<&str>)> = list
            .people
            .iter()
            .map(|p| (p.address.as_str(), p.name.as_deref()))
            .collect();
        assert_eq!(
            read,
            [
                ("ada@example.com", Some("Ada")),
                ("grace@example.com", Some("Grace H.")),
                ("lin@example.com", Some("Lin")),
                ("bare@example.com", None),
            ]
        );
        assert_eq!(list.bad, []);
    }

    #[test]
    fn names_the_line_of_what_cannot_be_used() {
        let list = List::parse("a@example.com\nnonsense\nA@EXAMPLE.com\n");
        assert_eq!(list.people.len(), 1);
        let lines: Vec<usize> = list.bad.iter().map(|bad| bad.line).collect();
        assert_eq!(lines, [2, 3]);
    }
}
