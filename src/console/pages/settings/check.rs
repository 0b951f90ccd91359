//! Whether an evidence file is as it was written: its chain is followed, here and without sending it anywhere.

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::sop::run::Chain;
use crate::sop::run::evidence::{Imported, import_all};
use crate::ui::file_field::FileField;
use crate::words;

/// The section "Check an evidence file".
#[component]
pub fn CheckEvidence(desk: Desk) -> impl IntoView {
    let found = RwSignal::new(Vec::<String>::new());
    let chosen = move |file| {
        desk.load_text_file(file, move |name, text| {
            let said = match import_all(&text) {
                Ok(files) => files.iter().map(|file| sentence(&name, file)).collect(),
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

/// What came of one incident of a file.
fn sentence(name: &str, file: &Imported) -> String {
    let about = format!("{name}, incident {}", file.run.id.0);
    match &file.chain {
        Chain::Holds { head } => {
            let entries = words::counted(file.run.events().count(), "entry", "entries");
            format!("{about}: the chain of its {entries} holds. Its head is {head}.")
        }
        Chain::Breaks { at } => format!(
            "{about}: the chain breaks at entry {}. It was changed since it was written.",
            at + 1
        ),
        Chain::Missing => format!(
            "{about}: it has no chain. It was written by an older version, or the chain was taken out."
        ),
    }
}
