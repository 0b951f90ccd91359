//! Driving a sending: one step after the other, each written down before and after. Only one tab of this
//! browser does so at a time.

use std::cell::RefCell;
use std::rc::Rc;

use chrono::{DateTime, Utc};

use crate::api::error::ApiError;
use crate::api::mail::{Batch, Limits, Mail, MailResult, SendMail};
use crate::delivery::entries::{AT_MOST, Moment, missing};
use crate::delivery::mailing::{
    Answer, Chunk, Doing, Intent, KeepError, Mailing, Room, Step, Summary, Tally,
};
use crate::delivery::notice::MailingNotice;
use crate::sop::event::SentMessage;
use crate::sop::recipients::Never;
use crate::sop::run::{Actor, LedgerRow, LedgerState, Refusal, RunId};

use super::entered;
use super::turn::take;
use super::world::{Live, World};

/// The longest that is slept at once, in milliseconds: buttons want to be heard.
const NAP_MS: i64 = 1_000;

/// Takes a sending up and drives it for as long as there is something to do without a person.
pub async fn drive(world: &impl World, op: String, intent: Intent) {
    if !world.begin_driving(&op) {
        return;
    }
    let outcome = driven(world, &op, intent).await;
    world.end_driving(&op);
    if let Err(error) = outcome {
        world.tell_of_mailing(&op, &MailingNotice::MailingStopped(error.to_string()));
    }
}

async fn driven<W: World>(world: &W, op: &str, intent: Intent) -> Result<(), KeepError> {
    let Some(hold) = take(world, op).await? else {
        return Ok(());
    };
    let Some(record) = world.sent(op) else {
        return Ok(());
    };
    let Some(mut mailing) = world.restore(op, &record).await? else {
        return Ok(());
    };
    let run = mailing.plan.run.clone();
    let mailer = world.mailer(&run);
    if mailing.plan.service != mailer.name() && !intent.settles() {
        show(world, &mailing, Doing::Resting);
        let notice = MailingNotice::OtherService {
            then: mailing.plan.service,
            now: mailer.name().to_owned(),
        };
        world.tell_of_mailing(op, &notice);
        return Ok(());
    }
    if intent.goes_on() {
        show(world, &mailing, Doing::Asking);
        if let Err(why) = asked(world, &run, op, &record, intent).await {
            show(world, &mailing, Doing::Resting);
            world.tell_of_mailing(op, &why);
            return Ok(());
        }
    }
    let changed = mailing.take_up(intent, room(&mailer), world.now());
    let live: Live = Rc::new(RefCell::new(mailing));
    world.work_on(op, &live);
    keep(world, &live, &changed).await?;
    let after_loss = mailer.after_loss();
    let mut never = NeverMailed::default();
    loop {
        let now = world.now();
        if hold.is_lost() {
            return Err(KeepError::TakenOver);
        }
        if mailer.is_hosted() && !world.is_online() {
            live.borrow_mut().offline();
        }
        live.borrow_mut().heed_clock(now, after_loss);
        let step = live.borrow().next(now, after_loss);
        match step {
            // What was permitted when it was begun may not be so by its next batch.
            Step::Send(number) if has_changed(&may_go_on(world, &run, &record, intent)) => {
                live.borrow_mut().pause_for_change(number);
                keep(world, &live, &[number]).await?;
            }
            Step::Send(number) => {
                never.leave_out(world, &live, number).await?;
                send(world, &live, number, &mailer).await?;
            }
            Step::ReadBack(number) => read_back(world, &live, number, &mailer).await?,
            Step::GiveUp(number) => {
                live.borrow_mut().give_up(number);
                keep(world, &live, &[number]).await?;
            }
            Step::WaitUntil(until) => {
                let doing = live.borrow().waits_for();
                show(world, &live.borrow(), doing);
                nap(world, until, now).await;
            }
            Step::Paused | Step::Offer(_) => {
                tell_log(world, &live, &Moment::Resting).await;
                let notice = rests(&live.borrow());
                world.tell_of_mailing(op, &notice);
                return keep(world, &live, &[]).await;
            }
            Step::Finished(tally) => {
                keep(world, &live, &[]).await?;
                finished(world, &live, tally).await;
                return Ok(());
            }
        }
    }
}

