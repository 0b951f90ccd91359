//! Incidents that were opened on the status page and not from here: listed on the board, and adopted by a
//! person's choice.

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::console::desk::sharing::Stranger;
use crate::console::pages::kind_fields::{KindFields, asks_aware, asks_data};
use crate::console::pages::moment::{Moment, MomentField};
use crate::console::paths::Route;
use crate::console::router;
use crate::domain::said::Said;
use crate::sop::event::{PersonalData, TimeFact};
use crate::sop::severity::Severity;
use crate::ui::act_dialog::ActDialog;
use crate::ui::button::Button;
use crate::ui::choice::{Choice, RadioGroup};
use crate::ui::notice::{Notice, NoticeTone};
use crate::ui::reactive;
use crate::ui::reactive::in_turn;
use crate::ui::time::Time;
use crate::words;

/// The list; nothing while there is nothing to adopt.
pub fn draw_strangers() -> AnyView {
    let desk = Desk::here();
    let strangers = desk.strangers();
    let asked = RwSignal::new(None::<Stranger>);
    // Beside the list: what is being answered stands, whatever comes to the list meanwhile.
    let dialog = move || {
        asked.get().map(|stranger| {
            view! { <AdoptDialog desk stranger on_close=move |()| asked.set(None) /> }
        })
    };
    let list = reactive(move || {
        let strangers = strangers.get();
        if strangers.is_empty() {
            return ().into_any();
        }
        let rows = strangers
            .into_iter()
            .map(|stranger| {
                let (title, opened) = (stranger.title.clone(), stranger.opened_at);
                let status = words::status(&stranger.status).to_owned();
                let act = format!("Adopt “{title}”");
                view! {
                    <li class="row">
                        <span>
                            <strong>{title}</strong> " · " {status} " · opened " <Time at=opened />
                        </span>
                        <Button on_press=move |()| asked.set(Some(stranger.clone()))>{act}</Button>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="card stack" aria-labelledby="strangers-heading">
                <h2 id="strangers-heading">"On the status page, not from here"</h2>
                <p>"Adopt an incident, and it gets its duties and clocks. What was posted there counts."</p>
                <ul class="stack-tight">{rows}</ul>
            </section>
        }
        .into_any()
    });
    view! { {list} {dialog} }.into_any()
}

/// Asks what the page does not know: type and severity.
#[component]
fn AdoptDialog(
    desk: Desk,
    stranger: Stranger,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let go = router::go();
    let first = desk
        .playbook_now()
        .and_then(|playbook| Some(playbook.types.first()?.id.clone()));
    let kind = RwSignal::new(first);
    let severity = RwSignal::new(None::<Severity>);
    let data = RwSignal::new(Some(PersonalData::Unknown));
    let problem = RwSignal::new((false, None::<String>));
    let severities: Vec<Choice<Severity>> = Severity::ALL
        .into_iter()
        .map(|severity| Choice::new(severity, severity.word()))
        .collect();
    let severities = StoredValue::new(severities);
    // The law's clock runs from when somebody became aware, which was not at the adoption.
    let aware = MomentField::known(desk, TimeFact::BecameAware.name(), Some(stranger.opened_at));
    let asks_aware = move || kind.with(|kind| asks_aware(desk, kind.as_ref()));
    let (strangers, id) = (desk.strangers(), stranger.id.clone());
    let missing = Signal::derive(move || {
        if strangers.with(|all| !all.iter().any(|one| one.id == id)) {
            return Some(
                "It is no longer open on the page, or somebody has adopted it.".to_owned(),
            );
        }
        if severity.get().is_none() {
            return Some("Choose the severity; unsure means the higher one.".to_owned());
        }
        asks_aware()
            .then(|| aware.refusal(desk.now().get()))
            .flatten()
    });
    let name = stranger.title.clone();
    let adopt = move |()| {
        let (Some(kind), Some(severity)) = (kind.get_untracked(), severity.get_untracked()) else {
            return;
        };
        let data = data
            .get_untracked()
            .filter(|_| asks_data(desk, Some(&kind)));
        let aware = untrack(|| {
            let now = desk.fresh_now();
            let said = asks_aware().then(|| aware.said(now))?;
            match said {
                Said::At(at) => Some(at),
                Said::Now | Said::Wrong(_) => Some(now),
            }
        });
        match desk.adopt(&stranger.id, kind, severity, (data, aware)) {
            Ok(run) => {
                go(&Route::Incident(run));
            }
            Err(refusal) => problem.update(|(is_second, said)| {
                let text = format!("Not adopted: {}.", words::refusal(refusal));
                (*is_second, *said) = (!*is_second, Some(text));
            }),
        }
    };
    let title = format!("Adopt “{name}”");
    view! {
        <ActDialog title on_close act="Adopt the incident" disabled_reason=missing on_act=adopt>
            <p>"Its clocks start now, by the severity that you choose."</p>
            <KindFields desk kind data />
            <Show when=asks_aware>
                <Moment field=aware />
            </Show>
            <RadioGroup
                legend="Severity"
                options=severities.get_value()
                value=severity
                on_change=move |chosen| severity.set(Some(chosen))
            />
            {move || {
                let (is_second, said) = problem.get();
                said.map(|text| in_turn(is_second, view! {
                    <Notice tone=NoticeTone::Bad announce=true><p>{text}</p></Notice>
                }))
            }}
        </ActDialog>
    }
}
