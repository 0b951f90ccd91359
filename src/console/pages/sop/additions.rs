//! What was added to the SOP, each with its state, for the SOP's owner.

use std::sync::Arc;

use leptos::prelude::*;

use crate::console::pages::documents::Addition;
use crate::sop::facts::{Fact, joined};
use crate::sop::playbook::{Message, Playbook};

/// The additions that are not messages.
#[component]
pub fn AdditionList(playbook: Arc<Playbook>) -> impl IntoView {
    let additions = &playbook.additions;
    let defaults: Vec<_> = Fact::ALL
        .into_iter()
        .filter_map(|fact| {
            let text = playbook.fact_defaults.get(&fact)?.clone();
            Some(view! { <li>{playbook.label(fact).to_owned()} ": " <q>{text}</q></li> })
        })
        .collect();
    let bridges = [&additions.bridge_raised, &additions.bridge_lowered]
        .map(|template| view! { <li><q>{template.source().to_owned()}</q></li> });
    let lists = [
        (
            "Detail on an attack, warned about in breaches and security incidents",
            &additions.forbidden_words,
        ),
        (
            "Claims about everyone, which are seldom true",
            &additions.sweeping_claims,
        ),
        ("Words that put blame on people", &additions.blame_words),
    ]
    .map(|(what, words)| view! { <dt>{what}</dt> <dd>{words.join(", ")}</dd> });
    let approved: Vec<&str> = playbook
        .types
        .iter()
        .filter(|kind| kind.approval)
        .map(|kind| kind.name.as_str())
        .collect();
    let approved = (!approved.is_empty()).then(|| {
        let types = joined(&approved);
        view! {
            <dt>"Nothing is said in public before a named approver is recorded"</dt>
            <dd>{types}</dd>
        }
    });
    let plain: Vec<_> = playbook.messages.iter().filter_map(plain_subject).collect();
    view! {
        <section aria-labelledby="sop-additions">
            <h2 id="sop-additions">"Additions to the SOP " <Addition /></h2>
            <dl class="pairs">
                <dt>"“Next update by …” as the last line of status-page posts"</dt>
                <dd>{on(additions.promise_line)}</dd>
                <dt>"An incident keeps the title of its first post"</dt>
                <dd>{on(additions.keep_first_title)}</dd>
                <dt>"Our email list covers the page’s subscribers, so the page does not mail them"</dt>
                <dd>{on(additions.list_covers_subscribers)}</dd>
                <dt>"What “No change” posts"</dt>
                <dd><q>{additions.no_change.clone()}</q></dd>
                {approved}
                {plain}
                {lists.collect_view()}
            </dl>
            <h3>"Sentences that bridge a change of severity: raised, lowered"</h3>
            <ul>{bridges.collect_view()}</ul>
            <h3>"What a message says while a fact is not known"</h3>
            <ul>{defaults}</ul>
        </section>
    }
}

/// A subject of ours for severities that the SOP's subject does not fit.
fn plain_subject(message: &Message) -> Option<AnyView> {
    let subject = message.title_plain.as_ref()?.source().to_owned();
    let severities: Vec<&str> = message
        .title_plain_for
        .iter()
        .map(|severity| severity.word())
        .collect();
    let what = format!("Subject of “{}” for {}", message.name, joined(&severities));
    Some(view! { <dt>{what}</dt> <dd><q>{subject}</q></dd> }.into_any())
}

fn on(switch: bool) -> &'static str {
    if switch { "On" } else { "Off" }
}
