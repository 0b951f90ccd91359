//! How each sending of the incident stands, and what may be done about it.

use chrono::DateTime;
use leptos::prelude::*;

use super::super::super::IncidentContext;
use crate::console::desk::Desk;
use crate::console::desk::mailing::Shown;
use crate::delivery::mailing::{Act, Doing, Intent, Missed, Tally, Which, acts};
use crate::sop::duty::DutyKind;
use crate::sop::run::LedgerRow;
use crate::ui::act_dialog::ActDialog;
use crate::ui::button::{Button, Kind};
use crate::ui::reactive::whenever;
use crate::ui::time::Time;
use crate::words;
use crate::words::sending::{ending, open as still_open, outdated, pause, people, progress};

/// The sendings of an incident, newest first.
#[component]
pub fn Sendings(
    open: IncidentContext,
    /// Those of one kind of message alone.
    only: Option<DutyKind>,
) -> impl IntoView {
    let desk = open.desk;
    let all = Memo::new(move |_| {
        let mut all = desk.mailings().of(&open.run.get_value());
        if let Some(only) = only {
            let sent = |op: &str| row(open, op, |row| row.message.kind);
            all.retain(|shown| sent(&shown.summary.op) == Some(only));
        }
        all
    });
    view! {
        <Show when=move || all.with(|all| !all.is_empty())>
            <ul class="sendings stack" aria-label="Sendings">
                <For
                    each=move || all.get()
                    key=|shown| shown.summary.op.clone()
                    children=move |shown| {
                        let op = shown.summary.op.clone();
                        let live = Memo::new(move |_| {
                            all.with(|all| all.iter().find(|one| one.summary.op == op).cloned())
                        });
                        view! { <li class="sending stack"><Sending open live first=shown /></li> }
                    }
                />
            </ul>
        </Show>
    }
}

/// What the ledger's row of a sending says.
fn row<T>(open: IncidentContext, op: &str, read: impl Fn(&LedgerRow) -> T) -> Option<T> {
    open.view.with(|view| {
        let mut rows = view.as_deref()?.state.ledger.iter();
        rows.find(|row| row.op.as_deref() == Some(op)).map(read)
    })
}

#[component]
fn Sending(open: IncidentContext, live: Memo<Option<Shown>>, first: Shown) -> impl IntoView {
    let desk = open.desk;
    let op = StoredValue::new(first.summary.op.clone());
    // An incident has several: which one this is, its message and its time say.
    let what = Memo::new(move |_| row(open, &op.get_value(), |row| words::kind(row.message.kind)));
    let begun = DateTime::from_timestamp_millis(first.summary.begun_ms)
        .map(|at| view! { <span class="small quiet">"Begun " <Time at=at /></span> });
    let shown = Signal::derive(move || live.get().unwrap_or_else(|| first.clone()));
    let take_up = move |intent: Intent| desk.take_up(&op.get_value(), intent);
    // What stands against going on with it: the incident may have changed since it was begun.
    let stands = Memo::new(move |_| {
        let who = desk.who().get();
        open.view.with(|view| {
            let state = &view.as_deref()?.state;
            let mut rows = state.ledger.iter();
            let row = rows.find(|row| row.op.as_deref() == Some(&op.get_value()))?;
            Some(state.lets_go_on(&row.message, desk.actor(&who)))
        })
    });
    let blocked = Signal::derive(move || {
        let refusal = stands.get()?.err()?;
        Some(words::refusal(refusal).to_owned())
    });
    let asking = RwSignal::new(None);
    let go_on = move |intent: Intent| match stands.get_untracked().and_then(Result::ok).flatten() {
        Some(outdated) => asking.set(Some((intent, outdated))),
        None => take_up(intent),
    };
    let is_open = Memo::new(move |_| shown.with(|shown| shown.summary.tally.open > 0));
    let choice = Memo::new(move |_| shown.with(|shown| acts(&shown.summary, shown.doing)));
    let may = move |act: Act| choice.with(|acts| acts.contains(&act));
    let tally = Memo::new(move |_| shown.with(|shown| shown.summary.tally));
    view! {
        <p class="sending-head"><strong>{what}</strong>" " {begun}</p>
        <p role="status">{move || shown.with(said)}</p>
        <Show when=move || is_open.get()>
            <progress
                class="progress"
                aria-label="Sending email"
                max=move || tally.get().all.to_string()
                prop:value=move || tally.get().done().to_string()
            ></progress>
        </Show>
        <Missing desk op tally shown />
        <div class="row">
            {move || may(Act::Pause).then(|| view! {
                <Button on_press=move |()| desk.pause_mailing(&op.get_value())>"Pause"</Button>
            })}
            {move || may(Act::Resume).then(|| view! {
                <Button kind=Kind::Primary disabled_reason=blocked on_press=move |()| go_on(Intent::Resume)>
                    "Send the rest"
                </Button>
            })}
            {move || may(Act::StopLooking).then(|| view! {
                <Button on_press=move |()| desk.stop_looking(&op.get_value())>"Stop looking"</Button>
            })}
            {move || may(Act::End).then(|| view! {
                <End tally on_end=move |()| desk.end_mailing(&op.get_value()) />
            })}
            {move || may(Act::Retry).then(|| view! {
                <Button disabled_reason=blocked on_press=move |()| go_on(Intent::OnceMore(Which::Failed))>
                    "Mail only the refused"
                </Button>
            })}
            {move || may(Act::SendAgain).then(|| view! {
                <Button disabled_reason=blocked on_press=move |()| go_on(Intent::OnceMore(Which::Unknown))>
                    {format!("Send again to {}", people(tally.get().unknown))}
                </Button>
                <Button kind=Kind::Quiet on_press=move |()| take_up(Intent::LeaveUnknown)>{words::ledger::LEAVE_IT}</Button>
            })}
            {move || may(Act::Download).then(|| view! {
                <Button kind=Kind::Quiet on_press=move |()| desk.download_failures(&op.get_value())>
                    "Download who was not reached"
                </Button>
            })}
            {move || may(Act::Forget).then(|| view! {
                <Button kind=Kind::Quiet on_press=move |()| desk.forget_sending(shown.get_untracked().summary)>
                    "Delete its recipients"
                </Button>
            })}
        </div>
        {move || asking.get().map(|(intent, said)| view! {
            <ActDialog
                title="Send it all the same?".to_owned()
                on_close=move |()| asking.set(None)
                act="Send it as it stands"
                kind=Kind::Danger
                on_act=move |()| {
                    asking.set(None);
                    take_up(intent.anyway());
                }
            >
                <p>{outdated(said)}</p>
            </ActDialog>
        })}
    }
}

