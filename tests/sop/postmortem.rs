//! The post-mortem's two texts (decided since, 5): the internal record stays inside, what readers get is a message of its
//! own before the one gate.

use allclear::domain::incident::IncidentId;
use allclear::domain::page::Snapshot;
use allclear::sop::channel::Channel;
use allclear::sop::duty::{DutyKind, DutyState};
use allclear::sop::event::{EventKind, Receipt, SendOutcome, SentMessage};
use allclear::sop::facts::Fact;
use allclear::sop::gate::{Held, PublicText};
use allclear::sop::report::{TO_BE_WRITTEN, participants, prefilled, public_draft};
use allclear::sop::run::{LedgerState, PostmortemRecord, Refusal, permitted};
use allclear::sop::severity::Severity;
use allclear::sop::shared::{Sheet, pending};

use super::support::at;
use super::support::log::{Log, key, message};
use super::support::table::check_at;

const TEXT: &str = "## Summary\n\nA key was replaced.";

fn published(text: &str) -> SentMessage {
    SentMessage { text: text.to_owned(), ..message(Channel::Page, DutyKind::Postmortem) }
}

fn leaves(op: &str) -> EventKind {
    EventKind::AboutToLeave { op: op.to_owned(), message: published(TEXT), leaves_at: at("15:00:15") }
}

/// A breach with all that must stay inside.
fn breach() -> Log {
    let mut log = Log::declared_as("breach", Severity::P0, "13:52", "14:00", None);
    for (fact, value) in [(Fact::Service, "Login"), (Fact::Description, "Keys were replaced."), (Fact::Impact, "People who log in.")] {
        log.say("14:00", EventKind::FactSet { fact, value: value.to_owned() });
    }
    log.say("14:01", EventKind::Note { text: "Ada thinks vendor X leaked the keys".to_owned() })
        .approve("14:02", "Grace Hopper")
        .page("14:05")
        .say("14:05", EventKind::PageIncident { id: IncidentId("i1".to_owned()) })
        .skip("14:10", key(1, DutyKind::First, Channel::X), "legal said no")
        .say("14:20", EventKind::RegulatorNotified { reference: Some("ICO-4711".to_owned()), notified_at: None })
        .severity("14:30", Severity::P1)
        .resolved("14:44");
    log
}

#[test]
fn nothing_that_was_typed_for_ourselves_is_in_the_public_text_by_itself() {
    let log = breach();
    let draft = public_draft(&log.sop, &log.state("15:00"));
    for inside in ["vendor X", "Ada", "Grace", "legal said no", "ICO", "P0", "P1", "Skipped", "Note", "Regulator"] {
        assert!(!draft.contains(inside), "{inside}: {draft}");
    }
    assert_eq!(
        draft,
        format!(
            "## Summary\n\nKeys were replaced.\n\n- Impact started: 2026-03-09 13:52 UTC\n- First public update: 2026-03-09 14:05 UTC\n\
             - Resolved: 2026-03-09 14:44 UTC\n- Duration: 52 minutes\n\n## Impact\n\nPeople who log in.\n\n## Cause\n\n\
             The root cause is still under review.\n\n## Resolution\n\n{TO_BE_WRITTEN}\n\n## Prevention\n\n{TO_BE_WRITTEN}\n"
        )
    );
}

#[test]
fn a_comma_belongs_to_a_name() {
    for (typed, people) in [
        ("Lovelace, Ada; Hopper, Grace", &["Lovelace, Ada", "Hopper, Grace"][..]),
        ("Lovelace, Ada\n\n Hopper, Grace ;\n", &["Lovelace, Ada", "Hopper, Grace"]),
        ("Ada", &["Ada"]),
        (" ;\n; ", &[]),
    ] {
        assert_eq!(participants(typed), people, "{typed:?}");
    }
}

/// What the gate says of a text: the first that holds it, and whether a reason lets it go.
fn held(log: &Log, text: &str, when: &str) -> (Option<String>, bool) {
    let state = log.state(when);
    let page = Snapshot::default();
    let wanted = PublicText { playbook: &log.sop, state: &state, text, page: Some(&page), components: &[], sender: "Ada".into(), now: at(when) };
    let why = match wanted.freeze(&[]) {
        Ok(message) => {
            assert_eq!(message.record(), &published(text.trim()));
            None
        }
        Err(Held::Finding(finding)) => Some(finding.text),
        Err(Held::Waits) => Some("waits".to_owned()),
        Err(Held::NotMade) => Some("not made".to_owned()),
    };
    (why, wanted.freeze(&wanted.ask().asked_about()).is_ok())
}

