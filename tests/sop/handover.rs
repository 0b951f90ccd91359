//! The hand-over, whole, for an incident in its middle, one that is over, and a drill.

use allclear::domain::component::{Component, ComponentId, ComponentState};
use allclear::domain::incident::IncidentStatus;
use allclear::sop::board::IncidentView;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::{EventKind, SendOutcome, SentMessage};
use allclear::sop::facts::Fact;
use allclear::sop::report::handover::{Place, handover};
use allclear::sop::severity::Severity;

use super::components::component;
use super::support::at;
use super::support::log::{Log, key, message, post};

pub(super) const LINK: &str = "https://status.example.com/console/incidents/run";

pub(super) fn view(log: &Log, when: &str) -> IncidentView {
    IncidentView { id: log.run.id.clone(), state: log.state(when), duties: log.duties(when) }
}

fn told(log: &Log, when: &str, hosted: bool) -> String {
    let api = Component { id: ComponentId("api".to_owned()), ..component("API", ComponentState::MajorOutage) };
    let components = [api, component("Docs", ComponentState::Operational)];
    let place = Place { link: LINK, components: &components, hosted };
    handover(&log.sop, &log.run, &view(log, when), at(when), &place)
}

fn fact(log: &mut Log, when: &str, fact: Fact, value: &str) {
    log.say(when, EventKind::FactSet { fact, value: value.to_owned() });
}

/// A send and what became of it.
pub(super) fn ended(log: &mut Log, when: &str, op: &str, message: SentMessage, outcome: SendOutcome) {
    log.say(when, EventKind::SendStarted { op: op.to_owned(), message });
    log.say(when, EventKind::SendAnswered { op: op.to_owned(), outcome });
}

/// A P0 in its middle.
pub(super) fn under_way() -> Log {
    let mut log = Log::declared_since(Severity::P0, "13:52", "14:00");
    fact(&mut log, "14:01", Fact::Service, "API");
    fact(&mut log, "14:01", Fact::Symptom, "errors when signing in");
    log.say("14:01", EventKind::ComponentsSet { components: vec![ComponentId("api".to_owned())] });
    let mut first = post(IncidentStatus::Investigating, Severity::P0, Some(at("14:20")));
    first.title = Some("API - Investigating Issue".to_owned());
    first.text.replace_range(.., "**Status:** Investigating\n\nWe are # on it.");
    log.send("14:05", first);
    log.skip("14:07", key(1, DutyKind::First, Channel::LinkedIn), "nobody has\nthe login");
    let unknown = || SendOutcome::Unknown { reason: "lin@example.com: no answer".to_owned() };
    ended(&mut log, "14:08", "lost", message(Channel::Email, DutyKind::First), unknown());
    log
}

#[test]
fn a_p0_in_its_middle() {
    let mut log = under_way();
    let update = post(IncidentStatus::Identified, Severity::P0, Some(at("14:35")));
    let leaves_at = at("14:22:10");
    log.say("14:22", EventKind::AboutToLeave { op: "next".to_owned(), message: update, leaves_at });
    assert_eq!(told(&log, "14:22", true), include_str!("papers/p0.md"));
}

#[test]
fn one_that_is_over_with_report_and_post_mortem_ahead() {
    let mut log = under_way();
    log.severity("14:10", Severity::P1);
    log.resolved("14:44");
    assert_eq!(told(&log, "15:00", true), include_str!("papers/resolved.md"));
}

#[test]
fn a_drill_of_a_breach_waits_for_an_approver() {
    let mut log = Log::declared_as("breach", Severity::P0, "14:00", "14:00", None);
    let mut declared = log.run.events().next().unwrap().clone();
    if let EventKind::Declared { drill, .. } = &mut declared.what {
        *drill = true;
    }
    log.run.put(declared);
    assert_eq!(told(&log, "14:01", true), include_str!("papers/drill.md"));
}

#[test]
fn a_demo_says_so_and_an_approval_who_gave_it() {
    let mut log = Log::declared_as("breach", Severity::P0, "14:00", "14:00", None);
    log.approve("14:02", "Grace");
    let text = told(&log, "14:03", false);
    assert!(text.contains("\n**A demo status page: it is kept in one browser,"), "{text}");
    assert!(text.contains("\n## Approval\n\n- Given: by Grace, 2026-03-09 14:02 UTC\n"), "{text}");
    assert!(!text.contains("Missing"), "{text}");
}

#[test]
fn what_failed_is_told_until_something_arrived_there() {
    let mut log = Log::declared(Severity::P0, "14:00");
    let failed = SendOutcome::Failed { reason: "lin@example.com was refused".to_owned() };
    ended(&mut log, "14:05", "refused", message(Channel::Email, DutyKind::First), failed);
    let line = "- Email: first message, 2026-03-09 14:05 UTC, by Ada: failed, so nobody got it\n";
    assert!(told(&log, "14:06", true).contains(line));
    log.mail_begun("14:07");
    let text = told(&log, "14:08", true);
    assert!(!text.contains("failed"), "{text}");
    assert!(text.contains("partly sent, so some recipients may not have it\n"), "{text}");
    assert!(text.contains("- Email, first message: the first mails are out, and not every"), "{text}");
    log.say("14:09", EventKind::EmailFinished { op: "mail".to_owned(), failed: 1, unknown: Some(1) });
    let text = told(&log, "14:10", true);
    assert!(text.contains("by Ada: 1 recipient not reached, 1 recipient may not have been reached\n"), "{text}");
}

#[test]
fn hostile_words_forge_nothing_and_no_recipient_is_named() {
    let mut log = under_way();
    let ten_kilobytes = "x".repeat(10_000);
    let hostile = format!("# Forged\r\n## Forged\n- one, two; \u{202e}three\r```\n<b>**{ten_kilobytes}");
    for each in Fact::ALL {
        fact(&mut log, "14:10", each, &hostile);
    }
    let mut forged = post(IncidentStatus::Identified, Severity::P0, None);
    forged.text.clone_from(&hostile);
    log.send("14:11", forged);
    log.skip("14:12", key(1, DutyKind::First, Channel::X), &hostile);
    log.in_error("14:13");
    let text = told(&log, "14:14", true);
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
    assert!(headings.iter().all(|heading| !heading.starts_with("# Forged") && *heading != "## Forged"), "{headings:?}");
    assert!(!text.contains('\r'));
    assert!(text.contains("\n    # Forged\n    ## Forged\n    - one, two; \u{202e}three\n    ```\n    <b>**xxx"));
    let ours = |line: &str| line.is_empty() || ["# Hand-over: ", "As of ", "## ", "- ", "    ", "2026-"].iter().any(|our| line.starts_with(our));
    let strange: Vec<&str> = text.lines().filter(|line| !ours(line)).collect();
    assert_eq!(strange, Vec::<&str>::new());
    assert!(!text.contains('@'), "no address");
    assert!(text.contains("- State: declared in error: a test\n"), "{text}");
}
