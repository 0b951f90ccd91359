//! Whether an evidence file is as it was written: its chain is followed, here and without sending it anywhere.

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::sop::run::evidence::import_all;
use crate::ui::file_field::FileField;
use crate::words::evidence::checked;

/// The section "Check an evidence file".
#[component]
pub fn CheckEvidence(desk: Desk) -> impl IntoView {
    let found = RwSignal::new(Vec::<String>::new());
    let chosen = move |file| {
        desk.load_text_file(file, move |name, text| {
            let said = match import_all(&text) {
                Ok(files) => files.iter().map(|file| checked(&name, file)).collect(),
                Err(error) => vec![format!("{name} could not be checked: {error}.")],
            };
            // The page may have been left meanwhile.
            let _gone = found.try_set(said);
        });
    };
    let rows = move || {
        let said = found.get().into_iter();
        said.map(|words| view! { <li>{words}</li> }).collect_view()
    };
    view! {
        <section class="card stack" aria-labelledby="check-heading">
            <div class="card-head"><h2 id="check-heading">"Check an evidence file"</h2></div>
            <FileField
                label="Evidence file"
                hint="Says whether anything in it was changed since a console wrote it. Whoever makes the whole chain anew is found out only by its head: note it down apart from the file."
                accept=".json,application/json"
                on_file=chosen
            />
            <ul class="stack-tight" aria-label="Evidence check" aria-live="polite">{rows}</ul>
        </section>
    }
}
