//! Posted by hand: what a person did elsewhere is recorded with its time and link (`docs/duties.md` rule 11).

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::{IncidentContext, composer};
use crate::console::desk::kept::drafts::duty_field;
use crate::console::pages::moment::{Moment, MomentField};
use crate::domain::incident::IncidentStatus;
use crate::sop::channel::Channel;
use crate::sop::duty::{DutyKey, DutyKind};
use crate::sop::event::EventKind;
use crate::sop::run::RunId;
use crate::ui::act_dialog::ActDialog;
use crate::ui::choice::{Choice, RadioGroup};
use crate::ui::field::{Field, FieldKind};
use crate::words;

/// A message that somebody posted elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Elsewhere {
    pub channel: Channel,
    pub kind: DutyKind,
    /// The status that it set, on the page.
    pub status: IncidentStatus,
    /// The draft in which its link is kept.
    field: String,
}

impl Elsewhere {
    /// What a duty asks for.
    pub fn of(run: &RunId, duty: DutyKey) -> Self {
        Self {
            channel: duty.channel.unwrap_or(Channel::Team),
            kind: duty.kind,
            status: if duty.kind == DutyKind::Resolved {
                IncidentStatus::Resolved
            } else {
                IncidentStatus::Investigating
            },
            field: duty_field("by-hand", run, duty),
        }
    }

    /// A post on the page, with the status that was chosen for it. It is recorded also where no duty asks for it:
    /// whether it ends the incident is a matter of its status alone.
    pub fn on_page(run: &RunId, kind: DutyKind, status: IncidentStatus) -> Self {
        Self {
            channel: Channel::Page,
            kind,
            status,
            field: format!("by-hand/{}/page", run.0),
        }
    }
}

/// The dialog behind "Posted by hand".
#[component]
pub fn ByHandDialog(
    open: IncidentContext,
    posted: Elsewhere,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let Elsewhere {
        channel,
        kind,
        status,
        field,
    } = posted;
    let at = MomentField::now(open.desk, "Time");
    let link = open.desk.drafts().field(field);
    let status = RwSignal::new(status);
    let what = move |now: DateTime<Utc>| {
        let link = link.get().trim().to_owned();
        let posted_at = at.changed(now).unwrap_or(now);
        EventKind::PostedByHand {
            message: composer::record_by_hand(open, channel, kind, &status.get(), posted_at),
            posted_at,
            link: (!link.is_empty()).then_some(link),
        }
    };
    let refusal = Signal::derive(move || at.why_not_entered(&open.id(), what));
    let record = move |()| {
        if at.enter(&open.id(), what) {
            link.clear();
            on_close.run(());
        }
    };
    view! {
        <ActDialog title=format!("Posted by hand – {}", words::message(channel, kind)) on_close
            act="Record it" disabled_reason=refusal on_act=record>
            {(channel == Channel::Page).then(|| view! {
                <RadioGroup
                    legend="Status of the post"
                    options=status_choices()
                    value=Signal::derive(move || Some(status.get()))
                    on_change=move |chosen| status.set(chosen)
                />
            })}
            <Moment field=at />
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