#[test]
fn the_public_text_passes_the_gate_of_every_message() {
    let mut log = breach();
    assert_eq!(held(&log, TEXT, "15:00"), (None, true));
    assert_eq!(held(&log, " \n", "15:00"), (Some("not made".to_owned()), false));
    let unwritten = held(&log, &format!("## Cause\n\n{TO_BE_WRITTEN}"), "15:00");
    assert!(unwritten.0.unwrap().contains(TO_BE_WRITTEN) && !unwritten.1);
    for words in ["Next update by 16:00 UTC.", "It was [SERVICE] that failed.", "All systems are operational."] {
        let (why, anyway) = held(&log, words, "15:00");
        assert!(why.is_some() && anyway, "{words}: {why:?}");
    }
    // What stands in one entry of a list says nothing about the next.
    assert_eq!(held(&log, "- Resolved: 14:44 UTC\n- Duration: an hour\n\n## Impact\n\nall API calls", "15:00"), (None, true));
    // The brackets of a link are no placeholder; what stands in them may be one.
    assert_eq!(held(&log, "See [the graph](https://example.com/graph).", "15:00"), (None, true));
    assert!(held(&log, "See [the \\[GRAPH\\]](https://example.com/graph).", "15:00").0.is_some());
    let much = "A sentence of some length. ".repeat(200);
    assert_eq!(held(&log, &much, "15:00"), (None, true), "a post-mortem may be long");
    assert!(!held(&log, &much.repeat(10), "15:00").1);
    // Whatever waits on the page holds it.
    log.say("15:00:00", EventKind::AboutToLeave { op: "a".to_owned(), message: message(Channel::Page, DutyKind::Update), leaves_at: at("15:00:15") });
    assert_eq!(held(&log, TEXT, "15:00:05").0.as_deref(), Some("waits"));
    // Another type asks for an approval of its own.
    log.change_type("15:10", "security");
    let (why, anyway) = held(&log, TEXT, "15:11");
    assert!(why.unwrap().contains("approver") && !anyway);
}

#[test]
fn the_button_knows_when_there_is_nothing_to_publish() {
    let says = |log: &Log, when: &str, words: &str| {
        let (why, anyway) = held(log, TEXT, when);
        assert!(why.as_ref().is_some_and(|why| why.contains(words)) && !anyway, "{when}: {why:?}");
    };
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05");
    says(&log, "14:06", "comes after the resolution");
    log.resolved("14:44").say("14:45", EventKind::PageIncident { id: IncidentId("i1".to_owned()) });
    assert_eq!(held(&log, TEXT, "14:46"), (None, true));
    let sent = EventKind::SendStarted { op: "a".to_owned(), message: published(TEXT) };
    log.say("14:50", sent);
    says(&log, "14:51", "on its way");
    assert_eq!(held(&log, TEXT, "17:00"), (None, true), "its console is gone");
    log.reopened("17:10").in_error("17:20");
    says(&log, "17:21", "declared in error");
    assert_eq!(refused(&log, "17:21", &leaves("b")), Some(Refusal::NoPostmortemOwed));
}

fn refused(log: &Log, when: &str, what: &EventKind) -> Option<Refusal> {
    permitted(&log.sop, &log.run, what, "Ada", at(when)).err()
}

#[test]
fn it_leaves_only_where_it_can_stand() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05");
    assert_eq!(refused(&log, "14:06", &leaves("a")), Some(Refusal::PostmortemTooEarly));
    log.resolved("14:44");
    assert_eq!(refused(&log, "15:00", &leaves("a")), Some(Refusal::NotOnPage));
    log.say("14:45", EventKind::PageIncident { id: IncidentId("i1".to_owned()) });
    assert_eq!(refused(&log, "15:00", &leaves("a")), None);
    let empty = EventKind::SendStarted { op: "a".to_owned(), message: published(" ") };
    assert_eq!(refused(&log, "15:00", &empty), Some(Refusal::NoPostmortemText));
    log.say("15:00", leaves("a"));
    assert_eq!(refused(&log, "15:00:05", &leaves("b")), Some(Refusal::AboutToLeaveHere));
    let mut locked = breach();
    locked.change_type("14:50", "security");
    assert_eq!(refused(&locked, "15:00", &leaves("a")), Some(Refusal::NeedsApproval));
    locked.approve("14:55", "Ada");
    assert_eq!(refused(&locked, "15:00", &leaves("a")), Some(Refusal::ApproverIsSender));
}

