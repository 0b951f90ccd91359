//! Driving a sending: one step after the other, each written down before and after. Only one tab of this
//! browser does so at a time.

use std::cell::RefCell;
use std::rc::Rc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::api::error::ApiError;
use crate::api::mail::{Batch, Limits, Mail, MailResult, Mailer, SendMail};
use crate::console::desk::Desk;
use crate::console::desk::mailing::{Beat, Doing, Intent, Live, StoreError, Summary};
use crate::console::desk::sharing::claim_again;
use crate::platform::locks::{self, Lease};
use crate::platform::{PlatformError, clock, page};
use crate::sop::mailing::{Answer, Chunk, ChunkState, Mailing, Room, Step};

use super::told;

const LEASE: &str = "mailing";
/// How often the tab that sends gives a sign of life.
const BEAT_MS: u32 = 5_000;
/// A tab that has given none for so long is frozen or gone.
const SILENT: TimeDelta = TimeDelta::seconds(20);
/// How often a tab that has to wait looks again.
const LOOK_MS: u32 = 2_000;
/// The longest that is slept at once: buttons want to be heard.
const NAP_MS: i64 = 1_000;

/// Takes a sending up and drives it for as long as there is something to do without a person.
pub async fn drive(desk: Desk, op: String, intent: Intent) {
    if !desk.mailings.enter(&op) {
        return;
    }
    let outcome = driven(desk, &op, intent).await;
    desk.mailings.leave(&op);
    if let Err(error) = outcome {
        desk.alarm(format!(
            "The sending has stopped: {error}. Nothing of it is lost; reload this page to go on with it."
        ));
    }
}

async fn driven(desk: Desk, op: &str, intent: Intent) -> Result<(), StoreError> {
    let Some(hold) = take(desk, op).await? else {
        return Ok(());
    };
    let Some(record) = desk.sent_record(op) else {
        return Ok(());
    };
    let Some(mut mailing) = desk.mailings.store().restore(op, &record).await? else {
        return Ok(());
    };
    let mailer = desk.mailer_of(&mailing.plan.run);
    if mailing.plan.service != mailer.name() && intent != Intent::End {
        let (then, now) = (&mailing.plan.service, mailer.name());
        show(desk, &mailing, Doing::Resting);
        desk.alarm(format!(
            "A sending was begun through {then}, and the settings name {now} now: {now} knows nothing of it. \
             Set {then} again, or end the sending."
        ));
        return Ok(());
    }
    if let Intent::Resume | Intent::OnceMore(_) = intent {
        show(desk, &mailing, Doing::Asking);
        if let Err(reason) = claim_again(desk, &mailing.plan.run, op, record.kind).await {
            show(desk, &mailing, Doing::Resting);
            desk.alarm(format!("Nothing more was sent: {reason}."));
            return Ok(());
        }
    }
    let changed = begin(&mut mailing, intent, room(&mailer));
    let live: Live = Rc::new(RefCell::new(mailing));
    desk.mailings.work_on(op, &live);
    keep(desk, &live, &changed).await?;
    let after_loss = mailer.after_loss();
    loop {
        let now = clock::now();
        if hold.lease.as_ref().is_some_and(|lease| !lease.is_held()) {
            return Err(StoreError::TakenOver);
        }
        if mailer.is_hosted() && !page::online() {
            live.borrow_mut().offline();
        }
        let step = live.borrow().next(now, after_loss);
        match step {
            Step::Send(number) => send(desk, &live, number, &mailer).await?,
            Step::ReadBack(number) => {
                show(desk, &live.borrow(), Doing::FindingOut);
                let found = mailer.read_back(op, number).await;
                let found = found
                    .map(|found| found.into_iter().map(|mail| (mail.item, mail.id)).collect())
                    .map_err(|error| answer_of(&error));
                live.borrow_mut().looked(number, found, clock::now());
                keep(desk, &live, &[number]).await?;
                told::progress(desk, &live, None).await;
            }
            Step::GiveUp(number) => {
                live.borrow_mut().give_up(number);
                keep(desk, &live, &[number]).await?;
            }
            Step::WaitUntil(until) => {
                show(desk, &live.borrow(), waiting_for(&live.borrow()));
                nap(until, now).await;
            }
            Step::Paused | Step::Offer(_) => {
                told::rests(desk, &live).await;
                keep(desk, &live, &[]).await?;
                return Ok(());
            }
            Step::Finished(tally) => {
                keep(desk, &live, &[]).await?;
                told::finished(desk, &live, tally).await;
                return Ok(());
            }
        }
    }
}

/// A service that is busy is waited for; a batch whose answer was lost is being looked for.
fn waiting_for(mailing: &Mailing) -> Doing {
    let is_lost = |chunk: &Chunk| matches!(chunk.state, ChunkState::Unknown(_));
    if mailing.chunks.iter().any(is_lost) {
        Doing::FindingOut
    } else {
        Doing::Sending
    }
}

/// What a person, or the opening of the console, wants of it. The numbers of the batches that have changed.
fn begin(mailing: &mut Mailing, intent: Intent, room: Room) -> Vec<u32> {
    let mut changed = match intent {
        Intent::Begin => Vec::new(),
        Intent::Recover
        | Intent::Resume
        | Intent::OnceMore(_)
        | Intent::LeaveUnknown
        | Intent::End => mailing.recover(clock::now()),
    };
    match intent {
        Intent::Begin | Intent::Recover => {}
        Intent::Resume => mailing.resume(),
        Intent::OnceMore(which) => changed.extend(mailing.once_more(which, room)),
        Intent::LeaveUnknown => mailing.leave_unknown(),
        Intent::End => changed.extend(mailing.end_here()),
    }
    changed
}

