//! What the composer proposes: which message a channel needs now, what fills it, and what a
//! status-page post does besides its text. A person sees it all and may choose otherwise.

use chrono::{DateTime, Utc};

use crate::domain::component::{ComponentId, ComponentState};
use crate::domain::duration;
use crate::domain::incident::IncidentStatus;
use crate::domain::page::Snapshot;

use super::channel::Channel;
use super::duty::{Duty, DutyKind, DutyState};
use super::event::{ComponentChange, PagePost};
use super::facts::{Fact, Facts};
use super::message::{self, Filling, PageOptions};
use super::playbook::{Playbook, Purpose, Variant};
use super::run::{Frozen, LedgerRow, LedgerState, Phase, State};
use super::severity::Severity;
use super::template::{Piece, Source, Template};

/// The message that a channel needs now; `None` where the SOP asks for nothing there.
///
/// `status` is the status that a page post is to set; other channels ignore it.
pub fn proposed(
    state: &State,
    duties: &[Duty],
    channel: Channel,
    status: &IncidentStatus,
) -> Option<Purpose> {
    let kind = match channel {
        Channel::Page => page_kind(state, duties, status)?,
        Channel::Team => team_kind(duties)?,
        Channel::Email | Channel::X | Channel::LinkedIn => owed_kind(state, duties, channel)?,
    };
    let variant = match state.phase {
        Phase::InError => Variant::Retraction,
        Phase::Open | Phase::Resolved => Variant::Usual,
    };
    Some(Purpose {
        channel,
        kind,
        variant,
    })
}

fn page_kind(state: &State, duties: &[Duty], status: &IncidentStatus) -> Option<DutyKind> {
    match state.phase {
        // What became known late on the page has to be closed there; nothing else is posted after the end.
        Phase::Resolved => {
            has_open(duties, Channel::Page, DutyKind::Resolved).then_some(DutyKind::Resolved)
        }
        Phase::InError => owed_kind(state, duties, Channel::Page),
        Phase::Open if status.is_over() => Some(DutyKind::Resolved),
        // Where no post said that it was over, it has not returned: an update meets the duty as well.
        Phase::Open if has_open(duties, Channel::Page, DutyKind::Reopened) => {
            Some(if page_said_over(state) {
                DutyKind::Reopened
            } else {
                DutyKind::Update
            })
        }
        Phase::Open if page_goes_on(state) || posted_this_episode(state, duties) => {
            Some(DutyKind::Update)
        }
        Phase::Open => Some(DutyKind::First),
    }
}

/// One telling meets every open team duty, so the newest turn of the incident is what is told.
fn team_kind(duties: &[Duty]) -> Option<DutyKind> {
    [DutyKind::Reopened, DutyKind::Raised, DutyKind::First]
        .into_iter()
        .find(|kind| has_open(duties, Channel::Team, *kind))
}

/// The kind of the duty that is owed first; else of the newest skipped one, which a message sent after
/// all does (`docs/duties.md`, "A duty"), as long as what it says is so. The report has a page of its own.
fn owed_kind(state: &State, duties: &[Duty], channel: Channel) -> Option<DutyKind> {
    let mine = || {
        duties.iter().filter(move |duty| {
            let kind = duty.key.kind;
            duty.key.channel == Some(channel) && kind != DutyKind::Report && state.phase.fits(kind)
        })
    };
    mine()
        .filter(|duty| duty.is_open())
        .min_by_key(|duty| duty.next_due_order())
        .map_or_else(
            || {
                mine()
                    .rfind(|duty| {
                        duty.key.episode == state.episode
                            && matches!(duty.state, DutyState::Skipped { .. })
                    })
                    .map(|duty| duty.key.kind)
            },
            |duty| Some(duty.key.kind),
        )
}

/// The duty that asks for a message: the newest open one of its channel and kind. A message that is sent once more, or
/// after all, is asked for by the one that it did or that was skipped; for an update that nobody owes there is none.
pub fn asked_by(duties: &[Duty], purpose: Purpose) -> Option<&Duty> {
    let mut mine = duties
        .iter()
        .filter(|duty| duty.key.kind == purpose.kind && duty.key.channel == Some(purpose.channel));
    let counts = |duty: &&Duty| match duty.state {
        DutyState::Done { .. } | DutyState::Skipped { .. } => purpose.kind != DutyKind::Update,
        DutyState::Waiting
        | DutyState::Due
        | DutyState::Overdue
        | DutyState::Offered
        | DutyState::Lapsed { .. }
        | DutyState::Missed { .. } => false,
    };
    mine.clone()
        .rfind(|duty| duty.is_open())
        .or_else(|| mine.rfind(counts))
}

fn has_open(duties: &[Duty], channel: Channel, kind: DutyKind) -> bool {
    duties
        .iter()
        .any(|duty| duty.is_open() && duty.key.channel == Some(channel) && duty.key.kind == kind)
}

