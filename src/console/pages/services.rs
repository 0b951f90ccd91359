//! The components of a page, to be ticked; a page of many is looked through by typing.

use leptos::prelude::*;

use crate::domain::component::{Component, ComponentId};
use crate::ui::choice::Checkbox;
use crate::ui::field::Field;

/// A page with more components than this is looked through by typing.
const SHOWN: usize = 60;

/// A checkbox for each component.
#[component]
pub fn ServiceBoxes(
    /// The page's components.
    #[prop(into)]
    all: Signal<Vec<Component>>,
    /// The one that is chosen elsewhere, and not shown here.
    #[prop(default = Signal::stored(String::new()), into)]
    chosen: Signal<String>,
    /// Which are ticked.
    #[prop(into)]
    ticked: Signal<Vec<ComponentId>>,
    /// Told of a component that is ticked, or whose tick is taken away.
    #[prop(into)]
    on_toggle: Callback<(ComponentId, bool)>,
) -> impl IntoView {
    let ticked = Memo::new(move |_| ticked.get());
    let sought = RwSignal::new(String::new());
    let many = Memo::new(move |_| all.with(|all| all.len() > SHOWN));
    let is_ticked = move |id: &ComponentId| ticked.with(|ticked| ticked.contains(id));
    let shown = move || {
        let first = chosen.get();
        let sought = sought.get().to_lowercase();
        all.with(|all| {
            let mut room = SHOWN;
            all.iter()
                .filter(|component| component.id.0 != first)
                // What is ticked stays in sight, whatever is sought.
                .filter(|component| {
                    if is_ticked(&component.id) {
                        return true;
                    }
                    let shown = room > 0 && component.name.to_lowercase().contains(&sought);
                    room -= usize::from(shown);
                    shown
                })
                .map(|component| (component.id.clone(), component.name_among(all)))
                .collect::<Vec<_>>()
        })
    };
    view! {
        <Show when=move || many.get()>
            <Field
                label="Find a service"
                hint=Some(format!("The page has many components: {SHOWN} of those that match are shown."))
                value=sought
                on_input=move |text| sought.set(text)
            />
        </Show>
        <div class="choices">
            <For
                each=shown
                key=Clone::clone
                children=move |(id, name)| {
                    let checked = {
                        let id = id.clone();
                        Signal::derive(move || is_ticked(&id))
                    };
                    view! {
                        <Checkbox label=name checked on_change=move |on| on_toggle.run((id.clone(), on)) />
                    }
                }
            />
        </div>
    }
}
