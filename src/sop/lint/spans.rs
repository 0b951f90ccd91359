//! Lengths, paces and times of day, as people write them in a sentence: "in half an hour", "every 30 min", "hourly",
//! "15:00 UTC", "3 pm".

use chrono::{TimeDelta, Weekday};

/// A hyphen, a dash or a minus, as keyboards, phones and word processors set them; one that does not break is one, too.
pub(super) fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// The words of a sentence, in small letters, without the marks around them.
pub(super) fn words(sentence: &str) -> Vec<String> {
    let is_mark = |c: char| !(c.is_alphanumeric() || c == '%' || c == '$');
    sentence
        .split(|c: char| c.is_whitespace() || is_dash(c) || matches!(c, '/' | '(' | ')'))
        .map(|word| word.trim_matches(is_mark).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

/// A pace that a sentence names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// Once in so long.
    Every(TimeDelta),
    /// Some pace that cannot be told: "every couple of hours", "twice an hour".
    Vague,
}

/// The pace that a sentence names, where it names one.
pub(super) fn pace(words: &[String]) -> Option<Pace> {
    let adjective = |word: &str| match word {
        "hourly" => Some(60),
        "daily" => Some(24 * 60),
        _ => None,
    };
    for (at, word) in words.iter().enumerate() {
        if let Some(minutes) = adjective(word) {
            let half = at.checked_sub(1).and_then(|before| words.get(before));
            let half = half.is_some_and(|before| before == "half");
            let minutes = if half { minutes / 2 } else { minutes };
            return Some(Pace::Every(TimeDelta::minutes(minutes)));
        }
        let after = words.get(at + 1..).unwrap_or_default();
        match word.as_str() {
            "every" | "each" => {
                if let Some(found) = span(after) {
                    return Some(Pace::Every(found));
                }
                if after.iter().take(3).any(|word| unit(word).is_some()) {
                    return Some(Pace::Vague);
                }
            }
            // "once an hour", "twice per hour", "four times a day"
            "once" | "twice" | "times" => {
                if let [an, each, ..] = after
                    && matches!(an.as_str(), "a" | "an" | "per" | "every" | "each")
                    && let Some(minutes) = unit(each)
                {
                    return Some(if word == "once" {
                        Pace::Every(TimeDelta::minutes(minutes))
                    } else {
                        Pace::Vague
                    });
                }
            }
            _ => {}
        }
    }
    None
}

/// A length that a sentence names: "in 2 hours", "within the hour", "in half an hour".
pub(super) fn length(words: &[String]) -> Option<TimeDelta> {
    words.iter().enumerate().find_map(|(at, word)| {
        let leads = matches!(word.as_str(), "in" | "within" | "after");
        let after = words.get(at + 1..).unwrap_or_default();
        let after = match after {
            [the, next, rest @ ..] if the == "the" && next == "next" => rest,
            [the, rest @ ..] if matches!(the.as_str(), "the" | "about" | "around" | "another") => {
                rest
            }
            _ => after,
        };
        leads.then(|| span(after)).flatten()
    })
}

/// A day that a sentence names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    Tomorrow,
    On(Weekday),
    /// Some time that is no time of day: "tonight", "next week", "in the morning".
    Vague,
}

/// The day that a sentence names, where it names one.
pub(super) fn day(words: &[String]) -> Option<Day> {
    words.iter().find_map(|word| {
        let on = |day| Some(Day::On(day));
        match word.as_str() {
            "tomorrow" => Some(Day::Tomorrow),
            "monday" => on(Weekday::Mon),
            "tuesday" => on(Weekday::Tue),
            "wednesday" => on(Weekday::Wed),
            "thursday" => on(Weekday::Thu),
            "friday" => on(Weekday::Fri),
            "saturday" => on(Weekday::Sat),
            "sunday" => on(Weekday::Sun),
            "tonight" | "morning" | "afternoon" | "evening" | "weekend" | "week" => {
                Some(Day::Vague)
            }
            _ => None,
        }
    })
}

/// The hour and minute of a time of day that a sentence names; zones are left aside.
pub(super) fn time_of_day(words: &[String]) -> Option<(u32, u32)> {
    words.iter().enumerate().find_map(|(at, word)| {
        let next = words.get(at + 1).map_or("", String::as_str);
        match word.as_str() {
            "noon" | "midday" => return Some((12, 0)),
            "midnight" => return Some((0, 0)),
            _ => {}
        }
        let (digits, end) = word.split_at(
            word.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | 'h'))
                .unwrap_or(word.len()),
        );
        let half = match (end, next) {
            ("am" | "a.m", _) | ("", "am" | "a.m") => Some(0),
            ("pm" | "p.m", _) | ("", "pm" | "p.m") => Some(12),
            _ => None,
        };
        let zoned = |word: &str| {
            matches!(
                word,
                "utc"
                    | "gmt"
                    | "cet"
                    | "cest"
                    | "bst"
                    | "est"
                    | "edt"
                    | "pst"
                    | "pdt"
                    | "o'clock"
                    | "o’clock"
                    | "uhr"
                    | "hours"
                    | "z"
            )
        };
        let marked = digits.contains([':', '.', 'h']) && end != "%";
        let (hour, minute) = match digits.split_once([':', '.', 'h']) {
            Some((hour, "")) => (hour.parse().ok()?, 0),
            Some((hour, minute)) if minute.len() == 2 => (hour.parse().ok()?, minute.parse().ok()?),
            Some(_) => return None,
            None if digits.len() == 4 => (
                digits.get(..2)?.parse().ok()?,
                digits.get(2..)?.parse().ok()?,
            ),
            None => (digits.parse().ok()?, 0),
        };
        let said = half.is_some()
            || zoned(next)
            || zoned(end)
            || (marked && (end.is_empty() || zoned(end)));
        let hour: u32 = match half {
            Some(12) if hour < 12 => hour + 12,
            Some(0) if hour == 12 => 0,
            _ => hour,
        };
        (said && hour < 24 && minute < 60).then_some((hour, minute))
    })
}

