//! What somebody did in the vendor's own console, and what became of a send whose answer was lost.

use allclear::domain::impact::Impact;
use allclear::domain::incident::{Incident, IncidentId, IncidentStatus, IncidentUpdate};
use allclear::sop::channel::Channel;
use allclear::sop::duty::{DutyKind, DutyState};
use allclear::sop::event::{SendOutcome, Receipt, EventKind};
use allclear::sop::run::Run;
use allclear::sop::severity::Severity;
use allclear::sop::shared::{
    Evidence, Sheet, adopted_posts, find, pending, placed, posted_after_the_end,
};
use serde_json::Map;

use super::{say, take_in};
use crate::sop::support::at;
use crate::sop::support::log::{Log, post};

use IncidentStatus::{Identified, Investigating, Monitoring, Postmortem};

/// An incident with these updates, oldest first: id, status, when, text.
pub(in crate::sop) fn incident(updates: &[(&str, IncidentStatus, &str, &str)]) -> Incident {
    let updates = updates.iter().rev().map(|(id, status, when, body)| IncidentUpdate {
        id: (*id).to_owned(),
        status: status.clone(),
        body: (*body).to_owned(),
        created_at: at(when),
        told_at: None,
        affected: Vec::new(),
    });
    Incident {
        id: IncidentId("inc".to_owned()),
        name: "Checkout".to_owned(),
        impact: Impact::Critical,
        created_at: at("14:05"),
        started_at: None,
        updates: updates.collect(),
        components: Vec::new(),
        postmortem: None,
        demo: false,
    }
}

fn sent(log: &mut Log, op: &str, when: &str, status: IncidentStatus, text: &str, answer: Option<SendOutcome>) {
    let mut message = post(status, Severity::P0, None);
    text.clone_into(&mut message.text);
    log.say(when, EventKind::SendStarted { op: op.to_owned(), message });
    if let Some(outcome) = answer {
        log.say(when, EventKind::SendAnswered { op: op.to_owned(), outcome });
    }
}

fn accepted(update: &str) -> SendOutcome {
    let receipt = Receipt { vendor_id: Some(update.to_owned()), link: None };
    SendOutcome::Accepted { receipt }
}

fn unknown() -> SendOutcome {
    SendOutcome::Unknown { reason: "lost".to_owned() }
}

fn adopted(log: &Log, incident: &Incident, now: &str) -> Vec<String> {
    let events = adopted_posts(&log.sop, &log.run, incident, at(now));
    events.iter().map(|event| event.id.page_update().unwrap().to_owned()).collect()
}

#[test]
fn an_update_that_nothing_accounts_for_is_adopted() {
    let failed = || Some(SendOutcome::Failed { reason: "no".to_owned() });
    for (name, answer, text, update, now, expected) in [
        ("ours, answered", Some(accepted("u")), "T", ("u", Investigating, "14:05", "T"), "14:06", false),
        ("ours, its answer on the way", None, "T", ("u", Investigating, "14:05", "T"), "14:05", false),
        ("ours, its answer lost", Some(unknown()), "T", ("u", Investigating, "14:05", "T"), "15:00", false),
        ("another console’s, on the way", None, "", ("u", Investigating, "14:05", "T"), "14:07", false),
        ("another console’s, never answered", None, "", ("u", Investigating, "14:05", "T"), "14:09", true),
        ("our send had failed", failed(), "T", ("u", Investigating, "14:05", "T"), "14:06", true),
        ("of another status", Some(accepted("x")), "T", ("u", Identified, "14:05", "T"), "14:06", true),
        ("much later", Some(unknown()), "T", ("u", Investigating, "14:20", "T"), "14:21", true),
        ("a post-mortem", failed(), "T", ("u", Postmortem, "14:05", "T"), "14:06", false),
    ] {
        let mut log = Log::declared(Severity::P0, "14:00");
        sent(&mut log, "op", "14:05", Investigating, text, answer);
        assert_eq!(adopted(&log, &incident(&[update]), now) == ["u"], expected, "{name}");
    }
}

