//! Posts by hand and posts after the end (rules 3 and 11).

use allclear::domain::incident::IncidentStatus;
use allclear::sop::by_hand::{ByHand, likely_status};
use allclear::sop::channel::Channel;
use allclear::sop::duty::{Duty, DutyKind};
use allclear::sop::run::Phase;
use allclear::sop::severity::Severity;
use allclear::sop::shared::posted_after_the_end;

use super::{first, post_by_hand};
use crate::sop::support::at;
use crate::sop::support::log::{Log, key, message};
use crate::sop::support::table::check_at;

#[test]
fn rule_11_by_hand_closes_what_is_open_at_the_time_it_was_posted() {
    let mut log = Log::declared(Severity::P0, "14:00");
    post_by_hand(&mut log, "14:20", "14:10", IncidentStatus::Identified);
    log.by_hand("14:25", "14:22", message(Channel::Email, DutyKind::First));
    check_at(
        &log,
        "14:25",
        &[
            ("page first", "✓ late=0"),
            ("page update", "D(14:25) opens=14:20"),
            ("email first", "✓ late=7m"),
        ],
    );
    // Nothing was posted after it was said to be.
    log.by_hand("14:26", "14:40", message(Channel::X, DutyKind::First));
    let x = log.state("14:26").ledger.last().unwrap().at;
    assert_eq!(x, at("14:26"));
}

#[test]
fn what_a_post_by_hand_promises_is_promised() {
    let posted = |text: &str, status: IncidentStatus| {
        let mut log = Log::declared(Severity::P0, "14:00");
        log.page("14:05");
        let said = ByHand { channel: Channel::Page, kind: DutyKind::Update, status, title: None, text: text.to_owned() };
        log.by_hand("14:20", "14:16", said.record(Some(Severity::P0), at("14:16")));
        log
    };
    // By the clock it would be due at 14:31.
    let log = posted("We know the cause.\n\nNext update by 14:26 UTC.", IncidentStatus::Identified);
    check_at(&log, "14:20", &[("page update", "W(14:26) opens=14:21")]);
    let log = posted("", IncidentStatus::Identified);
    check_at(&log, "14:20", &[("page update", "W(14:31) opens=14:26")]);
    let log = posted("It works.\n\nNext update by 14:26 UTC.", IncidentStatus::Resolved);
    assert_eq!(log.state("14:20").page.unwrap().promise, None, "nothing is promised after the end");
}

#[test]
fn a_promise_of_a_minute_that_had_passed_is_no_promise_for_tomorrow() {
    let text = "We know the cause.\n\nNext update by 14:45 UTC.";
    let said = || ByHand { channel: Channel::Page, kind: DutyKind::Update, status: IncidentStatus::Identified, title: None, text: text.to_owned() };
    for (posted, severity, due, promises) in [
        ("14:47", Severity::P0, "W(15:02)", false),
        ("14:45", Severity::P0, "W(15:00)", false),
        ("14:47", Severity::P1, "W(15:47)", false),
        ("14:47", Severity::P2, "–", false),
        ("14:32", Severity::P0, "O(14:45)", true),
        ("13:50", Severity::P1, "O(14:45)", true),
        // Longer than the severity lets anybody wait: it is read there all the same.
        ("14:20", Severity::P0, "O(14:35)", true),
        ("13:40", Severity::P1, "O(14:40)", true),
        // As far as half a day.
        ("10:00", Severity::P2, "O(14:45)", true),
        ("02:00", Severity::P2, "–", false),
    ] {
        let mut log = Log::declared(severity, "01:00");
        log.by_hand("14:50", posted, said().record(Some(severity), at(posted)));
        check_at(&log, "14:50", &[("page update", due)]);
        let promised = Some(at("14:45")).filter(|_| promises);
        assert_eq!(log.state("14:50").page.unwrap().promise, promised, "{posted} {severity:?}");
        let update = log.duties("14:50").into_iter().find(|duty| duty.key.kind == DutyKind::Update);
        assert!(update.is_none_or(|update| update.promised == promised.is_some()), "what nobody promised can be skipped");
    }
}

