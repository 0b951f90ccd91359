//! What this console learns of an incident's facts from the posts that others made on its page.

use allclear::domain::incident::{Incident, IncidentStatus};
use allclear::sop::channel::Channel;
use allclear::sop::compose;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::{EventKind, Receipt, SendOutcome};
use allclear::sop::facts::{Fact, Facts};
use allclear::sop::message::preview;
use allclear::sop::playbook::{Purpose, Variant};
use allclear::sop::severity::Severity;
use allclear::sop::message::read_back::service_in;
use allclear::sop::shared::{arrived, facts_there};
use allclear::sop::template::joined;

use super::adoption::incident;
use crate::sop::decisions::facts;
use crate::sop::support::at;
use crate::sop::support::log::{Log, post};

use IncidentStatus::{Identified, Investigating, Monitoring, Resolved};

/// The facts of a log once the page is read at a time.
fn read(log: &mut Log, page: &Incident) -> Facts {
    for event in facts_there(&log.sop, &log.run, page) {
        log.run.insert(event);
    }
    log.state("14:59").facts
}

/// The title and the text that another console posts.
fn posted(kind: DutyKind, status: IncidentStatus, facts: &Facts) -> (String, String) {
    let log = Log::declared(Severity::P0, "14:00");
    let purpose = Purpose { channel: Channel::Page, kind, variant: Variant::Usual };
    let filling = compose::filling(&log.sop, &log.state("14:10"), facts.clone(), purpose, status, true, at("14:10"));
    let preview = preview(&log.sop, purpose, &filling).unwrap();
    (joined(&preview.title.unwrap()), joined(&preview.text))
}

fn with(fact: Fact, value: &str) -> Facts {
    let mut said = facts();
    said.set(fact, value.to_owned());
    said
}

#[test]
fn whatever_the_playbook_posts_is_read_again() {
    for (kind, status, says) in [
        (DutyKind::First, Investigating, &[Fact::Service, Fact::Symptom, Fact::Impact][..]),
        (DutyKind::Update, Identified, &[Fact::Service, Fact::Impact]),
        (DutyKind::Resolved, Resolved, &[Fact::Service, Fact::Cause, Fact::Impact]),
        (DutyKind::Reopened, Investigating, &[Fact::Service]),
    ] {
        let said = with(Fact::Impact, "Customers in the EU: all of them.\nOthers see old prices.");
        let (title, text) = posted(kind, status.clone(), &said);
        for text in [text.clone(), text.replace('\n', "\r\n")] {
            let mut log = Log::declared(Severity::P0, "14:00");
            let page = Incident { name: title.clone(), ..incident(&[("u1", status.clone(), "14:10", &text)]) };
            let read = read(&mut log, &page);
            for fact in says {
                let words = |facts: &Facts| facts.get(*fact).map(|words| words.replace('\r', ""));
                assert_eq!(words(&read), words(&said), "{kind:?} {fact:?}: {text}");
            }
            assert_eq!(read.get(Fact::Progress), None, "it is news each time");
        }
    }
}

#[test]
fn each_fact_is_learnt_where_it_was_told_and_what_was_said_here_later_holds() {
    let (_, first) = posted(DutyKind::First, Investigating, &with(Fact::Impact, ""));
    let (_, second) = posted(DutyKind::Update, Identified, &with(Fact::Impact, "EU customers"));
    let (title, third) = posted(DutyKind::Update, Monitoring, &with(Fact::Impact, "EU customers"));
    let updates = [("u1", Investigating, "14:05", first.as_str()), ("u2", Identified, "14:20", &second), ("u3", Monitoring, "14:35", &third)];
    let page = |posts: usize| Incident { name: title.clone(), ..incident(updates.get(..posts).unwrap()) };
    let mut log = Log::declared(Severity::P0, "14:00");
    assert_eq!(read(&mut log, &page(1)).get(Fact::Impact), None, "the playbook's own sentence is no fact");
    assert_eq!(read(&mut log, &page(2)).get(Fact::Impact), Some("EU customers"));
    log.say("14:30", EventKind::FactSet { fact: Fact::Impact, value: "EU and US".to_owned() });
    assert_eq!(read(&mut log, &page(3)).get(Fact::Impact), Some("EU and US"), "the third post told what the second did");
    let events = log.run.events().count();
    read(&mut log, &page(3));
    assert_eq!(log.run.events().count(), events, "read once more, it is the same");
}

