//! The status-page post: its status, what it does to the page, its exact text, and Publish.

use leptos::prelude::*;

use super::super::IncidentContext;
use super::super::by_hand::status_choices;
use super::super::shared::Undecided;
use super::break_glass::BreakGlass;
use super::choices::Choices;
use super::gate::{self, Gated, gated};
use super::preview::{PreviewPane, SopClause};
use super::problems::Problems;
use super::{Draft, FactFields, NothingOwed, purpose_of};
use crate::console::desk::Desk;
use crate::console::pages::parts::say_facts;
use crate::domain::component::{ComponentId, ComponentState};
use crate::domain::incident::IncidentStatus;
use crate::sop::channel::Channel;
use crate::sop::compose;
use crate::sop::duty::DutyKind;
use crate::sop::message::{PageOptions, promise_for};
use crate::sop::run::Phase;
use crate::ui::button::{Button, Kind};
use crate::ui::choice::{Checkbox, Choice, RadioGroup};
use crate::ui::select::Select;
use crate::words;

/// The section "Status page".
#[component]
pub fn PageComposer(open: IncidentContext) -> impl IntoView {
    let chosen = Choices::of(open);
    let last = open.slice(|view| view.state.page.as_ref().map(|last| last.status.clone()));
    let over = open.slice(|view| view.state.phase != Phase::Open);
    let status = Signal::derive(move || {
        if over.get() == Some(true) {
            return IncidentStatus::Resolved;
        }
        let open_status = last.get().flatten().filter(|status| !status.is_over());
        chosen
            .status()
            .or(open_status)
            .unwrap_or(IncidentStatus::Investigating)
    });
    let purpose = purpose_of(open, Channel::Page, status);
    let draft = Draft {
        open,
        purpose,
        status,
        promise: Signal::derive(move || chosen.promise()),
    };
    let options = Memo::new(move |_| options(draft, chosen));
    let owed = Memo::new(move |_| purpose.with(Option::is_some));
    view! {
        <Show when=move || owed.get() fallback=|| view! { <NothingOwed channel=Channel::Page /> }>
            <div class="compose">
                <div class="stack">
                    <Show
                        when=move || over.get() != Some(true)
                        fallback=|| view! { <p>"Status: " <strong>{words::status(&IncidentStatus::Resolved).to_owned()}</strong></p> }
                    >
                        <RadioGroup
                            legend="Status"
                            options=status_choices()
                            value=Signal::derive(move || Some(status.get()))
                            on_change=move |picked: IncidentStatus| chosen.choose_status(&picked)
                        />
                    </Show>
                    <FactFields draft />
                    <PageSwitches draft chosen options />
                </div>
                <SendPanel draft chosen options />
            </div>
        </Show>
    }
}

/// The exact text, what is wrong with it, and the buttons that let it leave.
#[component]
fn SendPanel(draft: Draft, chosen: Choices, options: Memo<PageOptions>) -> impl IntoView {
    let desk = draft.open.desk;
    let gate = gated(draft, options.into(), false);
    let (shown, found, blocked) = (gate.preview(), gate.findings(), gate.blocked());
    let unchanged = gated(draft, options.into(), true);
    let to = Signal::derive(move || {
        desk.setup()
            .with(|setup| setup.config().map(|config| config.status_url.clone()))
            .unwrap_or_default()
    });
    let updating = Memo::new(move |_| {
        draft
            .purpose
            .get()
            .is_some_and(|purpose| purpose.kind == DutyKind::Update)
    });
    let publish = move |no_change: bool, answered: &[String]| {
        let run = draft.open.id();
        if !no_change {
            say_facts(desk, &run);
        }
        let options = options.get_untracked();
        let op = gate::freeze(draft, options, no_change, answered, "Not published")
            .and_then(|message| desk.freeze(&run, message));
        let is_frozen = op.is_some();
        if let Some(op) = op.filter(|_| !no_change) {
            chosen.leave_with(op);
        }
        is_frozen
    };
    view! {
        <div class="stack">
            <PreviewPane channel=Channel::Page preview=shown to />
            <SopClause draft />
            <Problems findings=found />
            <div class="action-bar">
                <Button
                    kind=Kind::Primary
                    disabled_reason=blocked
                    on_press=move |()| { publish(false, &[]); }
                >
                    "Publish to status page"
                </Button>
                <gate::SendAnyway draft gated=gate on_send={move |answered: Vec<String>| publish(false, &answered)} />
                <Show when=move || updating.get()>
                    <Button disabled_reason=unchanged.blocked() on_press=move |()| { publish(true, &[]); }>"No change"</Button>
                </Show>
            </div>
            <Show when=move || updating.get()>
                <Unchanged desk gated=unchanged to />
            </Show>
            <Undecided open=draft.open />
            <BreakGlass draft channel=Channel::Page gate />
        </div>
    }
}

/// What "No change" posts: its own words in sight, all of its text and what is wrong with it one press away.
#[component]
fn Unchanged(desk: Desk, gated: Gated, to: Signal<String>) -> impl IntoView {
    let (shown, found) = (gated.preview(), gated.findings());
    let words = {
        let playbook = desk.playbook_now();
        playbook.map_or_else(String::new, |playbook| playbook.additions.no_change.clone())
    };
    view! {
        <p class="small">{format!("“No change” posts: “{words}”")}</p>
        <details class="more">
            <summary>"All that it posts"</summary>
            <PreviewPane channel=Channel::Page preview=shown to />
            <Problems findings=found />
        </details>
    }
}

