//! What the headings of a list call an address, a name, and services.

use super::Picked;

/// Where things stand in a row, by the headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) address: usize,
    pub(super) name: Option<usize>,
    pub(super) first: Option<usize>,
    pub(super) last: Option<usize>,
    pub(super) services: Option<usize>,
    /// Whether somebody is suppressed, in a table that holds others too.
    pub(super) suppressed: Option<usize>,
}

const ADDRESS: &[&str] = &[
    "email",
    "emailaddress",
    "mail",
    "mailaddress",
    "correo",
    "correoelectrónico",
    "correoelectronico",
    "courriel",
    "epost",
    "epostadress",
    "eposta",
    "sähköposti",
    "メールアドレス",
    "メール",
    "邮箱",
    "电子邮件",
    "почта",
    "электроннаяпочта",
];
/// It may be that of a street, where another column is for email.
const ANY_ADDRESS: &[&str] = &["address"];
/// Who got a mail, in a table of mails that names its sender too.
const SENT_TO: &[&str] = &["recipient", "to"];
const SUPPRESSED: &[&str] = &[
    "unsubscribed",
    "suppressed",
    "optedout",
    "optout",
    "lastevent",
];
const NAME: &[&str] = &[
    "name",
    "fullname",
    "displayname",
    "contact",
    "contactname",
    "nombre",
    "nom",
    "nome",
    "naam",
    "navn",
    "namn",
    "nimi",
    "имя",
    "氏名",
    "名前",
    "姓名",
];
const FIRST: &[&str] = &[
    "first",
    "firstname",
    "givenname",
    "forename",
    "vorname",
    "prénom",
    "prenom",
];
const LAST: &[&str] = &[
    "last",
    "lastname",
    "surname",
    "familyname",
    "nachname",
    "apellidos",
    "apellido",
    "cognome",
    "sobrenome",
];
const SERVICES: &[&str] = &["services", "service", "components", "component", "products"];

impl Columns {
    /// Nothing but what somebody chose.
    pub(super) fn only(picked: Picked) -> Self {
        Self {
            address: picked.address,
            name: picked.name,
            first: None,
            last: None,
            services: None,
            suppressed: None,
        }
    }

    /// The same, but for what somebody chose.
    pub(super) fn but(self, picked: Picked) -> Self {
        Self {
            services: self.services,
            suppressed: self.suppressed,
            ..Self::only(picked)
        }
    }

    /// The two that decide who is mailed and how they are greeted.
    pub(super) fn picked(self) -> Picked {
        Picked {
            address: self.address,
            name: self.first.or(self.name).or(self.last),
        }
    }

    /// The columns that a heading names; `None` where none is for addresses.
    pub(super) fn of(heading: &[&str]) -> Option<Self> {
        let words: Vec<String> = heading.iter().map(|field| word(field)).collect();
        // The likelier name of a column wins, wherever it stands.
        let column = |known: &[&str]| {
            known
                .iter()
                .find_map(|name| words.iter().position(|word| word == name))
        };
        let value = |w: &String| w.contains("email") && w.ends_with("value");
        let other = |w: &String| {
            let about = [
                "label", "type", "status", "optin", "owner", "consent", "valid",
            ];
            w.contains("email") && !about.iter().any(|word| w.contains(word))
        };
        let address = column(ADDRESS)
            .or_else(|| words.iter().position(value))
            .or_else(|| words.iter().position(other))
            .or_else(|| column(ANY_ADDRESS))
            .or_else(|| column(SENT_TO))?;
        Some(Self {
            address,
            name: column(NAME),
            first: column(FIRST),
            last: column(LAST),
            services: column(SERVICES),
            suppressed: column(SUPPRESSED),
        })
    }
}

/// A heading as it is compared: "E-Mail Address" is `emailaddress`.
fn word(field: &str) -> String {
    field
        .chars()
        .filter(|each| each.is_alphanumeric())
        .flat_map(char::to_lowercase)
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
        assert_eq!(
            Columns::of(&["Address", "Contact email"]).unwrap().address,
            1
        );
        assert_eq!(Columns::of(&["Name", "Address"]).unwrap().address, 1);
        assert_eq!(Columns::of(&["Name", "Town"]), None);
        let exported = [
            "Name",
            "E-mail 1 - Label",
            "E-mail 1 - Value",
            "E-mail 2 - Value",
        ];
        assert_eq!(Columns::of(&exported).unwrap().address, 2);
        assert_eq!(
            Columns::of(&["Email opt-in", "Primary email"])
                .unwrap()
                .address,
            1
        );
    }
}
