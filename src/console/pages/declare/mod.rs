//! Declaring an incident, in under a minute on a phone: what is broken, how bad, since when. Everything
//! typed here survives a reload; nothing leaves the browser by declaring.

mod filled;
mod form;
mod kept;

use leptos::prelude::*;

use filled::{Filled, Unfilled};
use form::{Form, PREFIX};

use crate::console::desk::Desk;
use crate::console::pages::drill::is_declaring;
use crate::console::pages::kind_fields::{self, DataField};
use crate::console::pages::moment::{Moment, MomentField};
use crate::console::pages::services::ServiceBoxes;
use crate::console::paths::Route;
use crate::console::router;
use crate::sop::event::TimeFact;
use crate::sop::facts::Fact;
use crate::sop::playbook::Playbook;
use crate::sop::severity::{Affects, Broken, Severity, suggested};
use crate::ui::button::{Button, Kind};
use crate::ui::choice::{Choice, RadioGroup};
use crate::ui::field::{Field, FieldKind};
use crate::ui::notice::{Notice, NoticeTone};
use crate::ui::page::{PageHeading, focus_once_there};
use crate::ui::reactive::in_turn;
use crate::ui::select::Select;
use crate::words;

/// The field that is not taken.
const WRONG: &str = "form.declare [aria-invalid=true]";

/// The page `/declare`.
#[component]
pub fn Declare() -> impl IntoView {
    let desk = Desk::here();
    desk.head("Declare incident");
    view! {
        <PageHeading>"Declare incident"</PageHeading>
        {move || match desk.playbook() {
            Some(playbook) => view! { <DeclareForm desk playbook /> }.into_any(),
            None => view! {
                <Notice tone=NoticeTone::Info>
                    <p>"Waiting for the playbook. If it cannot be read, Readiness says why."</p>
                </Notice>
            }
            .into_any(),
        }}
    }
}

