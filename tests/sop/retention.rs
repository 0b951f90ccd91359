//! When a finished incident is offered for deletion, and when it is not.

use std::sync::Arc;

use allclear::config::TeamConfig;
use allclear::sop::board::{Board, IncidentView};
use allclear::sop::channel::Channel;
use allclear::sop::duty::{DutyKey, DutyKind};
use allclear::sop::event::EventKind;
use allclear::sop::retention::{is_of_run, is_old, rests_since};
use allclear::sop::run::{Run, RunId};
use allclear::sop::severity::Severity;

use super::support::at;
use super::support::log::{Log, key};

fn view(log: &Log, when: &str) -> (Arc<IncidentView>, Arc<Run>) {
    let run = Arc::new(log.run.clone());
    let found = Board::default().look(std::iter::once(&run), |run| run.at(&log.sop, at(when)));
    (Arc::clone(&found[0]), run)
}

fn is_offered(log: &Log, when: &str) -> bool {
    let (view, run) = view(log, when);
    is_old(&view, &run, TeamConfig::KEEP_DAYS, at(when))
}

#[test]
fn an_incident_is_offered_only_after_the_days_have_passed_since_its_end() {
    let mut log = Log::declared(Severity::P2, "09:00");
    log.in_error("09:01");
    let (seen, run) = view(&log, "10:00");
    assert_eq!(rests_since(&seen, &run), Some(at("09:01")));
    // 9 March and 90 days are 7 June.
    assert!(!is_offered(&log, "2026-06-07 09:01"));
    assert!(is_offered(&log, "2026-06-07 09:02"));
    // Whatever is entered later begins the days anew.
    log.say("2026-04-09 12:00", EventKind::Note { text: "the customer asked".to_owned() });
    assert!(!is_offered(&log, "2026-07-08 12:00"));
    assert!(is_offered(&log, "2026-07-08 12:01"));
}

#[test]
fn an_incident_with_something_left_to_do_is_never_offered() {
    let going_on = Log::declared(Severity::P1, "09:00");
    assert!(!is_offered(&going_on, "2027-03-09 09:00"));
    // Resolved, with a report that nobody has sent: overdue for a year.
    let mut owed = Log::declared(Severity::P1, "09:00");
    owed.page("09:10").email("09:11", DutyKind::First).resolved("09:30").email("09:31", DutyKind::Resolved);
    assert!(!is_offered(&owed, "2027-03-09 09:00"));
    let postmortem = DutyKey { channel: None, ..key(1, DutyKind::Postmortem, Channel::Email) };
    owed.skip("03-10 09:00", key(1, DutyKind::Report, Channel::Email), "a phone call")
        .skip("03-11 09:00", postmortem, "known already");
    let (seen, run) = view(&owed, "03-12 09:00");
    assert_eq!(rests_since(&seen, &run), Some(at("03-11 09:00")));
    assert!(is_offered(&owed, "2026-06-10 09:01"));
}

#[test]
fn a_draft_belongs_to_the_run_whose_id_is_a_part_of_its_key() {
    let run = RunId("ab12".to_owned());
    for field in ["fact/ab12/cause", "skip/ab12/1/First/page/1", "anyway/ab12", "postmortem/ab12/text"] {
        assert!(is_of_run(field, &run), "{field}");
    }
    for field in ["fact/ab123/cause", "declare/symptom", "anyway/xab12", "test-mail"] {
        assert!(!is_of_run(field, &run), "{field}");
    }
}
