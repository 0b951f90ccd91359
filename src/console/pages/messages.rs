//! All messages with sample facts, for the SOP's owner to read, print and approve: the SOP's own first,
//! then what was added to it.

use std::sync::Arc;

use leptos::prelude::*;

use super::documents::{Addition, Day, PrintButton, of_playbook};
use super::parts::stretches;
use crate::console::desk::Desk;
use crate::console::desk::readiness::PLAYBOOK_FILE;
use crate::console::paths::Route;
use crate::sop::channel::Channel;
use crate::sop::message::{EmailParts, Sample, samples};
use crate::sop::playbook::{Playbook, Variant};
use crate::sop::severity::Severity;
use crate::sop::x_length;
use crate::ui::notice::{Notice, NoticeTone};
use crate::ui::page::{PageHeading, scroll_to_fragment};
use crate::ui::reactive::whenever;
use crate::ui::safe_html::Markup;
use crate::words;

/// The page "All messages".
#[component]
pub fn Messages() -> impl IntoView {
    let desk = Desk::here();
    desk.head("All messages");
    view! {
        <div class="page-head">
            <PageHeading>"All messages"</PageHeading>
            <div class="page-acts">
                <a href=Route::Sop.path() class="button">"The SOP"</a>
                <PrintButton desk />
            </div>
        </div>
        {of_playbook(desk, move |playbook| view! { <Review desk playbook /> }.into_any())}
    }
}

#[component]
fn Review(desk: Desk, playbook: Arc<Playbook>) -> impl IntoView {
    whenever(scroll_to_fragment);
    let problems = desk.setup().with(|setup| {
        setup.ready().map_or(0, |ready| {
            ready
                .problems
                .iter()
                .filter(|(file, _)| *file == PLAYBOOK_FILE)
                .count()
        })
    });
    let (own, added): (Vec<Sample>, Vec<Sample>) = samples(&playbook)
        .into_iter()
        .partition(|sample| !is_ours(sample));
    let promise = playbook.additions.promise_line;
    let list = move |of: Vec<Sample>| {
        of.into_iter()
            .map(|sample| view! { <OneMessage sample promise /> })
            .collect_view()
    };
    view! {
        <div class="review">
            <div class="stack-tight measure">
                <p>
                    {format!("Every message of “{}”, version {}, last updated ", playbook.meta.title, playbook.meta.version)}
                    <Day day=playbook.meta.last_updated />
                    ", as it would be sent for a made-up incident."
                </p>
                <p class="small quiet">
                    <span class="value">"Marked so"</span> " is what responders give or the console computes. "
                    <span class="recipient">"[Name]"</span> " is each recipient’s name. Everything else is the text to approve."
                </p>
            </div>
            {(problems > 0).then(|| view! {
                <Notice tone=NoticeTone::Bad>
                    <p>
                        "This is not all of it: the playbook has problems, and a message with a problem is left out. "
                        <a href=Route::Readiness.path()>"See every problem, with its line"</a>
                    </p>
                </Notice>
            })}
            <section class="review" aria-labelledby="own-messages">
                <h2 id="own-messages">"The SOP’s own messages"</h2>
                {list(own)}
            </section>
            <section class="review" aria-labelledby="added-messages">
                <h2 id="added-messages">"Additions to approve"</h2>
                {list(added)}
            </section>
            <dl class="sign" aria-label="Approval of these texts">
                <dt>"Approved by"</dt>
                <dd></dd>
                <dt>"Date"</dt>
                <dd></dd>
                <dt>"Signature"</dt>
                <dd></dd>
            </dl>
        </div>
    }
}

/// Whether something of it is not the SOP's: the message, or its subject for a milder severity.
fn is_ours(sample: &Sample) -> bool {
    sample.addition || sample.severity != Severity::P0
}

/// Where a message stands in the page: links lead there.
fn place_of(sample: &Sample) -> String {
    if sample.severity == Severity::P0 {
        sample.id.clone()
    } else {
        format!("{}-{}", sample.id, sample.severity.word())
    }
}

#[component]
fn OneMessage(sample: Sample, promise: bool) -> impl IntoView {
    let place = place_of(&sample);
    let heading = format!("{place}-name");
    let ours = is_ours(&sample);
    let channel = sample.purpose.channel;
    let where_to = match channel {
        Channel::X => "X and LinkedIn",
        Channel::Team | Channel::Page | Channel::Email | Channel::LinkedIn => {
            words::channel(channel)
        }
    };
    let variant = match sample.purpose.variant {
        Variant::Usual => "",
        Variant::Short => ", where the usual text is too long",
        Variant::True => ", where other systems are still affected",
        Variant::Retraction => ", declared in error",
    };
    let label = if channel == Channel::Email {
        "Subject"
    } else {
        "Title"
    };
    let subject_only = ours && !sample.addition;
    let promised = promise
        && channel == Channel::Page
        && sample
            .preview
            .text
            .iter()
            .any(|stretch| stretch.text.contains("Next update by"));
    let gaps = sample.preview.gaps.len();
    view! {
        <article class="card review-message" id=place aria-labelledby=heading>
            <div class="card-head">
                <h3 id=heading.clone()>
                    {sample.name.clone()}
                    {subject_only.then(|| format!(", for {}", sample.severity.word()))}
                </h3>
                {ours.then(|| view! { <Addition /> })}
            </div>
            <p class="small quiet">
                {where_to} ": " {words::kind(sample.purpose.kind).to_ascii_lowercase()} {variant}
                {sample.status.clone().map(|status| format!(". Status: {status}"))}
                ". " <code>{sample.id.clone()}</code>
            </p>
            {subject_only.then(|| view! {
                <p class="small">"The SOP’s text under a subject of ours: for this severity the SOP has no email of its own."</p>
            })}
            {sample.preview.title.map(|title| view! {
                <p class="review-title"><span class="small quiet">{label} ": "</span> <strong>{stretches(title)}</strong></p>
            })}
            {match sample.email {
                Some(email) => view! { <Letter email /> }.into_any(),
                None => view! { <div class="letter pre">{stretches(sample.preview.text)}</div> }.into_any(),
            }}
            {sample.weight.map(|weight| view! {
                <p class="counter">{format!("{weight} of {} characters on X", x_length::MAX)}</p>
            })}
            {promised.then(|| view! {
                <p class="small quiet">"Its last line, “Next update by …”, is an addition; it can be switched off in the playbook."</p>
            })}
            {(gaps > 0).then(|| view! {
                <Notice tone=NoticeTone::Bad>
                    {format!("{gaps} of its places cannot be filled from the facts.")}
                </Notice>
            })}
        </article>
    }
}

/// Both parts of an email, as a recipient without a name on the list gets them.
#[component]
fn Letter(email: EmailParts) -> impl IntoView {
    view! {
        <div class="letter-parts">
            <div role="group" aria-label="Text part">
                <h4>"Text part"</h4>
                <pre class="letter mail-text">{email.text}</pre>
            </div>
            <div role="group" aria-label="HTML part">
                <h4>"HTML part"</h4>
                <div class="letter letter-html"><Markup html=email.html /></div>
            </div>
        </div>
    }
}