/// Whether the last page post that counts says that the incident goes on: also one that met no duty, because its optional
/// answer had lapsed before (`docs/duties.md` rule 12).
fn page_goes_on(state: &State) -> bool {
    let last = state.page.as_ref();
    last.is_some_and(|last| !last.status.is_over())
}

/// Whether readers of the page were ever told that it is over.
fn page_said_over(state: &State) -> bool {
    let pages = told(state).filter_map(|row| row.message.page.as_ref());
    pages.into_iter().any(|page| page.status.is_over())
}

fn posted_this_episode(state: &State, duties: &[Duty]) -> bool {
    duties.iter().any(|duty| {
        duty.key.episode == state.episode
            && duty.key.channel == Some(Channel::Page)
            && match duty.key.kind {
                DutyKind::First | DutyKind::Reopened | DutyKind::Update => {
                    matches!(duty.state, DutyState::Done { .. })
                }
                DutyKind::Raised
                | DutyKind::Resolved
                | DutyKind::Report
                | DutyKind::Postmortem
                | DutyKind::Regulator => false,
            }
    })
}

/// What fills the message: the facts as they are typed, and times frozen at `now`.
pub fn filling(
    playbook: &Playbook,
    state: &State,
    facts: Facts,
    purpose: Purpose,
    status: IncidentStatus,
    with_promise: bool,
    now: DateTime<Utc>,
) -> Filling {
    let promises =
        with_promise && purpose.channel == Channel::Page && purpose.kind != DutyKind::Resolved;
    let promise = message::promise_for(playbook, state.severity, &status, now).filter(|_| promises);
    // Both of one moment: the state may have been read a minute before.
    let ended = state.ended_at.unwrap_or(now);
    let this = duration::between(state.impact_started, ended);
    let earlier = state.earlier_episodes;
    Filling {
        facts,
        severity: state.severity,
        status,
        started: state.first_impact_started,
        started_again: state.impact_started,
        ended: Some(ended),
        duration: earlier.checked_add(&this).unwrap_or(earlier),
        periods: state.episode,
        now,
        promise,
        bridge: bridge(playbook, state, purpose, state.severity),
        first_title: first_title(state),
    }
}

/// The sentence that bridges a change of severity in the next update (`docs/decisions.md`, reading 17).
fn bridge(playbook: &Playbook, state: &State, purpose: Purpose, to: Severity) -> Option<String> {
    if purpose.channel != Channel::Page || purpose.kind != DutyKind::Update {
        return None;
    }
    message::bridge(playbook, last_told(state)?.severity, to)
}

/// The same before the severity is changed. The next post has none where it opens or reopens the incident there, and
/// where readers know that severity already.
pub fn bridge_to(
    playbook: &Playbook,
    state: &State,
    duties: &[Duty],
    to: Severity,
) -> Option<String> {
    let next = proposed(state, duties, Channel::Page, &IncidentStatus::Investigating)?;
    bridge(playbook, state, next, to)
}

fn first_title(state: &State) -> Option<String> {
    told(state)
        .filter(|row| row.message.title.is_some())
        .min_by_key(|row| row.at)
        .and_then(|row| row.message.title.clone())
}

/// The posts of the status page that readers may have seen: one that failed told nobody anything.
fn told(state: &State) -> impl Iterator<Item = &LedgerRow> {
    state
        .ledger
        .iter()
        .filter(|row| row.message.is_post() && !matches!(row.state, LedgerState::Failed { .. }))
}

/// What the newest of them did to the page: the newest by its own time, whenever it was recorded.
fn last_told(state: &State) -> Option<&PagePost> {
    let newest = told(state).max_by_key(|row| row.at)?;
    newest.message.page.as_ref()
}

/// Whether a message is out, or on its way: what was chosen for it is spent. What was taken back, cut off or refused, or
/// may not have been delivered, can be sent as it was chosen.
pub fn has_left(state: &State, op: &str) -> bool {
    let waits = |frozen: &Frozen| frozen.op == op && !frozen.cut_off;
    let went = |row: &LedgerRow| {
        row.op.as_deref() == Some(op)
            && matches!(row.state, LedgerState::Queued | LedgerState::Sent { .. })
    };
    state.about_to_leave.iter().any(waits) || state.ledger.iter().any(went)
}