#[component]
fn DeclareForm(desk: Desk, playbook: std::sync::Arc<Playbook>) -> impl IntoView {
    let form = Form::new(desk);
    kept::forget_old_times(form);
    let go = router::go();
    let moment = move |label, field| {
        MomentField::now(desk, label).kept(form.kept(field), move || form.note())
    };
    let (started, aware) = (
        moment(TimeFact::ImpactStarted.name(), "started"),
        moment(TimeFact::BecameAware.name(), "aware"),
    );
    let playbook = StoredValue::new(playbook);
    let problem = RwSignal::new((false, None::<String>));
    let label = move |fact| playbook.with_value(|playbook| playbook.label(fact).to_owned());

    let types = playbook.with_value(|playbook| {
        playbook
            .types
            .iter()
            .map(|kind| Choice::new(kind.id.clone(), &kind.name).with_note(&kind.description))
            .collect::<Vec<_>>()
    });
    let severities = playbook.with_value(|playbook| {
        Severity::ALL
            .into_iter()
            .map(|severity| {
                let rules = playbook.severities.of(severity);
                Choice::new(severity, format!("{} {}", severity.word(), rules.name))
                    .with_note(format!("{}. {}.", rules.impact_text, rules.response_text))
            })
            .collect::<Vec<_>>()
    });
    let kind = Memo::new(move |_| playbook.with_value(|playbook| form.kind(playbook)));
    let severity = Memo::new(move |_| playbook.with_value(|playbook| form.severity(playbook)));
    let kind_id = move || kind.get().map(|kind| kind.id);
    let asks_data = move || kind_fields::asks_data(desk, kind_id().as_ref());
    let asks_aware = move || kind_fields::asks_aware(desk, kind_id().as_ref());
    let in_words = Memo::new(move |_| desk.names_service());
    let filled = Filled {
        form,
        playbook,
        in_words,
        kind,
        severity,
        started,
        aware,
    };
    let is_serviceless = RwSignal::new(false);
    let no_service = Signal::derive(move || {
        let missing = is_serviceless.get().then(|| filled.service().err())?;
        missing.map(Unfilled::words)
    });
    let say = move |text| {
        problem.update(|(is_second, said)| {
            (*is_second, *said) = (!*is_second, Some(text));
        });
    };
    let declare = move || {
        let declared = match untrack(|| filled.event(desk.fresh_now())) {
            Ok(event) => desk.declare(event),
            Err(unfilled) => {
                if !matches!(unfilled, Unfilled::NoType) {
                    focus_once_there(WRONG, 2);
                }
                is_serviceless.set(unfilled == Unfilled::NoService);
                return say(unfilled.words());
            }
        };
        match declared {
            Ok(run) => {
                desk.drafts().clear_all(PREFIX);
                go(&Route::Incident(run));
            }
            Err(refusal) => {
                say(format!("Not declared: {}.", words::refusal(refusal)));
            }
        }
    };

    let components = Memo::new(move |_| {
        let all = desk.components();
        all.iter()
            .map(|component| Choice::new(component.id.0.clone(), component.name_among(&all)))
            .collect::<Vec<_>>()
    });
    let chosen_service =
        Signal::derive(move || Some(form.text("service").get()).filter(|id| !id.is_empty()));
    view! {
        <form
            class="form declare"
            aria-label="Declare incident"
            on:submit=move |event| {
                event.prevent_default();
                declare();
            }
        >
            <kept::OldDraft form />
            {move || if in_words.get() {
                view! {
                    <Field label=label(Fact::Service)
                        hint=Some("The page’s components are not known here, so name it as readers know it. The post changes no component; do that in the status page’s own console.".to_owned())
                        error=no_service required=true
                        value=form.text("named") on_input=form.set("named") />
                }
                .into_any()
            } else {
                view! {
                    <Select
                        label=label(Fact::Service)
                        options=components.get()
                        value=chosen_service
                        on_change=form.set("service")
                        error=no_service
                        required=true
                    />
                    <details class="more">
                        <summary>"More services are affected"</summary>
                        <ServiceBoxes
                            all=Signal::derive(move || desk.components())
                            chosen=form.text("service")
                            ticked=Signal::derive(move || form.more())
                            on_toggle=move |(id, on)| form.toggle(&id, on)
                        />
                    </details>
                }
                .into_any()
            }}
            <RadioGroup legend="Type" options=types cards=true
                value=Signal::derive(kind_id)
                on_change=form.set("type") />
            <SeverityHelp form />
            <RadioGroup legend="Severity" options=severities cards=true
                hint=Some("When unsure, take the higher one; it can be lowered later.".to_owned())
                value=severity
                on_change=move |severity: Severity| form.set("severity")(severity.word().to_owned()) />
            <Field label=label(Fact::Symptom) kind=FieldKind::Long
                hint=Some("What users see, as in “Users may experience …”".to_owned())
                value=form.text("symptom") on_input=form.set("symptom") />
            <Field label=label(Fact::Impact) kind=FieldKind::Long
                hint=Some("Leave it empty while it is not known; the message then says so.".to_owned())
                value=form.text("impact") on_input=form.set("impact") />
            <Field label=label(Fact::Description) kind=FieldKind::Long
                hint=Some("For the email: one or two sentences.".to_owned())
                value=form.text("description") on_input=form.set("description") />
            <Moment field=started />
            <Show when=asks_aware>
                <Moment field=aware />
            </Show>
            <Show when=asks_data>
                <DataField
                    data=Signal::derive(move || Some(kind_fields::data_of(&form.text("data").get())))
                    on_change=move |known| form.set("data")(kind_fields::data_word(known)) />
            </Show>
            {move || {
                let (is_second, said) = problem.get();
                said.map(|text| in_turn(is_second, view! {
                    <Notice tone=NoticeTone::Bad announce=true><p>{text}</p></Notice>
                }))
            }}
            <div class="action-bar">
                <Button kind=Kind::Primary submit=true on_press=|()| ()>
                    {move || if is_declaring(desk) { "Declare the drill" } else { "Declare" }}
                </Button>
            </div>
        </form>
    }
}

/// Two questions that suggest a severity; the responder decides.
#[component]
fn SeverityHelp(form: Form) -> impl IntoView {
    let broken = RwSignal::new(None::<Broken>);
    let many = RwSignal::new(None::<Affects>);
    let advice = Memo::new(move |_| Some(suggested(broken.get()?, many.get()?)));
    view! {
        <details class="more">
            <summary>"Not sure how severe? Two questions"</summary>
            <RadioGroup legend="What is broken"
                options=vec![
                    Choice::new(Broken::Everything, "Everything, or data is at risk"),
                    Choice::new(Broken::Major, "A major feature"),
                    Choice::new(Broken::Minor, "Something small or slow"),
                    Choice::new(Broken::Looks, "Only how it looks"),
                ]
                value=broken on_change=move |answer| broken.set(Some(answer)) />
            <RadioGroup legend="For how many"
                options=vec![
                    Choice::new(Affects::Most, "Most users"),
                    Choice::new(Affects::Some, "Some users"),
                    Choice::new(Affects::Unsure, "Not sure"),
                ]
                value=many on_change=move |answer| many.set(Some(answer)) />
            {move || advice.get().map(|severity| view! {
                <p>
                    {format!("That sounds like {}. ", severity.word())}
                    <Button on_press=move |()| form.set("severity")(severity.word().to_owned())>
                        {format!("Take {}", severity.word())}
                    </Button>
                </p>
            })}
        </details>
    }
}
