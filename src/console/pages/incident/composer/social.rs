//! X and LinkedIn: the exact text with its counter, the way to the network, and the proof that it was
//! posted.

use leptos::prelude::*;

use super::super::IncidentContext;
use super::gate::{self, gated};
use super::preview::{PreviewPane, SopClause, plain};
use super::problems::Problems;
use super::{Draft, FactFields, NothingOwed, freeze_for_hand, purpose_of, record_posted, to_copy};
use crate::console::desk::kept::drafts::post_field;
use crate::console::pages::parts::say_facts;
use crate::domain::incident::IncidentStatus;
use crate::sop::channel::Channel;
use crate::sop::message::PageOptions;
use crate::sop::playbook::{Purpose, Variant};
use crate::sop::x_length;
use crate::ui::button::{Button, CopyButton, Kind};
use crate::ui::choice::{Choice, RadioGroup};
use crate::ui::field::{Field, FieldKind};
use crate::words;

/// The section "X" or "LinkedIn".
#[component]
pub fn SocialComposer(open: IncidentContext, channel: Channel) -> impl IntoView {
    let usual = purpose_of(open, channel, Signal::stored(IncidentStatus::Investigating));
    let chosen = ChosenText { open, usual };
    let purpose = Memo::new(move |_| chosen.purpose());
    let draft = Draft::of(open, purpose);
    let owed = Memo::new(move |_| usual.with(Option::is_some));
    view! {
        <Show when=move || owed.get() fallback=move || view! { <NothingOwed channel /> }>
            <div class="compose">
                <div class="stack">
                    <Variants chosen />
                    <FactFields draft />
                </div>
                <SendPanel draft channel chosen />
            </div>
        </Show>
    }
}

/// Which of the playbook's texts a responder chose for what is owed. It is a draft: whoever comes back from the network
/// finds the text that was posted there.
#[derive(Clone, Copy)]
struct ChosenText {
    open: IncidentContext,
    /// What is owed, in the SOP's own text.
    usual: Memo<Option<Purpose>>,
}

const TEXT: &str = "text";
const ANSWERED: &str = "answered";

/// The texts that may be chosen, the SOP's own first.
const TEXTS: [(Variant, &str, &str); 3] = [
    (Variant::Usual, "usual", "The SOP’s text"),
    (Variant::Short, "short", "Shorter"),
    (
        Variant::True,
        "true",
        "Without “All systems are operational”",
    ),
];

impl ChosenText {
    /// Of each message of each episode: which text was chosen, or which questions about it were answered.
    fn field(self, purpose: Purpose, what: &str) -> String {
        let episode = self
            .open
            .view
            .with(|view| view.as_ref().map_or(1, |view| view.state.episode));
        let what = format!("{}/{:?}/{what}", purpose.channel.word(), purpose.kind);
        post_field(&self.open.id(), episode, &what)
    }

    /// The questions that were answered with a reason: what is on the network since is not asked about once more.
    fn answered(self) -> Vec<String> {
        let kept = self.usual.get().and_then(|usual| {
            let field = self.field(usual, ANSWERED);
            self.open.desk.drafts().get(&field)
        });
        kept.iter()
            .flat_map(|kept| kept.lines())
            .map(str::to_owned)
            .collect()
    }

    fn answer(self, asked: &[String]) {
        if let Some(usual) = self.usual.get_untracked() {
            let field = untrack(|| self.field(usual, ANSWERED));
            self.open.desk.drafts().set(&field, asked.join("\n"));
        }
    }

    fn has(self, purpose: Purpose) -> bool {
        let playbook = self.open.desk.playbook();
        playbook.is_some_and(|playbook| playbook.message(purpose).is_some())
    }

    /// What is owed, in the chosen text.
    fn purpose(self) -> Option<Purpose> {
        let usual = self.usual.get()?;
        if usual.variant == Variant::Retraction {
            return Some(usual);
        }
        let kept = self.open.desk.drafts().get(&self.field(usual, TEXT));
        let chosen = TEXTS
            .into_iter()
            .find(|(_, word, _)| kept.as_deref() == Some(*word));
        let variant = chosen.map_or(Variant::Usual, |(variant, ..)| variant);
        let chosen = Purpose { variant, ..usual };
        Some(if self.has(chosen) { chosen } else { usual })
    }

