//! One post to the status page, from its order to its receipt.
//!
//! On a page that several consoles share, the page is read before every attempt, so that nobody posts over somebody
//! else. A page that is too busy did nothing: the post is prepared anew and made again. Everything else ends it: what
//! was accepted is entered with its receipt, what was lost is looked for on the page ([`LOOKS`]).

use chrono::{DateTime, TimeDelta, Utc};

use super::outcome_of;
use crate::api::error::ApiError;
use crate::api::page::{Metadata, Post, PostReceipt};
use crate::domain::component::ComponentId;
use crate::domain::incident::IncidentId;
use crate::sop::event::{EventKind, Receipt, SendOutcome};
use crate::sop::message::{Sendable, Standing};
use crate::sop::run::RunId;

/// How long is waited before each look for a lost post: at once, and 10, 30 and 120 seconds after it was lost.
/// Afterwards every reading of the incident is a look, also after a restart.
pub const LOOKS: [TimeDelta; 4] = [
    TimeDelta::zero(),
    TimeDelta::seconds(10),
    TimeDelta::seconds(20),
    TimeDelta::seconds(90),
];

/// How often a post is made that the service is too busy for; its text grows old meanwhile.
const TRIES: u32 = 4;

/// A message that is to be posted, frozen.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// The operation's id: the page performs it once.
    pub op: String,
    /// The incident here. A page opens one incident for it, whatever was lost.
    pub run: RunId,
    /// The incident on the page; `None` opens one.
    pub incident: Option<IncidentId>,
    pub message: Sendable,
    /// When its impact began first, UTC.
    pub started_at: Option<DateTime<Utc>>,
    /// Whether other consoles post to the page.
    pub is_shared: bool,
}

/// Where a post goes, and what it carries.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Target {
    /// The incident to update; `None` opens a new one.
    pub incident: Option<IncidentId>,
    /// The components that somebody attached to it, which a post must not detach.
    pub attached: Vec<ComponentId>,
    /// How the components stand on the page, as far as that was read.
    pub standing: Vec<Standing>,
    /// What is kept beside it.
    pub metadata: Metadata,
}

/// What is to be done next.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Read the page, ask a person where somebody posted meanwhile, and say where it goes ([`Posting::prepared`]).
    Prepare,
    /// Make this post ([`Posting::answered`]).
    Publish(Box<Post>),
    /// Enter this; what follows waits until it is stored ([`Posting::entered`]).
    Enter(Box<EventKind>),
    /// Nothing is left to do.
    Over(End),
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Readers can see it.
    Posted,
    /// Nothing happened on the page.
    NotPosted,
    /// Nothing happened: its incident is no longer on the page.
    Gone,
    /// It may be on the page.
    Lost,
}

/// A post under way.
#[derive(Debug, Clone, PartialEq)]
pub struct Posting {
    order: Order,
    tries: u32,
    stage: Stage,
}

#[derive(Debug, Clone, PartialEq)]
enum Stage {
    Unprepared,
    Ready(Target),
    /// What is still to be entered, the next of it last.
    Answered(Vec<EventKind>, End),
}

impl Posting {
    /// A post of which nothing has been done.
    pub fn new(order: Order) -> Self {
        let stage = if order.is_shared {
            Stage::Unprepared
        } else {
            Stage::Ready(Target {
                incident: order.incident.clone(),
                ..Target::default()
            })
        };
        Self {
            order,
            tries: 0,
            stage,
        }
    }

    /// What is to be done at `now`, by the server's clock.
    pub fn next(&self, now: DateTime<Utc>) -> Step {
        match &self.stage {
            Stage::Unprepared => Step::Prepare,
            Stage::Ready(target) => match self.post(target, now) {
                Some(post) => Step::Publish(Box::new(post)),
                None => Step::Enter(Box::new(self.answer(SendOutcome::Failed {
                    reason: "the message is not a status-page post".to_owned(),
                }))),
            },
            Stage::Answered(entries, end) => entries.last().map_or(Step::Over(*end), |entry| {
                Step::Enter(Box::new(entry.clone()))
            }),
        }
    }

    /// Takes in where it goes, or why it does not leave.
    pub fn prepared(&mut self, target: Result<Target, String>) {
        match target {
            Ok(target) => self.stage = Stage::Ready(target),
            Err(reason) => self.end(SendOutcome::Failed { reason }, End::NotPosted),
        }
    }

    /// Takes in what came of the post. `known` is where the log says that the incident is on the page.
    pub fn answered(&mut self, answer: Result<PostReceipt, ApiError>, known: Option<&IncidentId>) {
        self.tries += 1;
        match answer {
            Ok(receipt) => {
                let place = (known != Some(&receipt.incident)).then(|| EventKind::PageIncident {
                    id: receipt.incident.clone(),
                });
                let receipt = Receipt {
                    vendor_id: Some(receipt.update).filter(|id| !id.is_empty()),
                    link: receipt.link,
                };
                let answer = self.answer(SendOutcome::Accepted { receipt });
                let entries = std::iter::once(answer).chain(place).collect();
                self.stage = Stage::Answered(entries, End::Posted);
            }
            // It did nothing, and others may have posted meanwhile.
            Err(error) if self.order.is_shared && error.is_short_pause() && self.tries < TRIES => {
                self.stage = Stage::Unprepared;
            }
            Err(error) => {
                let end = match &error {
                    ApiError::Gone(_) => End::Gone,
                    ApiError::Unanswered(_) | ApiError::Garbled(_) => End::Lost,
                    ApiError::Refused(_)
                    | ApiError::NotSent(_)
                    | ApiError::LoginNeeded
                    | ApiError::Busy { .. } => End::NotPosted,
                };
                self.end(outcome_of(&error), end);
            }
        }
    }

    /// What was to be entered is stored, or was refused.
    pub fn entered(&mut self) {
        match &mut self.stage {
            Stage::Answered(entries, _) => drop(entries.pop()),
            Stage::Unprepared | Stage::Ready(_) => {
                self.stage = Stage::Answered(Vec::new(), End::NotPosted);
            }
        }
    }

    fn end(&mut self, outcome: SendOutcome, end: End) {
        self.stage = Stage::Answered(vec![self.answer(outcome)], end);
    }

    fn answer(&self, outcome: SendOutcome) -> EventKind {
        EventKind::SendAnswered {
            op: self.order.op.clone(),
            outcome,
        }
    }

    fn post(&self, target: &Target, now: DateTime<Utc>) -> Option<Post> {
        let Order {
            op,
            run,
            message,
            started_at,
            ..
        } = &self.order;
        let record = message.record();
        let page = record.page.as_ref()?;
        let changes = message.changes(&target.standing).into_iter();
        // Its own components are attached, whether or not they change.
        let mut attached = target.attached.clone();
        for id in message.touches() {
            if !attached.contains(id) {
                attached.push(id.clone());
            }
        }
        Some(Post {
            op: op.clone(),
            run: run.0.clone(),
            incident: target.incident.clone(),
            name: record.title.clone().unwrap_or_default(),
            status: page.status.clone(),
            body: record.text.clone(),
            impact: page.impact.clone(),
            components: changes.map(|change| (change.id, change.state)).collect(),
            attached,
            started_at: *started_at,
            notify_subscribers: page.notified_subscribers,
            metadata: target.metadata.clone(),
            now,
        })
    }
}