#[test]
fn a_post_by_hand_most_likely_goes_on_as_the_last_one() {
    use IncidentStatus::{Investigating, Monitoring, Resolved};
    for (kind, last, likely) in [
        (DutyKind::Update, Some(Monitoring), Monitoring),
        (DutyKind::Update, None, Investigating),
        (DutyKind::Reopened, Some(Resolved), Investigating),
        (DutyKind::Resolved, Some(Monitoring), Resolved),
    ] {
        assert_eq!(likely_status(kind, last.as_ref()), likely, "{kind:?} {last:?}");
    }
}

#[test]
fn rule_11_an_older_post_counts_only_in_the_score_but_resolved_resolves() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:10");
    let before = log.duties("14:15");
    post_by_hand(&mut log, "14:15", "14:05", IncidentStatus::Monitoring);
    assert_eq!(log.duties("14:15"), before);
    assert_eq!(log.state("14:15").page.unwrap().at, at("14:10"));
    post_by_hand(&mut log, "14:16", "14:08", IncidentStatus::Resolved);
    assert_eq!(log.state("14:16").resolved_at, Some(at("14:08")));
    check_at(&log, "14:16", &[("page resolved", "✓"), ("report", "D(03-11 14:08)")]);
    let last = log.state("14:16").page.unwrap();
    assert_eq!((last.at, last.status), (at("14:10"), IncidentStatus::Investigating), "the page says so still");
    assert!(posted_after_the_end(&log.sop, &log.run, at("14:16")), "the console asks whether to reopen");
}

#[test]
fn rule_11_what_ended_stays_and_what_was_made_later_is_not_met() {
    // Lapsed by lowering, then said to have been posted before: stays.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.severity("14:10", Severity::P1);
    log.by_hand("14:12", "14:05", message(Channel::X, DutyKind::First));
    check_at(&log, "14:12", &[("X first", "L")]);
    // A raised duty made after the telling is not met by it.
    let mut log = Log::declared(Severity::P1, "14:00");
    log.severity("14:10", Severity::P0);
    log.by_hand("14:12", "14:05", message(Channel::Team, DutyKind::First));
    check_at(&log, "14:12", &[("team first", "✓"), ("team raised", "D(14:25)")]);
    // Nor a reopened one, nor a resolved one.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05").email("14:06", DutyKind::First).resolved("15:00");
    log.by_hand("15:05", "14:55", message(Channel::Email, DutyKind::Resolved));
    check_at(&log, "15:05", &[("email resolved", "D(15:15)")]);
    log.email("15:06", DutyKind::Resolved).reopened("16:00");
    log.by_hand("16:05", "15:55", message(Channel::Email, DutyKind::Reopened));
    post_by_hand(&mut log, "16:06", "15:56", IncidentStatus::Investigating);
    check_at(&log, "16:06", &[("email reopened", "D(16:15)"), ("page reopened", "D(16:15)")]);
    // At the very second it is met.
    log.by_hand("16:07", "16:00", message(Channel::Email, DutyKind::Reopened));
    check_at(&log, "16:07", &[("email reopened", "✓")]);
}

#[test]
fn rule_11_what_became_known_late_is_closed_publicly_too() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05").resolved("15:00");
    log.by_hand("15:10", "14:20", message(Channel::X, DutyKind::First));
    check_at(&log, "15:10", &[("X first", "M why=Resolved"), ("X resolved", "D(15:15)")]);
    // The resolved message of the first episode, said in the second, is false by then.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05").email("14:06", DutyKind::First).resolved("15:00").reopened("16:00");
    check_at(&log, "16:00", &[("email reopened", "–")]);
    log.by_hand("16:05", "15:30", message(Channel::Email, DutyKind::Resolved));
    check_at(&log, "16:05", &[("email reopened", "D(16:15)")]);
    // In error, likewise.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.in_error("14:10");
    log.by_hand("14:12", "14:05", message(Channel::X, DutyKind::First));
    check_at(&log, "14:12", &[("X, page resolved", "D(14:25)"), ("email resolved", "–")]);
    // On the page after the button: it has to be closed there.
    let mut log = Log::declared(Severity::P2, "10:00");
    log.skip("10:05", first(Channel::Page), "internal").button("11:00");
    post_by_hand(&mut log, "11:10", "10:30", IncidentStatus::Investigating);
    check_at(&log, "11:10", &[("page first", "✓"), ("page resolved", "D(15:00)")]);
    log.resolved("11:20");
    check_at(&log, "11:20", &[("page resolved", "✓")]);
}

