//! Small pieces that several of the console's pages use.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::console::desk::kept::drafts::fact_field;
use crate::sop::event::EventKind;
use crate::sop::facts::Fact;
use crate::sop::message::{Origin, Stretch};
use crate::sop::run::RunId;
use crate::sop::severity::Severity;
use crate::ui::act_dialog::ActDialog;
use crate::ui::button::{Button, Kind};
use crate::ui::field::{Field, FieldKind};
use crate::ui::time;

/// A severity as a tag: "P0 Critical".
#[component]
pub fn SeverityTag(severity: Severity) -> impl IntoView {
    let desk = Desk::here();
    let name = move || {
        desk.playbook()
            .map(|playbook| playbook.severities.of(severity).name.clone())
            .unwrap_or_default()
    };
    view! {
        <span class="severity" data-level=severity.word()>
            {severity.word()} " " {name}
        </span>
    }
}

/// When something is due: with its day where that is not today.
#[component]
pub fn DueTime(at: DateTime<Utc>) -> impl IntoView {
    let desk = Desk::here();
    let form = Memo::new(move |_| time::form_beside(at, desk.now().get()));
    move || view! { <time::Time at form=form.get() /> }
}

/// The text of a preview, with what came from where marked.
pub fn stretches(stretches: Vec<Stretch>) -> impl IntoView {
    stretches
        .into_iter()
        .map(|stretch| {
            let class = match stretch.origin {
                Origin::Template => "",
                Origin::Fact(_) | Origin::Value => "value",
                Origin::Default => "default",
                Origin::Gap => "gap",
                Origin::Recipient => "recipient",
            };
            view! { <span class=class>{stretch.text}</span> }
        })
        .collect_view()
}

/// A fact's field: what is typed is a draft at once, and said when the field is left.
#[component]
pub fn FactField(
    desk: Desk,
    #[prop(into)] run: RunId,
    fact: Fact,
    /// How the SOP words the place that it fills.
    #[prop(into)]
    placeholder: String,
) -> impl IntoView {
    let field = StoredValue::new(fact_field(&run, fact));
    let run = StoredValue::new(run);
    let said = Memo::new(move |_| {
        desk.view(&run.get_value())
            .and_then(|view| view.state.facts.get(fact).map(str::to_owned))
            .unwrap_or_default()
    });
    let value = Signal::derive(move || {
        desk.drafts()
            .get(&field.get_value())
            .unwrap_or_else(|| said.get())
    });
    let hint = desk
        .playbook_now()
        .and_then(|playbook| playbook.fact_defaults.get(&fact).cloned())
        .map(|text| format!("Left empty, the message says: “{text}”"));
    let asked = desk
        .playbook_now()
        .map(|playbook| playbook.label(fact).to_owned())
        .unwrap_or_default();
    let note = if asked.eq_ignore_ascii_case(&placeholder) || fact == Fact::Service {
        String::new()
    } else {
        placeholder
    };
    let kind = if fact == Fact::Service {
        FieldKind::Line
    } else {
        FieldKind::Long
    };
    // The focus also leaves a field whose page has just gone: then there is nothing to ask any more, and the draft
    // stays.
    let commit = move |_| {
        let (Some(field), Some(run)) = (field.try_get_value(), run.try_get_value()) else {
            return;
        };
        if let Some(text) = desk.drafts().get_untracked(&field) {
            say_fact(desk, &run, fact, text);
        }
    };
    view! {
        <div id=format!("fact-{}", fact.word()) on:focusout=commit>
            <Field
                label=asked
                note
                hint=Signal::stored(hint)
                value
                kind
                on_input=move |text: String| desk.drafts().set(&field.get_value(), text)
            />
        </div>
    }
}

/// Enters what was typed for a fact into the log, where it differs from what is there.
fn say_fact(desk: Desk, run: &RunId, fact: Fact, text: String) {
    let said = untrack(|| desk.view(run))
        .and_then(|view| view.state.facts.get(fact).map(str::to_owned))
        .unwrap_or_default();
    if said == text || desk.tell(run, EventKind::FactSet { fact, value: text }) {
        desk.drafts().clear(&fact_field(run, fact));
    }
}

/// Enters every typed fact of a run into the log: before a message leaves, so that the log says what it
/// was filled from.
pub fn say_facts(desk: Desk, run: &RunId) {
    for fact in Fact::ALL {
        if let Some(text) = desk.drafts().get_untracked(&fact_field(run, fact)) {
            say_fact(desk, run, fact, text);
        }
    }
}

/// The button for what cannot be undone, and the dialog that asks once more.
#[component]
pub fn DangerZone(
    label: &'static str,
    /// What the dialog asks: its accessible name.
    title: &'static str,
    act: &'static str,
    /// What the way back is called.
    keep: &'static str,
    #[prop(into)] on_act: Callback<()>,
    /// What the dialog says.
    children: ChildrenFn,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    let confirmed = move |()| {
        asking.set(false);
        on_act.run(());
    };
    view! {
        <div class="danger-zone">
            <Button kind=Kind::Danger on_press=move |()| asking.set(true)>{label}</Button>
        </div>
        <ActDialog
            title=title.to_owned()
            open=asking
            on_close=move |()| asking.set(false)
            act
            kind=Kind::Danger
            keep
            on_act=confirmed
            children
        />
    }
}