/// The addresses that were not reached, by name, for as long as they are kept here.
#[component]
fn Missing(
    desk: Desk,
    op: StoredValue<String>,
    tally: Memo<Tally>,
    shown: Signal<Shown>,
) -> impl IntoView {
    /// As many as one reads; the file has them all.
    const MOST: usize = 20;
    let all = RwSignal::new(Vec::new());
    whenever(move || {
        let Tally {
            failed, unknown, ..
        } = tally.get();
        if failed + unknown > 0 && !shown.with(|shown| shown.summary.forgotten) {
            desk.read_missed(&op.get_value(), all);
        } else {
            all.set(Vec::new());
        }
    });
    let line = |one: &Missed| {
        let who = one.name.as_ref().map_or_else(
            || one.address.clone(),
            |name| format!("{name} <{}>", one.address),
        );
        let why = one.refused.as_deref();
        view! {
            <li dir="auto">
                <strong>{who}</strong>
                {format!(": {}", why.unwrap_or("may already have it"))}
            </li>
        }
    };
    view! {
        <Show when=move || all.with(|all| !all.is_empty())>
            <p>"Not reached:"</p>
            <ul aria-label="Not reached">
                {move || all.with(|all| all.iter().take(MOST).map(line).collect_view())}
            </ul>
            <Show when=move || all.with(|all| all.len() > MOST)>
                <p>{move || format!("And {} more: download the list.", all.with(Vec::len) - MOST)}</p>
            </Show>
        </Show>
    }
}

/// Ending a sending is asked for twice: the rest gets nothing.
#[component]
fn End(tally: Memo<Tally>, #[prop(into)] on_end: Callback<()>) -> impl IntoView {
    let asking = RwSignal::new(false);
    view! {
        <Button kind=Kind::Quiet on_press=move |()| asking.set(true)>"End this sending"</Button>
        <ActDialog
            title="End this sending?".to_owned()
            open=asking
            on_close=move |()| asking.set(false)
            act="Send nothing more"
            kind=Kind::Danger
            keep="Keep it"
            on_act=move |()| {
                asking.set(false);
                on_end.run(());
            }
        >
            <p>{move || ending(tally.get())}</p>
        </ActDialog>
    }
}

fn said(shown: &Shown) -> String {
    let tally = shown.summary.tally;
    let mut sentences = vec![progress(tally)];
    match shown.doing {
        Doing::Elsewhere => {
            sentences.push("Another tab of this browser is sending it.".to_owned());
        }
        Doing::Asking => {
            sentences.push("Asking the other consoles whether somebody else sends it…".to_owned());
        }
        Doing::FindingOut => {
            sentences.push("Finding out what became of a batch whose answer was lost…".to_owned());
            sentences.extend(shown.summary.pause.as_ref().map(pause));
            sentences.extend(still_open(tally));
        }
        Doing::Sending if tally.open > 0 => {
            sentences.extend(shown.summary.pause.as_ref().map(pause));
        }
        Doing::Sending | Doing::Resting => {
            let pause = shown.summary.pause.as_ref().filter(|_| tally.open > 0);
            sentences.extend(pause.map(self::pause));
            sentences.extend(still_open(tally));
        }
    }
    let deleted = if shown.summary.forgotten {
        Some("Its recipients were deleted.")
    } else if shown.summary.only_missed {
        Some(
            "Only the addresses that were not reached are still kept here, for another try; the others were deleted.",
        )
    } else {
        None
    };
    if let Some(deleted) = deleted {
        sentences.push(deleted.to_owned());
        if let Some(hash) = &shown.summary.hash {
            let short: String = hash.chars().take(12).collect();
            sentences.push(format!("Fingerprint of the list: {short}."));
        }
    }
    sentences.join(" ")
}
