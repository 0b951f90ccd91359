//! What the composer asks of the one gate (`sop::gate`): the buttons show its reasons, and what leaves is made by it.

use leptos::prelude::*;

use super::{Draft, IncidentContext};
use crate::console::desk::Desk;
use crate::sop::event::EventKind;
use crate::sop::gate::{Gate, Held, Wish};
use crate::sop::lint::Finding;
use crate::sop::message::{PageOptions, Preview, Sendable};
use crate::sop::run::RunId;
use crate::ui::act_dialog::ActDialog;
use crate::ui::button::{Button, Kind};
use crate::ui::field::Field;

/// What the gate says of a draft at this second.
#[derive(Clone, Copy)]
pub struct Gated {
    gate: Memo<Option<Gate>>,
    /// The questions that were answered with a reason already.
    answered: Signal<Vec<String>>,
}

/// Asks the gate about a draft, as often as something changes. `options` is what a page post does besides its text.
pub fn gated(draft: Draft, options: Signal<PageOptions>, no_change: bool) -> Gated {
    let gate = Memo::new(move |_| draft.wish(options.get(), no_change, asked));
    gated_as(gate)
}

/// What another asks of it than a draft of a channel.
pub fn gated_by(ask: impl Fn() -> Option<Gate> + Send + Sync + 'static) -> Gated {
    gated_as(Memo::new(move |_| ask()))
}

fn gated_as(gate: Memo<Option<Gate>>) -> Gated {
    Gated {
        gate,
        answered: Signal::stored(Vec::new()),
    }
}

fn asked(wish: &Wish<'_>) -> Gate {
    wish.ask()
}

impl Gated {
    /// The same where these questions are answered.
    pub fn once_answered(self, answered: Signal<Vec<String>>) -> Self {
        Self { answered, ..self }
    }

    /// The message as it would leave.
    pub fn preview(self) -> Memo<Option<Preview>> {
        Memo::new(move |_| self.gate.with(|gate| gate.as_ref()?.preview.clone()))
    }

    /// Everything that is to be said about it.
    pub fn findings(self) -> Signal<Vec<Finding>> {
        Signal::derive(move || {
            self.gate
                .with(|gate| gate.as_ref().map(|gate| gate.findings.clone()))
                .unwrap_or_default()
        })
    }

    /// Why it may not leave now.
    pub fn blocked(self) -> Signal<Option<String>> {
        Signal::derive(move || self.held(&self.answered.get()))
    }

    /// The same where other questions are answered.
    pub fn held(self, answered: &[String]) -> Option<String> {
        let held = self.gate.with(|gate| gate.as_ref()?.held(answered));
        held.map(|held| reason(&held))
    }

    /// Whether only what may be sent with a reason keeps it from leaving.
    fn may_be_sent_anyway(self) -> Signal<bool> {
        let blocked = self.blocked();
        Signal::derive(move || {
            let may = |gate: &Option<Gate>| gate.as_ref().is_some_and(Gate::may_be_sent_anyway);
            blocked.get().is_some() && self.gate.with(may)
        })
    }

    fn asked_about(self) -> Vec<String> {
        let asked = |gate: &Option<Gate>| gate.as_ref().map(Gate::asked_about);
        self.gate.with_untracked(asked).unwrap_or_default()
    }
}

/// Why something is held, in a sentence.
pub fn reason(held: &Held) -> String {
    match held {
        Held::Waits => {
            "A message is about to leave here. Undo it first to send another.".to_owned()
        }
        Held::Finding(finding) => finding.text.clone(),
        Held::NotMade => "The message is not complete.".to_owned(),
    }
}

/// Freezes a draft at this moment, where these questions are answered. Where it may not leave, an alarm begins with
/// `not`, as in "Not sent", and says why.
pub fn freeze(
    draft: Draft,
    options: PageOptions,
    no_change: bool,
    answered: &[String],
    not: &str,
) -> Option<Sendable> {
    let frozen = untrack(|| draft.wish(options, no_change, |wish| wish.freeze(answered)));
    let why = match frozen {
        Some(Ok(message)) => return Some(message),
        Some(Err(held)) => reason(&held),
        None => "The SOP asks for nothing here now.".to_owned(),
    };
    draft.open.desk.alarm(format!("{not}: {why}"));
    None
}

