//! What the runner needs of the world around it, so that it runs in a browser and in a test alike.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use crate::api::error::ApiError;
use crate::api::mail::SendMail;
use crate::api::page::{self, WritePage};
use crate::api::team::TellTeam;
use crate::delivery::cut_off::Unanswered;
use crate::delivery::mailing::{
    Beat, Chunk, Doing, KeepError, Mailing, Person, Plan, Summary, Tally,
};
use crate::delivery::notice::{MailingNotice, Notice};
use crate::domain::incident::IncidentId;
use crate::domain::page::Snapshot;
use crate::sop::duty::DutyKind;
use crate::sop::event::{Event, EventKind, SentMessage};
use crate::sop::run::{Command, Run, RunId, State};
use crate::sop::shared::Sheet;

use super::before::{Decision, Held};

/// A sending that is being worked on in this tab: the buttons reach it, too.
pub type Live = Rc<RefCell<Mailing>>;

/// Time and the network.
pub trait Clock {
    /// The time by this device's clock.
    fn now(&self) -> DateTime<Utc>;
    /// The time by the server's clock, as far as it is known.
    fn server_now(&self) -> DateTime<Utc>;
    /// Waits so many milliseconds.
    fn sleep(&self, ms: u32) -> impl Future<Output = ()>;
    /// Whether the device knows of a network.
    fn is_online(&self) -> bool;
}

/// Whether something was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    Kept,
    /// It was not, for the first time: whoever pressed did not know.
    Refused,
    /// It was not, and the responder knew before they pressed that nothing is stored here.
    KnownRefused,
}

/// The logs of the incidents.
pub trait Log {
    /// Stores an event that is in the log already.
    fn save(&self, run: &RunId, event: &Event) -> impl Future<Output = Stored>;
    /// Enters an event and is over when it is stored, or the browser has refused to. Whether it was entered.
    fn enter(&self, run: &RunId, what: EventKind) -> impl Future<Output = bool>;
    /// This device's id.
    fn device(&self) -> String;
    /// Who is at this device, and whether it is a login that says so.
    fn here(&self) -> (String, bool);
    /// The sends of this device that have no answer yet, of all incidents: [`unanswered`] of each.
    ///
    /// [`unanswered`]: crate::delivery::cut_off::unanswered
    fn unanswered(&self) -> Vec<Unanswered>;
    /// An incident's state now.
    fn state(&self, run: &RunId) -> Option<State>;
    /// The message of a send, as the log has it.
    fn sent(&self, op: &str) -> Option<SentMessage>;
    /// Hands a command to whoever performs it, at once or when that was fetched.
    fn hand_over(&self, run: &RunId, command: Command) -> impl Future<Output = ()>;
}

/// The services that an incident's messages leave through.
pub trait Services {
    /// The status page.
    type Page: WritePage;
    /// The mail service.
    type Mailer: SendMail;
    /// The team's own channel.
    type Team: TellTeam;

    /// The page of an incident.
    fn page(&self, run: &RunId) -> Self::Page;
    /// Whether other consoles post to that page.
    fn is_shared(&self, run: &RunId) -> bool;
    /// The mail service of an incident.
    fn mailer(&self, run: &RunId) -> Self::Mailer;
    /// What tells the team of an incident; `None` where a person does.
    fn team(&self, run: &RunId) -> Option<Self::Team>;
    /// "Name <address>" of the sender, and the address for answers.
    fn sender(&self) -> (String, String);
    /// Where the mails of an incident can be seen here; `None` where they really leave.
    fn mails_link(&self, run: &RunId) -> Option<String>;
    /// Takes the people who were frozen with a message, and their list's fingerprint.
    fn take_people(&self, op: &str) -> Option<(Vec<Person>, Option<String>)>;
    /// Whether the list of an incident is still there.
    fn has_list(&self, run: &RunId) -> bool;
    /// Forgets the addresses of a sending that its list no longer covers.
    fn tidy(&self, sending: Summary);
}

/// The consoles of others, that share an incident's page.
pub trait Others {
    /// The texts of a post-mortem that the responder has had before them, beside those that were sent from here.
    fn seen_postmortems(&self, run: &RunId) -> Vec<String>;
    /// Claims an email in front of the others; again where `episode` is none.
    ///
    /// # Errors
    /// Who is sending it.
    fn claim(
        &self,
        run: &RunId,
        op: &str,
        kind: DutyKind,
        episode: Option<u32>,
    ) -> impl Future<Output = Result<(), String>>;
    /// Looks for the lost posts of an incident. Whether some are still not found.
    fn look_for(&self, run: &RunId) -> impl Future<Output = bool>;
    /// A post of an incident is on the page.
    fn posted(&self, run: &RunId) -> impl Future<Output = ()>;
    /// An incident is no longer on the page.
    fn gone(&self, run: &RunId);
}

/// A page that other consoles post to, and what is known from reading it.
pub trait SharedPage {
    /// The turn to talk to it, which the next one has when it is dropped.
    type Turn;

