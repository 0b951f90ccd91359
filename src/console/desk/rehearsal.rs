//! Trying the hosted services before the real need. The test incident is a clearly marked incident on the
//! hosted page that is created, updated and resolved; it mails nobody, has no impact and touches no
//! component. The test mail goes to one address, after the service has checked it in its test mode.

use leptos::prelude::*;

use crate::api::error::ApiError;
use crate::api::mail::{Batch, Mail, MailResult, SendMail};
use crate::api::page::{Metadata, Post, PostReceipt, SharePage, WritePage};
use crate::domain::impact::Impact;
use crate::domain::incident::{IncidentId, IncidentStatus};
use crate::platform::{id, storage};

use super::Desk;

const NAME: &str = "[Test] Allclear test: please ignore";
const CREATED: &str =
    "This is a test of our status page. Nothing is wrong, and it is closed in a few seconds.";
const UPDATED: &str = "This is a test update. Nothing is wrong.";
const MAIL_SUBJECT: &str = "[Test] Allclear test mail: please ignore";
const MAIL_TEXT: &str = "This is a test mail of our incident communication. Nothing is wrong.";
/// The step in which a real mail leaves.
const SEND: &str = "Send";
const RESOLVED: &str = "The test is over. Nothing was wrong.";

/// What is said where the answer to the update was lost.
const LATE: &str = "The answer to the update was lost. If the update arrives late, it reopens the test incident: press “Close open test incidents” in a minute.";

/// A step of the test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What was tried.
    pub what: &'static str,
    /// What came of it; `None` while it goes on.
    pub outcome: Option<Result<Option<String>, String>>,
}

/// Where it is noted that a test incident was begun and its end has not been heard of: also a reload must not forget it.
const BEGUN: &str = "test-incident";
const MAY_BE_OPEN: &str = "A test incident was begun in this browser, and its end was never heard of: it may still be open on the page. Press “Close open test incidents”.";
const STILL_OPEN: &str = "A test incident is still open on the page: it could not be resolved. Press “Close open test incidents” again, or resolve it in the service’s own console.";

/// The tests of the hosted services. They live as long as the desk: a page that is left stops none of them, and finds them
/// again.
#[derive(Clone, Copy)]
pub struct Rehearsals {
    pub incident: Rehearsal,
    pub mail: Rehearsal,
}

impl Rehearsals {
    pub(super) fn new() -> Self {
        let begun = storage::local::get(BEGUN).ok().flatten();
        Self {
            incident: Rehearsal::new(begun.map(|_| MAY_BE_OPEN.to_owned())),
            mail: Rehearsal::new(None),
        }
    }
}

/// Notes that a test incident may be open on the page, or that none is. Where nothing can be kept, it is known for as long
/// as the page stands.
fn note(begun: bool) {
    drop(if begun {
        storage::local::set(BEGUN, "begun")
    } else {
        storage::local::remove(BEGUN)
    });
}

/// The test as far as it has come.
#[derive(Clone, Copy)]
pub struct Rehearsal {
    /// Its steps, in their order.
    pub steps: RwSignal<Vec<Step>>,
    /// Whether it goes on now.
    pub runs: RwSignal<bool>,
    /// What is still open because of a failure, and how to close it.
    pub left: RwSignal<Option<String>>,
}

impl Desk {
    pub fn rehearsals(self) -> Rehearsals {
        self.rehearsals
    }

    /// Creates, updates and resolves the test incident. A page that was left does not stop it: what was
    /// opened is closed.
    pub fn run_test_incident(self, test: Rehearsal) {
        self.begin(test, async move {
            note(true);
            let created = test
                .step("Create", self.test_post(None, IncidentStatus::Investigating, CREATED))
                .await;
            let receipt = match created {
                Ok(receipt) => receipt,
                Err(error) => {
                    let left = error.may_have_happened().then(|| {
                        "It may be on the page all the same: press “Close open test incidents”.".to_owned()
                    });
                    note(left.is_some());
                    return self.leave_open(test, left);
                }
            };
            let id = Some(receipt.incident);
            // A failed update is shown; closing is tried in any case.
            let updated = test
                .step("Update", self.test_post(id.clone(), IncidentStatus::Monitoring, UPDATED))
                .await;
            let resolved = test
                .step("Resolve", self.test_post(id, IncidentStatus::Resolved, RESOLVED))
                .await;
            let left = if resolved.is_err() {
                Some(format!(
                    "The test incident “{NAME}” may still be open on the page{}. Press “Close open test incidents”, or resolve it in the service’s own console.",
                    receipt.link.map(|link| format!(" ({link})")).unwrap_or_default()
                ))
            } else {
                let late = updated.is_err_and(|error| error.may_have_happened());
                late.then(|| LATE.to_owned())
            };
            note(left.is_some());
            self.leave_open(test, left);
        });
    }

    /// Resolves every test incident that is open on the page, this console's or another's.
    pub fn close_test_incidents(self, test: Rehearsal) {
        self.begin(test, async move {
            let looked = async {
                let live = self.service().live().await?;
                Ok(live
                    .into_iter()
                    .map(|live| live.incident)
                    .filter(|incident| incident.name == NAME && incident.is_open())
                    .map(|incident| incident.id)
                    .collect::<Vec<_>>())
            };
            let open = match looked.await {
                Ok(open) => open,
                Err(error) => {
                    return test.ended("Look for them", Err::<Option<String>, ApiError>(error));
                }
            };
            if open.is_empty() {
                note(false);
                return self.say("No test incident is open on the page.");
            }
            let mut all = true;
            for id in open {
                let closing = self.test_post(Some(id), IncidentStatus::Resolved, RESOLVED);
                all &= test.step("Resolve", closing).await.is_ok();
            }
            note(!all);
            self.leave_open(test, (!all).then(|| STILL_OPEN.to_owned()));
        });
    }

