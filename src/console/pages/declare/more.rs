//! The other services that an incident affects.

use leptos::prelude::*;

use super::form::Form;
use crate::console::desk::Desk;
use crate::ui::choice::Checkbox;
use crate::ui::field::Field;

/// A page with more components than this is looked through by typing.
const SHOWN: usize = 60;

/// The other services that are affected.
#[component]
pub(super) fn MoreServices(desk: Desk, form: Form) -> impl IntoView {
    let sought = RwSignal::new(String::new());
    let all = Memo::new(move |_| desk.components());
    let many = Memo::new(move |_| all.with(|all| all.len() > SHOWN));
    let ticked = move |id: &str| {
        form.text("more")
            .with(|more| more.split('\n').any(|known| known == id))
    };
    let rest = move || {
        let first = form.text("service").get();
        let sought = sought.get().to_lowercase();
        all.with(|all| {
            let mut room = SHOWN;
            all.iter()
                .filter(|component| component.id.0 != first)
                // What is ticked stays in sight, whatever is sought.
                .filter(|component| {
                    if ticked(&component.id.0) {
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
    let toggle = move |id: &str, on: bool| {
        let more = form.text("more").get_untracked();
        let mut ids: Vec<&str> = more
            .split('\n')
            .filter(|known| !known.is_empty() && *known != id)
            .collect();
        if on {
            ids.push(id);
        }
        form.set("more")(ids.join("\n"));
    };
    view! {
        <details class="more">
            <summary>"More services are affected"</summary>
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
                    each=rest
                    key=|(id, _)| id.clone()
                    children=move |(id, name)| {
                        let id = id.0;
                        let checked = {
                            let id = id.clone();
                            Signal::derive(move || ticked(&id))
                        };
                        view! {
                            <Checkbox label=name checked on_change=move |on| toggle(&id, on) />
                        }
                    }
                />
            </div>
        </details>
    }
}
