//! The list of those who were not reached, as a file for a spreadsheet.

use super::{ChunkState, Fate, Mailing};

/// The failures and the unknown of a sending as CSV: address, name, state, reason. No cell can act as a
/// formula where the file is opened.
pub fn csv(mailing: &Mailing) -> String {
    let mut text = String::from("email,name,state,reason\r\n");
    for chunk in &mailing.chunks {
        let ChunkState::Done(fates) = &chunk.state else {
            continue;
        };
        for (person, fate) in chunk.people.iter().zip(fates) {
            let (state, reason) = match fate {
                Fate::Refused(reason) => ("failed", reason.as_str()),
                Fate::Unknown => ("unknown", "it may already have been delivered"),
                Fate::Accepted(_) | Fate::Moved => continue,
            };
            let name = person.name.as_deref().unwrap_or_default();
            let cells = [person.address.as_str(), name, state, reason].map(cell);
            text.push_str(&cells.join(","));
            text.push_str("\r\n");
        }
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
