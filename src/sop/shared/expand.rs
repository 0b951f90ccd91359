//! Reading a shared entry back. Lenient: further values at its end are left alone, and what cannot be
//! understood is no event here; its entry is kept on the [`Sheet`](super::Sheet) all the same.

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde_json::{Value, from_value};

use crate::domain::component::ComponentId;
use crate::domain::incident::{IncidentId, IncidentStatus};
use crate::sop::duty::DutyKey;
use crate::sop::event::{Event, EventId, EventKind, PagePost, Receipt, SendOutcome, SentMessage};
use crate::sop::facts::Facts;

use super::compact::elsewhere;

/// The event that an entry of a device's log says.
pub(super) fn event(device: &str, entry: &Value) -> Option<Event> {
    let mut values = Values(entry.as_array()?.iter());
    let place: String = values.next()?;
    let id = EventId::try_from(format!("{place}-{device}")).ok()?;
    let from_id: i64 = values.next()?;
    let at = i64::try_from(id.millis).ok()?.checked_add(from_id)?;
    let offset_ms = values.next()?;
    let mut who: String = values.next()?;
    let what = what(&mut values)?;
    let mut vouched = false;
    // Only of an approval it is shared whether a login gave it, and then the whole login.
    if let EventKind::Approved { approver, .. } = &what {
        vouched = values.next().unwrap_or_default();
        if vouched {
            who.clone_from(approver);
        }
    }
    Some(Event {
        at: DateTime::from_timestamp_millis(at)?,
        offset_ms,
        who,
        vouched,
        what,
        id,
    })
}

/// A moment, or none.
struct Perhaps(Option<DateTime<Utc>>);

/// What is left to read.
struct Values<'v>(std::slice::Iter<'v, Value>);

impl Values<'_> {
    fn next<T: DeserializeOwned>(&mut self) -> Option<T> {
        from_value(self.0.next()?.clone()).ok()
    }

    fn moment(&mut self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.0.next()?.as_i64()?)
    }

    /// A moment that may be null; nothing where there is no such value.
    fn perhaps(&mut self) -> Option<Perhaps> {
        let millis: Option<i64> = self.next()?;
        Some(Perhaps(millis.and_then(DateTime::from_timestamp_millis)))
    }

    fn duty(&mut self) -> Option<DutyKey> {
        Some(DutyKey {
            episode: self.next()?,
            kind: self.next()?,
            channel: self.next()?,
            seq: self.next()?,
        })
    }

    fn message(&mut self) -> Option<SentMessage> {
        let (channel, kind) = (self.next()?, self.next()?);
        let (status, severity): (Option<String>, Option<_>) = (self.next()?, self.next()?);
        let promise = self.perhaps()?.0;
        let page = status.zip(severity).map(|(status, severity)| PagePost {
            status: IncidentStatus::from(status),
            severity,
            promise,
            impact: None,
            components: Vec::new(),
            notified_subscribers: false,
            ended: None,
        });
        let recipients = self.next()?;
        let ended = self.moment();
        Some(SentMessage {
            channel,
            kind,
            title: None,
            text: String::new(),
            html: None,
            page: page.map(|page| PagePost { ended, ..page }),
            recipients,
        })
    }
}

fn what(values: &mut Values<'_>) -> Option<EventKind> {
    let kind: String = values.next()?;
    Some(match kind.as_str() {
        "declared" => EventKind::Declared {
            impact_started: values.moment()?,
            severity: values.next()?,
            kind: values.next()?,
            components: values.next()?,
            became_aware: values.perhaps()?.0,
            personal_data: values.next()?,
            facts: Facts::default(),
            sop_version: values.next()?,
            drill: values.next()?,
        },
        "time" => EventKind::TimeSet {
            time: values.next()?,
            value: values.moment()?,
        },
        "components" => EventKind::ComponentsSet {
            components: values.next::<Vec<ComponentId>>()?,
        },
        "severity" => EventKind::SeverityChanged {
            to: values.next()?,
            reason: String::new(),
        },
        "type" => EventKind::TypeChanged { to: values.next()? },
        "data" => EventKind::PersonalDataSet { to: values.next()? },
        "sent" => EventKind::SendStarted {
            op: values.next()?,
            message: values.message()?,
        },
        "answer" => EventKind::SendAnswered {
            op: values.next()?,
            outcome: outcome(values)?,
        },
        "finished" => EventKind::EmailFinished {
            op: values.next()?,
            failed: values.next()?,
            unknown: values.next(),
        },
        "hand" => EventKind::PostedByHand {
            posted_at: values.moment()?,
            message: values.message()?,
            link: None,
        },
        "post" => EventKind::AnsweredPost {
            duty: values.duty()?,
        },
        "skip" => EventKind::Skipped {
            duty: values.duty()?,
            reason: elsewhere(),
        },
        "approved" => EventKind::Approved {
            approver: values.next()?,
            alone: values.next()?,
        },
        "resolved" => EventKind::ResolvedWithoutPage,
        "reopened" => EventKind::Reopened,
        "error" => EventKind::DeclaredInError {
            reason: elsewhere(),
        },
        "postmortem" => EventKind::PostmortemDone {
            text: String::new(),
            held_on: values.next()?,
            participants: Vec::new(),
        },
        "regulator" => EventKind::RegulatorNotified {
            reference: None,
            notified_at: values.moment(),
        },
        "page" => EventKind::PageIncident {
            id: IncidentId(values.next()?),
        },
        "left" => EventKind::PageLeft,
        "claim" => EventKind::Claimed {
            op: values.next()?,
            kind: values.next()?,
            episode: values.next()?,
        },
        _ => return None,
    })
}

fn outcome(values: &mut Values<'_>) -> Option<SendOutcome> {
    let how: String = values.next()?;
    let vendor_id = values.next()?;
    Some(match how.as_str() {
        "accepted" => SendOutcome::Accepted {
            receipt: Receipt {
                vendor_id,
                link: None,
            },
        },
        "failed" => SendOutcome::Failed {
            reason: elsewhere(),
        },
        "unknown" => SendOutcome::Unknown {
            reason: elsewhere(),
        },
        _ => return None,
    })
}