#[test]
fn one_send_accounts_for_one_update_and_a_post_by_hand_for_its_own() {
    let mut log = Log::declared(Severity::P0, "14:00");
    sent(&mut log, "op", "14:05", Investigating, "T", Some(unknown()));
    log.by_hand("14:20", "14:15", post(Monitoring, Severity::P0, None));
    let page = incident(&[
        ("1", Investigating, "14:05", "T"),
        ("2", Investigating, "14:06", "U"),
        ("3", Monitoring, "14:14", "V"),
        ("4", Monitoring, "14:16", "W"),
    ]);
    assert_eq!(adopted(&log, &page, "14:21"), ["2", "4"]);
}

#[test]
fn an_adopted_post_closes_duties_and_keeps_the_promise_that_its_text_makes() {
    let mut log = Log::declared(Severity::P0, "14:00");
    let page = incident(&[("u", Investigating, "14:05", "We look.\r\nNext update by 14:20 UTC.")]);
    let events = adopted_posts(&log.sop, &log.run, &page, at("14:06"));
    assert_eq!(events.len(), 1);
    let again = adopted_posts(&log.sop, &log.run, &page, at("14:10"));
    assert_eq!(events, again, "every console makes the same event");
    for event in events {
        log.run.insert(event);
    }
    assert!(adopted(&log, &page, "14:07").is_empty(), "and makes it once");
    let duties = log.duties("14:07");
    let on = |kind| duties.iter().find(|duty| duty.key.kind == kind && duty.key.channel == Some(Channel::Page)).unwrap();
    assert_eq!(on(DutyKind::First).state, DutyState::Done { at: at("14:05"), late_seconds: 0 });
    assert_eq!(on(DutyKind::Update).due_at, Some(at("14:20")));
    let row = &log.state("14:07").ledger[0];
    assert_eq!((row.who.as_str(), row.message.text.as_str()), ("Status page", page.updates[0].body.as_str()));
    // A console that never saw it has nothing of it beside the incident: each adopts by itself.
    assert!(Sheet::of(&log.run).ids().iter().all(|id| id.page_update().is_none()));
}

#[test]
fn an_adopted_post_promises_nothing_for_the_next_day() {
    let mut log = Log::declared(Severity::P0, "14:00");
    let page = incident(&[("u", Investigating, "14:32", "We look.\r\nNext update by 14:30 UTC.")]);
    for event in adopted_posts(&log.sop, &log.run, &page, at("14:33")) {
        log.run.insert(event);
    }
    let duties = log.duties("14:33");
    let update = duties.iter().find(|duty| duty.key.kind == DutyKind::Update).unwrap();
    assert_eq!((update.due_at, update.promised), (Some(at("14:47")), false));
}

#[test]
fn what_was_adopted_does_not_count_once_its_send_is_known() {
    let mut log = Log::declared(Severity::P0, "14:00");
    let page = incident(&[("u", Investigating, "14:05", "T")]);
    for event in adopted_posts(&log.sop, &log.run, &page, at("14:06")) {
        log.run.insert(event);
    }
    assert_eq!(log.state("14:07").ledger.len(), 1);
    log.device = "b".to_owned();
    sent(&mut log, "op", "14:05", Investigating, "", Some(accepted("u")));
    let ledger = log.state("14:07").ledger;
    assert_eq!(ledger.len(), 1);
    assert_eq!(ledger[0].op.as_deref(), Some("op"));
}

#[test]
fn a_declaring_device_whose_clock_is_ahead_does_not_hide_what_was_posted() {
    let mut log = Log::declared(Severity::P0, "14:30");
    let page = incident(&[("u", Investigating, "14:05", "T")]);
    for event in adopted_posts(&log.sop, &log.run, &page, at("14:31")) {
        log.run.insert(event);
    }
    assert_eq!(log.state("14:31").ledger.len(), 1);
    let place = placed(&log.run, &page).unwrap();
    log.run.insert(place);
    assert_eq!(log.state("14:31").page_incident, Some(page.id.clone()));
    assert_eq!(placed(&log.run, &page), None);
    assert!(adopted(&log, &page, "14:32").is_empty());
}

#[test]
fn a_post_after_the_end_asks_whether_to_reopen() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05").resolved("14:40");
    let late = |when| incident(&[("u", Monitoring, when, "T")]);
    for (when, asks) in [("14:30", false), ("14:50", true)] {
        let mut run = log.run.clone();
        for event in adopted_posts(&log.sop, &run, &late(when), at("14:51")) {
            run.insert(event);
        }
        assert_eq!(posted_after_the_end(&log.sop, &run, at("14:52")), asks, "{when}");
    }
}