async fn send(desk: Desk, live: &Live, number: u32, mailer: &Mailer) -> Result<(), StoreError> {
    live.borrow_mut().leaving(number, clock::now());
    keep(desk, live, &[number]).await?;
    let Some(batch) = batch(&live.borrow(), number) else {
        return Ok(());
    };
    let answer = match mailer.send(&batch).await {
        Ok(results) => Answer::Results(results.into_iter().map(result).collect()),
        Err(error) => answer_of(&error),
    };
    live.borrow_mut()
        .answered(number, answer.clone(), clock::now());
    keep(desk, live, &[number]).await?;
    told::progress(desk, live, Some(answer)).await;
    Ok(())
}

/// The mails of a batch: the same bytes each time.
fn batch(mailing: &Mailing, number: u32) -> Option<Batch> {
    let plan = &mailing.plan;
    let mails = mailing.chunk(number)?.people.iter().map(|person| {
        let parts = plan.letter.for_name(person.name.as_deref());
        Mail {
            to: person.address.clone(),
            name: person.name.clone(),
            subject: parts.subject,
            text: parts.text,
            html: parts.html,
        }
    });
    Some(Batch {
        op: plan.op.clone(),
        number,
        from: plan.from.clone(),
        reply_to: plan.reply_to.clone(),
        mails: mails.collect(),
        now: clock::now(),
    })
}

fn result(result: MailResult) -> Result<String, String> {
    match result {
        MailResult::Accepted(id) => Ok(id),
        MailResult::Refused(why) => Err(why),
    }
}

fn answer_of(error: &ApiError) -> Answer {
    match error {
        ApiError::Refused(why) | ApiError::Gone(why) => Answer::Refused(why.clone()),
        ApiError::NotSent(why) => Answer::NotSent(why.clone()),
        ApiError::Unanswered(why) | ApiError::Garbled(why) => Answer::Lost(why.clone()),
        ApiError::LoginNeeded => Answer::LoginNeeded,
        ApiError::Busy { after_seconds } => Answer::Busy {
            after_seconds: *after_seconds,
        },
    }
}

/// How much the service takes in one batch.
pub(super) fn room(mailer: &Mailer) -> Room {
    let Limits { mails, bytes } = mailer.limits();
    Room { mails, bytes }
}

/// Keeps what has changed, and shows it.
async fn keep(desk: Desk, live: &Live, numbers: &[u32]) -> Result<(), StoreError> {
    let (plan, changed, tally) = {
        let mailing = live.borrow();
        let changed: Vec<Chunk> = numbers
            .iter()
            .filter_map(|number| mailing.chunk(*number).cloned())
            .collect();
        (mailing.plan.clone(), changed, mailing.tally())
    };
    let mailings = desk.mailings;
    mailings.show(Summary::at(&plan, tally), Doing::Sending);
    mailings
        .store()
        .keep(&mailings.tab(), &plan, &changed, tally)
        .await
}

fn show(desk: Desk, mailing: &Mailing, doing: Doing) {
    desk.mailings.show(Summary::of(mailing), doing);
}

async fn nap(until: DateTime<Utc>, now: DateTime<Utc>) {
    let ms = (until - now).num_milliseconds().clamp(1, NAP_MS);
    clock::sleep(u32::try_from(ms).unwrap_or(1)).await;
}

/// The right to send, with its sign of life. Where the browser has no locks, the sign alone has to do.
struct Hold {
    lease: Option<Lease>,
    _beating: clock::Every,
}

/// Waits until this tab may send; `None` where another one has seen it through.
async fn take(desk: Desk, op: &str) -> Result<Option<Hold>, StoreError> {
    let store = desk.mailings.store();
    loop {
        let silent = match store.last_beat().await? {
            Some(beat) => clock::now().timestamp_millis() - beat.at_ms > SILENT.num_milliseconds(),
            None => false,
        };
        let lease = match locks::lease(LEASE).await {
            Ok(None) if silent => locks::steal(LEASE).await.map(|lease| lease.map(Some)),
            Ok(lease) => Ok(lease.map(Some)),
            Err(PlatformError::Missing(_)) => {
                let last = store.last_beat().await?;
                let free = silent || last.is_none_or(|beat| beat.tab == desk.mailings.tab());
                Ok(free.then_some(None))
            }
            Err(error) => Err(error),
        }?;
        if let Some(lease) = lease {
            store.seize(&sign(desk)).await?;
            let beating = clock::every(BEAT_MS, move |_| {
                leptos::task::spawn_local(async move {
                    // A sign that cannot be kept is missed by others, who take over then.
                    let _beaten = desk.mailings.store().beat(&sign(desk)).await;
                });
            });
            return Ok(Some(Hold {
                lease,
                _beating: beating,
            }));
        }
        let summaries = store.summaries().await?;
        let Some(summary) = summaries.into_iter().find(|summary| summary.op == op) else {
            return Ok(None);
        };
        let over = summary.is_over();
        desk.mailings.show(summary, Doing::Elsewhere);
        if over {
            return Ok(None);
        }
        clock::sleep(LOOK_MS).await;
    }
}

fn sign(desk: Desk) -> Beat {
    Beat {
        tab: desk.mailings.tab(),
        at_ms: clock::now().timestamp_millis(),
    }
}
