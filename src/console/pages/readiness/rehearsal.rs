//! Trying the hosted services before the real need: the test incident, and the vendors' own consoles for
//! the day on which nothing of ours can reach them.

use leptos::prelude::*;

use crate::config::is_mail_address;
use crate::console::desk::Desk;
use crate::console::desk::rehearsal::{Rehearsal, ShownStep};
use crate::domain::web_link::service_link;
use crate::sop::channel::Channel;
use crate::ui::button::{Button, Kind};
use crate::ui::field::{Field, FieldKind};
use crate::ui::link::NEW_TAB;
use crate::ui::notice::{Notice, NoticeTone};
use crate::ui::shape::{Shape, StateIcon};

/// The section "Hosted services"; nothing where none is used.
#[component]
pub fn HostedServices(desk: Desk) -> impl IntoView {
    let consoles: Vec<(&str, String)> = [
        (Channel::Page, "Statuspage’s own console"),
        (Channel::Email, "the email service’s own console"),
        (Channel::Team, "the team’s channel"),
    ]
    .into_iter()
    .filter_map(|(channel, name)| Some((name, untrack(|| desk.vendor_console(channel))?)))
    .collect();
    if consoles.is_empty() {
        return ().into_any();
    }
    let hosted = |channel| untrack(|| desk.is_hosted(channel));
    let (page, mail) = (hosted(Channel::Page), hosted(Channel::Email));
    let team = hosted(Channel::Team);
    let last = consoles.len() - 1;
    view! {
        <section class="card stack" aria-labelledby="hosted-heading">
            <div class="card-head"><h2 id="hosted-heading">"Hosted services"</h2></div>
            <p class="measure">
                "When nothing here can reach them, post in their own consoles, then record it with “Posted by hand”: "
                {consoles.into_iter().enumerate().map(|(place, (name, address))| view! {
                    {match place {
                        0 => None,
                        place if place == last => Some(" and "),
                        _ => Some(", "),
                    }}
                    <a href=address target="_blank" rel=NEW_TAB>{name}</a>
                }).collect_view()}
                "."
            </p>
            {page.then(|| view! { <TestIncident desk /> })}
            {mail.then(|| view! { <TestMail desk /> })}
            {team.then(|| view! { <TestNotice desk /> })}
        </section>
    }
    .into_any()
}

#[component]
fn TestIncident(desk: Desk) -> impl IntoView {
    let test = desk.rehearsals().incident;
    let busy = Signal::derive(move || why_not(desk, test));
    let no_new_one = Signal::derive(move || {
        why_not(desk, test).or_else(|| {
            test.left
                .with(Option::is_some)
                .then(|| "An earlier one may still be open: close that first.".to_owned())
        })
    });
    view! {
        <h3>"Test incident"</h3>
        <p class="measure">
            "Creates, updates and resolves an incident on your page that says it is a test. Readers can see it for a few seconds, and in the history afterwards. Nobody is notified, and no component changes."
        </p>
        <div class="row">
            <Button kind=Kind::Primary disabled_reason=no_new_one on_press=move |()| desk.run_test_incident(test)>
                "Run a test incident"
            </Button>
            <Button kind=Kind::Quiet disabled_reason=busy on_press=move |()| desk.close_test_incidents(test)>
                "Close open test incidents"
            </Button>
        </div>
        {steps(desk, "Test incident", test)}
        {move || test.left.get().map(|left| view! {
            <Notice tone=NoticeTone::Bad>{left}</Notice>
        })}
    }
}

/// Why a test cannot begin now.
fn why_not(desk: Desk, test: Rehearsal) -> Option<String> {
    if test.runs.get() {
        return Some("The test goes on; wait for its end.".to_owned());
    }
    desk.out_of_reach().map(|what| what.text)
}

#[component]
fn TestMail(desk: Desk) -> impl IntoView {
    let test = desk.rehearsals().mail;
    let address = desk.drafts().field("test-mail".to_owned());
    let busy = Signal::derive(move || {
        why_not(desk, test).or_else(|| {
            (!is_mail_address(address.get().trim()))
                .then(|| "Give the address that it goes to.".to_owned())
        })
    });
    let send = move |()| desk.send_test_mail(test, untrack(|| address.get()).trim().to_owned());
    view! {
        <h3>"Test mail"</h3>
        <div class="row">
            <Field
                label="Your address"
                kind=FieldKind::Email
                value=address.value()
                on_input=move |text| address.set(text)
                autocomplete="email"
            />
            <Button disabled_reason=busy on_press=send>"Send a test mail to me"</Button>
        </div>
        {steps(desk, "Test mail", test)}
    }
}

#[component]
fn TestNotice(desk: Desk) -> impl IntoView {
    let test = desk.rehearsals().team;
    let busy = Signal::derive(move || why_not(desk, test));
    view! {
        <h3>"Test notice"</h3>
        <p class="measure">
            "A webhook can only be tried by a message. Everybody in your team’s channel sees it; it says that it is a test."
        </p>
        <div class="row">
            <Button disabled_reason=busy on_press=move |()| desk.send_test_notice(test)>"Send a test notice"</Button>
        </div>
        {steps(desk, "Test notice", test)}
    }
}

fn steps(desk: Desk, name: &'static str, test: Rehearsal) -> AnyView {
    view! {
        <ul class="checks" aria-label=name aria-live="polite">
            {move || {
                let hosts = desk.link_hosts();
                test.steps.get().into_iter().map(|step| row(step, &hosts)).collect_view()
            }}
        </ul>
    }
    .into_any()
}

fn row(step: ShownStep, hosts: &[String]) -> AnyView {
    let (state, shape, word, found, link) = match step.outcome {
        None => ("waiting", Shape::ClockFace, "Going on", String::new(), None),
        Some(Ok(link)) => ("done", Shape::Check, "Done", String::new(), link),
        Some(Err(why)) => ("failed", Shape::Cross, "Failed", format!("{why}."), None),
    };
    view! {
        <li class="check-row" data-state=state>
            <span class="state-word"><StateIcon shape /> {word}</span>
            <span class="strong">{step.what}</span>
            <span class="check-found">
                {found}
                {link.map(|link| match service_link(&link, hosts).map(str::to_owned) {
                    Some(link) => view! {
                        <a href=link target="_blank" rel=NEW_TAB>"See it on the page"</a>
                    }
                    .into_any(),
                    None => link.into_any(),
                })}
            </span>
        </li>
    }
    .into_any()
}
