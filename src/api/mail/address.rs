//! A mailbox as the headers of a mail write it. Whatever a list holds, it stays one address and one line.

/// `"Ada Lovelace" <ada@example.com>`; the address alone where there is no name.
pub(super) fn mailbox(name: Option<&str>, address: &str) -> String {
    let address = one_line(address);
    let Some(name) = name.map(one_line).filter(|name| !name.is_empty()) else {
        return address;
    };
    format!("{} <{address}>", quoted(&name))
}

/// A name in quotation marks, which nothing in it can leave.
pub(super) fn quoted(name: &str) -> String {
    let escaped: String = name
        .chars()
        .flat_map(|each| {
            let mark = matches!(each, '"' | '\\').then_some('\\');
            mark.into_iter().chain([each])
        })
        .collect();
    format!("\"{escaped}\"")
}

/// Name and address of a sender as the settings write it: `Name <address>`, or `"Name" <address>`. The name is given as
/// people read it, without quotation marks.
pub(super) fn parted(sender: &str) -> (Option<&str>, &str) {
    let parted = sender
        .rsplit_once('<')
        .and_then(|(name, rest)| Some((name, rest.strip_suffix('>')?)));
    match parted {
        Some((name, address)) => (
            Some(bare(name.trim())).filter(|name| !name.is_empty()),
            address.trim(),
        ),
        None => (None, sender.trim()),
    }
}

/// A name without the quotation marks around it.
fn bare(name: &str) -> &str {
    let quoted = name.strip_prefix('"');
    quoted
        .and_then(|name| name.strip_suffix('"'))
        .unwrap_or(name)
}

/// A text that stands in a header: what would end the line is a space.
pub(super) fn one_line(text: &str) -> String {
    text.chars()
        .map(|each| if each.is_control() { ' ' } else { each })
        .collect::<String>()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_quotation_marks() {
        assert_eq!(mailbox(None, "a@b.example"), "a@b.example");
        assert_eq!(
            mailbox(Some("Lovelace, Ada"), "a@b.example"),
            "\"Lovelace, Ada\" <a@b.example>"
        );
        assert_eq!(
            mailbox(
                Some("E\" <all@b.example>, \"\\\r\nBcc: x"),
                "a@b.example\r\n"
            ),
            "\"E\\\" <all@b.example>, \\\"\\\\  Bcc: x\" <a@b.example>"
        );
        assert_eq!(
            mailbox(Some("Zoë 🚨"), "a@b.example"),
            "\"Zoë 🚨\" <a@b.example>"
        );
        assert_eq!(mailbox(Some(" \n"), "a@b.example"), "a@b.example");
    }

    #[test]
    fn a_sender_is_parted() {
        assert_eq!(
            parted("AIAS Team <status@aias.example>"),
            (Some("AIAS Team"), "status@aias.example")
        );
        assert_eq!(
            parted("\"AIAS (Ops), v2.0\" <status@aias.example>"),
            (Some("AIAS (Ops), v2.0"), "status@aias.example")
        );
        assert_eq!(parted("status@aias.example"), (None, "status@aias.example"));
    }
}
