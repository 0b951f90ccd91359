//! The post that reopens an incident on the page, refused there.

use allclear::domain::incident::{IncidentId, IncidentStatus};
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::{SendOutcome, EventKind};
use allclear::sop::severity::Severity;
use allclear::sop::shared::failed_reopening;

use crate::sop::support::at;
use crate::sop::support::log::{Log, message, post};

const REFUSED: &str = "Statuspage refuses it: status of a resolved incident can't be changed";

/// On the page, resolved there, and reopened.
fn reopened() -> Log {
    let mut log = Log::declared(Severity::P0, "14:00");
    let id = IncidentId("inc1".to_owned());
    log.page("14:05").say("14:06", EventKind::PageIncident { id });
    log.resolved("14:30").reopened("14:40");
    log
}

/// A post that comes to nothing, or whose end is not known.
fn tried(log: &mut Log, when: &str, status: IncidentStatus, outcome: Option<SendOutcome>) {
    let op = format!("op-{when}");
    let message = post(status, Severity::P0, None);
    log.say(when, EventKind::SendStarted { op: op.clone(), message });
    if let Some(outcome) = outcome {
        log.say(when, EventKind::SendAnswered { op, outcome });
    }
}

fn failed() -> SendOutcome {
    let reason = REFUSED.to_owned();
    SendOutcome::Failed { reason }
}

#[test]
fn the_newest_post_of_a_reopened_incident_failed() {
    let mut log = reopened();
    assert_eq!(failed_reopening(&log.state("14:41")), None);
    tried(&mut log, "14:42", IncidentStatus::Investigating, Some(failed()));
    let told = Some((at("14:42"), REFUSED));
    assert_eq!(failed_reopening(&log.state("14:43")), told);
    // What goes out elsewhere opens nothing on the page.
    log.send("14:44", message(Channel::Email, DutyKind::Reopened));
    assert_eq!(failed_reopening(&log.state("14:45")), told);
    // Another attempt counts, and one that arrived ends it.
    tried(&mut log, "14:46", IncidentStatus::Identified, None);
    assert_eq!(failed_reopening(&log.state("14:46")), None);
    log.page("14:50");
    assert_eq!(failed_reopening(&log.state("14:51")), None);
}

#[test]
fn what_reopens_nothing_is_no_such_post() {
    // Open as ever: an update that was refused says nothing of a resolution.
    let mut log = Log::declared(Severity::P0, "14:00");
    let id = IncidentId("inc1".to_owned());
    log.page("14:05").say("14:06", EventKind::PageIncident { id });
    tried(&mut log, "14:20", IncidentStatus::Identified, Some(failed()));
    assert_eq!(failed_reopening(&log.state("14:21")), None);

    // Not known whether it arrived: another incident might be the second.
    let mut log = reopened();
    let reason = "no answer came".to_owned();
    tried(&mut log, "14:42", IncidentStatus::Investigating, Some(SendOutcome::Unknown { reason }));
    assert_eq!(failed_reopening(&log.state("14:43")), None);

    // Nothing of it is on the page of a service.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05").resolved("14:30").reopened("14:40");
    tried(&mut log, "14:42", IncidentStatus::Investigating, Some(failed()));
    assert_eq!(failed_reopening(&log.state("14:43")), None);

    // Resolved and not reopened.
    let mut log = Log::declared(Severity::P0, "14:00");
    let id = IncidentId("inc1".to_owned());
    log.page("14:05").say("14:06", EventKind::PageIncident { id });
    log.resolved("14:30");
    tried(&mut log, "14:42", IncidentStatus::Investigating, Some(failed()));
    assert_eq!(failed_reopening(&log.state("14:43")), None);
}
