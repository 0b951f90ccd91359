//! The browser and the desk as the runner's world.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::api::mail::SendMail;
use crate::api::provider::{self, Mailer, Page, Team};
use crate::console::desk::Desk;
use crate::console::desk::kept::event_store;
use crate::console::desk::mailing::Store;
use crate::console::desk::screen::saying::Topic;
use crate::console::desk::services::page as desk_page;
use crate::console::desk::sharing::{claim, claim_again, look_for};
use crate::console::paths::Route;
use crate::console::runner::world::{
    Clock, Journal, Live, Log, Others, Right, Screen, Services, Stored, Tabs,
};
use crate::delivery::cut_off::{Unanswered, unanswered};
use crate::delivery::mailing::{
    BEAT_MS, Beat, Chunk, Doing, KeepError, Mailing, Person, Plan, Summary, Tally,
};
use crate::delivery::notice::{MailingNotice, Notice};
use crate::platform::locks::{self, Lease};
use crate::platform::{PlatformError, clock, page};
use crate::sop::duty::DutyKind;
use crate::sop::event::{Event, EventKind, SentMessage};
use crate::sop::run::{Command, RunId, State};
use crate::words;

const LEASE: &str = "mailing";

impl Clock for Desk {
    fn now(&self) -> DateTime<Utc> {
        clock::now()
    }

    fn server_now(&self) -> DateTime<Utc> {
        self.fresh_now()
    }

    async fn sleep(&self, ms: u32) {
        clock::sleep(ms).await;
    }

    fn is_online(&self) -> bool {
        page::online()
    }
}

impl Log for Desk {
    async fn save(&self, run: &RunId, event: &Event) -> Stored {
        event_store::save(*self, run, event).await
    }

    async fn enter(&self, run: &RunId, what: EventKind) -> bool {
        // Boxed, because to enter is to store, and what could not be stored is entered.
        Box::pin(self.tell_kept(run, what)).await
    }

    fn here(&self) -> (String, bool) {
        let stamp = self.stamp();
        (stamp.who, stamp.vouched)
    }

    fn device(&self) -> String {
        Desk::device(*self)
    }

    fn unanswered(&self) -> Vec<Unanswered> {
        let (device, views) = (Desk::device(*self), untrack(|| self.views()));
        self.runs.with_untracked(|logs| {
            let found = views.iter().filter_map(|view| {
                let log = logs.get(&view.id)?;
                Some(unanswered(log, &view.state, &device, |op| {
                    self.mailings.knows(op)
                }))
            });
            found.flatten().collect()
        })
    }

    fn state(&self, run: &RunId) -> Option<State> {
        untrack(|| self.view(run)).map(|view| view.state.clone())
    }

    fn sent(&self, op: &str) -> Option<SentMessage> {
        self.sent_record(op)
    }

    async fn hand_over(&self, run: &RunId, command: Command) {
        super::hand_over(*self, run, command).await;
    }
}

impl Services for Desk {
    type Page = Page;
    type Mailer = Mailer;
    type Team = Team;

    fn page(&self, run: &RunId) -> Page {
        self.page_of(run)
    }

    fn is_shared(&self, run: &RunId) -> bool {
        self.page_of(run).is_shared()
    }

    fn mailer(&self, run: &RunId) -> Mailer {
        self.mailer_of(run)
    }

    fn team(&self, run: &RunId) -> Option<Team> {
        untrack(|| self.team_channel_of(run)).map(|channel| provider::team(&channel))
    }

    fn sender(&self) -> (String, String) {
        Desk::sender(*self)
    }

    fn mails_link(&self, run: &RunId) -> Option<String> {
        (!self.mailer_of(run).is_hosted()).then(|| Route::Outbox.path())
    }

    fn take_people(&self, op: &str) -> Option<(Vec<Person>, Option<String>)> {
        self.recipients.taken(op)
    }

    fn has_list(&self, run: &RunId) -> bool {
        untrack(|| self.recipients.of(run)).is_some()
    }

    fn tidy(&self, sending: Summary) {
        self.tidy_sending(sending);
    }
}

impl Others for Desk {
    fn seen_postmortems(&self, run: &RunId) -> Vec<String> {
        Desk::seen_postmortems(*self, run)
    }