#[test]
fn it_stands_in_the_log_and_changes_nothing_else() {
    let mut log = breach();
    let before = (log.state("15:30"), log.duties("15:30"));
    log.say("15:00", leaves("a"));
    assert_eq!(log.state("15:00:05").about_to_leave.len(), 1, "every tab sees its window");
    log.say("15:00:15", EventKind::SendStarted { op: "a".to_owned(), message: published(TEXT) });
    assert_eq!(log.state("15:00:16").ledger.last().unwrap().state, LedgerState::Queued);
    log.say("15:00:17", EventKind::SendAnswered { op: "a".to_owned(), outcome: SendOutcome::Accepted { receipt: Receipt::default() } });
    let mut after = (log.state("15:30"), log.duties("15:30"));
    let row = after.0.ledger.pop().unwrap();
    assert_eq!((row.message.text.as_str(), &row.state), (TEXT, &LedgerState::Sent { at: at("15:00:17") }));
    assert_eq!(before, after, "no post, no promise, no duty: the record meets the duty, the page stays resolved");
    check_at(&log, "15:30", &[("post-mortem", "D(03-16 14:44)"), ("page update", "✓")]);
}

#[test]
fn one_whose_answer_was_lost_is_no_lost_post() {
    let mut log = breach();
    log.say("15:00", EventKind::SendStarted { op: "a".to_owned(), message: published(TEXT) });
    log.say("15:01", EventKind::SendAnswered { op: "a".to_owned(), outcome: SendOutcome::Unknown { reason: "no answer".to_owned() } });
    assert!(pending(&log.run, "a", at("16:00")).is_empty(), "nobody looks for it among the updates");
    let sheet = Sheet::of(&log.run);
    assert!(!sheet.has_op("a"));
    let state = log.state("16:00");
    assert_eq!(allclear::sop::lint::unanswered(&state.ledger, Channel::Page, at("16:00")), None, "the next post is not held up by it");
    assert_eq!(refused(&log, "16:00", &leaves("b")), None, "and it may be published again");
}

#[test]
fn a_log_of_before_is_read_as_it_was() {
    let event = r#"{"id":"019cd1234560-0000-a","at":"2026-03-09T15:00:00Z","who":"Ada","event":"postmortem-done","text":"Old","held_on":"2026-03-09","participants":["Lovelace","Ada"]}"#;
    let read: Result<allclear::sop::event::Event, _> = serde_json::from_str(event);
    let read = read.map(|event| event.what);
    assert!(matches!(&read, Ok(EventKind::PostmortemDone { text, participants, .. }) if text == "Old" && participants.len() == 2), "{read:?}");
}

#[test]
fn whoever_corrects_a_record_finds_its_day_and_its_people() {
    let today = at("14:00").date_naive();
    assert_eq!(prefilled(None, today), (today, String::new()));
    let record = PostmortemRecord {
        text: TEXT.to_owned(),
        held_on: today.pred_opt().unwrap(),
        participants: vec!["Lovelace, Ada".to_owned(), "Bob".to_owned()],
    };
    let (day, people) = prefilled(Some(&record), today);
    assert_eq!((day, participants(&people)), (record.held_on, record.participants));
}

#[test]
fn a_post_mortem_is_done_on_the_day_on_which_it_was_held_and_not_before_that() {
    let held = |on: &str| EventKind::PostmortemDone {
        text: TEXT.to_owned(),
        held_on: on.parse().unwrap(),
        participants: vec!["Ada".to_owned()],
    };
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05").resolved("14:44");
    // It may be a day later where they sat than by UTC, and never two.
    assert_eq!(refused(&log, "03-10 15:00", &held("2026-03-11")), None);
    for on in ["2026-03-12", "2026-04-20"] {
        assert_eq!(refused(&log, "03-10 15:00", &held(on)), Some(Refusal::InFuture), "{on}");
    }
    for (on, said, cell) in [
        ("2026-03-13", "03-17 10:00", "✓ late=0"),
        ("2026-03-16", "03-16 14:40", "✓ late=0"),
        ("2026-03-17", "03-17 10:00", "✓ late=1156m"),
        ("2026-03-08", "03-10 10:00", "✓ late=0"),
    ] {
        let mut log = log.clone();
        log.say(said, held(on));
        check_at(&log, said, &[("post-mortem", cell)]);
        let done = log.duties(said).into_iter().find(|duty| duty.key.kind == DutyKind::Postmortem).unwrap();
        let DutyState::Done { at: done, .. } = done.state else { panic!("{:?}", done.state) };
        assert!(done >= at("14:44") && done <= at(said), "{on}: {done}");
    }
}
