//! Addresses in the playbook's messages that are not those of the public configuration: a reader would be
//! led to another page, or write to somebody else, than the status page says.

use super::playbook::{Message, Playbook};
use super::template::{Piece, Template};

/// An address in a message that the configuration does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stranger {
    /// The message's id in the playbook.
    pub message: String,
    /// The address as it stands there.
    pub written: String,
    /// The address of the configuration.
    pub configured: String,
}

/// Every web address that does not lie below `status_url`, and every mail address other than `support`,
/// each once a message.
pub fn strangers(playbook: &Playbook, status_url: &str, support: &str) -> Vec<Stranger> {
    playbook.messages.iter().flat_map(|message| of_message(message, status_url, support)).collect()
}

fn of_message(message: &Message, status_url: &str, support: &str) -> Vec<Stranger> {
    let mut found: Vec<Stranger> = Vec::new();
    let templates = [message.title.as_ref(), message.title_plain.as_ref(), Some(&message.body)];
    for word in templates.into_iter().flatten().flat_map(words) {
        let Some(configured) = differs(&word, status_url, support) else { continue };
        let stranger = Stranger {
            message: message.id.clone(),
            written: word,
            configured: configured.to_owned(),
        };
        if !found.contains(&stranger) {
            found.push(stranger);
        }
    }
    found
}

/// What the configuration has instead of an address; `None` for its own, and for what is no address.
fn differs<'a>(word: &str, status_url: &'a str, support: &'a str) -> Option<&'a str> {
    if word.starts_with("https://") || word.starts_with("http://") {
        let below = word.strip_prefix(status_url.trim_end_matches('/'));
        let ours = below.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']));
        return (!ours).then_some(status_url);
    }
    let (name, host) = word.split_once('@')?;
    let is_mail = !name.is_empty() && host.contains('.');
    (is_mail && !word.eq_ignore_ascii_case(support)).then_some(support)
}

/// The words of a template's own text, without the marks around them.
fn words(template: &Template) -> Vec<String> {
    let text = template.pieces().iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text.as_str()),
        Piece::Place { .. } => None,
    });
    text.flat_map(|text| text.split(|c: char| c.is_whitespace() || "<>()[]\"'*".contains(c)))
        .map(|word| word.trim_end_matches(['.', ',', ';', ':', '!', '?']).to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sop::playbook;

    const FILE: &str = include_str!("../../public/console/sop.toml");
    const PAGE: &str = "https://status.aias-platform.com";
    const SUPPORT: &str = "support@aias-platform.com";

    #[test]
    fn the_texts_of_the_sop_agree_with_their_own_addresses() {
        let playbook = playbook::parse(FILE).unwrap();
        assert_eq!(strangers(&playbook, PAGE, SUPPORT), []);
        assert_eq!(strangers(&playbook, &format!("{PAGE}/"), "Support@aias-platform.com"), []);
    }

    #[test]
    fn names_every_message_that_leads_elsewhere_once() {
        let file = FILE.replacen(PAGE, "https://status.aias-platform.com.example.net", 1);
        let file = file.replacen(SUPPORT, "help@example.net", 1);
        let found = strangers(&playbook::parse(&file).unwrap(), PAGE, SUPPORT);
        let said: Vec<_> =
            found.iter().map(|stranger| (stranger.message.as_str(), stranger.written.as_str())).collect();
        assert_eq!(said, [
            ("email-first", "https://status.aias-platform.com.example.net"),
            ("email-first", "help@example.net"),
        ]);
        assert!(found.iter().all(|one| one.configured == PAGE || one.configured == SUPPORT));
    }

    #[test]
    fn another_configuration_is_told_of_every_address() {
        let playbook = playbook::parse(FILE).unwrap();
        let found = strangers(&playbook, "https://status.example.com", SUPPORT);
        let with_page: Vec<_> = playbook
            .messages
            .iter()
            .filter(|message| message.body.source().contains(PAGE))
            .map(|message| message.id.clone())
            .collect();
        assert!(!with_page.is_empty());
        assert_eq!(found.into_iter().map(|one| one.message).collect::<Vec<_>>(), with_page);
    }
}