    async fn claim(
        &self,
        run: &RunId,
        op: &str,
        kind: DutyKind,
        episode: Option<u32>,
    ) -> Result<(), String> {
        match episode {
            Some(episode) => claim(*self, run, op, kind, episode).await,
            None => claim_again(*self, run, op, kind).await,
        }
    }

    async fn look_for(&self, run: &RunId) -> bool {
        look_for(*self, run).await
    }

    async fn posted(&self, run: &RunId) {
        // The embedded page tells of its changes by itself.
        if self.page_of(run).is_shared() {
            desk_page::refresh(*self).await;
        }
    }

    fn gone(&self, run: &RunId) {
        self.is_gone(run);
    }
}

impl Journal for Desk {
    async fn begin(&self, mailing: &Mailing) -> Result<(), KeepError> {
        Ok(self.mailings.store().begin(mailing).await?)
    }

    async fn keep(&self, plan: &Plan, changed: &[Chunk], tally: Tally) -> Result<(), KeepError> {
        let store: Store = self.mailings.store();
        store.keep(&self.mailings.tab(), plan, changed, tally).await
    }

    async fn restore(&self, op: &str, record: &SentMessage) -> Result<Option<Mailing>, KeepError> {
        self.mailings.store().restore(op, record).await
    }

    async fn summary(&self, op: &str) -> Result<Option<Summary>, KeepError> {
        let all = self.mailings.store().summaries().await?;
        Ok(all.into_iter().find(|summary| summary.op == op))
    }

    async fn never(&self) -> Result<String, KeepError> {
        Ok(self.mailings.store().never().await?)
    }

    async fn last_beat(&self) -> Result<Option<Beat>, KeepError> {
        Ok(self.mailings.store().last_beat().await?)
    }

    async fn seize(&self) -> Result<(), KeepError> {
        Ok(self.mailings.store().seize(&sign(*self)).await?)
    }
}

impl Tabs for Desk {
    type Lease = Lease;
    type Beating = clock::Every;

    fn tab(&self) -> String {
        self.mailings.tab()
    }

    async fn right(&self, steal: bool) -> Result<Right<Lease>, KeepError> {
        let asked = if steal {
            locks::steal(LEASE).await
        } else {
            locks::lease(LEASE).await
        };
        match asked {
            Ok(Some(lease)) => Ok(Right::Mine(lease)),
            Ok(None) => Ok(Right::Theirs),
            Err(PlatformError::Missing(_)) => Ok(Right::NoLocks),
            Err(error) => Err(error.into()),
        }
    }

    fn is_held(lease: &Lease) -> bool {
        lease.is_held()
    }

    async fn see_to(&self, op: &str) -> Option<Lease> {
        super::see_to(op).await
    }

    async fn is_seen_to(&self, op: &str) -> bool {
        super::is_seen_to(op).await
    }

    fn beat(&self) -> clock::Every {
        let desk = *self;
        clock::every(BEAT_MS, move |_| {
            leptos::task::spawn_local(async move {
                // A sign that cannot be kept is missed by others, who take over then.
                let _beaten = desk.mailings.store().beat(&sign(desk)).await;
            });
        })
    }
}

fn sign(desk: Desk) -> Beat {
    Beat {
        tab: desk.mailings.tab(),
        at_ms: clock::now().timestamp_millis(),
    }
}

impl Screen for Desk {
    fn tell_of_mailing(&self, op: &str, notice: &MailingNotice) {
        let text = words::mailing_notice(notice);
        self.tell_for_now(Topic::Sending(op.to_owned()), notice.is_alarm(), text);
    }

    fn tell(&self, notice: &Notice) {
        let text = words::notice(notice);
        if notice.is_alarm() {
            self.alarm(text);
        } else {
            self.say(text);
        }
    }

    fn show(&self, sending: Summary, doing: Doing) {
        self.mailings.show(sending, doing);
    }

    fn begin_driving(&self, op: &str) -> bool {
        self.mailings.enter(op)
    }

    fn work_on(&self, op: &str, live: &Live) {
        self.mailings.work_on(op, live);
    }

    fn end_driving(&self, op: &str) {
        self.mailings.leave(op);
    }
}

impl From<PlatformError> for KeepError {
    fn from(error: PlatformError) -> Self {
        Self::Storage(error.to_string())
    }
}
