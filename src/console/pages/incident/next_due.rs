//! The Next due card: one thing to do, its clock, one button.

use leptos::prelude::*;

use crate::console::desk::Desk;
use crate::sop::duty::Duty;
use crate::ui::clock::{Clock, Tone};
use crate::ui::time::Time;
use crate::words;

/// The card; its button is its child.
#[component]
pub fn NextDueCard(
    desk: Desk,
    /// The duty; `None` when nothing is owed.
    duty: Option<Duty>,
    /// The incident, where the card stands on the board.
    #[prop(optional)]
    incident: String,
    children: Children,
) -> impl IntoView {
    let due = duty.as_ref().and_then(Duty::runs_out_at);
    let remaining = Signal::derive(move || due.map(|due| due - desk.now().get()));
    let tone = move || Tone::of(remaining.get()).word();
    let body = match duty {
        None => view! {
            <p class="next-due-name">"Nothing is due."</p>
            <p class="next-due-why">"Everything the SOP asks for is done or decided."</p>
        }
        .into_any(),
        Some(duty) => view! {
            {(!incident.is_empty()).then(|| view! { <p class="next-due-why">{incident}</p> })}
            <p class="next-due-name">{words::duty(duty.key)}</p>
            {(!duty.met).then(|| view! { <Clock remaining /> })}
            <p class="next-due-when">
                {due.map(|due| view! { "Due " <Time at=due /> })}
                {duty.met.then_some(words::MET)}
            </p>
            <p class="next-due-why">
                {duty.clause.clone()}
                {duty.block.map(|_| ". Waits for an approver; the clock runs.")}
            </p>
        }
        .into_any(),
    };
    view! {
        <section class="next-due" aria-labelledby="next-due-label" data-tone=tone>
            <h2 class="next-due-label" id="next-due-label">"Next due"</h2>
            {body}
            <div class="next-due-act">{children()}</div>
        </section>
    }
}
