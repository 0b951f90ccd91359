//! The public promise, "Next update by 14:45 UTC.": how it is printed and how it is read back
//! (`docs/duties.md` rule 2). The one home of both, so that the console and the status page agree.

use chrono::{DateTime, TimeDelta, Timelike, Utc};

use super::calendar::later;
use super::find::{around_last, holds};
use super::incident::{Incident, is_given};

const LEAD: &str = "Next update by ";
const ZONE: &str = "UTC";
/// What may stand right around the line: emphasis, quotes, brackets.
fn is_around(letter: char) -> bool {
    holds("*_\"'`()[]{}“”‘’«»", letter)
}

/// The minute that a post sent at `sent` with cadence `cadence` promises: rounded down.
pub fn promised(sent: DateTime<Utc>, cadence: TimeDelta) -> DateTime<Utc> {
    let at = later(sent, cadence);
    at.with_second(0)
        .and_then(|at| at.with_nanosecond(0))
        .unwrap_or(at)
}

/// The last line of a post, always English: "Next update by 14:45 UTC."
pub fn print(at: DateTime<Utc>) -> String {
    format!("{LEAD}{}.", super::utc_text::clock(at))
}

/// The promise that stands: the one that the newest update of an unresolved incident makes. Of an update that says no
/// moment nobody knows which day's minute it means.
pub fn of(incident: &Incident) -> Option<DateTime<Utc>> {
    let newest = incident.updates.first().filter(|_| incident.is_open())?;
    let newest = Some(newest).filter(|newest| is_given(newest.created_at))?;
    read(&newest.body, newest.created_at)
}

/// The promise that a post's text makes: its last match, on the first such minute after `created`.
/// Tolerates tags, CRLF and runs of spaces between the words, and marks of emphasis, quotes or brackets right around
/// the line. A `<` begins a tag only before a letter or `/`, and no tag runs over a line break, so that a stray one
/// never swallows a promise.
pub fn read(text: &str, created: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let (hour, minute) = last_clock(text)?;
    let that_day = created.date_naive().and_hms_opt(hour, minute, 0)?.and_utc();
    Some(if that_day > created {
        that_day
    } else {
        later(that_day, TimeDelta::days(1))
    })
}

/// Whether a promise has been broken at `now`: strictly later, on both sides.
pub fn is_overdue(promise: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now > promise
}

/// How a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is to be kept in so long.
    Coming(TimeDelta),
    /// It was not kept, for so long as is known.
    Overdue(TimeDelta),
    /// It was to be kept by now, and nobody has read whether it was.
    NotRead,
}

/// How a promise stands at `now`, where it is known up to `known` what was said. Nobody is called late of whom nothing
/// was heard since.
pub fn standing(promise: DateTime<Utc>, now: DateTime<Utc>, known: DateTime<Utc>) -> Standing {
    if !is_overdue(promise, now) {
        Standing::Coming(promise - now)
    } else if is_overdue(promise, known) {
        Standing::Overdue(known - promise)
    } else {
        Standing::NotRead
    }
}

/// The hour and minute of the last "Next update by HH:MM UTC" in a text, with nothing but marks right around it.
fn last_clock(text: &str) -> Option<(u32, u32)> {
    let plain = flatten(text);
    let mut rest = plain.as_str();
    while let Some((before, after)) = around_last(rest, LEAD) {
        let (clock, behind) = after.split_once(' ')?;
        let free = before.trim_end_matches(is_around);
        let zone = behind.split(' ').next().unwrap_or_default();
        let zone = zone.trim_end_matches(|c| c == '.' || is_around(c));
        if zone == ZONE
            && (free.is_empty() || free.ends_with(' '))
            && let Some(found) = parse_clock(clock)
        {
            return Some(found);
        }
        rest = before;
    }
    None
}

/// The text with every tag and every run of spaces turned into one space: `<br>` between words must not join them.
fn flatten(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let beyond = rest.get(letter.len_utf8()..).unwrap_or_default();
        let space = match letter {
            '<' => behind_tag(beyond),
            '&' => beyond.strip_prefix("nbsp;"),
            letter if letter.is_whitespace() => Some(beyond),
            _ => None,
        };
        if let Some(after) = space {
            if !plain.ends_with(' ') {
                plain.push(' ');
            }
            rest = after;
        } else {
            plain.push(letter);
            rest = beyond;
        }
    }
    plain.push(' ');
    plain
}

/// What comes behind the tag that `after`, the text right behind a `<`, begins with; `None` where it is no tag.
fn behind_tag(after: &str) -> Option<&str> {
    if !after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
        return None;
    }
    let end = after.find(['<', '>', '\n', '\r'])?;
    after.get(end..)?.strip_prefix('>')
}

fn parse_clock(clock: &str) -> Option<(u32, u32)> {
    let (hour, minute) = clock.split_once(':')?;
    let two_digits = |part: &str| {
        (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<u32>().ok())
            .flatten()
    };
    let (hour, minute) = (two_digits(hour)?, two_digits(minute)?);
    (hour < 24 && minute < 60).then_some((hour, minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn v12_a_promise_over_midnight_is_printed_and_read_on_the_next_day() {
        let sent = at("2026-03-09T23:52:40Z");
        let promise = promised(sent, TimeDelta::minutes(15));
        assert_eq!(promise, at("2026-03-10T00:07:00Z"));
        assert_eq!(print(promise), "Next update by 00:07 UTC.");
        assert_eq!(
            read(&format!("Text.\n\n{}", print(promise)), sent),
            Some(promise)
        );
        assert!(!is_overdue(promise, at("2026-03-10T00:07:00Z")));
        assert!(is_overdue(promise, at("2026-03-10T00:07:01Z")));
    }

    #[test]
    fn the_last_promise_counts_and_markup_between_the_words_is_tolerated() {
        let created = at("2026-03-09T14:00:00Z");
        for text in [
            "Next update by 14:10 UTC.\nNext update by 14:45 UTC.",
            "Body<br>Next update by 14:45 UTC.",
            "Body<br />Next  update\r\nby 14:45 UTC",
            "<p>Next update by <strong>14:45</strong> UTC.</p>",
            "**Next update by 14:45 UTC.**",
            "_Next update by 14:45 UTC_.",
            "“Next update by 14:45 UTC.”",
            "(Next update by 14:45 UTC.)",
            "a <b Next update by 14:45 UTC.",
            "<\nNext update by 14:45 UTC.",
        ] {
            assert_eq!(
                read(text, created),
                Some(at("2026-03-09T14:45:00Z")),
                "{text}"
            );
        }
    }

    #[test]
    fn v23_a_stray_angle_bracket_swallows_no_promise() {
        let created = at("2026-03-09T14:00:00Z");
        let text = "Latency is < 2 s.\nNext update by 14:45 UTC.<br />";
        assert_eq!(read(text, created), Some(at("2026-03-09T14:45:00Z")));
        let text = "Latency is <b 2 s.\nNext update by 14:45 UTC.<br />";
        assert_eq!(read(text, created), Some(at("2026-03-09T14:45:00Z")));
    }

    #[test]
    fn what_is_no_promise_is_not_read_as_one() {
        let created = at("2026-03-09T14:00:00Z");
        for text in [
            "",
            "Next update by 25:00 UTC.",
            "next update soon",
            "Next update by 14:45 CET.",
            "Next update by 1:5 UTC",
            "Next update by <",
            "<<<<",
        ] {
            assert_eq!(read(text, created), None, "{text}");
        }
    }
}