impl Draft {
    /// What this draft wants to let leave, as of now.
    fn wish<T>(
        self,
        options: PageOptions,
        no_change: bool,
        ask: impl FnOnce(&Wish<'_>) -> T,
    ) -> Option<T> {
        let desk = self.open.desk;
        let playbook = desk.playbook()?;
        let view = self.open.view.get()?;
        let run = self.open.id();
        let (page, components) = (desk.page_seen(&run), desk.components_seen(&run));
        let who = desk.who().get();
        let wish = Wish {
            playbook: &playbook,
            state: &view.state,
            purpose: self.purpose.get()?,
            facts: desk.facts(&view),
            status: self.status.get(),
            promise: self.promise.get(),
            options,
            page: page.as_ref(),
            components: &components,
            sender: desk.actor(&who),
            // The text changes with the second only where it is frozen: the desk's tick is as good until then.
            now: desk.now().get().max(desk.fresh_now()),
            team: desk.told_through(&run),
            unchanged: false,
        };
        Some(ask(&if no_change { wish.no_change() } else { wish }))
    }
}

/// "Send anyway": for what the lint reads out of free words. Asks for a reason, which the log keeps.
#[component]
pub fn SendAnyway(
    /// The message.
    draft: Draft,
    /// What the gate says of it.
    gated: Gated,
    /// Lets it leave, where it is asked about nothing but what is answered here; whether it did. Whoever learns that later
    /// keeps the reason then ([`note`]).
    #[prop(into)]
    on_send: Callback<Vec<String>, bool>,
) -> impl IntoView {
    send_anyway(draft.open, gated, SEND, on_send)
}

/// What the button and its dialog are called, and the dialog's own button.
pub type Called = (&'static str, &'static str);

/// Of what leaves.
pub const SEND: Called = ("Send anyway", "Send it as it stands");
/// Of what is copied, to be sent elsewhere.
pub const COPY: Called = ("Copy anyway", "Copy it as it stands");

/// The same for what is no draft of a channel.
pub fn send_anyway(
    open: IncidentContext,
    gated: Gated,
    (name, act): Called,
    on_send: Callback<Vec<String>, bool>,
) -> impl IntoView {
    let (desk, run) = (open.desk, open.run);
    // What the dialog asks: the reason is for nothing that comes up while it stands.
    let asking = RwSignal::new(None::<Vec<String>>);
    let possible = gated.may_be_sent_anyway();
    let typed = desk.drafts().field(reason_field(&run.get_value()));
    let refusal = Signal::derive(move || {
        typed
            .get()
            .trim()
            .is_empty()
            .then(|| "Say why it is right as it stands.".to_owned())
    });
    let send = move |()| {
        let asked = asking.get_untracked().unwrap_or_default();
        asking.set(None);
        if on_send.run(asked.clone()) {
            note(desk, &run.get_value(), name, &asked);
        }
    };
    view! {
        <Show when=move || possible.get()>
            <Button on_press=move |()| asking.set(Some(gated.asked_about()))>{name}</Button>
        </Show>
        {move || asking.get().map(|asked| view! {
            <ActDialog title=name on_close=move |()| asking.set(None) act
                kind=Kind::Danger disabled_reason=refusal on_act=send>
                <ul>
                    {asked.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view()}
                </ul>
                <Field
                    label="Reason"
                    hint=Some("It stands in the log beside your name.".to_owned())
                    value=typed.value()
                    on_input=move |text| typed.set(text)
                />
            </ActDialog>
        })}
    }
}

/// Where the reason is typed.
fn reason_field(run: &RunId) -> String {
    format!("anyway/{}", run.0)
}

/// Keeps the reason in the log, of what was frozen: it may still be taken back.
pub fn note(desk: Desk, run: &RunId, pressed: &str, asked: &[String]) {
    let field = reason_field(run);
    let reason = desk.drafts().get_untracked(&field).unwrap_or_default();
    let text = format!(
        "Pressed “{pressed}”: {}. Asked about: {}",
        reason.trim(),
        asked.join(" ")
    );
    desk.tell(run, EventKind::Note { text });
    desk.drafts().clear(&field);
}

/// Copies a text, unless something keeps it from leaving: a text with a gap is not copied as if it were whole.
pub fn copy(desk: Desk, gated: Gated, text: String, outcome: RwSignal<Option<Result<(), String>>>) {
    let answered = untrack(|| gated.answered.get());
    copy_anyway(desk, gated, &answered, text, outcome);
}

/// Copies it where these questions are answered; whether it did.
pub fn copy_anyway(
    desk: Desk,
    gated: Gated,
    answered: &[String],
    text: String,
    outcome: RwSignal<Option<Result<(), String>>>,
) -> bool {
    let held = untrack(|| gated.held(answered));
    let copies = held.is_none();
    match held {
        Some(why) => outcome.set(Some(Err(why))),
        None => desk.copy(text, outcome),
    }
    copies
}