/// Asks whether more of a sending may leave: the log, then the other consoles, then the log with what they have told.
async fn asked(
    world: &impl World,
    run: &RunId,
    op: &str,
    record: &SentMessage,
    intent: Intent,
) -> Result<(), MailingNotice> {
    may_go_on(world, run, record, intent)?;
    let claimed = world.claim(run, op, record.kind, None).await;
    claimed.map_err(MailingNotice::NothingMore)?;
    may_go_on(world, run, record, intent)
}

fn may_go_on(
    world: &impl World,
    run: &RunId,
    record: &SentMessage,
    intent: Intent,
) -> Result<(), MailingNotice> {
    let (name, vouched) = world.here();
    let name = name.as_str();
    let Some(state) = world.state(run) else {
        return Ok(());
    };
    match state.lets_go_on(record, Actor { name, vouched }) {
        Ok(Some(outdated)) if !intent.is_anyway() => Err(MailingNotice::Outdated(outdated)),
        Ok(Some(_) | None) => Ok(()),
        Err(refusal) => Err(MailingNotice::NotPermitted(refusal)),
    }
}

/// Whether the incident has changed so that the next batch waits for a person. Who may send on an approval was asked when
/// it was begun: a typed name let it begin, and lets it go on when the incident is on the page meanwhile.
fn has_changed(may: &Result<(), MailingNotice>) -> bool {
    matches!(
        may,
        Err(MailingNotice::NotPermitted(Refusal::NeedsApproval) | MailingNotice::Outdated(_))
    )
}

/// The list "Never mail these", read anew before every batch and understood once.
#[derive(Default)]
struct NeverMailed {
    text: String,
    never: Never,
}

impl NeverMailed {
    async fn leave_out(
        &mut self,
        world: &impl World,
        live: &Live,
        number: u32,
    ) -> Result<(), KeepError> {
        let text = world.never().await?;
        if text != self.text {
            self.never = Never::parse(&text);
            self.text = text;
        }
        let changed = live.borrow_mut().leave_out(number, &self.never);
        if !changed.is_empty() {
            keep(world, live, &changed).await?;
        }
        Ok(())
    }
}

async fn send<W: World>(
    world: &W,
    live: &Live,
    number: u32,
    mailer: &W::Mailer,
) -> Result<(), KeepError> {
    // Nobody may be left in it.
    if live.borrow().chunk(number).is_none_or(Chunk::is_done) {
        return Ok(());
    }
    live.borrow_mut().leaving(number, world.now());
    keep(world, live, &[number]).await?;
    let Some(batch) = batch(&live.borrow(), number, world.now()) else {
        return Ok(());
    };
    let answer = match mailer.send(&batch).await {
        Ok(results) => answer_to(results),
        Err(error) => answer_of(&error),
    };
    live.borrow_mut()
        .answered(number, answer.clone(), world.now());
    keep(world, live, &[number]).await?;
    tell_log(world, live, &Moment::Underway(Some(answer))).await;
    Ok(())
}

async fn read_back<W: World>(
    world: &W,
    live: &Live,
    number: u32,
    mailer: &W::Mailer,
) -> Result<(), KeepError> {
    let op = live.borrow().plan.op.clone();
    show(world, &live.borrow(), Doing::FindingOut);
    let found = mailer.read_back(&op, number).await;
    if let Err(ApiError::Refused(why)) = &found {
        world.tell_of_mailing(&op, &MailingNotice::NotFoundOut(why.clone()));
    }
    let found = found
        .map(|found| found.into_iter().map(|mail| (mail.item, mail.id)).collect())
        .map_err(|error| answer_of(&error));
    live.borrow_mut().looked(number, found, world.now());
    keep(world, live, &[number]).await?;
    tell_log(world, live, &Moment::Underway(None)).await;
    Ok(())
}

