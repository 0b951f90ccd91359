//! The duties of an incident, each with its clock, its state in words, and its other ends.

use leptos::prelude::*;

use super::{IncidentContext, by_hand, composer, regulator, skip};
use crate::console::pages::parts::DueTime;
use crate::console::paths::Route;
use crate::domain::order::by_key;
use crate::sop::duty::{Duty, DutyAction, DutyKey, DutyKind, DutyState};
use crate::sop::event::EventKind;
use crate::ui::button::{Button, Kind};
use crate::ui::focus::stay_in_row;
use crate::ui::shape::{Shape, StateIcon};
use crate::words;

/// The list "Duties".
#[component]
pub fn DutyList(open: IncidentContext) -> impl IntoView {
    let duties = open.slice(|view| {
        by_key(view.duties.clone(), |duty| {
            (!duty.is_open(), duty.next_due_order())
        })
    });
    let keys = move || duties.get().unwrap_or_default();
    let asked = RwSignal::new(None::<Ask>);
    let posted = move |key| {
        let view = open.view.get_untracked();
        let last = view.as_ref().and_then(|view| view.state.page.as_ref());
        by_hand::Elsewhere::of(&open.id(), key, last.map(|last| &last.status))
    };
    view! {
        <section class="card" aria-labelledby="duties-heading">
            <div class="card-head"><h2 id="duties-heading">"Duties"</h2></div>
            <ul class="duty-list" aria-label="Duties">
                <For
                    each=keys
                    key=|duty| duty.key
                    children=move |duty| {
                        let key = duty.key;
                        let live = Memo::new(move |_| {
                            duties.get()?.into_iter().find(|duty| duty.key == key)
                        });
                        move || live.get().map(|duty| view! { <DutyItem open duty asked /> })
                    }
                />
            </ul>
            {move || asked.get().map(|ask| match ask {
                Ask::Skip(key) => view! { <skip::SkipDialog open duty=key on_close=move |()| asked.set(None) /> }.into_any(),
                Ask::ByHand(key) => view! { <by_hand::ByHandDialog open posted=posted(key) on_close=move |()| asked.set(None) /> }.into_any(),
                Ask::Notified(key) => view! { <regulator::NotifiedDialog open duty=key on_close=move |()| asked.set(None) /> }.into_any(),
            })}
        </section>
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Ask {
    Skip(DutyKey),
    ByHand(DutyKey),
    Notified(DutyKey),
}

#[component]
fn DutyItem(open: IncidentContext, duty: Duty, asked: RwSignal<Option<Ask>>) -> impl IntoView {
    let key = duty.key;
    let state = state_word(&duty);
    let answer = move |()| {
        open.desk
            .tell(&open.id(), EventKind::AnsweredPost { duty: key });
        stay_in_row();
    };
    let acts = duty.actions().into_iter().map(move |action| match action {
        DutyAction::Post => {
            view! { <Button kind=Kind::Quiet on_press=answer>"Post"</Button> }
        }
        DutyAction::PostAfterAll => {
            view! { <Button kind=Kind::Quiet on_press=answer>"Post after all"</Button> }
        }
        DutyAction::Skip => view! {
            <Button kind=Kind::Quiet on_press=move |()| asked.set(Some(Ask::Skip(key)))>"Skip"</Button>
        },
        DutyAction::ByHand => view! {
            <Button kind=Kind::Quiet on_press=move |()| asked.set(Some(Ask::ByHand(key)))>"Posted by hand"</Button>
        },
        DutyAction::Notified => view! {
            <Button kind=Kind::Quiet on_press=move |()| asked.set(Some(Ask::Notified(key)))>"Record the notification"</Button>
        },
    });
    let go = match (key.kind, key.channel) {
        (DutyKind::Report, _) => Some(view! { <a href=Route::Report(open.id()).path()>{words::duty(key)}</a> }.into_any()),
        (DutyKind::Postmortem, _) => Some(view! { <a href=Route::Postmortem(open.id()).path()>{words::duty(key)}</a> }.into_any()),
        (_, Some(channel)) if duty.is_open() => Some(
            view! {
                <button type="button" class="duty-go" on:click=move |_| composer::go_to(open, channel)>
                    {words::duty(key)}
                </button>
                <span class="print-only">{words::duty(key)}</span>
            }
            .into_any(),
        ),
        // Nothing to write: it is closed, or it is the regulator's.
        _ => None,
    };
    view! {
        <li class="duty" data-state=state>
            <StateIcon shape=shape(state) />
            <p class="duty-name">{go.unwrap_or_else(|| words::duty(key).into_any())}</p>
            <p class="duty-state">
                {words::duty_state(&duty)}
                {(duty.block.is_some() && duty.is_open()).then_some(", waits for an approver")}
            </p>
            <p class="duty-time">{duty.due_at.map(|due| view! { <DueTime at=due /> })}</p>
            <p class="duty-note">{duty.is_open().then(|| duty.clause.clone())}</p>
            <div class="duty-acts">
                {acts.collect_view()}
            </div>
        </li>
    }
}

fn shape(state: &str) -> Shape {
    match state {
        "waiting" => Shape::Ring,
        "due" => Shape::ClockFace,
        "overdue" => Shape::Alarm,
        "blocked" => Shape::Lock,
        "offered" => Shape::Plus,
        "done" => Shape::Check,
        "skipped" => Shape::Skip,
        "lapsed" => Shape::Dash,
        _ => Shape::Cross,
    }
}

fn state_word(duty: &Duty) -> &'static str {
    match &duty.state {
        DutyState::Waiting | DutyState::Due if duty.block.is_some() => "blocked",
        DutyState::Waiting => "waiting",
        DutyState::Due => "due",
        DutyState::Overdue => "overdue",
        DutyState::Offered => "offered",
        DutyState::Done { .. } => "done",
        DutyState::Skipped { .. } => "skipped",
        DutyState::Lapsed { .. } => "lapsed",
        DutyState::Missed { .. } => "missed",
    }
}
