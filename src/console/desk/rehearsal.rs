//! Trying the hosted services before the real need. The test incident is a clearly marked incident on the
//! hosted page that is created, updated and resolved; it mails nobody, has no impact and touches no
//! component. The test mail goes to one address, after the service has checked it in its test mode. The test notice stands
//! in the team's channel: a webhook has no other trial.

use leptos::prelude::*;

use crate::api::error::ApiError;
use crate::api::mail::{Batch, Mail, MailResult, SendMail};
use crate::api::page::{Metadata, Post, PostReceipt, SharePage, WritePage};
use crate::api::provider;
use crate::api::team::TellTeam;
use crate::console::test_incident::{self, MAY_BE_OPEN, NAME, Step, TestPage};
use crate::domain::impact::Impact;
use crate::domain::incident::IncidentId;
use crate::platform::{id, storage};

use super::Desk;

const MAIL_SUBJECT: &str = "[Test] Allclear test mail: please ignore";
const MAIL_TEXT: &str = "This is a test mail of our incident communication. Nothing is wrong.";
const NOTICE_TEXT: &str =
    "[Test] This is a test notice of our incident communication. Nothing is wrong.";
/// The step in which a real mail leaves.
const SEND: &str = "Send";
/// The step in which a real notice leaves.
const TELL: &str = "Send to the channel";

/// A step of a test, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownStep {
    /// What was tried.
    pub what: &'static str,
    /// What came of it; `None` while it goes on.
    pub outcome: Option<Result<Option<String>, String>>,
}

/// Where it is noted that a test incident was begun and its end has not been heard of: also a reload must not forget it.
const BEGUN: &str = "test-incident";

/// The tests of the hosted services. They live as long as the desk: a page that is left stops none of them, and finds them
/// again.
#[derive(Clone, Copy)]
pub struct Rehearsals {
    pub incident: Rehearsal,
    pub mail: Rehearsal,
    pub team: Rehearsal,
}

impl Rehearsals {
    pub(super) fn new() -> Self {
        Self {
            incident: Rehearsal::new(was_begun().then(|| MAY_BE_OPEN.to_owned())),
            mail: Rehearsal::new(None),
            team: Rehearsal::new(None),
        }
    }
}

/// Whether a test incident was begun in this browser and its end has not been heard of.
fn was_begun() -> bool {
    storage::local::get(BEGUN).is_ok_and(|begun| begun.is_some())
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
    pub steps: RwSignal<Vec<ShownStep>>,
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
            test_incident::run(&OnPage { desk: self, test }).await;
        });
    }

    /// Resolves every test incident that is open on the page, this console's or another's.
    pub fn close_test_incidents(self, test: Rehearsal) {
        self.begin(test, async move {
            test_incident::close(&OnPage { desk: self, test }).await;
        });
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

    /// Puts a test notice into the team's channel.
    pub fn send_test_notice(self, test: Rehearsal) {
        let channel = self
            .setup
            .with_untracked(|setup| setup.team()?.channel.clone());
        let Some(channel) = channel else {
            return;
        };
        self.begin(test, async move {
            let told = provider::team(&channel).tell(NOTICE_TEXT).await;
            let is_told = told.is_ok();
            test.ended(TELL, told.map(|_id| None));
            if is_told {
                self.say(
                    "The test notice was accepted. Look whether it stands in your team’s channel.",
                );
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
        test.runs.set(true);
        leptos::task::spawn_local(async move {
            work.await;
            test.runs.set(false);
        });
    }
}

/// The hosted page, for the test incident.
struct OnPage {
    desk: Desk,
    test: Rehearsal,
}

impl OnPage {
    async fn post(&self, step: Step) -> Result<PostReceipt, ApiError> {
        let post = Post {
            // A rehearsal belongs to no incident.
            run: id::random()?,
            op: id::random()?,
            incident: step.incident,
            name: NAME.to_owned(),
            status: step.status,
            body: step.body.to_owned(),
            impact: Some(Impact::None),
            components: Vec::new(),
            started_at: None,
            attached: Vec::new(),
            notify_subscribers: false,
            metadata: Metadata::default(),
            now: self.desk.fresh_now(),
        };
        self.desk.service().publish(&post).await
    }
}

impl TestPage for OnPage {
    async fn step(&self, step: Step) -> Result<PostReceipt, ApiError> {
        self.test.step(step.name, self.post(step)).await
    }

    async fn open(&self) -> Option<Vec<IncidentId>> {
        match self.desk.service().live().await {
            Ok(live) => {
                let all = live.into_iter().map(|live| live.incident);
                let open = all.filter(|incident| incident.name == NAME && incident.is_open());
                Some(open.map(|incident| incident.id).collect())
            }
            Err(error) => {
                self.test.ended("Look for them", Err(error));
                None
            }
        }
    }

    fn may_be_open(&self) -> bool {
        self.test.left.with_untracked(Option::is_some) || was_begun()
    }

    fn begun(&self) {
        note(true);
    }

    fn left(&self, left: Option<String>) {
        note(left.is_some());
        // Said wherever the responder is by now; it stands where it is looked for.
        if let Some(left) = &left {
            self.desk.warn(left.clone());
        }
        self.test.left.set(left);
    }

    fn say(&self, words: &'static str) {
        self.desk.say(words);
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

    /// What came of the last step that has ended.
    pub(super) fn last(self) -> Option<Result<Option<String>, String>> {
        self.steps.with(|steps| steps.last()?.outcome.clone())
    }

    /// Does a step and shows what came of it.
    async fn step(
        self,
        what: &'static str,
        work: impl Future<Output = Result<PostReceipt, ApiError>>,
    ) -> Result<PostReceipt, ApiError> {
        self.steps.update(|steps| {
            steps.push(ShownStep {
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
            let doubt = match what {
                SEND => "The mail may have arrived all the same: look into the mailbox",
                TELL => "The notice may stand there all the same: look into the channel",
                _ => "",
            };
            if error.may_have_happened() && !doubt.is_empty() {
                format!("{error}. {doubt} before you send another")
            } else {
                error.in_full()
            }
        };
        let outcome = Some(outcome.map_err(words));
        self.steps
            .update(|steps| steps.push(ShownStep { what, outcome }));
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
