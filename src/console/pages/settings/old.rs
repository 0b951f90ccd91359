//! Finished incidents that have rested for long enough: offered for deletion, with their evidence first.

use std::sync::Arc;

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::sop::board::IncidentView;
use crate::sop::run::RunId;
use crate::ui::act_dialog::ActDialog;
use crate::ui::button::{Button, Kind};
use crate::ui::time::{Form, Time};

/// So many are listed at first, and so many more at each asking.
const PORTION: usize = 20;

/// The section "Old incidents".
#[component]
pub fn OldIncidents(desk: Desk) -> impl IntoView {
    let old = Memo::new(move |_| desk.old_incidents());
    let shown = RwSignal::new(PORTION);
    let asked = RwSignal::new(None::<(RunId, String)>);
    let more = Memo::new(move |_| old.with(Vec::len).saturating_sub(shown.get()));
    // The button stays: the focus is not lost with the last portion.
    let all = Signal::derive(move || (more.get() == 0).then(|| "All are shown.".to_owned()));
    let policy = move || {
        format!(
            "A finished incident stays in this browser until somebody deletes it. After {} days without anything to do (keep_days in console/team.toml) it is offered here. Nothing is deleted by itself.",
            desk.keep_days()
        )
    };
    let rows = move || {
        old.with(|old| {
            let first = old.iter().take(shown.get());
            first.map(|view| row(desk, view, asked)).collect_view()
        })
    };
    view! {
        <section class="card stack" aria-labelledby="old-heading">
            <div class="card-head"><h2 id="old-heading">"Old incidents"</h2></div>
            <p class="measure">{policy}</p>
            <Show when=move || old.with(Vec::is_empty)>
                <p>"None is that old."</p>
            </Show>
            <ul class="stack-tight" aria-labelledby="old-heading">{rows}</ul>
            <Show when=move || { old.with(Vec::len) > PORTION }>
                <Button kind=Kind::Quiet disabled_reason=all on_press=move |()| shown.update(|shown| *shown += PORTION)>
                    {move || match more.get().min(PORTION) {
                        0 => "Show more".to_owned(),
                        more => format!("Show {more} more"),
                    }}
                </Button>
            </Show>
            {move || asked.get().map(|(run, title)| view! { <Delete desk run title asked /> })}
        </section>
    }
}

fn row(desk: Desk, view: &Arc<IncidentView>, asked: RwSignal<Option<(RunId, String)>>) -> AnyView {
    let (run, title) = (view.id.clone(), view.title());
    let (evidence, delete) = (
        format!("Evidence of “{title}”"),
        format!("Delete “{title}”"),
    );
    let (exported, named) = (run.clone(), title.clone());
    view! {
        <li class="row">
            <span><strong>{title}</strong> ", declared " <Time at=view.state.declared_at form=Form::Day /></span>
            <Button on_press=move |()| desk.export(&exported)>{evidence}</Button>
            <Button kind=Kind::Danger on_press=move |()| asked.set(Some((run.clone(), named.clone())))>{delete}</Button>
        </li>
    }
    .into_any()
}

/// Asks once more, and offers the evidence before the act.
#[component]
fn Delete(
    desk: Desk,
    #[prop(into)] run: RunId,
    title: String,
    asked: RwSignal<Option<(RunId, String)>>,
) -> impl IntoView {
    let run = StoredValue::new(run);
    let act = move |()| {
        desk.delete_incident(&run.get_value());
        asked.set(None);
    };
    view! {
        <ActDialog
            title=format!("Delete “{title}”?")
            on_close=move |()| asked.set(None)
            act="Delete from this browser"
            kind=Kind::Danger
            keep="Keep it"
            on_act=act
        >
            <p>
                "Its log, the texts that were sent, what is typed about it, its recipients and the numbers of its sendings are deleted here, in every tab. It cannot be undone. The status page keeps what readers saw; mails in the outbox stay; another device keeps its own copy."
            </p>
            <Button on_press=move |()| desk.export(&run.get_value())>"Download its evidence first"</Button>
        </ActDialog>
    }
}
