//! The fields "Type" and "Personal data", as the form that declares and dialogs ask for them.

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::sop::event::PersonalData;
use crate::sop::playbook::Regulator;
use crate::ui::choice::{Choice, RadioGroup};
use crate::ui::select::Select;

/// Whether a type of incident asks whether personal data is affected.
pub fn asks_data(desk: Desk, kind: Option<&String>) -> bool {
    regulator(desk, kind) == Regulator::PersonalData
}

/// Whether a type of incident asks since when somebody was aware of it: a regulator's time runs from then.
pub fn asks_aware(desk: Desk, kind: Option<&String>) -> bool {
    regulator(desk, kind) != Regulator::Never
}

fn regulator(desk: Desk, kind: Option<&String>) -> Regulator {
    let playbook = desk.playbook_now();
    let found = kind
        .zip(playbook.as_ref())
        .and_then(|(kind, playbook)| playbook.incident_type(kind));
    found.map_or(Regulator::Never, |kind| kind.regulator)
}

/// The fields: the type, and where it asks for that, what is known of personal data.
#[component]
pub fn KindFields(
    desk: Desk,
    /// The playbook's id of the type.
    kind: RwSignal<Option<String>>,
    /// What is known of personal data.
    data: RwSignal<Option<PersonalData>>,
) -> impl IntoView {
    let choices: Vec<Choice<String>> = desk
        .playbook_now()
        .map(|playbook| playbook.types.clone())
        .unwrap_or_default()
        .into_iter()
        .map(|kind| Choice::new(kind.id, kind.name))
        .collect();
    let asks = Memo::new(move |_| kind.with(|kind| asks_data(desk, kind.as_ref())));
    view! {
        <Select label="Type" options=choices value=kind on_change=move |id| kind.set(Some(id)) />
        <Show when=move || asks.get()>
            <DataField data on_change=move |known| data.set(Some(known)) />
        </Show>
    }
}

/// What is known of personal data.
#[component]
pub fn DataField(
    #[prop(into)] data: Signal<Option<PersonalData>>,
    on_change: impl Fn(PersonalData) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <RadioGroup
            legend="Personal data"
            options=vec![
                Choice::new(PersonalData::Unknown, "Not known yet"),
                Choice::new(PersonalData::Affected, "Affected"),
                Choice::new(PersonalData::NotAffected, "Not affected"),
            ]
            value=data
            on_change=on_change
        />
    }
}

/// The word that a draft keeps an answer as: the log's own.
pub fn data_word(data: PersonalData) -> String {
    let word = serde_json::to_value(data).ok();
    word.and_then(|word| word.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// The answer that a draft keeps; without one, nobody knows yet.
pub fn data_of(word: &str) -> PersonalData {
    serde_json::from_value(word.into()).unwrap_or(PersonalData::Unknown)
}
