//! An old answer is no state, whatever kept the next one away.

use allclear::domain::knowledge::Knowledge;
use allclear::domain::promise::{Standing, standing};
use chrono::{DateTime, TimeDelta, Utc};

fn at(text: &str) -> DateTime<Utc> {
    format!("2026-03-10T{text}Z").parse().expect("a time")
}

#[test]
fn ten_minutes_without_an_answer_are_no_state() {
    let heard = at("14:05:00");
    for (unreachable, now, known) in [
        (false, "14:05:00", Knowledge::Known),
        (false, "14:14:59", Knowledge::Known),
        // A source that fails is doubted at once, and no state after ten minutes.
        (true, "14:05:30", Knowledge::Doubted),
        (true, "14:14:59", Knowledge::Doubted),
        (true, "14:15:00", Knowledge::Lost(heard)),
        (true, "17:05:00", Knowledge::Lost(heard)),
        // Nobody asked: the reading was stopped, or the device slept.
        (false, "14:15:00", Knowledge::Lost(heard)),
        (false, "17:05:00", Knowledge::Lost(heard)),
        // A clock that was set back.
        (false, "13:00:00", Knowledge::Known),
        (true, "13:00:00", Knowledge::Doubted),
    ] {
        let found = Knowledge::at(Some(heard), unreachable, at(now));
        assert_eq!(found, known, "{now}, unreachable: {unreachable}");
        assert_eq!(
            found.lost_since(),
            matches!(known, Knowledge::Lost(_)).then_some(heard)
        );
    }
    assert_eq!(Knowledge::at(None, true, heard), Knowledge::Doubted);
    assert_eq!(Knowledge::at(None, false, heard), Knowledge::Known);
}

#[test]
fn an_update_is_called_overdue_only_as_far_as_the_page_was_read() {
    let promise = at("14:45:00");
    let late = |seconds| Standing::Overdue(TimeDelta::seconds(seconds));
    for (heard, unreachable, paused, now, stands) in [
        (
            "14:44:30",
            false,
            false,
            "14:44:59",
            Standing::Coming(TimeDelta::seconds(1)),
        ),
        (
            "14:44:30",
            false,
            false,
            "14:45:00",
            Standing::Coming(TimeDelta::zero()),
        ),
        // The source answers: its next answer is on its way.
        ("14:44:30", false, false, "14:45:01", late(1)),
        ("14:50:40", false, false, "14:51:00", late(360)),
        // It was left alone, in a hidden tab or a sleeping device, and is only now asked again.
        ("14:41:00", false, false, "14:49:00", Standing::NotRead),
        ("14:43:30", false, false, "14:45:01", Standing::NotRead),
        ("14:46:00", false, false, "14:50:00", late(60)),
        // It does not answer: what it may have said since, nobody knows.
        (
            "14:44:30",
            true,
            false,
            "14:44:59",
            Standing::Coming(TimeDelta::seconds(1)),
        ),
        ("14:44:30", true, false, "14:45:01", Standing::NotRead),
        ("14:44:30", true, false, "15:30:00", Standing::NotRead),
        ("14:45:00", true, false, "15:30:00", Standing::NotRead),
        // It was read after the promise: so late it was then, and no later is known.
        ("14:46:00", true, false, "14:50:00", late(60)),
        ("14:46:00", true, false, "15:30:00", late(60)),
        // Nobody asks: the reader has stopped it, or the device slept.
        ("14:44:30", false, true, "14:45:01", Standing::NotRead),
        ("14:46:00", false, true, "14:50:00", late(60)),
        ("14:34:00", false, false, "14:45:01", Standing::NotRead),
        // A clock that was set back.
        (
            "15:10:00",
            false,
            false,
            "14:44:00",
            Standing::Coming(TimeDelta::seconds(60)),
        ),
        (
            "15:10:00",
            true,
            false,
            "14:44:00",
            Standing::Coming(TimeDelta::seconds(60)),
        ),
    ] {
        let now = at(now);
        let heard = Some(at(heard));
        let known = Knowledge::at(heard, unreachable, now).reaches(heard, paused, now);
        let found = standing(promise, now, known);
        assert_eq!(
            found, stands,
            "heard {heard:?}, unreachable: {unreachable}, paused: {paused}, at {now}"
        );
    }
    let nothing = Knowledge::at(None, false, promise);
    assert_eq!(nothing.reaches(None, false, promise), promise);
}
