//! The duties that are still owed, as a calendar file (RFC 5545): the report, the post-mortem and the regulator's clock
//! lie days ahead of whoever resolves an incident.
//!
//! It is written by hand. The crate `icalendar` (0.17) would bring `uuid` with the browser's random numbers, chrono's
//! clock, and `nom`; here an id follows from the duty, the time is told, nothing is parsed, and the console is a
//! download.

use chrono::{DateTime, Datelike, SecondsFormat, TimeDelta, Utc};

use super::sentence;
use crate::sop::board::IncidentView;
use crate::sop::duty::Duty;

/// A line's octets without its end (RFC 5545, section 3.1).
const LONGEST: usize = 75;
/// The years that a date has digits for.
const YEARS: std::ops::RangeInclusive<i32> = 0..=9999;

/// Whether the calendar has an entry for a duty: it is to be done, and by a time.
pub fn is_dated(duty: &Duty) -> bool {
    let due = duty.runs_out_at().filter(|due| YEARS.contains(&due.year()));
    duty.is_open() && due.is_some()
}

/// The calendar of an incident at `now`; `None` where no duty is dated, because a calendar without an entry is none.
/// `link` is the incident's address in the console.
pub fn calendar(view: &IncidentView, now: DateTime<Utc>, link: &str) -> Option<String> {
    let entries: Vec<String> = view
        .duties
        .iter()
        .filter(|duty| is_dated(duty))
        .filter_map(|duty| Some(entry(view, duty, duty.due_at?, now, link)))
        .collect();
    let head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Allclear//Duties//EN",
    ];
    (!entries.is_empty()).then(|| {
        let head = head.map(line).concat();
        [head, entries.concat(), line("END:VCALENDAR")].concat()
    })
}

/// One duty. Its id stays, and its number grows with the time, so that a later file replaces what an earlier one said.
fn entry(
    view: &IncidentView,
    duty: &Duty,
    due: DateTime<Utc>,
    now: DateTime<Utc>,
    link: &str,
) -> String {
    let key = duty.key;
    let channel = key.channel.map_or("none", |channel| channel.word());
    let uid = format!(
        "{}-{}-{}-{channel}-{}@allclear",
        view.id.0,
        key.episode,
        key.kind.word(),
        key.seq
    );
    let sequence = (now - view.state.declared_at).max(TimeDelta::zero());
    let sequence = sequence.num_seconds().min(i64::from(i32::MAX));
    let what = sentence::duty_name(key);
    let summary = text(&format!("{what}: {}", view.title()));
    let address: String = link.chars().filter(|c| !c.is_control()).collect();
    let now = utc(now);
    [
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", text(&uid)),
        format!("DTSTAMP:{now}"),
        format!("LAST-MODIFIED:{now}"),
        format!("SEQUENCE:{sequence}"),
        format!("DTSTART:{}", utc(due)),
        format!("SUMMARY:{summary}"),
        format!("DESCRIPTION:{}", text(&format!("{}\n{link}", duty.clause))),
        format!("URL:{address}"),
        "TRANSP:TRANSPARENT".to_owned(),
        "BEGIN:VALARM".to_owned(),
        "ACTION:DISPLAY".to_owned(),
        format!("DESCRIPTION:{summary}"),
        "TRIGGER:-PT5M".to_owned(),
        "END:VALARM".to_owned(),
        "END:VEVENT".to_owned(),
    ]
    .map(|content| line(&content))
    .concat()
}

/// "20260309T140500Z"
fn utc(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
        .replace(['-', ':'], "")
}

/// A value of the type TEXT (section 3.3.11). Control characters have no place in one.
fn text(value: &str) -> String {
    let mut written = String::with_capacity(value.len());
    for sign in value.replace("\r\n", "\n").chars() {
        match sign {
            '\\' | ';' | ',' => written.extend(['\\', sign]),
            '\n' | '\r' => written.push_str("\\n"),
            sign if sign.is_control() && sign != '\t' => {}
            sign => written.push(sign),
        }
    }
    written
}

/// A content line, folded between characters.
fn line(content: &str) -> String {
    let mut folded = String::with_capacity(content.len() + 2);
    let mut octets = 0;
    for sign in content.chars() {
        if octets + sign.len_utf8() > LONGEST {
            folded.push_str("\r\n ");
            octets = 1;
        }
        folded.push(sign);
        octets += sign.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}