/// What a status-page post does besides its text (`docs/decisions.md`, "Types and severity" and "Decided since", 4): the
/// impact of the severity; the states of the components ([`component_proposals`]); the vendor's own mails at the first
/// post, resolution, reopening and a raise, never for updates on the cadence.
pub fn page_options(
    playbook: &Playbook,
    state: &State,
    purpose: Purpose,
    page: Option<&Snapshot>,
) -> PageOptions {
    let rules = playbook.severities.of(state.severity);
    let worst = playbook.severities.of(state.worst_severity);
    let notify_subscribers = !playbook.additions.list_covers_subscribers
        && match purpose.kind {
            DutyKind::First | DutyKind::Reopened => rules.notify_subscribers,
            DutyKind::Resolved => worst.notify_subscribers,
            DutyKind::Update => rules.notify_subscribers && raised_since_last_post(state),
            DutyKind::Raised | DutyKind::Report | DutyKind::Postmortem | DutyKind::Regulator => {
                false
            }
        };
    PageOptions {
        impact: Some(rules.public_impact.clone()),
        components: component_proposals(playbook, state, purpose, page),
        notify_subscribers,
    }
}

/// The state that each component of the incident is proposed to have after a post. It starts from the page as it is now,
/// is never better than what another open incident says of the component, and a lesser incident improves nothing:
///
/// - opening messages make it as bad as the severity says, where it is not worse already;
/// - an update leaves it as it is, but for one that tells of a raise, which makes what is not operational as bad as the
///   new severity says, and for a component that came to the incident since the last post, which it makes as bad as an
///   opening message would;
/// - Resolved puts it back to operational, or to under maintenance where planned work on it is running, or leaves it as bad
///   as another open incident says.
pub fn component_proposals(
    playbook: &Playbook,
    state: &State,
    purpose: Purpose,
    page: Option<&Snapshot>,
) -> Vec<ComponentChange> {
    let severe = &playbook.severities.of(state.severity).component_state;
    let raised = raised_since_last_post(state);
    let proposal = |id: &ComponentId| {
        let now = page
            .and_then(|page| page.component(id))
            .map(|one| one.state.clone());
        let others = page.and_then(|page| page.said_by_others(id, state.page_incident.as_ref()));
        let proposed = match (purpose.kind, now) {
            (DutyKind::Resolved, _) if page.is_some_and(|page| page.is_worked_on(id)) => {
                Some(ComponentState::UnderMaintenance)
            }
            (DutyKind::Resolved, _) => Some(ComponentState::Operational),
            (DutyKind::First | DutyKind::Reopened, now) => {
                Some(now.map_or_else(|| severe.clone(), |now| now.worse(severe.clone())))
            }
            (DutyKind::Update, Some(now)) if raised && !now.is_operational() => {
                Some(now.worse(severe.clone()))
            }
            (DutyKind::Update, Some(now)) if is_untold(state, id) => {
                Some(now.worse(severe.clone()))
            }
            // What is not known is left alone.
            (DutyKind::Update, now) => now,
            (
                DutyKind::Raised | DutyKind::Report | DutyKind::Postmortem | DutyKind::Regulator,
                _,
            ) => None,
        };
        let proposed = proposed?;
        let state = match others {
            Some(others) => proposed.worse(others),
            None => proposed,
        };
        Some(ComponentChange {
            id: id.clone(),
            state,
        })
    };
    state.components.iter().filter_map(proposal).collect()
}

/// The changes that change something: a component that is as proposed already is not written again.
pub fn real_changes(options: &PageOptions, page: Option<&Snapshot>) -> Vec<ComponentChange> {
    let is_so = |change: &&ComponentChange| {
        let now = page.and_then(|page| page.component(&change.id));
        now.is_none_or(|now| now.state != change.state)
    };
    options.components.iter().filter(is_so).cloned().collect()
}

/// Whether a component came to the incident after its newest post was made: readers were not told of it.
pub fn is_untold(state: &State, id: &ComponentId) -> bool {
    let told = told(state).map(|row| row.frozen_at).max();
    let mut added = state.added.iter();
    added.any(|(known, at)| known == id && told.is_none_or(|told| told < *at))
}

/// Whether readers of the page were told another severity than that of now.
pub fn severity_changed_since_last_post(state: &State) -> bool {
    last_told(state).is_some_and(|last| last.severity != state.severity)
}

fn raised_since_last_post(state: &State) -> bool {
    last_told(state).is_some_and(|last| {
        last.severity != state.severity && state.severity.is_at_least_as_severe_as(last.severity)
    })
}

/// The facts that a message asks for, in the order of their first place; with it, how the SOP words each
/// place, without brackets.
pub fn facts_of(playbook: &Playbook, purpose: Purpose) -> Vec<(Fact, String)> {
    let Some(message) = playbook.message(purpose) else {
        return Vec::new();
    };
    let mut asked: Vec<(Fact, String)> = Vec::new();
    let templates = message.title.iter().chain(std::iter::once(&message.body));
    for piece in templates.flat_map(Template::pieces) {
        let Piece::Place {
            written,
            source: Source::Fact(fact),
            ..
        } = piece
        else {
            continue;
        };
        if !asked.iter().any(|(known, _)| known == fact) {
            let words = written
                .trim_start_matches('[')
                .trim_end_matches(']')
                .to_owned();
            asked.push((*fact, words));
        }
    }
    asked
}
