//! What is stored in this browser, and the way to take it out.

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::console::desk::kept::event_store::Saving;
use crate::console::desk::services::probes::Probes;
use crate::console::pages::parts::DangerZone;
use crate::ui::button::Button;
use crate::words;

/// The section "Stored in this browser".
#[component]
pub fn Stored(
    desk: Desk,
    /// What was asked of the provider and the browser.
    probes: Probes,
) -> impl IntoView {
    let logs = move || {
        let (runs, events) = desk.runs().with(|runs| {
            (
                runs.len(),
                runs.values().map(|run| run.events().count()).sum::<usize>(),
            )
        });
        if runs == 0 {
            return "No incident yet".to_owned();
        }
        let incidents = words::counted(runs, "incident", "incidents");
        format!(
            "{incidents} with {}",
            words::counted(events, "entry", "entries")
        )
    };
    let saving = move || match desk.saving().get() {
        Saving::Opening => "Opening the storage".to_owned(),
        Saving::Kept => "Everything so far is stored".to_owned(),
        Saving::StoredAgain(entries) => {
            format!(
                "Somebody emptied the storage; {}",
                words::stored_again(entries)
            )
        }
        Saving::Failed(reason) => format!("Nothing is being saved: {reason}"),
    };
    let mails = move || match probes.mails.get() {
        None => "Counting".to_owned(),
        Some(Ok(count)) => count.to_string(),
        Some(Err(error)) => format!("Cannot be read: {error}"),
    };
    let lasting = move || words::readiness::lasting(probes.lasting.get().as_ref());
    let unpromised = Memo::new(move |_| matches!(probes.lasting.get(), Some(Ok(false) | Err(_))));
    view! {
        <section class="card" aria-labelledby="stored-heading">
            <div class="card-head"><h2 id="stored-heading">"Stored in this browser"</h2></div>
            <p class="measure">
                "Logs of incidents with the exact texts sent, what is typed and not yet said, the embedded status page, its mails, your name and the theme. Allclear keeps no other copy; hosted services have what was sent to them, and other consoles what is shared."
            </p>
            <dl class="pairs">
                <dt>"Logs"</dt>
                <dd>{logs}</dd>
                <dt>"Saving"</dt>
                <dd>{saving}</dd>
                <dt>"Mails in the outbox"</dt>
                <dd>{mails}</dd>
                <dt>"For how long"</dt>
                <dd>{lasting}</dd>
            </dl>
            <p class="measure">{words::EVERYTHING}</p>
            <div class="row">
                <Button on_press=move |()| desk.export_all()>"Download everything"</Button>
                <Show when=move || unpromised.get()>
                    <Button on_press=move |()| desk.ask_to_keep(probes)>"Ask the browser to keep it"</Button>
                </Show>
            </div>
            <Forget desk />
        </section>
    }
}

/// The way to leave nothing on a device.
#[component]
fn Forget(desk: Desk) -> impl IntoView {
    let open = Memo::new(move |_| desk.views().first_finished());
    view! {
        <DangerZone
            label="Forget this browser"
            title="Forget this browser?"
            act="Delete everything"
            keep="Keep it"
            on_act=move |()| desk.forget_browser()
        >
            <p>
                "Everything that both apps keep of you and your work in this browser is deleted, in every tab: logs, drafts, lists, mails, the embedded status page, what was last read, your name and the theme. Their own program files stay. It cannot be undone. “Download everything” takes the logs out first."
            </p>
            {move || {
                let unfinished = || format!("Incidents that are not finished yet: {}.", open.get());
                let said = desk.unshown().or_else(|| (open.get() > 0).then(unfinished));
                said.map(|said| view! { <p>{said}</p> })
            }}
        </DangerZone>
    }
}
