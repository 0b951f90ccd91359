//! How often a hosted page is read, and that `docs/load.md` says what the code does.

use allclear::api::public_page::rhythm::{
    CALM, DURING, HIDDEN, LONGEST, Patience, Seen, pause, reconnected,
};
use chrono::{DateTime, TimeDelta};
use proptest::prelude::*;

const WATCHED: Seen = Seen {
    open: false,
    visible: true,
    failures: 0,
};

#[test]
fn an_incident_makes_it_quicker_and_a_hidden_page_slower() {
    for (seen, expected) in [
        (WATCHED, CALM),
        (
            Seen {
                open: true,
                ..WATCHED
            },
            DURING,
        ),
        (
            Seen {
                visible: false,
                ..WATCHED
            },
            HIDDEN,
        ),
        (
            Seen {
                visible: false,
                open: true,
                ..WATCHED
            },
            HIDDEN,
        ),
    ] {
        assert_eq!(pause(seen, 0.5), expected, "{seen:?}");
    }
}

#[test]
fn failures_double_the_pause_up_to_ten_minutes() {
    let after = |failures| {
        pause(
            Seen {
                failures,
                ..WATCHED
            },
            0.5,
        )
        .num_seconds()
    };
    assert_eq!(
        [0, 1, 2, 3, 4, 40].map(after),
        [60, 120, 240, 480, 600, 600]
    );
}

/// Asks for the list every half minute, which fails every time; gives the seconds at which it was asked.
fn asked(patience: &mut Patience, until: i64) -> Vec<i64> {
    let mut asked = Vec::new();
    for second in (0..=until).step_by(30) {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::seconds(second);
        if patience.asks(second == 0, now) {
            asked.push(second);
            patience.failed(now);
        }
    }
    asked
}

#[test]
fn a_list_that_fails_beside_a_good_summary_is_left_alone_for_longer_and_longer() {
    let mut patience = Patience::default();
    assert_eq!(
        asked(&mut patience, 3_000),
        [0, 60, 180, 420, 900, 1_500, 2_100, 2_700]
    );
    // What changes meanwhile is asked for when the time has come; a clock that was set back does not stop it.
    let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::seconds(3_030);
    assert!(!patience.asks(true, now));
    assert!(patience.asks(false, now - TimeDelta::days(1)));
    patience.read();
    assert!(!patience.asks(false, now));
    assert!(patience.asks(true, now));
    patience.failed(now);
    assert!(!patience.asks(false, now + TimeDelta::seconds(59)));
    assert!(patience.asks(false, now + TimeDelta::seconds(60)));
}

#[test]
fn a_list_that_its_summary_contradicts_is_asked_for_a_few_times_and_then_taken_as_it_is() {
    let mut patience = Patience::default();
    let mut asks = 0;
    let mut now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
    while patience.asks(asks == 0, now) && !patience.is_at_its_end() {
        asks += 1;
        patience.failed(now);
        now += LONGEST;
    }
    assert_eq!(asks, 3);
    patience.read();
    assert!(!patience.asks(false, now) && !patience.is_at_its_end());
}

#[test]
fn the_load_that_is_written_down_is_the_load() {
    let told = std::fs::read_to_string("docs/load.md").unwrap();
    for (name, pause) in [
        ("calm", CALM),
        ("incident", DURING),
        ("hidden", HIDDEN),
        ("failing", LONGEST),
    ] {
        let row = format!(
            "| {name} | {} s | {} |",
            pause.num_seconds(),
            3_600 / pause.num_seconds()
        );
        assert!(told.contains(&row), "docs/load.md lacks: {row}");
    }
}

#[test]
fn whoever_has_a_network_again_reads_within_five_seconds() {
    for (chance, milliseconds) in [(0.0, 0), (0.5, 2_500), (1.0, 5_000)] {
        assert_eq!(reconnected(chance), TimeDelta::milliseconds(milliseconds));
    }
}

proptest! {
    #[test]
    fn the_spread_is_a_fifth_to_either_side(open: bool, visible: bool, failures in 0_u32..60, chance in 0.0..1.0) {
        let seen = Seen { open, visible, failures };
        let middle = pause(seen, 0.5);
        let fifth = middle / 5;
        let spread = pause(seen, chance);
        prop_assert!(middle - fifth - TimeDelta::milliseconds(1) <= spread);
        prop_assert!(spread <= middle + fifth);
        prop_assert!(spread >= TimeDelta::seconds(20));
    }
}
