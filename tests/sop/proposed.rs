//! What the composer proposes on a channel (`compose::proposed`).

use allclear::domain::incident::IncidentStatus;
use allclear::sop::channel::Channel;
use allclear::sop::compose;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::EventKind;
use allclear::sop::playbook::{Purpose, Variant};
use allclear::sop::run::permitted;
use allclear::sop::severity::Severity;
use allclear::words::ledger;

use super::support::at;
use super::support::log::{Log, key, post};

/// The kind that is proposed on a channel at a moment; a page post is to go on investigating.
fn kind(log: &Log, channel: Channel, when: &str) -> Option<DutyKind> {
    let (state, duties) = (log.state(when), log.duties(when));
    compose::proposed(&state, &duties, channel, &IncidentStatus::Investigating).map(|purpose| purpose.kind)
}

/// The first batch of the opening email is accepted at 14:09, and nothing more is heard of it.
fn begun() -> Log {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.tell("14:01", Channel::Team, DutyKind::First).page("14:05").mail_begun("14:09");
    log
}

#[test]
fn an_email_that_is_out_and_unfinished_stands_behind_what_is_owed() {
    let mut log = begun();
    assert_eq!(kind(&log, Channel::Email, "14:18"), Some(DutyKind::First), "nothing else is owed there");
    log.page("14:19").resolved("14:30");
    assert_eq!(kind(&log, Channel::Email, "14:31"), Some(DutyKind::Resolved));
    log.email("14:32", DutyKind::Resolved);
    assert_eq!(kind(&log, Channel::Email, "14:33"), None, "its sending goes on by itself, and says no more that it goes on");
}

#[test]
fn what_says_that_it_goes_on_is_proposed_on_no_channel_after_the_end() {
    let skipped = |episode, kind| {
        move |log: &mut Log, when: &str| {
            for channel in [Channel::Email, Channel::X] {
                log.skip(when, key(episode, kind, channel), "nearly fixed");
            }
        }
    };
    let kinds = |log: &Log, when: &str| [Channel::Email, Channel::X].map(|channel| kind(log, channel, when));
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05");
    skipped(1, DutyKind::First)(&mut log, "14:20");
    assert_eq!(kinds(&log, "14:21"), [Some(DutyKind::First); 2], "it may be sent after all");
    let mut in_error = log.clone();
    log.resolved("14:28");
    assert_eq!(kinds(&log, "14:40"), [None; 2]);
    in_error.in_error("14:28");
    assert_eq!(kinds(&in_error, "14:40"), [None; 2]);
    // Of a second episode likewise.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05").email("14:06", DutyKind::First).tell("14:07", Channel::X, DutyKind::First).resolved("14:28");
    log.email("14:30", DutyKind::Resolved).tell("14:30", Channel::X, DutyKind::Resolved).reopened("15:00");
    skipped(2, DutyKind::Reopened)(&mut log, "15:05");
    assert_eq!(kinds(&log, "15:06"), [Some(DutyKind::Reopened); 2]);
    log.resolved("15:10");
    assert_eq!(kinds(&log, "15:11"), [None; 2]);
}

#[test]
fn an_incident_has_returned_only_where_the_page_said_that_it_was_over() {
    let mut log = Log::declared(Severity::P2, "10:00");
    log.button("11:00");
    log.by_hand("11:06", "11:05", post(IncidentStatus::Investigating, Severity::P2, None)).reopened("11:20");
    assert_eq!(kind(&log, Channel::Page, "11:21"), Some(DutyKind::Update));
    log.send("11:25", post(IncidentStatus::Identified, Severity::P2, None));
    let open = |log: &Log, when: &str| log.duties(when).iter().any(|duty| duty.key.channel == Some(Channel::Page) && duty.is_open());
    assert!(!open(&log, "11:26"), "the duty is met by it");
    log.resolved("12:00").reopened("13:00");
    assert_eq!(kind(&log, Channel::Page, "13:01"), Some(DutyKind::Reopened));
}

#[test]
fn an_incident_whose_first_post_came_after_its_answer_lapsed_goes_on_with_updates() {
    let mut log = Log::declared(Severity::P3, "14:00");
    let next_day = "03-10 14:30";
    assert_eq!(kind(&log, Channel::Page, next_day), Some(DutyKind::First));
    log.send(next_day, post(IncidentStatus::Identified, Severity::P3, None));
    assert_eq!(kind(&log, Channel::Page, "03-10 14:45"), Some(DutyKind::Update));
    // What an earlier episode told does not open the next one.
    log.resolved("03-10 15:00").reopened("03-10 16:00");
    assert_ne!(kind(&log, Channel::Page, "03-10 16:05"), Some(DutyKind::Update));
}