/// What the post does besides its text: what the SOP proposes, and over it what was chosen.
fn options(draft: Draft, chosen: Choices) -> PageOptions {
    let proposed = (|| {
        let playbook = draft.open.desk.playbook()?;
        let purpose = draft.purpose.get()?;
        let page = draft.open.desk.page_seen(&draft.open.id());
        draft.open.view.with(|view| {
            view.as_ref()
                .map(|view| compose::page_options(&playbook, &view.state, purpose, page.as_ref()))
        })
    })();
    let mut options = proposed.unwrap_or_default();
    for change in chosen.components() {
        match options
            .components
            .iter_mut()
            .find(|known| known.id == change.id)
        {
            Some(known) => known.state = change.state,
            None => options.components.push(change),
        }
    }
    if let Some(notify) = chosen.notify() {
        options.notify_subscribers = notify;
    }
    options
}

/// The switches of a post: components, the vendor's own mails, the promise.
#[component]
fn PageSwitches(draft: Draft, chosen: Choices, options: Memo<PageOptions>) -> impl IntoView {
    let desk = draft.open.desk;
    // With their names: a choice is drawn anew when its component is read.
    let named = Memo::new(move |_| {
        options.with(|options| {
            options
                .components
                .iter()
                .map(|change| (change.id.clone(), desk.component_name(&change.id)))
                .collect::<Vec<_>>()
        })
    });
    // Asked only where an answer changes the text.
    let promises = Memo::new(move |_| {
        let status = draft.status.get();
        let playbook = desk.playbook()?;
        draft.open.view.with(|view| {
            let view = view.as_ref()?;
            promise_for(
                &playbook,
                view.state.severity,
                &status,
                view.state.declared_at,
            )
        })
    });
    let effects = move || effects(draft, options);
    view! {
        <p class="small">{effects}</p>
        <details class="more options">
            <summary>"What the post does to the page"</summary>
            <div class="form">
                <For
                    each=move || named.get()
                    key=Clone::clone
                    children=move |(id, name)| view! { <ComponentChoice chosen options id name /> }
                />
                <Checkbox
                    label="Ask the status page to mail its own subscribers"
                    checked=Signal::derive(move || options.with(|options| options.notify_subscribers))
                    on_change=move |on| chosen.choose_notify(on)
                />
                <Show when=move || promises.get().is_some()>
                    <Checkbox
                        label="Promise the next update in the last line"
                        checked=Signal::derive(move || chosen.promise())
                        on_change=move |on| chosen.choose_promise(on)
                    />
                </Show>
            </div>
        </details>
    }
}

/// What the post does besides its text, in words: seen before it leaves, whatever is folded away.
fn effects(draft: Draft, options: Memo<PageOptions>) -> String {
    let desk = draft.open.desk;
    let page = desk.page_seen(&draft.open.id());
    let own = draft.open.slice(|view| view.state.page_incident.clone());
    options.with(|options| {
        let changes = compose::real_changes(options, page.as_ref());
        let mut said: Vec<String> = changes
            .iter()
            .map(|change| {
                let name = desk.component_name(&change.id);
                let state = words::component_state(&change.state).to_ascii_lowercase();
                format!("{name} becomes {state}.")
            })
            .collect();
        if draft.status.get().is_over() {
            let own = own.get().flatten();
            said.extend(options.components.iter().filter_map(|change| {
                let page = page.as_ref()?;
                if change.state == ComponentState::UnderMaintenance && page.is_worked_on(&change.id)
                {
                    let name = desk.component_name(&change.id);
                    return Some(format!("Planned work on {name} is running."));
                }
                let others = page.said_by_others(&change.id, own.as_ref())?;
                let name = desk.component_name(&change.id);
                let state = words::component_state(&change.state).to_ascii_lowercase();
                (others == change.state && !change.state.is_operational())
                    .then(|| format!("{name} stays in {state}: another open incident says so."))
            }));
            if said.is_empty() {
                said.push("No component changes.".to_owned());
            }
        }
        said.push(if options.notify_subscribers {
            "The page mails its own subscribers.".to_owned()
        } else {
            "The page does not mail its own subscribers.".to_owned()
        });
        said.join(" ")
    })
}

/// The state that a component is given.
#[component]
fn ComponentChoice(
    chosen: Choices,
    options: Memo<PageOptions>,
    id: ComponentId,
    name: String,
) -> impl IntoView {
    let choices: Vec<Choice<ComponentState>> = ComponentState::CHOICES
        .into_iter()
        .map(|state| {
            let label = words::component_state(&state).to_owned();
            Choice::new(state, label)
        })
        .collect();
    let value = {
        let id = id.clone();
        Signal::derive(move || {
            options.with(|options| {
                options
                    .components
                    .iter()
                    .find(|change| change.id == id)
                    .map(|change| change.state.clone())
            })
        })
    };
    let choose = move |state: ComponentState| chosen.choose_component(&id, state);
    view! { <Select label=format!("{name} becomes") options=choices value on_change=choose /> }
}