/// The mails of a batch: the same bytes each time.
fn batch(mailing: &Mailing, number: u32, now: DateTime<Utc>) -> Option<Batch> {
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
        now,
    })
}

/// What a batch's results come to, where the answer to some of it may have been lost.
fn answer_to(results: Vec<MailResult>) -> Answer {
    let mut lost = None;
    let known = results.into_iter().map(|result| match result {
        MailResult::Accepted(id) => Some(Ok(id)),
        MailResult::Refused(why) => Some(Err(why)),
        MailResult::Lost(why) => {
            lost = Some(why);
            None
        }
    });
    let known: Vec<Option<Result<String, String>>> = known.collect();
    match lost {
        Some(why) => Answer::PartlyLost { known, why },
        None => Answer::Results(known.into_iter().flatten().collect()),
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
pub(super) fn room(mailer: &impl SendMail) -> Room {
    let Limits { mails, bytes } = mailer.limits();
    Room { mails, bytes }
}

/// Keeps what has changed, and shows it.
async fn keep(world: &impl World, live: &Live, numbers: &[u32]) -> Result<(), KeepError> {
    let (plan, changed, tally) = {
        let mailing = live.borrow();
        let changed: Vec<Chunk> = numbers
            .iter()
            .filter_map(|number| mailing.chunk(*number).cloned())
            .collect();
        (mailing.plan.clone(), changed, mailing.tally())
    };
    world.show(Summary::at(&plan, tally), Doing::Sending);
    world.keep(&plan, &changed, tally).await
}

fn show(world: &impl World, mailing: &Mailing, doing: Doing) {
    world.show(Summary::of(mailing), doing);
}

async fn nap(world: &impl World, until: DateTime<Utc>, now: DateTime<Utc>) {
    let ms = (until - now).num_milliseconds().clamp(1, NAP_MS);
    world.sleep(u32::try_from(ms).unwrap_or(1)).await;
}

/// What is said of a sending that waits for a person.
fn rests(mailing: &Mailing) -> MailingNotice {
    let tally = mailing.tally();
    match &mailing.plan.pause {
        Some(pause) if tally.open > 0 => MailingNotice::Stopped(pause.clone(), tally),
        Some(_) | None => MailingNotice::Offered(tally),
    }
}

/// Everybody has a final state.
async fn finished(world: &impl World, live: &Live, tally: Tally) {
    tell_log(world, live, &Moment::Over).await;
    let mailing = live.borrow();
    let is_sent =
        row(world, &mailing).is_some_and(|row| matches!(row.state, LedgerState::Sent { .. }));
    if is_sent && tally.failed > 0 {
        world.tell_of_mailing(&mailing.plan.op, &MailingNotice::NotReached(tally));
    }
    // A list that was deleted meanwhile takes the addresses of its sending with it.
    if !world.has_list(&mailing.plan.run) {
        world.tidy(Summary::of(&mailing));
    }
}

/// Enters what the log does not know of it yet, one event after the other. Each is stored before the next:
/// a tab that is closed in between finds the rest to be said when it is opened again.
async fn tell_log(world: &impl World, live: &Live, moment: &Moment) {
    let run = live.borrow().plan.run.clone();
    for _event in 0..AT_MOST {
        let row = row(world, &live.borrow());
        let what =
            row.and_then(|row| missing(&row, &live.borrow(), moment, world.mails_link(&run)));
        let Some(what) = what else { return };
        if !entered(world, &run, what).await {
            return;
        }
    }
}

fn row(world: &impl World, mailing: &Mailing) -> Option<LedgerRow> {
    let state = world.state(&mailing.plan.run)?;
    let op = Some(&mailing.plan.op);
    state.ledger.into_iter().find(|row| row.op.as_ref() == op)
}
