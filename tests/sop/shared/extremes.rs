//! Times at the ends of the calendar, which anybody may write beside an incident: no console stops over one
//! (`docs/duties.md` rule 15).

use std::sync::Arc;

use allclear::domain::incident::{Incident, IncidentStatus};
use allclear::domain::promise;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::EventKind;
use allclear::sop::report::{postmortem_draft, timeline};
use allclear::sop::run::{Run, duties};
use allclear::sop::score::score;
use allclear::sop::severity::Severity;
use allclear::sop::shared::{
    Known, OnPage, Sheet, adopted_posts, find, live_claims, opened_since, overtaken, pending,
    placed, posted_after_the_end, unaccounted, updates_since,
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use super::{adoption, take_in};
use crate::sop::support::at;
use crate::sop::support::log::Log;

const ENDS: [DateTime<Utc>; 2] = [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC];

/// An incident whose one update was made at such a time.
fn incident(when: DateTime<Utc>) -> Incident {
    let text = "We look. Next update by 00:00 UTC.";
    let mut made = adoption::incident(&[("u", IncidentStatus::Investigating, "14:05", text)]);
    made.created_at = when;
    made.updates[0].created_at = when;
    made
}

/// What stands beside the incident: in the key of a device of the run every kind of entry with that time.
fn beside(run: &Run, device: &str, when: DateTime<Utc>) -> Map<String, Value> {
    let when = when.timestamp_millis();
    let millis = at("14:03").timestamp_millis();
    let entry = |counter: u32, from_id: i64, what: Value| {
        let mut entry = vec![json!(format!("{millis:012x}-{counter:04x}")), json!(from_id), Value::Null, json!("m")];
        entry.extend(what.as_array().unwrap().clone());
        Value::Array(entry)
    };
    let from_id = when.saturating_sub(millis);
    let post = ["page", "update", "investigating", "P1"];
    let log = json!([
        entry(1, 0, json!(["hand", when, post[0], post[1], post[2], post[3], when, null, when])),
        entry(2, from_id, json!(["sent", "op", post[0], post[1], post[2], post[3], when, null])),
        entry(3, from_id, json!(["claim", "op", "first", 1])),
        entry(4, from_id, json!(["claim", "other", "first", 1])),
        entry(5, from_id, json!(["severity", "P0"])),
        entry(6, 0, json!(["time", "impact-started", when])),
        entry(7, 0, json!(["time", "became-aware", when])),
        entry(8, 0, json!(["regulator", when])),
        entry(9, from_id, json!(["resolved"])),
        entry(10, from_id, json!(["reopened"])),
    ]);
    let mut all = Sheet::of(run).beside(&Map::new());
    all.insert(format!("allclear_{device}"), json!({"v": 1, "run": run.id.0, "ops": [], "log": log}));
    all
}

#[test]
fn no_console_stops_over_a_time_at_an_end_of_the_calendar() {
    for (when, device) in ENDS.into_iter().flat_map(|when| [(when, "a"), (when, "b")]) {
        let log = Log::declared(Severity::P0, "14:00");
        let metadata = beside(&log.run, device, when);
        let mut run = log.run.clone();
        take_in(&mut run, &metadata);
        assert_eq!(run.events().count(), 11, "{when}: all of it is read");
        for now in [at("14:05"), ENDS[0], ENDS[1]] {
            for page in [incident(at("14:03")), incident(when)] {
                let adopted = adopted_posts(&log.sop, &run, &page, now);
                assert!(adopted.len() <= unaccounted(&run, &page, now).len());
                assert!(placed(&run, &page).is_some());
                for lost in pending(&run, "b", now) {
                    assert_eq!(lost.op, "op");
                    let none = find(&lost, &run, std::iter::once((&page, &Map::new())));
                    assert_eq!(none, None, "its text is not known");
                }
                let seen = |_: &str| Some(when);
                let known = Known { first_seen: &seen, since: now };
                updates_since(&run, "b", &page, &known);
                let none = Map::new();
                let on_page = OnPage { incident: &page, metadata: &none, runs: vec![Arc::new(Log::declared(Severity::P1, "14:00").run)] };
                opened_since(&run.id, Some(when), std::iter::once(on_page), &known, false);
            }
            live_claims(&run, DutyKind::First, 1, now);
            assert_eq!(overtaken(&run, "op", DutyKind::First, 1), None);
            posted_after_the_end(&log.sop, &run, now);
            let read_at = run.read_at(device, now);
            for read in [now, read_at] {
                duties(&log.sop, &run, read);
                score(&log.sop, &run, read);
                timeline(&log.sop, &run, read);
                postmortem_draft(&log.sop, &run, read);
                promise::promised(read, TimeDelta::minutes(15));
                promise::read("Next update by 00:00 UTC.", read);
            }
        }
    }
}

#[test]
fn a_post_by_hand_at_an_end_of_the_calendar_stands_behind_no_update() {
    for when in ENDS {
        let log = Log::declared(Severity::P0, "14:00");
        let mut run = log.run.clone();
        run.insert(allclear::sop::event::Event {
            id: allclear::sop::event::EventId::next("b", at("14:01"), run.last_id()),
            at: at("14:01"),
            offset_ms: None,
            who: "m".to_owned(),
            vouched: false,
            what: EventKind::PostedByHand {
                message: crate::sop::support::log::post(IncidentStatus::Investigating, Severity::P1, None),
                posted_at: when,
                link: None,
            },
        });
        assert_eq!(unaccounted(&run, &incident(at("14:03")), at("14:05")).len(), 1);
        assert!(unaccounted(&run, &incident(when), at("14:05")).is_empty(), "it stands behind its own");
    }
}
