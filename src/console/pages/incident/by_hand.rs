//! Posted by hand: what a person did elsewhere is recorded with its time, link and words (`docs/duties.md` rule 11). What is
//! typed of it survives a reload.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::IncidentContext;
use crate::console::desk::Desk;
use crate::console::desk::kept::drafts::{Typed, duty_field};
use crate::console::pages::moment::{Moment, MomentField};
use crate::domain::incident::IncidentStatus;
use crate::sop::by_hand::{ByHand, likely_status};
use crate::sop::channel::Channel;
use crate::sop::duty::{DutyKey, DutyKind};
use crate::sop::event::EventKind;
use crate::sop::run::{RunId, severity_at};
use crate::sop::shared::arrived;
use crate::ui::act_dialog::ActDialog;
use crate::ui::choice::{Choice, RadioGroup};
use crate::ui::field::{Field, FieldKind};
use crate::words;

/// A message that somebody posted elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Elsewhere {
    pub channel: Channel,
    pub kind: DutyKind,
    /// The status that it most likely set, on the page.
    status: IncidentStatus,
    /// Where the drafts keep what is typed of it.
    field: String,
}

impl Elsewhere {
    /// What a duty asks for, of an incident whose last post set `last`.
    pub fn of(run: &RunId, duty: DutyKey, last: Option<&IncidentStatus>) -> Self {
        Self {
            channel: duty.channel.unwrap_or(Channel::Team),
            kind: duty.kind,
            status: likely_status(duty.kind, last),
            field: duty_field("by-hand", run, duty),
        }
    }

    /// A post on the page in an episode, with the status that was chosen for it. It is recorded also where no duty asks for
    /// it: whether it ends the incident is a matter of its status alone.
    pub fn on_page(run: &RunId, kind: DutyKind, status: IncidentStatus, episode: u32) -> Self {
        Self {
            channel: Channel::Page,
            kind,
            status,
            field: format!("by-hand/{}/page/{episode}", run.0),
        }
    }

    /// Keeps the words that were copied: they are what is most likely posted.
    pub fn copied(&self, desk: Desk, run: &RunId, title: Option<&str>, text: &str) {
        self.kept(desk, TITLE)
            .set(title.unwrap_or_default().to_owned());
        self.kept(desk, TEXT).set(text.to_owned());
        // What is for another channel stands with its duty, and ends with it.
        if self.channel == Channel::Page {
            self.kept(desk, ARRIVED).set(arrived_here(desk, run));
        }
    }

    /// Forgets the words that were copied where a post of this console has reached the page since: they were of before it.
    fn forget_what_is_old(&self, desk: Desk, run: &RunId) {
        let before = untrack(|| self.kept(desk, ARRIVED).text());
        if before.is_some_and(|before| before != arrived_here(desk, run)) {
            for what in [TITLE, TEXT, ARRIVED] {
                self.kept(desk, what).clear();
            }
        }
    }

    fn kept(&self, desk: Desk, what: &str) -> Typed {
        desk.drafts().field(format!("{}/{what}", self.field))
    }
}

const LINK: &str = "link";
const TIME: &str = "time";
const STATUS: &str = "status";
const TITLE: &str = "title";
const TEXT: &str = "text";
/// How many posts of this console had reached the page when the words were copied.
const ARRIVED: &str = "arrived";

fn arrived_here(desk: Desk, run: &RunId) -> String {
    let device = desk.device();
    let count = desk
        .runs()
        .with_untracked(|runs| runs.get(run).map_or(0, |run| arrived(run, &device)));
    count.to_string()
}

/// The dialog behind "Posted by hand".
#[component]
pub fn ByHandDialog(
    open: IncidentContext,
    posted: Elsewhere,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let desk = open.desk;
    posted.forget_what_is_old(desk, &open.id());
    let kept = |what| posted.kept(desk, what);
    let (link, time, picked) = (kept(LINK), kept(TIME), kept(STATUS));
    let (title, text, before) = (kept(TITLE), kept(TEXT), kept(ARRIVED));
    let Elsewhere {
        channel,
        kind,
        status: likely,
        field: _,
    } = posted;
    let at = MomentField::now(desk, "Time").kept(time, || ());
    let likely = StoredValue::new(likely);
    let status = Signal::derive(move || {
        let picked = picked.text().filter(|word| !word.is_empty());
        picked.map_or_else(|| likely.get_value(), IncidentStatus::from)
    });
    let what = move |now: DateTime<Utc>| {
        let given =
            |field: Typed| Some(field.get().trim().to_owned()).filter(|text| !text.is_empty());
        let posted_at = at.changed(now).unwrap_or(now);
        let severity = untrack(|| {
            let playbook = desk.playbook()?;
            let runs = desk.runs();
            runs.with(|runs| severity_at(&playbook, runs.get(&open.id())?, posted_at))
        });
        let said = ByHand {
            channel,
            kind,
            status: status.get(),
            title: given(title),
            text: given(text).unwrap_or_default(),
        };
        EventKind::PostedByHand {
            message: said.record(severity, posted_at),
            posted_at,
            link: given(link),
        }
    };
    let refusal = Signal::derive(move || at.why_not_entered(&open.id(), what));
    let record = move |()| {
        if at.enter(&open.id(), what) {
            for field in [link, time, picked, title, text, before] {
                field.clear();
            }
            on_close.run(());
        }
    };
    // Whoever turns back keeps the words and the link; the time is of now again when they come back.
    let turn_back = move |()| {
        time.clear();
        picked.clear();
        on_close.run(());
    };
    view! {
        <ActDialog title=format!("Posted by hand – {}", words::message(channel, kind)) on_close=turn_back
            act="Record it" disabled_reason=refusal on_act=record>
            {(channel == Channel::Page).then(|| view! {
                <RadioGroup
                    legend="Status of the post"
                    options=status_choices()
                    value=Signal::derive(move || Some(status.get()))
                    on_change=move |chosen: IncidentStatus| picked.set(chosen.word().to_owned())
                />
            })}
            <Moment field=at />
            <Field
                label="Text"
                hint=Some(if channel == Channel::Page {
                    "As it was posted, if you can copy it. A next update that it promises counts as promised."
                } else {
                    "As it was posted, if you can copy it."
                }.to_owned())
                kind=FieldKind::Long
                value=text.value()
                on_input=move |typed| {
                    text.set(typed);
                    // The title, which is not in sight, was that of the words as they were copied.
                    title.clear();
                    before.clear();
                }
            />
            <Field
                label="Link"
                hint=Some("Where it can be seen, if anywhere.".to_owned())
                kind=FieldKind::Url
                value=link.value()
                on_input=move |text| link.set(text)
            />
        </ActDialog>
    }
}

/// The four statuses to choose from.
pub fn status_choices() -> Vec<Choice<IncidentStatus>> {
    IncidentStatus::CHOICES
        .into_iter()
        .map(|status| {
            let label = words::status(&status).to_owned();
            Choice::new(status, label)
        })
        .collect()
}