    /// Waits for the turn.
    fn turn(&self) -> impl Future<Output = Self::Turn>;
    /// Reads one incident and takes in what it tells; `None` where it is no longer there.
    fn read_one(
        &self,
        run: &RunId,
        incident: &IncidentId,
    ) -> impl Future<Output = Result<Option<page::Live>, ApiError>>;
    /// Reads all of it and takes in what it tells: posts whose answer was lost are entered where they are found.
    fn read_whole(&self) -> impl Future<Output = Result<Vec<page::Live>, ApiError>>;
    /// The page as far as it was read, the last time.
    fn last_read(&self) -> Option<Snapshot>;
    /// When an update or an incident of it was first seen here, by the server's clock.
    fn first_seen(&self, id: &str) -> Option<DateTime<Utc>>;
    /// What was said of a run, so far.
    fn log(&self, run: &RunId) -> Option<Arc<Run>>;
    /// The runs of this console that stand on an incident of the page.
    fn runs_on(&self, incident: &IncidentId) -> Vec<Arc<Run>>;
    /// What there is to share of a run, all that was ever read of it included, and what stood beside its incident when
    /// that was read last.
    fn to_share(&self, run: &RunId) -> (Sheet, Map<String, Value>);
    /// Holds a post and shows it to a person, who has decided nothing about it yet; `false` where another one is held.
    fn hold(&self, held: &Held) -> bool;
    /// What the person has decided about the post that is held.
    fn decided(&self) -> Option<Decision>;
    /// Holds it no longer.
    fn let_go(&self);
}

/// What would replace a colleague's post-mortem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replacing {
    /// A text for readers, frozen then.
    Published(DateTime<Utc>),
    Draft,
}

/// Where sendings are kept.
pub trait Journal {
    /// Keeps a whole new sending, or nothing of it.
    fn begin(&self, mailing: &Mailing) -> impl Future<Output = Result<(), KeepError>>;
    /// Keeps what has changed, as one step, and only while this tab is the one that sends.
    fn keep(
        &self,
        plan: &Plan,
        changed: &[Chunk],
        tally: Tally,
    ) -> impl Future<Output = Result<(), KeepError>>;
    /// Takes a sending back; `None` where its recipients were deleted.
    fn restore(
        &self,
        op: &str,
        record: &SentMessage,
    ) -> impl Future<Output = Result<Option<Mailing>, KeepError>>;
    /// A sending in numbers; `None` where it is not kept.
    fn summary(&self, op: &str) -> impl Future<Output = Result<Option<Summary>, KeepError>>;
    /// The list “Never mail these”, as it is kept now: whatever tab wrote it.
    fn never(&self) -> impl Future<Output = Result<String, KeepError>>;
    /// The last sign of life of the tab that sends.
    fn last_beat(&self) -> impl Future<Output = Result<Option<Beat>, KeepError>>;
    /// Makes this tab the one that sends.
    fn seize(&self) -> impl Future<Output = Result<(), KeepError>>;
}

/// What comes of asking for the right to send.
pub enum Right<L> {
    /// This tab has it, until the value is dropped.
    Mine(L),
    /// Another tab has it.
    Theirs,
    /// The browser knows no such rights.
    NoLocks,
}

/// The tabs of this browser.
pub trait Tabs {
    /// A right that one tab has at a time, until it is dropped.
    type Lease;
    /// A sign of life every [`BEAT_MS`](crate::delivery::mailing::BEAT_MS), until it is dropped.
    type Beating;

    /// This tab's name among them.
    fn tab(&self) -> String;
    /// Asks for the right to send, or takes it from whoever has it.
    ///
    /// # Errors
    /// What the browser said.
    fn right(&self, steal: bool) -> impl Future<Output = Result<Right<Self::Lease>, KeepError>>;
    /// Whether nobody has taken it away.
    fn is_held(lease: &Self::Lease) -> bool;
    /// Says to the other tabs that a send is being seen to; until it is dropped. `None` where somebody sees to it
    /// already, or where the browser cannot tell.
    fn see_to(&self, op: &str) -> impl Future<Output = Option<Self::Lease>>;
    /// Whether another tab sees to a send; one whose browser cannot tell is seen to by nobody.
    fn is_seen_to(&self, op: &str) -> impl Future<Output = bool>;
    /// Begins to give signs of life.
    fn beat(&self) -> Self::Beating;
}

/// What people see.
pub trait Screen {
    /// Tells the responder something.
    fn tell(&self, notice: &Notice);
    /// Tells the responder something of a mailing, by its operation; never good news.
    fn tell_of_mailing(&self, op: &str, notice: &MailingNotice);
    /// Shows how a sending stands.
    fn show(&self, sending: Summary, doing: Doing);
    /// Begins to drive a sending in this tab; `false` where that is being done.
    fn begin_driving(&self, op: &str) -> bool;
    /// Keeps it within reach of the buttons.
    fn work_on(&self, op: &str, live: &Live);
    fn end_driving(&self, op: &str);
}

/// All of it.
pub trait World: Clock + Log + Services + Others + SharedPage + Journal + Tabs + Screen {}

impl<T: Clock + Log + Services + Others + SharedPage + Journal + Tabs + Screen> World for T {}