    /// Says what is still open, where it is looked for and wherever the responder is by now.
    fn leave_open(self, test: Rehearsal, left: Option<String>) {
        if let Some(left) = &left {
            self.warn(left.clone());
        }
        test.left.set(left);
    }

    /// Has the mail service check a test mail in its test mode, and then sends it to one address.
    pub fn send_test_mail(self, test: Rehearsal, address: String) {
        self.begin(test, async move {
            let mailer = self.mailer();
            let batch = match self.test_batch(address) {
                Ok(batch) => batch,
                Err(error) => return test.ended("Write", Err(error)),
            };
            let checked = test.mail("Check, in test mode", mailer.rehearse(&batch)).await;
            if checked && test.mail(SEND, mailer.send(&batch)).await {
                self.say("The test mail was accepted. Check whether it arrives, and whether it went to spam.");
            }
        });
    }

    /// Whether the mail service takes the key, and a sample mail in its test mode; nothing is delivered.
    pub(super) async fn sample_mail(self) -> Result<(), ApiError> {
        let (_, reply_to) = self.sender();
        let batch = self.test_batch(reply_to)?;
        let mailer = self.mailer();
        mailer.try_key().await?;
        accepted(mailer.rehearse(&batch).await).map(drop)
    }

    fn test_batch(self, to: String) -> Result<Batch, ApiError> {
        let (from, reply_to) = self.sender();
        Ok(Batch {
            op: id::random()?,
            number: 0,
            from,
            reply_to,
            mails: vec![Mail {
                to,
                name: None,
                subject: MAIL_SUBJECT.to_owned(),
                text: MAIL_TEXT.to_owned(),
                html: format!("<p>{MAIL_TEXT}</p>"),
            }],
            now: self.fresh_now(),
        })
    }

    fn begin(self, test: Rehearsal, work: impl Future<Output = ()> + 'static) {
        if test.runs.get_untracked() {
            return;
        }
        test.steps.set(Vec::new());
        test.left.set(None);
        test.runs.set(true);
        leptos::task::spawn_local(async move {
            work.await;
            test.runs.set(false);
        });
    }

    async fn test_post(
        self,
        incident: Option<IncidentId>,
        status: IncidentStatus,
        body: &'static str,
    ) -> Result<PostReceipt, ApiError> {
        let post = Post {
            // A rehearsal belongs to no incident.
            run: id::random()?,
            op: id::random()?,
            incident,
            name: NAME.to_owned(),
            status,
            body: body.to_owned(),
            impact: Some(Impact::None),
            components: Vec::new(),
            started_at: None,
            attached: Vec::new(),
            notify_subscribers: false,
            metadata: Metadata::default(),
            now: self.fresh_now(),
        };
        self.service().publish(&post).await
    }
}

impl Rehearsal {
    fn new(left: Option<String>) -> Self {
        Self {
            steps: RwSignal::new(Vec::new()),
            runs: RwSignal::new(false),
            left: RwSignal::new(left),
        }
    }

    /// Does a step and shows what came of it.
    async fn step(
        self,
        what: &'static str,
        work: impl Future<Output = Result<PostReceipt, ApiError>>,
    ) -> Result<PostReceipt, ApiError> {
        self.steps.update(|steps| {
            steps.push(Step {
                what,
                outcome: None,
            });
        });
        let outcome = work.await;
        self.steps.update(|steps| drop(steps.pop()));
        let shown = outcome.as_ref().map(|receipt| receipt.link.clone());
        self.ended(what, shown.map_err(Clone::clone));
        outcome
    }

    /// Does a step of the test mail and shows what came of it; whether it was done.
    async fn mail(
        self,
        what: &'static str,
        work: impl Future<Output = Result<Vec<MailResult>, ApiError>>,
    ) -> bool {
        let outcome = accepted(work.await);
        let done = outcome.is_ok();
        self.ended(what, outcome.map(|_id| None));
        done
    }

    fn ended(self, what: &'static str, outcome: Result<Option<String>, ApiError>) {
        let words = |error: ApiError| {
            if what == SEND && error.may_have_happened() {
                format!(
                    "{error}. The mail may have arrived all the same: look into the mailbox before you send another"
                )
            } else {
                error.to_string()
            }
        };
        let outcome = Some(outcome.map_err(words));
        self.steps
            .update(|steps| steps.push(Step { what, outcome }));
    }
}

/// The service's id of the one mail of a batch.
fn accepted(outcome: Result<Vec<MailResult>, ApiError>) -> Result<String, ApiError> {
    match outcome?.into_iter().next() {
        Some(MailResult::Accepted(id)) => Ok(id),
        Some(MailResult::Refused(why)) => Err(ApiError::Refused(why)),
        Some(MailResult::Lost(why)) => Err(ApiError::Unanswered(why)),
        None => Err(ApiError::Garbled(
            "the service said nothing of the mail".to_owned(),
        )),
    }
}
