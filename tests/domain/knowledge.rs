//! C264: an old answer is no state, whatever kept the next one away.

use allclear::domain::knowledge::Knowledge;
use chrono::{DateTime, Utc};

fn at(text: &str) -> DateTime<Utc> {
    format!("2026-03-10T{text}Z").parse().expect("a time")
}

#[test]
fn c264_ten_minutes_without_an_answer_are_no_state() {
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
