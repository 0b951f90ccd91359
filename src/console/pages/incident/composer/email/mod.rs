//! The email to affected users: who gets it, both parts as they arrive, Send, and how each sending stands.

mod list;
mod never;
mod out;
mod sendings;
mod trial;

pub use sendings::Sendings;

use leptos::prelude::*;

use super::super::IncidentContext;
use super::{Draft, FactFields, NothingOwed, purpose_of};
use crate::domain::incident::IncidentStatus;
use crate::sop::channel::Channel;
use crate::sop::duty::DutyKind;
use crate::sop::playbook::Purpose;

/// The section "Email".
#[component]
pub fn EmailTab(open: IncidentContext) -> impl IntoView {
    let purpose = purpose_of(
        open,
        Channel::Email,
        Signal::stored(IncidentStatus::Investigating),
    );
    view! { <EmailComposer open purpose /> }
}

/// Writing an email of a purpose: the notifications, and the report on its own page.
#[component]
pub fn EmailComposer(open: IncidentContext, purpose: Memo<Option<Purpose>>) -> impl IntoView {
    let draft = Draft::of(open, purpose);
    let owed = Memo::new(move |_| purpose.with(Option::is_some));
    // The report has a page of its own; the tab shows them all.
    let only = purpose.with_untracked(|purpose| {
        let kind = purpose.map(|purpose| purpose.kind)?;
        (kind == DutyKind::Report).then_some(kind)
    });
    view! {
        <Sendings open only />
        <Show
            when=move || owed.get()
            fallback=move || view! {
                <NothingOwed channel=Channel::Email />
                <list::KeptList open />
            }
        >
            <div class="compose">
                <div class="stack">
                    <FactFields draft />
                    <list::RecipientsRegion draft />
                </div>
                <out::SendPanel draft />
            </div>
        </Show>
    }
}
