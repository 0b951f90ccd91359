//! Mails that a service took, refused, or took and dropped.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::{Slice, Store};
use crate::call::Vendor;

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Taken: the recipient has it.
    Accepted,
    /// Refused in the answer.
    Refused,
    /// Taken in the answer and dropped afterwards: the recipient never sees it.
    Dropped,
}

/// One mail to one address, as the recipient would read it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mail {
    /// The service's id; the same for all recipients of one message.
    pub id: String,
    /// What became of it.
    pub state: State,
    /// When, milliseconds since 1970.
    pub at: i64,
    /// The recipient's address, without a name.
    pub address: String,
    /// The operation's id, where the client gave one.
    pub op: Option<String>,
    /// The batch's number within the operation.
    pub chunk: Option<String>,
    /// The mail's place within the batch.
    pub item: Option<String>,
    /// The client's tag.
    pub tag: Option<String>,
    /// Postmark's message stream.
    pub stream: Option<String>,
    /// What the client had kept with it.
    pub metadata: Value,
    /// The sender, as given.
    pub from: String,
    /// Where answers go.
    pub reply_to: Option<String>,
    /// The subject.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// Why it was refused.
    pub reason: Option<String>,
}

/// What is looked for among the mails of a vendor. What is none does not matter.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// The message's id.
    pub id: Option<String>,
    /// The recipient's address, whatever the case.
    pub address: Option<String>,
    /// The tag.
    pub tag: Option<String>,
    /// Only mails not younger than this.
    pub until: Option<i64>,
    /// Keys of the metadata and their values.
    pub metadata: Vec<(String, String)>,
    /// Only mails in this state.
    pub state: Option<State>,
}

impl Search {
    fn finds(&self, mail: &Mail) -> bool {
        let is = |wanted: &Option<String>, known: Option<&String>| {
            wanted.is_none() || wanted.as_ref() == known
        };
        let address = self
            .address
            .as_ref()
            .is_none_or(|wanted| wanted.to_lowercase() == mail.address.to_lowercase());
        let metadata = self.metadata.iter().all(|(key, wanted)| {
            let known = mail.metadata.get(key).and_then(Value::as_str);
            known == Some(wanted)
        });
        address
            && metadata
            && is(&self.id, Some(&mail.id))
            && is(&self.tag, mail.tag.as_ref())
            && self.state.is_none_or(|wanted| wanted == mail.state)
            && self.until.is_none_or(|until| mail.at <= until)
    }
}

impl Store {
    /// Keeps a mail.
    pub fn add_mail(&self, vendor: Vendor, mail: Mail) {
        let mut kept = self.kept.borrow_mut();
        Arc::make_mut(&mut kept.mails).push((vendor, Arc::new(mail)));
    }

    /// Mails of a vendor, newest first, and how many there are in all.
    pub fn mails(&self, vendor: Vendor, search: &Search, slice: Slice) -> (Vec<Arc<Mail>>, usize) {
        let kept = self.kept.borrow();
        let found: Vec<&Arc<Mail>> = kept
            .mails
            .iter()
            .rev()
            .filter(|(of, mail)| *of == vendor && search.finds(mail))
            .map(|(_, mail)| mail)
            .collect();
        let count = found.len();
        (slice.of(found.into_iter()).cloned().collect(), count)
    }
}
