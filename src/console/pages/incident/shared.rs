//! How the incident is shared with the other consoles: when it was last read, what they may not have yet,
//! and who else is here.

use leptos::prelude::*;

use super::IncidentContext;
use crate::console::desk::sharing::reopening::RefusedReopening;
use crate::console::desk::sharing::{Present, Status};
use crate::sop::event::EventKind;
use crate::sop::run::LedgerState;
use crate::ui::button::Button;
use crate::ui::notice::{Notice, NoticeTone};
use crate::ui::reactive;
use crate::ui::time::{Form, Time};
use crate::words;

/// The card "Shared with the other consoles"; nothing where the page is this browser's own.
#[component]
pub fn SharedCard(open: IncidentContext) -> impl IntoView {
    let desk = open.desk;
    let here = Memo::new(move |_| desk.present(&open.id()));
    let status = Memo::new(move |_| desk.shared(&open.id()));
    let on_page = open.slice(|view| view.state.page_incident.is_some());
    let reopen = Memo::new(move |_| desk.asks_to_reopen(&open.id()));
    let refused = Memo::new(move |_| desk.refused_reopening(&open.id()));
    // What was pressed counts for the refusal that it answered, and for no later one.
    let answered = RwSignal::new(None);
    reactive(move || {
        if !desk.shares() || desk.is_drill(&open.id()) {
            return ().into_any();
        }
        view! {
            <section class="card stack" aria-labelledby="shared-heading">
                <h2 id="shared-heading">"Shared with the other consoles"</h2>
                {move || reopen.get().then(|| view! { <AskToReopen open /> })}
                {move || refused.get().filter(|_| answered.get() != refused.get()).map(|refusal| {
                    view! { <ReopeningRefused open refusal answered /> }
                })}
                {move || match (status.get(), on_page.get()) {
                    (Some(status), _) => view! { <Stands open status /> }.into_any(),
                    (None, Some(true)) => view! { <p>"Not read yet."</p> }.into_any(),
                    (None, _) => view! {
                        <p>"Nothing of this incident is on the status page yet. The other consoles see it with its first post there."</p>
                    }
                    .into_any(),
                }}
                {move || view! { <Here here=here.get() /> }}
            </section>
        }
        .into_any()
    })
}

/// Somebody posted after the end.
#[component]
fn AskToReopen(open: IncidentContext) -> impl IntoView {
    let reopen = move |()| {
        open.desk.tell(&open.id(), EventKind::Reopened);
    };
    view! {
        <Notice tone=NoticeTone::Warn announce=true>
            <p>"After it was resolved, somebody posted on the status page that it goes on. That starts no duty by itself. Is it open again?"</p>
            <Button on_press=reopen>"Reopen the incident"</Button>
        </Notice>
    }
}

/// The service does not take the incident back.
#[component]
fn ReopeningRefused(
    open: IncidentContext,
    refusal: RefusedReopening,
    answered: RwSignal<Option<RefusedReopening>>,
) -> impl IntoView {
    let words = format!(
        "The post that reopens the incident was refused: {}. Readers still see the incident as resolved. Where the service takes no resolved incident back, tell them in a new one; the resolved one stays as it is.",
        refusal.reason
    );
    let open_anew = move |()| {
        open.desk.open_anew(&open.id());
        answered.set(Some(refusal.clone()));
    };
    view! {
        <Notice tone=NoticeTone::Bad announce=true>
            <p>{words}</p>
            <OpenAnew on_press=open_anew />
        </Notice>
    }
}

#[component]
fn OpenAnew(#[prop(into)] on_press: Callback<()>) -> impl IntoView {
    view! { <Button on_press=on_press>"Open a new one with the next post"</Button> }
}

#[component]
fn Stands(open: IncidentContext, status: Status) -> impl IntoView {
    let desk = open.desk;
    let read = status
        .read_at
        .map(|at| view! { "Last read " <Time at form=Form::Clock /> });
    let trouble = status.trouble.map(|why| format!("; {why}"));
    let waiting = match status.not_yet.len() {
        0 => "Everything that counts is shared.".to_owned(),
        more => format!("{}.", words::not_yet_shared(more)),
    };
    let gone = status.gone.then(|| {
        view! {
            <Notice tone=NoticeTone::Bad announce=true>
                <p>"The incident is no longer on the status page: somebody deleted it there. Nothing more can be posted to it. Your log is kept here."</p>
                <OpenAnew on_press=move |()| desk.open_anew(&open.id()) />
            </Notice>
        }
    });
    view! {
        {gone}
        <p>{read.is_none().then_some("Not read yet")} {read} {trouble} "."</p>
        <p>{waiting}</p>
    }
}

/// Who else entered something lately.
#[component]
fn Here(here: Vec<Present>) -> impl IntoView {
    if here.is_empty() {
        return view! { <p>"Nobody else entered anything in the last 10 minutes."</p> }.into_any();
    }
    let rows = here
        .into_iter()
        .map(|present| {
            view! { <li>{present.who} ", last entry " <Time at=present.at form=Form::Clock /></li> }
        })
        .collect_view();
    view! { <ul class="stack-tight" aria-label="Also here">{rows}</ul> }.into_any()
}

/// A post whose answer was lost and that was not found on the page: offered again in these words.
#[component]
pub fn Undecided(open: IncidentContext) -> impl IntoView {
    let desk = open.desk;
    let lost = open.slice(|view| {
        let mut rows = view.state.ledger.iter().rev();
        rows.find(|row| row.message.is_post())
            .filter(|row| matches!(row.state, LedgerState::Unknown { .. }))
            .map(|row| (row.at, row.message.text.clone()))
    });
    reactive(move || {
        lost.get()
            .flatten()
            .filter(|_| desk.shares())
            .map(|(at, text)| {
                view! {
                    <Notice tone=NoticeTone::Warn announce=true>
                        <p>
                            "Your post of " <Time at form=Form::Clock />
                            " may already have been delivered: its answer was lost. It is looked for on the status page with every reading. Publish again only if the page does not show it."
                        </p>
                        <div class="preview" data-channel="page"><div class="preview-text">{text}</div></div>
                        <Button on_press=move |()| desk.look_again(&open.id())>"Look again"</Button>
                    </Notice>
                }
            })
            .into_any()
    })
}
