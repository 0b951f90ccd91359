//! Addresses that the messages mention: an organisation that adapts `config.json` and forgets the
//! playbook would send its readers to somebody else.

use crate::sop::template::{Piece, Template};

use super::Playbook;

/// A message that mentions another address than the organisation's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignAddress {
    /// The message's id in the playbook.
    pub message: String,
    /// The address that it mentions.
    pub found: String,
    /// The organisation's.
    pub expected: String,
}

/// Every web and email address in the messages that is not the organisation's status page or support
/// address; one finding a message and address.
pub fn foreign_addresses(
    playbook: &Playbook,
    status_url: &str,
    support: &str,
) -> Vec<ForeignAddress> {
    let mut found: Vec<ForeignAddress> = Vec::new();
    for message in &playbook.messages {
        let templates = [
            message.title.as_ref(),
            message.title_plain.as_ref(),
            Some(&message.body),
        ];
        for word in templates.into_iter().flatten().flat_map(words) {
            let web = word.starts_with("https://") || word.starts_with("http://");
            let mail = !web && word.contains('@') && word.contains('.');
            let (is_ours, expected) = match (web, mail) {
                (true, _) => (is_within(word, status_url), status_url),
                (_, true) => (word.eq_ignore_ascii_case(support), support),
                (false, false) => continue,
            };
            let foreign = ForeignAddress {
                message: message.id.clone(),
                found: word.to_owned(),
                expected: expected.to_owned(),
            };
            if !is_ours && !found.contains(&foreign) {
                found.push(foreign);
            }
        }
    }
    found
}

/// Whether an address is a page or the pages below it.
fn is_within(address: &str, page: &str) -> bool {
    address
        .strip_prefix(page.trim_end_matches('/'))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

fn words(template: &Template) -> impl Iterator<Item = &str> {
    template
        .pieces()
        .iter()
        .flat_map(|piece| match piece {
            Piece::Text(text) => text.split_whitespace(),
            Piece::Place { .. } => "".split_whitespace(),
        })
        .map(|word| word.trim_matches(['.', ',', ';', ':', '!', '?', '(', ')', '<', '>']))
}
