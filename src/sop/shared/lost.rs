//! Page sends whose answer was lost, and whether the page shows that they arrived: by the operation's id in
//! a ring, which stands there only if the request that carried it took effect; else by status and text
//! among the updates that appeared after it left.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use crate::domain::calendar::earlier;
use crate::domain::incident::{Incident, IncidentId, IncidentUpdate};
use crate::domain::ordered::ShortMap;
use crate::domain::text;
use crate::sop::event::{EventKind, SendOutcome, SentMessage};
use crate::sop::patience::{CLOCKS_APART, UNANSWERED, UNANSWERED_ELSEWHERE};
use crate::sop::run::Run;

use super::sheet::Sheet;

/// A send to the page, as far as the log knows.
pub(super) struct PageSend<'r> {
    op: &'r str,
    device: &'r str,
    pub(super) message: &'r SentMessage,
    pub(super) left: DateTime<Utc>,
    pub(super) standing: Standing,
}

/// How a send stands.
pub(super) enum Standing {
    /// It arrived, as that update where that is known.
    Accepted(Option<String>),
    /// Nobody got it.
    Failed,
    /// Not answered yet, or unknown.
    Open,
}

impl PageSend<'_> {
    /// The update that it made.
    pub(super) fn update(&self) -> Option<&str> {
        match &self.standing {
            Standing::Accepted(update) => update.as_deref(),
            Standing::Failed | Standing::Open => None,
        }
    }
}

/// A page send of which nobody knows whether it arrived.
#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    /// The operation.
    pub op: String,
    /// What left. Of another console's send the text is not known.
    pub message: SentMessage,
    /// When it left.
    pub left: DateTime<Utc>,
    /// Whether an answer has said already that it is unknown.
    pub said: bool,
}

/// What the page shows of a send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub incident: IncidentId,
    /// The update that it made, where that can be told.
    pub update: Option<String>,
}

/// Every send to the page, oldest first.
pub(super) fn page_sends(run: &Run) -> Vec<PageSend<'_>> {
    let mut answers: ShortMap<&str, Standing> = ShortMap::default();
    for event in run.events() {
        if let EventKind::SendAnswered { op, outcome } = &event.what {
            let standing = match outcome {
                SendOutcome::Accepted { receipt } => Standing::Accepted(receipt.vendor_id.clone()),
                SendOutcome::Failed { reason: _ } => Standing::Failed,
                SendOutcome::Unknown { reason: _ } => Standing::Open,
            };
            let holds = matches!(answers.get(op.as_str()), Some(Standing::Accepted(_)));
            if !holds {
                answers.insert(op, standing);
            }
        }
    }
    run.events()
        .filter_map(|event| {
            let EventKind::SendStarted { op, message } = &event.what else {
                return None;
            };
            message.is_post().then(|| PageSend {
                op,
                device: &event.id.device,
                message,
                left: event.corrected(),
                standing: answers.remove(op.as_str()).unwrap_or(Standing::Open),
            })
        })
        .collect()
}

/// How many posts of a device's own are known to have reached the page.
pub fn arrived(run: &Run, device: &str) -> usize {
    let sends = page_sends(run).into_iter();
    let arrived = |send: &PageSend<'_>| matches!(send.standing, Standing::Accepted(_));
    sends
        .filter(|send| send.device == device && arrived(send))
        .count()
}

/// The page sends that are lost at `now`, as `device` sees it.
pub fn pending(run: &Run, device: &str, now: DateTime<Utc>) -> Vec<Pending> {
    let unknown = |wanted: &str| {
        run.events().any(|event| {
            matches!(&event.what, EventKind::SendAnswered { op, outcome: SendOutcome::Unknown { .. } } if op == wanted)
        })
    };
    page_sends(run)
        .into_iter()
        .filter(|send| matches!(send.standing, Standing::Open))
        .map(|send| (send.device == device, unknown(send.op), send))
        .filter(|(own, said, send)| {
            let patience = if *own {
                UNANSWERED
            } else {
                UNANSWERED_ELSEWHERE
            };
            (*own && *said) || now - send.left > patience
        })
        .map(|(_, said, send)| Pending {
            op: send.op.to_owned(),
            message: send.message.clone(),
            left: send.left,
            said,
        })
        .collect()
}

/// Looks for a send on incidents of the page, each with what is kept beside it.
pub fn find<'l>(
    pending: &Pending,
    run: &Run,
    incidents: impl Iterator<Item = (&'l Incident, &'l Map<String, Value>)>,
) -> Option<Evidence> {
    let sends = page_sends(run);
    let taken: Vec<&str> = sends.iter().filter_map(PageSend::update).collect();
    let status = pending.message.page.as_ref().map(|page| &page.status);
    let mut by_text = None;
    for (incident, metadata) in incidents {
        let proved = Sheet::read(metadata)
            .iter()
            .any(|sheet| sheet.has_op(&pending.op));
        let after: Vec<&IncidentUpdate> = incident
            .updates
            .iter()
            .filter(|update| {
                Some(&update.status) == status
                    && update.created_at >= earlier(pending.left, CLOCKS_APART)
                    && !taken.contains(&update.id.as_str())
            })
            .collect();
        let same = |update: &&&IncidentUpdate| {
            !pending.message.text.is_empty() && text::same(&update.body, &pending.message.text)
        };
        let same = after.iter().rev().find(same);
        let found = |update: Option<&&IncidentUpdate>| Evidence {
            incident: incident.id.clone(),
            update: update.map(|update| update.id.clone()),
        };
        if proved {
            return Some(found(same.or(after.last())));
        }
        if by_text.is_none() && same.is_some() {
            by_text = Some(found(same));
        }
    }
    by_text
}
