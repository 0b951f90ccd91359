//! The timeline and the post-mortem's draft.

use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::{EventKind, SendOutcome};
use allclear::sop::facts::Fact;
use allclear::sop::report::{postmortem_draft, timeline, timeline_markdown};
use allclear::sop::severity::Severity;

use crate::sop::support::at;
use crate::sop::support::log::{Log, message};

fn told() -> Log {
    let mut log = Log::declared_since(Severity::P0, "13:52", "14:00");
    log.say(
        "14:01",
        EventKind::FactSet {
            fact: Fact::Service,
            value: "Checkout".to_owned(),
        },
    );
    log.page("14:05").severity("14:10", Severity::P1);
    log.by_hand("14:12", "14:07", message(Channel::X, DutyKind::First));
    let lost = EventKind::SendStarted {
        op: "lost".to_owned(),
        message: message(Channel::Email, DutyKind::First),
    };
    log.say("14:13", lost);
    let unknown = SendOutcome::Unknown {
        reason: "no answer".to_owned(),
    };
    log.say(
        "14:14",
        EventKind::SendAnswered {
            op: "lost".to_owned(),
            outcome: unknown,
        },
    );
    log.resolved("14:44");
    log
}

#[test]
fn the_timeline_tells_when_who_and_what_in_order() {
    let log = told();
    assert_eq!(
        timeline_markdown(&log.sop, &log.run, at("14:44")),
        "- 2026-03-09 14:00 UTC, Ada: Declared: Service Outage, P0\n\
         - 2026-03-09 14:01 UTC, Ada: Service: Checkout\n\
         - 2026-03-09 14:05 UTC, Ada: Status page: status investigating\n\
         - 2026-03-09 14:07 UTC, Ada: X: first message, by hand\n\
         - 2026-03-09 14:10 UTC, Ada: Severity changed to P1\n\
         - 2026-03-09 14:13 UTC, Ada: Email: first message (may have been delivered: no answer)\n\
         - 2026-03-09 14:44 UTC, Ada: Status page: status resolved"
    );
    assert_eq!(timeline(&log.sop, &log.run, at("14:01")).len(), 2);
    assert!(timeline(&log.sop, &log.run, at("13:00")).is_empty());
}

#[test]
fn the_postmortem_begins_with_what_the_log_knows() {
    let mut log = told();
    for (fact, value) in [
        (Fact::Summary, "Checkout was down."),
        (Fact::Impact, "All buyers."),
        (Fact::Resolution, "Rolled back."),
    ] {
        log.say(
            "15:00",
            EventKind::FactSet {
                fact,
                value: value.to_owned(),
            },
        );
    }
    let draft = postmortem_draft(&log.sop, &log.run, at("15:00")).unwrap();
    let head = "# Post-mortem: Checkout\n\n## Summary\n\nCheckout was down.\n\n\
                - Severity: P1 (worst: P0)\n\
                - Impact started: 2026-03-09 13:52 UTC\n\
                - Declared: 2026-03-09 14:00 UTC\n\
                - First public update: 2026-03-09 14:05 UTC\n\
                - Resolved: 2026-03-09 14:44 UTC\n\
                - Duration: 52 minutes\n\n## Impact\n\nAll buyers.\n\n## Timeline\n\n- 2026";
    assert!(draft.starts_with(head), "{draft}");
    let tail = "\n\n## Root cause\n\nThe root cause is still under review.\n\n\
                ## Resolution\n\nRolled back.\n\n## Prevention\n\nTo be written.\n";
    assert!(draft.ends_with(tail), "{draft}");
    assert_eq!(postmortem_draft(&log.sop, &log.run, at("13:00")), None);
}

#[test]
fn a_value_cannot_forge_structure() {
    let mut log = Log::declared(Severity::P0, "14:00");
    let hostile = "# Heading\n  ## Heading\nTitle\n===\n---\n> quote\n```\nfence\n- item\n* item\n\
                   + item\n1. one\n12) two\n<h1>html</h1>\n| a | b |\n[ref]: x\n    code\n_r_\n1 plain";
    for fact in Fact::ALL {
        log.say(
            "14:01",
            EventKind::FactSet {
                fact,
                value: hostile.to_owned(),
            },
        );
    }
    log.say(
        "14:02",
        EventKind::Note {
            text: "one\n# two\r\n- three <b>".to_owned(),
        },
    );
    let draft = postmortem_draft(&log.sop, &log.run, at("14:02")).unwrap();
    let ours = [
        "# Post-mortem",
        "## ",
        "- Severity: ",
        "- Impact started: ",
        "- Declared: ",
        "- 2026-",
    ];
    for line in draft
        .lines()
        .filter(|line| !ours.iter().any(|our| line.starts_with(our)))
    {
        let first = line.chars().next().unwrap_or('a');
        assert!(!"#=-+*>`~|_[: \t<".contains(first), "{line:?}");
        let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
        assert!(
            digits == line || !digits.starts_with(['.', ')']),
            "{line:?}"
        );
    }
    let headings = draft.lines().filter(|line| line.starts_with('#')).count();
    assert_eq!(headings, 7, "{draft}");
    assert!(!draft.replace("\\<", "").contains('<'), "no HTML");
    assert!(
        draft.contains("Note: one # two - three \\<b>"),
        "one line in the timeline"
    );
    assert!(draft.contains("\n1\\. one\n12\\) two\n"));
    assert!(
        draft.contains("\n1 plain"),
        "what begins nothing stays as it is"
    );
}
