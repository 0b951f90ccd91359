//! What the headings of a list call an address, a name, and services.

/// Where things stand in a row, by the headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) address: usize,
    pub(super) name: Option<usize>,
    pub(super) first: Option<usize>,
    pub(super) last: Option<usize>,
    pub(super) services: Option<usize>,
}

const ADDRESS: &[&str] = &["email", "emailaddress", "mail", "address", "mailaddress"];
const NAME: &[&str] = &["name", "fullname", "displayname", "contact", "contactname"];
const FIRST: &[&str] = &["first", "firstname", "givenname", "forename"];
const LAST: &[&str] = &["last", "lastname", "surname", "familyname"];
const SERVICES: &[&str] = &["services", "service", "components", "component", "products"];

impl Columns {
    /// The columns that a heading names; `None` where none is for addresses.
    pub(super) fn of(heading: &[&str]) -> Option<Self> {
        let words: Vec<String> = heading.iter().map(|field| word(field)).collect();
        // The likelier name of a column wins, wherever it stands.
        let column = |known: &[&str]| {
            known
                .iter()
                .find_map(|name| words.iter().position(|word| word == name))
        };
        let address = column(ADDRESS).or_else(|| words.iter().position(|w| w.contains("email")))?;
        Some(Self {
            address,
            name: column(NAME),
            first: column(FIRST),
            last: column(LAST),
            services: column(SERVICES),
        })
    }
}

/// A heading as it is compared: "E-Mail Address" is `emailaddress`.
fn word(field: &str) -> String {
    field
        .chars()
        .filter(|each| each.is_alphanumeric())
        .map(|each| each.to_ascii_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_any_order_and_spelling() {
        let columns = Columns::of(&["Services", "LAST NAME", "E-Mail", "first_name"]).unwrap();
        assert_eq!(columns.address, 2);
        assert_eq!((columns.first, columns.last), (Some(3), Some(1)));
        assert_eq!((columns.name, columns.services), (None, Some(0)));
        assert_eq!(Columns::of(&["Work email", "Name"]).unwrap().address, 0);
        assert_eq!(Columns::of(&["Address", "Email"]).unwrap().address, 1);
        assert_eq!(Columns::of(&["Name", "Town"]), None);
    }
}