fn left(log: &Log, device: &str, now: &str) -> Vec<String> {
    pending(&log.run, device, at(now)).into_iter().map(|send| send.op).collect()
}

#[test]
fn a_send_is_lost_when_it_says_so_or_was_not_answered_for_long() {
    let mut log = Log::declared(Severity::P0, "14:00");
    sent(&mut log, "answered", "14:05", Investigating, "T", Some(accepted("u")));
    sent(&mut log, "unknown", "14:05", Identified, "T", Some(unknown()));
    sent(&mut log, "cut off", "14:05", Monitoring, "T", None);
    assert_eq!(left(&log, "a", "14:05"), ["unknown"]);
    assert_eq!(left(&log, "a", "14:06:31"), ["unknown", "cut off"]);
    assert!(left(&log, "b", "14:08").is_empty(), "its own console comes first");
    assert_eq!(left(&log, "b", "14:08:01"), ["unknown", "cut off"]);
}

/// A run whose send of "We look &amp; see." as Investigating at 14:05 was lost, and what the page shows.
fn looked_for(ring: bool, updates: &[(&str, IncidentStatus, &str, &str)]) -> Option<Evidence> {
    let mut log = Log::declared(Severity::P0, "14:00");
    sent(&mut log, "before", "14:04", Investigating, "We look & see.", Some(accepted("taken")));
    sent(&mut log, "op", "14:05", Investigating, "We look & see.\n\nNext update by 14:20 UTC.", Some(unknown()));
    let mut sheet = Sheet::of(&log.run);
    if ring {
        sheet.reached("a", "op");
    }
    let metadata = sheet.beside(&Map::new());
    let page = incident(updates);
    let lost = pending(&log.run, "a", at("14:06")).remove(0);
    find(&lost, &log.run, std::iter::once((&page, &metadata)))
}

#[test]
fn a_lost_send_is_found_by_its_operation_or_else_by_status_and_text() {
    let text = "We look &amp; see.<br />\r\nNext update by 14:20 UTC.";
    let yes = |update: &str| Some(Evidence {
        incident: IncidentId("inc".to_owned()),
        update: Some(update.to_owned()),
    });
    let unnamed = Some(Evidence { incident: IncidentId("inc".to_owned()), update: None });
    for (name, ring, updates, expected) in [
        ("nothing there", false, vec![], None),
        ("the same text", false, vec![("u", Investigating, "14:05", text)], yes("u")),
        ("another text", false, vec![("u", Investigating, "14:05", "Other.")], None),
        ("another status", false, vec![("u", Identified, "14:05", text)], None),
        ("before it left", false, vec![("u", Investigating, "14:02", text)], None),
        ("another send’s", false, vec![("taken", Investigating, "14:05", text)], None),
        ("proved, whatever became of the text", true, vec![("u", Investigating, "14:05", "Other.")], yes("u")),
        ("proved, and the update is gone", true, vec![], unnamed),
        ("proved, of two the one that says the same", true,
            vec![("u", Investigating, "14:05", text), ("v", Investigating, "14:06", "Other.")], yes("u")),
    ] {
        assert_eq!(looked_for(ring, &updates), expected, "{name}");
    }
}

#[test]
fn a_send_of_a_console_that_died_is_proved_by_the_ring_alone() {
    let mut theirs = Log::declared(Severity::P0, "14:00");
    sent(&mut theirs, "op", "14:05", Investigating, "T", None);
    let mut sheet = Sheet::of(&theirs.run);
    sheet.reached("a", "op");
    let metadata = sheet.beside(&Map::new());
    let mut ours = Run::new(theirs.run.id.clone());
    take_in(&mut ours, &metadata);
    let lost = pending(&ours, "b", at("14:10")).remove(0);
    let page = incident(&[("u", Investigating, "14:05", "T")]);
    let found = find(&lost, &ours, std::iter::once((&page, &metadata))).unwrap();
    assert_eq!(found.update.as_deref(), Some("u"));
    assert_eq!(find(&lost, &ours, std::iter::once((&page, &Map::new()))), None);
    say(&mut ours, "b", at("14:10"), EventKind::SendAnswered { op: "op".to_owned(), outcome: accepted("u") });
    assert!(pending(&ours, "b", at("14:20")).is_empty());
}