#[test]
fn of_what_this_console_posted_its_own_log_knows_the_facts() {
    let (_, text) = posted(DutyKind::First, Investigating, &facts());
    let sent = |words: &str| {
        let mut log = Log::declared(Severity::P0, "14:00");
        let mut message = post(Investigating, Severity::P0, None);
        words.clone_into(&mut message.text);
        let op = || "op".to_owned();
        log.say("14:05", EventKind::SendStarted { op: op(), message });
        let receipt = Receipt { vendor_id: Some("u1".to_owned()), link: None };
        log.say("14:05", EventKind::SendAnswered { op: op(), outcome: SendOutcome::Accepted { receipt } });
        let page = Incident { name: "no title of ours".to_owned(), ..incident(&[("u1", Investigating, "14:05", &text)]) };
        facts_there(&log.sop, &log.run, &page).len()
    };
    assert_eq!(sent(&text), 0);
    assert_eq!(sent(""), 3, "of another console's, the sheet beside the incident has no words");
}

#[test]
fn a_service_that_was_corrected_here_stays_as_long_as_the_page_names_the_one_before() {
    let both = with(Fact::Service, "Checkout and API");
    let (_, first) = posted(DutyKind::First, Investigating, &with(Fact::Service, "Checkout"));
    let (title, update) = posted(DutyKind::Update, Identified, &both);
    let mut updates = vec![("u1", Investigating, "14:05", first.as_str()), ("u2", Identified, "14:20", update.as_str())];
    let mut log = Log::declared(Severity::P0, "14:00");
    let named = |updates: &[_], title: &str| Incident { name: title.to_owned(), ..incident(updates) };
    assert_eq!(read(&mut log, &named(&updates, &title)).get(Fact::Service), Some("Checkout and API"));
    log.say("14:25", EventKind::FactSet { fact: Fact::Service, value: "Checkout and Payments".to_owned() });
    let events = log.run.events().count();
    for (id, when) in [("u3", "14:30"), ("u4", "14:40"), ("u5", "14:50")] {
        updates.push((id, Identified, when, update.as_str()));
        assert_eq!(read(&mut log, &named(&updates, &title)).get(Fact::Service), Some("Checkout and Payments"), "{id}");
    }
    assert_eq!(log.run.events().count(), events, "nothing is new in them");
    updates.push(("u6", Identified, "14:55", update.as_str()));
    let renamed = title.replace("Checkout and API", "Everything");
    assert_eq!(read(&mut log, &named(&updates, &renamed)).get(Fact::Service), Some("Everything"), "a title that changed is news");
}

#[test]
fn words_that_were_posted_from_here_by_whatever_way_are_no_news() {
    let (_, text) = posted(DutyKind::First, Investigating, &with(Fact::Impact, "EU"));
    let page = || incident(&[("u1", Investigating, "14:05", &text)]);
    let mut message = post(Investigating, Severity::P0, None);
    message.text.clone_from(&text);
    let mut unanswered = Log::declared(Severity::P0, "14:00");
    unanswered.say("14:05", EventKind::SendStarted { op: "op".to_owned(), message: message.clone() });
    let mut by_hand = Log::declared(Severity::P0, "14:00");
    by_hand.by_hand("14:06", "14:05", message);
    for mut log in [unanswered, by_hand] {
        log.say("14:01", EventKind::FactSet { fact: Fact::Impact, value: "EU".to_owned() });
        log.say("14:03", EventKind::FactSet { fact: Fact::Impact, value: "EU and US".to_owned() });
        assert_eq!(read(&mut log, &page()).get(Fact::Impact), Some("EU and US"));
    }
}