/// "30 min", "half an hour", "an hour and a half", "hour": what a text begins with.
fn span(words: &[String]) -> Option<TimeDelta> {
    let (count, rest) = match words {
        [half, an, rest @ ..] if half == "half" && matches!(an.as_str(), "an" | "a") => {
            (Count::Half, rest)
        }
        [half, rest @ ..] if half == "half" => (Count::Half, rest),
        [a, rest @ ..] if matches!(a.as_str(), "a" | "an" | "one" | "single") => {
            (Count::Whole(1), rest)
        }
        [first, rest @ ..] => match number(first) {
            Some((count, "")) => (Count::Whole(count), rest),
            // "30min", "2h"
            Some((count, glued)) => {
                return count
                    .checked_mul(unit(glued)?)
                    .and_then(TimeDelta::try_minutes);
            }
            None => (Count::Whole(1), words),
        },
        [] => return None,
    };
    let minutes = unit(rest.first()?)?;
    match count {
        Count::Half => TimeDelta::try_minutes(minutes / 2),
        Count::Whole(count) => count.checked_mul(minutes).and_then(TimeDelta::try_minutes),
    }
}

enum Count {
    Half,
    Whole(i64),
}

/// A number in digits or letters, and what stands right behind its digits.
fn number(word: &str) -> Option<(i64, &str)> {
    const NAMES: [(&str, i64); 14] = [
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("eight", 8),
        ("ten", 10),
        ("twelve", 12),
        ("fifteen", 15),
        ("twenty", 20),
        ("thirty", 30),
        ("forty", 40),
        ("sixty", 60),
        ("ninety", 90),
    ];
    if let Some((_, number)) = NAMES.iter().find(|(name, _)| *name == word) {
        return Some((*number, ""));
    }
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (digits, glued) = word.split_at_checked(digits)?;
    Some((digits.parse().ok()?, glued))
}

/// A unit of time in minutes.
fn unit(word: &str) -> Option<i64> {
    match word {
        "minute" | "minutes" | "min" | "mins" | "m" => Some(1),
        "hour" | "hours" | "hr" | "hrs" | "h" => Some(60),
        "day" | "days" | "d" => Some(24 * 60),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        words(text)
    }

    fn minutes(count: i64) -> TimeDelta {
        TimeDelta::minutes(count)
    }

    #[test]
    fn paces_in_every_spelling() {
        for (text, expected) in [
            ("Updates: every hour.", Some(Pace::Every(minutes(60)))),
            ("updates every 30 min", Some(Pace::Every(minutes(30)))),
            ("hourly updates", Some(Pace::Every(minutes(60)))),
            ("half-hourly updates", Some(Pace::Every(minutes(30)))),
            ("every half hour", Some(Pace::Every(minutes(30)))),
            ("every half an hour", Some(Pace::Every(minutes(30)))),
            ("every fifteen minutes", Some(Pace::Every(minutes(15)))),
            ("every 15min", Some(Pace::Every(minutes(15)))),
            ("once an hour", Some(Pace::Every(minutes(60)))),
            ("twice an hour", Some(Pace::Vague)),
            ("every couple of hours", Some(Pace::Vague)),
            ("each hour", Some(Pace::Every(minutes(60)))),
            ("everyone was told", None),
            ("every customer", None),
        ] {
            assert_eq!(pace(&of(text)), expected, "{text}");
        }
    }

    #[test]
    fn lengths_in_every_spelling() {
        for (text, expected) in [
            ("in 2 hours", Some(minutes(120))),
            ("within the hour", Some(minutes(60))),
            ("within the next 30 minutes", Some(minutes(30))),
            ("in half an hour", Some(minutes(30))),
            ("in an hour", Some(minutes(60))),
            ("in about 45 mins", Some(minutes(45))),
            ("in 2h", Some(minutes(120))),
            ("in Berlin", None),
            ("in a moment", None),
        ] {
            assert_eq!(length(&of(text)), expected, "{text}");
        }
    }

    #[test]
    fn days_in_every_spelling() {
        for (text, expected) in [
            ("tomorrow morning", Some(Day::Tomorrow)),
            ("on Monday.", Some(Day::On(Weekday::Mon))),
            ("in the morning", Some(Day::Vague)),
            ("next week", Some(Day::Vague)),
            ("Sundays are calm", None),
            ("today", None),
        ] {
            assert_eq!(day(&of(text)), expected, "{text}");
        }
    }

    #[test]
    fn times_of_day_in_every_spelling() {
        for (text, expected) in [
            ("at 15:00 UTC.", Some((15, 0))),
            ("by 3 pm", Some((15, 0))),
            ("by 3:30pm", Some((15, 30))),
            ("by 12 am", Some((0, 0))),
            ("at 15.00", Some((15, 0))),
            ("at 15h30", Some((15, 30))),
            ("at 1500 UTC", Some((15, 0))),
            ("by noon", Some((12, 0))),
            ("at 16 o’clock", Some((16, 0))),
            ("version 2.10.4 is out", None),
            ("99.98 % of requests", None),
            ("500 users", None),
            ("port 8080", None),
        ] {
            assert_eq!(time_of_day(&of(text)), expected, "{text}");
        }
    }
}
