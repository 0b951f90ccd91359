//! Those who were not reached: by name on a screen, and as a file for a spreadsheet.

use super::{ChunkState, Fate, Mailing};

/// Somebody who was not reached, or may not have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// Their address; empty once it was forgotten.
    pub address: String,
    /// Their name, where it is known.
    pub name: Option<String>,
    /// Why the service refused them; `None` where nobody knows whether they have it.
    pub refused: Option<String>,
}

/// Those of a sending, in the order of sending.
pub fn missed(mailing: &Mailing) -> Vec<Missed> {
    let mut missed = Vec::new();
    for chunk in &mailing.chunks {
        let ChunkState::Done(fates) = &chunk.state else {
            continue;
        };
        for (person, fate) in chunk.people.iter().zip(fates) {
            let refused = match fate {
                Fate::Refused(reason) => Some(reason.clone()),
                Fate::Unknown => None,
                Fate::Accepted(_) | Fate::Moved => continue,
            };
            missed.push(Missed {
                address: person.address.clone(),
                name: person.name.clone(),
                refused,
            });
        }
    }
    missed
}

/// The failures and the unknown of a sending as CSV: address, name, state, reason. No cell can act as a
/// formula where the file is opened.
pub fn csv(mailing: &Mailing) -> String {
    let mut text = String::from("email,name,state,reason\r\n");
    for one in missed(mailing) {
        let (state, reason) = match one.refused.as_deref() {
            Some(reason) => ("failed", reason),
            None => ("unknown", "it may already have been delivered"),
        };
        let name = one.name.as_deref().unwrap_or_default();
        let cells = [one.address.as_str(), name, state, reason].map(cell);
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A cell in quotation marks where it needs them; one that a spreadsheet would calculate begins with an
/// apostrophe.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains(['"', ',', ';', '\n', '\r', '\t']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_never_a_formula() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+49", "'+49"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "\"'\tx\""),
            ("\rx", "\"'\rx\""),
            ("=HYPERLINK(\"a\",1)", "\"'=HYPERLINK(\"\"a\"\",1)\""),
            ("a=b", "a=b"),
            ("Lovelace, Ada", "\"Lovelace, Ada\""),
        ] {
            assert_eq!(cell(text), expected);
        }
    }
}