#[test]
fn what_was_changed_where_it_was_posted_by_hand_is_learnt() {
    let (title, text) = posted(DutyKind::First, Investigating, &with(Fact::Impact, "EU and R&D"));
    let mut log = Log::declared(Severity::P0, "14:00");
    log.facts("14:03", &with(Fact::Impact, "EU"));
    let mut message = post(Investigating, Severity::P0, None);
    message.text.clone_from(&text);
    log.by_hand("14:07", "14:05", message);
    let page = Incident { name: title, ..incident(&[("u1", Investigating, "14:05", &text)]) };
    assert_eq!(read(&mut log, &page).get(Fact::Impact), Some("EU and R&D"));
    let events = log.run.events().count();
    read(&mut log, &page);
    assert_eq!(log.run.events().count(), events, "read once more, it is the same");
    log.say("14:10", EventKind::FactSet { fact: Fact::Impact, value: "EU".to_owned() });
    assert_eq!(read(&mut log, &page).get(Fact::Impact), Some("EU"), "what was said here later holds");
}

#[test]
fn what_a_page_did_to_a_fact_is_no_news() {
    let (title, first) = posted(DutyKind::First, Investigating, &with(Fact::Impact, "R&D"));
    let (_, second) = posted(DutyKind::Update, Identified, &with(Fact::Impact, "R&D"));
    let escaped = second.replace('&', "&amp;");
    let mut log = Log::declared(Severity::P0, "14:00");
    let page = Incident { name: title, ..incident(&[("u1", Investigating, "14:05", &first), ("u2", Identified, "14:20", &escaped)]) };
    assert_eq!(read(&mut log, &page).get(Fact::Impact), Some("R&D"));
    let markup = "**Video** - Update";
    assert_eq!(service_in(&log.sop, markup).as_deref(), Some("Video"), "as in a body");
}

#[test]
fn how_many_posts_of_a_console_arrived_is_known() {
    let mut log = Log::declared(Severity::P0, "14:00");
    assert_eq!(arrived(&log.run, "a"), 0);
    let start = |op: &str| EventKind::SendStarted { op: op.to_owned(), message: post(Investigating, Severity::P0, None) };
    let answer = |op: &str, outcome| EventKind::SendAnswered { op: op.to_owned(), outcome };
    log.say("14:01", start("failed")).say("14:02", answer("failed", SendOutcome::Failed { reason: String::new() }));
    log.say("14:03", start("found")).say("14:04", answer("found", SendOutcome::Unknown { reason: String::new() }));
    assert_eq!(arrived(&log.run, "a"), 0);
    log.say("14:05", answer("found", SendOutcome::Accepted { receipt: Receipt::default() }));
    log.device = "b".to_owned();
    log.page("14:06");
    log.by_hand("14:07", "14:07", post(Investigating, Severity::P0, None));
    assert_eq!((arrived(&log.run, "a"), arrived(&log.run, "b")), (1, 1), "each has its own");
}

#[test]
fn words_of_somebody_else_teach_nothing() {
    let mut log = Log::declared(Severity::P0, "14:00");
    for text in ["", "We look into it.", "Update: half", "Impact: all\nStarted: now", "<p>An issue affecting <b>you</b></p>"] {
        let page = Incident { name: "Elevated errors".to_owned(), ..incident(&[("u1", Investigating, "14:05", text)]) };
        assert_eq!(read(&mut log, &page), Facts::default(), "{text}");
    }
    for (title, service) in [
        ("Payments - Investigating Issue", Some("Payments")),
        ("Payments - Update", Some("Payments")),
        ("A - B - Resolved", Some("A - B")),
        ("Elevated errors", None),
        (" - Update", None),
        ("Payments - Update to the app", None),
    ] {
        assert_eq!(service_in(&log.sop, title).as_deref(), service, "{title}");
    }
}