#[test]
fn rule_11_what_became_known_late_of_a_second_episode_is_closed_publicly_too() {
    let twice = || {
        let mut log = Log::declared(Severity::P0, "14:00");
        log.page("14:05").tell("14:07", Channel::X, DutyKind::First).resolved("15:00");
        log.tell("15:05", Channel::X, DutyKind::Resolved).reopened("16:00").page("16:05");
        log
    };
    let reopened = || message(Channel::X, DutyKind::Reopened);
    // The end that X was told of was that of the first episode.
    let mut log = twice();
    log.resolved("16:30");
    check_at(&log, "16:34", &[("X reopened", "L"), ("X resolved", "✓")]);
    log.by_hand("16:35", "16:10", reopened());
    check_at(&log, "16:35", &[("X reopened", "L"), ("X resolved", "D(16:45)")]);
    // What was posted before the reopening changes no duty.
    let mut log = twice();
    log.resolved("16:30").by_hand("16:35", "15:50", reopened());
    check_at(&log, "16:35", &[("X resolved", "✓")]);
    // Told already that the second one is over, nothing more is owed there.
    let mut log = twice();
    log.resolved("16:30").tell("16:33", Channel::X, DutyKind::Resolved).by_hand("16:35", "16:10", reopened());
    let second = |duty: &Duty| duty.key == key(2, DutyKind::Resolved, Channel::X);
    assert!(!log.duties("16:35").iter().any(second));
}

#[test]
fn rule_11_what_was_posted_after_the_end_is_closed_publicly_too() {
    let goes_on = |channel| message(channel, DutyKind::First);
    let resolved = || {
        let mut log = Log::declared(Severity::P0, "14:00");
        log.page("14:05").skip("14:20", first(Channel::X), "nearly fixed").resolved("14:28");
        log
    };
    // Skipped, lapsed by the end: it was posted all the same. R runs from the post.
    let mut log = resolved();
    for channel in [Channel::X, Channel::LinkedIn] {
        log.by_hand("14:41", "14:40", goes_on(channel));
    }
    check_at(&log, "14:41", &[("X first", "S"), ("LinkedIn first", "L"), ("X, LinkedIn resolved", "D(14:55)")]);
    log.tell("14:50", Channel::X, DutyKind::Resolved);
    check_at(&log, "14:50", &[("X resolved", "✓ late=0"), ("LinkedIn resolved", "D(14:55)")]);
    // Once more after that, it is owed once more; one that is open already is enough.
    log.by_hand("15:01", "15:00", goes_on(Channel::X)).by_hand("15:03", "15:02", goes_on(Channel::X));
    check_at(&log, "15:03", &[("X resolved", "D(15:15)")]);
    // What readers were told since stands.
    log.tell("15:05", Channel::X, DutyKind::Resolved).by_hand("15:07", "15:04", goes_on(Channel::X));
    check_at(&log, "15:07", &[("X resolved", "✓")]);
    // What stands there with the time of its record may be older than what readers were told, and owes nothing again.
    log.by_hand("15:20", "15:20", goes_on(Channel::X));
    check_at(&log, "15:20", &[("X resolved", "✓")]);
    // A reopening makes it true, and what is told then that it is over is owed at the next end.
    let mut log = resolved();
    log.by_hand("14:41", "14:40", goes_on(Channel::X)).reopened("14:45");
    check_at(&log, "14:45", &[("X resolved", "L why=Replaced"), ("X reopened", "–")]);
    log.resolved("14:50");
    check_at(&log, "14:50", &[("X resolved", "D(15:05)")]);
    // In error, the retraction.
    let mut log = Log::declared(Severity::P0, "14:00");
    log.in_error("14:10").by_hand("14:13", "14:12", goes_on(Channel::X));
    check_at(&log, "14:13", &[("X, page resolved", "D(14:27)")]);
}

#[test]
fn rule_3_a_post_after_the_resolution_changes_no_duty() {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.page("14:05").resolved("15:00");
    let before = log.duties("15:10");
    post_by_hand(&mut log, "15:10", "15:05", IncidentStatus::Investigating);
    assert_eq!(log.duties("15:10"), before);
    let state = log.state("15:10");
    assert_eq!(state.phase, Phase::Resolved);
    assert_eq!(state.page.unwrap().status, IncidentStatus::Investigating, "the console asks");
    log.reopened("15:20");
    check_at(&log, "15:20", &[("page reopened", "D(15:35)")]);
}