#[test]
fn rule_9_an_email_whose_sender_is_waited_for_no_more_can_be_left_at_that() {
    let mut log = begun();
    log.page("14:19").resolved("14:30");
    let row = |log: &Log, when: &str| log.state(when).ledger.iter().find(|row| row.op.as_deref() == Some("mail")).unwrap().clone();
    assert_eq!(row(&log, "15:09").left_at_that(at("15:09")), None, "its sender may go on with it");
    let what = row(&log, "15:10").left_at_that(at("15:10")).unwrap();
    assert_eq!(permitted(&log.sop, &log.run, &what, "Grace", at("15:10")), Ok(()));
    log.say("15:10", what);
    let left = row(&log, "15:11");
    assert_eq!((left.not_reached, left.unknown), (Some(0), Some(3)));
    assert_eq!((ledger::state(&left), ledger::people(&left).unwrap().as_str()), ("Sent", " for 3 people"));
    assert!(!log.duties("15:11").iter().any(|duty| duty.met), "the duty is done");
    assert_eq!(left.left_at_that(at("16:00")), None);
    // The sender that wakes up knows better.
    log.say("16:30", EventKind::EmailFinished { op: "mail".to_owned(), failed: 1, unknown: None });
    assert_eq!((row(&log, "16:31").not_reached, row(&log, "16:31").unknown), (Some(1), None));
}

#[test]
fn a_page_that_is_still_owed_the_end_after_it_is_proposed_the_resolved_post() {
    let mut log = Log::declared(Severity::P2, "10:00");
    log.skip("10:05", key(1, DutyKind::First, Channel::Page), "internal").button("11:00");
    assert_eq!(kind(&log, Channel::Page, "11:05"), None, "what was skipped is not posted after the end");
    log.by_hand("11:10", "10:30", post(IncidentStatus::Investigating, Severity::P2, None));
    assert_eq!(kind(&log, Channel::Page, "11:11"), Some(DutyKind::Resolved));
    log.resolved("11:20");
    assert_eq!(kind(&log, Channel::Page, "11:21"), None);
}

/// The clause that asks for what is proposed on a channel, where the page is to be told this status.
fn asked(log: &Log, channel: Channel, status: &IncidentStatus, when: &str) -> Option<String> {
    let (state, duties) = (log.state(when), log.duties(when));
    let purpose = compose::proposed(&state, &duties, channel, status)?;
    compose::asked_by(&duties, purpose).map(|duty| duty.clause.clone())
}

#[test]
fn each_channels_message_is_asked_for_by_its_own_clause_and_an_update_that_nobody_owes_by_none() {
    use IncidentStatus::{Investigating, Resolved};
    let mut log = Log::declared(Severity::P0, "14:00");
    for (channel, clause) in [
        (Channel::Team, "Internal team notified"),
        (Channel::Page, "0-15 minutes: Initial status page update"),
        (Channel::Email, "0-15 minutes: Initial status page update, email notification"),
        (Channel::X, "30 minutes: Social media announcement"),
        (Channel::LinkedIn, "30 minutes: Social media announcement"),
    ] {
        let asked = asked(&log, channel, &Investigating, "14:01").unwrap();
        assert!(asked.contains(clause), "{channel:?}: {asked}");
    }
    log.page("14:05");
    let update = asked(&log, Channel::Page, &Investigating, "14:06").unwrap();
    assert!(update.contains("Status page update (every 15 minutes)"), "{update}");
    assert_eq!(asked(&log, Channel::Page, &Resolved, "14:06"), None, "no duty asks for the end before it is there");
    // Posted as P2, nothing is owed every quarter of an hour any more.
    log.severity("14:10", Severity::P2);
    log.page("14:19");
    assert_eq!(kind(&log, Channel::Page, "14:30"), Some(DutyKind::Update));
    assert_eq!(asked(&log, Channel::Page, &Investigating, "14:30"), None);
    // The report is asked for by its clause also where it is written once more.
    log.resolved("14:40").email("15:00", DutyKind::Report);
    let again = Purpose { channel: Channel::Email, kind: DutyKind::Report, variant: Variant::Usual };
    assert!(compose::asked_by(&log.duties("15:10"), again).is_some());
}

#[test]
fn a_resolution_on_a_network_is_asked_for_by_a_clause_that_speaks_of_one() {
    for (severity, clause) in [
        (Severity::P0, "Communication timeline, Critical (P0), Resolution: Status page update, email notification, social media announcement"),
        // V8b: what was announced there is closed there, whatever the severity is by then.
        (Severity::P2, "Social media: resolution announcement"),
    ] {
        let mut log = Log::declared(Severity::P0, "14:00");
        log.page("14:05").tell("14:25", Channel::X, DutyKind::First).severity("14:26", severity).resolved("14:40");
        assert_eq!(asked(&log, Channel::X, &IncidentStatus::Resolved, "14:41").as_deref(), Some(clause));
    }
}
