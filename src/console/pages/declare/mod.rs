//! Declaring an incident, in under a minute on a phone: what is broken, how bad, since when. Everything
//! typed here survives a reload; nothing leaves the browser by declaring.

mod kept;
mod more;

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::console::desk::drafts::Typed;
use crate::console::pages::drill::is_declaring;
use crate::console::pages::kind_fields::{self, DataField};
use crate::console::pages::moment::{Moment, MomentField};
use crate::console::paths::Route;
use crate::console::router;
use crate::domain::component::ComponentId;
use crate::domain::said::Said;
use crate::sop::event::{EventKind, TimeFact};
use crate::sop::facts::{Fact, Facts, joined};
use crate::sop::playbook::{IncidentType, Playbook};
use crate::sop::severity::{Broken, Reach, Severity, suggested};
use crate::ui::button::{Button, Kind};
use crate::ui::choice::{Choice, RadioGroup};
use crate::ui::field::{Field, FieldKind};
use crate::ui::notice::{Notice, NoticeTone};
use crate::ui::page::{PageHeading, focus_once_there};
use crate::ui::select::Select;
use crate::ui::time;
use crate::words;

const PREFIX: &str = "declare/";
/// When something was typed last.
const AT: &str = "at";
/// The fields that hold a time.
const TIMES: [&str; 2] = ["started", "aware"];
/// The other fields.
const TEXTS: [&str; 9] = [
    "service",
    "more",
    "named",
    "type",
    "severity",
    "symptom",
    "impact",
    "description",
    "data",
];

/// The field of a time that is not taken.
const WRONG_TIME: &str = "form.declare .moment [aria-invalid=true]";

/// The form's fields, as drafts.
#[derive(Clone, Copy)]
struct Form {
    desk: Desk,
    /// Whether something was typed in this visit of the page.
    touched: StoredValue<bool>,
}

impl Form {
    fn text(self, field: &'static str) -> Signal<String> {
        Signal::derive(move || {
            self.desk
                .drafts()
                .get(&format!("{PREFIX}{field}"))
                .unwrap_or_default()
        })
    }

    fn set(self, field: &'static str) -> impl Fn(String) + Copy + Send + Sync + 'static {
        move |text| {
            self.desk.drafts().set(&format!("{PREFIX}{field}"), text);
            self.note();
        }
    }

    /// Notes that something was typed now.
    fn note(self) {
        self.touched.set_value(true);
        let now = time::machine(self.desk.fresh_now());
        let field = format!("{PREFIX}{AT}");
        if self.desk.drafts().get_untracked(&field).as_ref() != Some(&now) {
            self.desk.drafts().set(&field, now);
        }
    }

    /// Whether anything is typed.
    fn has_any(self) -> bool {
        let mut fields = TEXTS.iter().chain(&TIMES);
        fields.any(|field| {
            let text = self.desk.drafts().get(&format!("{PREFIX}{field}"));
            text.is_some_and(|text| !text.is_empty())
        })
    }

    fn kept(self, field: &'static str) -> Typed {
        self.desk.drafts().field(format!("{PREFIX}{field}"))
    }

    fn services(self) -> Vec<String> {
        let first = self.text("service").get();
        let more = self.text("more").get();
        let mut ids: Vec<String> = Vec::new();
        for id in std::iter::once(first.as_str()).chain(more.split('\n')) {
            if !id.is_empty() && !ids.iter().any(|known| known == id) {
                ids.push(id.to_owned());
            }
        }
        ids
    }

    fn kind(self, playbook: &Playbook) -> Option<IncidentType> {
        let chosen = self.text("type").get();
        playbook
            .incident_type(&chosen)
            .or_else(|| playbook.types.first())
            .cloned()
    }

    fn severity(self, playbook: &Playbook) -> Option<Severity> {
        let chosen = self.text("severity").get();
        let said = Severity::ALL
            .into_iter()
            .find(|severity| severity.word() == chosen);
        said.or_else(|| self.kind(playbook).map(|kind| kind.default_severity))
    }
}

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
    let form = Form {
        desk,
        touched: StoredValue::new(false),
    };
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
    let problem = RwSignal::new(None::<String>);
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
    let declare = move || {
        let (Some(kind), Some(severity)) = (kind.get_untracked(), severity.get_untracked()) else {
            return;
        };
        let ids: Vec<String> = untrack(move || form.services());
        let named = form.text("named").get_untracked().trim().to_owned();
        let in_words = in_words.get_untracked() && !named.is_empty();
        if ids.is_empty() && !in_words {
            problem.set(Some("Choose the service that is affected.".to_owned()));
            return;
        }
        let now = desk.fresh_now();
        let at = |field: MomentField| match untrack(|| field.said(now)) {
            Said::Now => Some(now),
            Said::At(at) => Some(at),
            Said::Wrong(_) => {
                problem.set(untrack(|| field.refusal(now)));
                focus_once_there(WRONG_TIME, 2);
                None
            }
        };
        let Some(impact_started) = at(started) else {
            return;
        };
        let became_aware = if untrack(asks_aware) {
            let Some(at) = at(aware) else {
                return;
            };
            Some(at)
        } else {
            None
        };
        let names: Vec<String> = ids
            .iter()
            .map(|id| untrack(|| desk.component_name(&ComponentId(id.clone()))))
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut facts = Facts::default();
        facts.set(Fact::Service, if in_words { named } else { joined(&names) });
        for (fact, field) in [
            (Fact::Symptom, "symptom"),
            (Fact::Impact, "impact"),
            (Fact::Description, "description"),
        ] {
            facts.set(fact, form.text(field).get_untracked());
        }
        let personal_data =
            untrack(asks_data).then(|| kind_fields::data_of(&form.text("data").get_untracked()));
        let what = EventKind::Declared {
            impact_started,
            severity,
            kind: kind.id,
            components: ids.into_iter().map(ComponentId).collect(),
            became_aware,
            personal_data,
            facts,
            sop_version: playbook.with_value(|playbook| playbook.meta.version.clone()),
            drill: untrack(|| is_declaring(desk)),
        };
        match desk.declare(what) {
            Ok(run) => {
                desk.drafts().clear_all(PREFIX);
                go(&Route::Incident(run));
            }
            Err(refusal) => {
                problem.set(Some(format!("Not declared: {}.", words::refusal(refusal))));
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
                problem.set(None);
                declare();
            }
        >
            <kept::OldDraft form />
            {move || if in_words.get() {
                view! {
                    <Field label=label(Fact::Service)
                        hint=Some("The page’s components are not known here, so name it as readers know it. The post changes no component; do that in the status page’s own console.".to_owned())
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
                    />
                    <more::MoreServices desk form />
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
            {move || problem.get().map(|text| view! {
                <div role="alert"><Notice tone=NoticeTone::Bad><p>{text}</p></Notice></div>
            })}
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
    let many = RwSignal::new(None::<Reach>);
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
                    Choice::new(Reach::Most, "Most users"),
                    Choice::new(Reach::Some, "Some users"),
                    Choice::new(Reach::Unsure, "Not sure"),
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
