//! The composer: one section per channel, each with the exact text that will go out, what has to be known
//! for it, what is wrong with it, and its send button.

mod break_glass;
mod choices;
mod email;
pub mod gate;
mod page;
mod preview;
pub mod problems;
mod social;
mod team;

pub use email::{EmailComposer, Sendings};

use leptos::prelude::*;

use super::IncidentContext;
use crate::console::desk::Desk;
use crate::console::pages::parts::{FactField, say_facts};
use crate::domain::incident::IncidentStatus;
use crate::sop::board::IncidentView;
use crate::sop::channel::Channel;
use crate::sop::compose;
use crate::sop::duty::{Duty, DutyKind};
use crate::sop::event::{EventKind, SentMessage};
use crate::sop::message::{Filling, PageOptions};
use crate::sop::playbook::{Playbook, Purpose};
use crate::sop::run::RunId;
use crate::ui::page::focus_first;
use crate::ui::shape::Shape;
use crate::ui::tabs::{Tab, Tabs};
use crate::words;

/// The order of the tabs: the public ones first, as the SOP lists them.
const TABS: [Channel; 5] = [
    Channel::Page,
    Channel::Email,
    Channel::X,
    Channel::LinkedIn,
    Channel::Team,
];

/// The region "Messages".
#[component]
pub fn Composer(open: IncidentContext) -> impl IntoView {
    let tabs = TABS
        .into_iter()
        .map(|channel| Tab {
            mark: mark(open, channel),
            ..Tab::new(channel, words::channel(channel))
        })
        .collect();
    let panel = move |channel: Channel| match channel {
        Channel::Page => view! { <page::PageComposer open /> }.into_any(),
        Channel::Email => view! { <email::EmailTab open /> }.into_any(),
        Channel::X | Channel::LinkedIn => {
            view! { <social::SocialComposer open channel /> }.into_any()
        }
        Channel::Team => view! { <team::TeamComposer open /> }.into_any(),
    };
    view! {
        <section class="card messages" id="messages" aria-labelledby="messages-heading">
            <div class="card-head"><h2 id="messages-heading" tabindex="-1">"Messages"</h2></div>
            <Tabs
                label="Channels"
                tabs
                selected=open.channel
                on_select=move |channel| open.channel.set(channel)
                panel
            />
        </section>
    }
}

/// A tab's mark: something is owed there, and how urgently.
fn mark(open: IncidentContext, channel: Channel) -> Signal<Option<(Shape, &'static str)>> {
    let mark = open.slice(move |view| {
        let mut mine = view.duties.iter().filter(|duty| {
            duty.is_open() && duty.key.channel == Some(channel) && duty.key.kind != DutyKind::Report
        });
        if mine.clone().any(Duty::is_overdue) {
            Some((Shape::Alarm, "Overdue"))
        } else if mine.clone().any(Duty::asks) {
            Some((Shape::ClockFace, "Due"))
        } else {
            mine.next().map(|_| (Shape::ClockFace, "Waiting"))
        }
    });
    Signal::derive(move || mark.get().flatten())
}

/// Opens a channel's section and takes the focus there.
pub fn go_to(open: IncidentContext, channel: Channel) {
    open.channel.set(channel);
    focus_first("#messages-heading");
}

/// What a channel's section works with.
#[derive(Clone, Copy)]
pub struct Draft {
    pub open: IncidentContext,
    /// What the SOP asks for there now.
    pub purpose: Memo<Option<Purpose>>,
    /// The status that a page post sets; other channels ignore it.
    pub status: Signal<IncidentStatus>,
    /// Whether the promise line is printed.
    pub promise: Signal<bool>,
}

impl Draft {
    /// The draft of a channel that sets no status.
    pub fn of(open: IncidentContext, purpose: Memo<Option<Purpose>>) -> Self {
        Self {
            open,
            purpose,
            status: Signal::stored(IncidentStatus::Investigating),
            promise: Signal::stored(false),
        }
    }

    /// What fills the message at this second.
    pub fn filling(self) -> Option<(std::sync::Arc<Playbook>, Purpose, Filling)> {
        let desk = self.open.desk;
        let playbook = desk.playbook()?;
        let purpose = self.purpose.get()?;
        let view = self.open.view.get()?;
        let facts = desk.facts(&view);
        let filling = compose::filling(
            &playbook,
            &view.state,
            facts,
            purpose,
            self.status.get(),
            self.promise.get(),
            desk.now().get(),
        );
        Some((playbook, purpose, filling))
    }
}

/// What the SOP asks for on a channel now, in the usual text.
pub fn purpose_of(
    open: IncidentContext,
    channel: Channel,
    status: Signal<IncidentStatus>,
) -> Memo<Option<Purpose>> {
    Memo::new(move |_| {
        let status = status.get();
        open.view.with(|view| {
            let IncidentView { state, duties, .. } = view.as_deref()?;
            compose::proposed(state, duties, channel, &status)
        })
    })
}

/// The fields for the facts that a message needs.
#[component]
pub fn FactFields(draft: Draft) -> impl IntoView {
    let desk = draft.open.desk;
    let facts = Memo::new(move |_| {
        let playbook = desk.playbook()?;
        draft
            .purpose
            .get()
            .map(|purpose| compose::facts_of(&playbook, purpose))
    });
    view! {
        <div class="facts">
            <div class="form">
                <For
                    each=move || facts.get().unwrap_or_default()
                    key=|(fact, _)| *fact
                    children=move |(fact, placeholder)| view! {
                        <FactField desk run=draft.open.id() fact placeholder />
                    }
                />
            </div>
        </div>
    }
}

/// A sentence where the SOP asks for nothing on a channel.
#[component]
pub fn NothingOwed(channel: Channel) -> impl IntoView {
    view! {
        <p class="empty">
            {format!("The SOP asks for nothing on this channel now ({}).", words::channel(channel))}
        </p>
    }
}

/// A draft's message exactly as the gate lets it leave, for whoever posts it by hand.
pub fn freeze_for_hand(draft: Draft, answered: &[String]) -> Option<SentMessage> {
    say_facts(draft.open.desk, &draft.open.id());
    let options = PageOptions::default();
    let frozen = gate::freeze(draft, options, false, answered, "Not recorded")?;
    Some(frozen.record().clone())
}

/// Records that a message was posted by a person now; whether it was recorded.
pub fn record_posted(desk: Desk, run: &RunId, message: SentMessage, link: &str) -> bool {
    let link = link.trim();
    let what = EventKind::PostedByHand {
        message,
        posted_at: desk.fresh_now(),
        link: (!link.is_empty()).then(|| link.to_owned()),
    };
    desk.tell(run, what)
}

/// A text as it is copied: one of a drill says so wherever it is pasted.
pub fn to_copy(open: IncidentContext, text: String) -> String {
    let drill = open
        .view
        .with_untracked(|view| view.as_ref().is_some_and(|view| view.state.drill));
    if drill {
        format!("DRILL: {text}")
    } else {
        text
    }
}