    fn choose(self, variant: Variant) {
        let Some(usual) = self.usual.get_untracked() else {
            return;
        };
        if let Some((_, word, _)) = TEXTS.into_iter().find(|(known, ..)| *known == variant) {
            let field = untrack(|| self.field(usual, TEXT));
            self.open.desk.drafts().set(&field, word.to_owned());
        }
    }
}

/// The playbook's texts for the purpose, where it has several.
#[component]
fn Variants(chosen: ChosenText) -> impl IntoView {
    let choices = Memo::new(move |_| {
        // What is taken back has one text.
        let usual = chosen.usual.get();
        let usual = usual.filter(|usual| usual.variant != Variant::Retraction);
        let has = |variant| usual.is_some_and(|usual| chosen.has(Purpose { variant, ..usual }));
        TEXTS
            .into_iter()
            .filter(|(variant, ..)| has(*variant))
            .map(|(variant, _, label)| Choice::new(variant, label))
            .collect::<Vec<_>>()
    });
    move || {
        let choices = choices.get();
        (choices.len() > 1).then(|| {
            view! {
                <RadioGroup
                    legend="Text"
                    options=choices
                    value=Signal::derive(move || chosen.purpose().map(|purpose| purpose.variant))
                    on_change=move |picked| chosen.choose(picked)
                />
            }
        })
    }
}

/// The text, its length, and the way out.
#[component]
fn SendPanel(draft: Draft, channel: Channel, chosen: ChosenText) -> impl IntoView {
    let desk = draft.open.desk;
    let answered = Signal::derive(move || chosen.answered());
    let gate = gated(draft, Signal::stored(PageOptions::default()), false).once_answered(answered);
    let (shown, found, blocked) = (gate.preview(), gate.findings(), gate.blocked());
    let drill = draft.open.slice(|view| view.state.drill);
    let not_opened = Signal::derive(move || {
        if drill.get() == Some(true) {
            return Some(
                "In a drill nothing leaves this browser: read the text, and press Posted."
                    .to_owned(),
            );
        }
        blocked.get()
    });
    let text = plain(shown);
    let length = Memo::new(move |_| x_length::weight(&text.get()));
    let link = desk
        .drafts()
        .field(format!("link/{}/{}", draft.open.id().0, channel.word()));
    let name = words::channel(channel);
    let copied = RwSignal::new(None);
    let open_network = move |()| {
        say_facts(desk, &draft.open.id());
        desk.open_share(channel, &text.get_untracked());
    };
    let posted = move |()| {
        let answered = untrack(|| answered.get());
        let recorded = freeze_for_hand(draft, &answered).is_some_and(|message| {
            record_posted(desk, &draft.open.id(), message, &untrack(|| link.get()))
        });
        if recorded {
            desk.say(format!("Recorded as posted on {name}."));
            link.clear();
        }
    };
    // It is opened now, and recorded once it is posted there: without being asked about once more.
    let answer = move |asked: Vec<String>| {
        if let Some(why) = untrack(|| gate.held(&asked)) {
            desk.alarm(format!("Not opened: {why}"));
            return false;
        }
        chosen.answer(&asked);
        if drill.get_untracked() != Some(true) {
            open_network(());
        }
        true
    };
    view! {
        <div class="stack">
            <PreviewPane channel preview=shown to=format!("Your account on {name}") />
            <SopClause draft />
            {(channel == Channel::X).then(|| view! {
                <p class="counter" data-over=move || (length.get() > x_length::MAX).then_some("true")>
                    {move || format!("{} of {} characters, as X counts", length.get(), x_length::MAX)}
                </p>
            })}
            <Problems findings=found on_offer=Callback::new(move |offered| chosen.choose(offered)) />
            <div class="action-bar">
                <Button kind=Kind::Primary disabled_reason=not_opened on_press=open_network>
                    {format!("Open {name}")}
                </Button>
                <gate::SendAnyway draft gated=gate on_send=answer />
                <CopyButton
                    label="Copy text"
                    on_copy=move |()| gate::copy(desk, gate, to_copy(draft.open, text.get_untracked()), copied)
                    outcome=copied
                />
            </div>
            <div class="row posted">
                <Field
                    label="Link to the post"
                    hint=Some("The proof: paste it when it is posted.".to_owned())
                    kind=FieldKind::Url
                    value=link.value()
                    on_input=move |typed| link.set(typed)
                />
                <Button disabled_reason=blocked on_press=posted>"Posted"</Button>
            </div>
        </div>
    }
}
