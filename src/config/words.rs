//! Words that people write into files by hand: spans of time, and the nearest of some known words.

use chrono::TimeDelta;

/// Ten years: longer spans are slips of the finger, and shorter ones are safe to add to a date.
const LONGEST_MINUTES: i64 = 10 * 366 * 24 * 60;

/// "15 minutes", "1 hour 30 minutes", "7 days" as a span of time; `None` for anything else, for nothing
/// and for more than ten years.
pub(crate) fn span(text: &str) -> Option<TimeDelta> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() {
        return None;
    }
    let mut minutes: i64 = 0;
    for pair in words.chunks(2) {
        let [count, unit] = pair else { return None };
        if !count.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let count: i64 = count.parse().ok()?;
        let unit = match *unit {
            "minute" | "minutes" => 1,
            "hour" | "hours" => 60,
            "day" | "days" => 24 * 60,
            _ => return None,
        };
        minutes = minutes.checked_add(count.checked_mul(unit)?)?;
    }
    (1..=LONGEST_MINUTES)
        .contains(&minutes)
        .then(|| TimeDelta::minutes(minutes))
}

/// The spans that a text names as "every 15 minutes", "every hour", in order.
pub(crate) fn every(text: &str) -> Vec<TimeDelta> {
    let lower = text.to_ascii_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if *word != "every" {
            continue;
        }
        let (next, after) = (words.get(at + 1), words.get(at + 2));
        let named = match (next, after) {
            (Some(count), Some(unit)) if is_count(count) => {
                span(&format!("{} {unit}", digits(count)))
            }
            (Some(unit), _) => span(&format!("1 {unit}")),
            (None, _) => None,
        };
        found.extend(named);
    }
    found
}

fn is_count(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit()) || COUNTS.iter().any(|(name, _)| *name == word)
}

fn digits(word: &str) -> &str {
    COUNTS
        .iter()
        .find(|(name, _)| *name == word)
        .map_or(word, |(_, number)| number)
}

const COUNTS: [(&str, &str); 9] = [
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("ten", "10"),
    ("fifteen", "15"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("sixty", "60"),
];

/// The known word that a mistyped one most likely meant, where one is near.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A mistyped word is about as long as the right one: what is much longer needs no comparing.
    let word: Vec<char> = word
        .chars()
        .take(64)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    known
        .into_iter()
        .filter_map(|candidate| {
            let other: Vec<char> = candidate
                .chars()
                .map(|letter| letter.to_ascii_lowercase())
                .collect();
            let allowed = (other.len() / 4).clamp(1, 3);
            let distance = distance(&word, &other);
            (distance <= allowed).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters have to be changed, added, dropped or swapped with their neighbour.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, a) in left.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, b) in right.iter().enumerate() {
            let at =
                |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
            let mut best = (at(&above, column) + usize::from(a != b))
                .min(at(&above, column + 1) + 1)
                .min(at(&line, column) + 1);
            let swapped = row > 0
                && column > 0
                && left.get(row - 1) == Some(b)
                && right.get(column - 1) == Some(a);
            if swapped {
                best = best.min(at(&before, column - 1) + 1);
            }
            line.push(best);
        }
        before = std::mem::replace(&mut above, line);
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_as_people_write_them() {
        for (text, minutes) in [
            ("15 minutes", Some(15)),
            ("1 hour", Some(60)),
            ("1 hour 30 minutes", Some(90)),
            ("7 days", Some(7 * 24 * 60)),
            ("  2   hours ", Some(120)),
            ("0 minutes", None),
            ("", None),
            ("15", None),
            ("15 min", None),
            ("-5 minutes", None),
            ("1.5 hours", None),
            ("9999999999999999999 days", None),
            ("99999 days", None),
        ] {
            assert_eq!(span(text), minutes.map(TimeDelta::minutes), "{text}");
        }
    }

    #[test]
    fn promises_of_a_cadence_are_found_in_prose() {
        let minutes = |text: &str| {
            every(text)
                .iter()
                .map(TimeDelta::num_minutes)
                .collect::<Vec<_>>()
        };
        assert_eq!(minutes("We will provide updates every 15 minutes."), [15]);
        assert_eq!(minutes("Every hour, then every two hours."), [60, 120]);
        assert_eq!(
            minutes("every user, every 3 things, every"),
            Vec::<i64>::new()
        );
        assert_eq!(minutes("every day"), [24 * 60]);
    }

    #[test]
    fn the_nearest_word_is_near() {
        let known = ["response", "cadence", "social", "email"];
        assert_eq!(nearest("respnse", known), Some("response"));
        assert_eq!(nearest("repsonse", known), Some("response"));
        assert_eq!(nearest("Cadence", known), Some("cadence"));
        assert_eq!(nearest("socail", known), Some("social"));
        assert_eq!(nearest("weather", known), None);
        assert_eq!(nearest(&"x".repeat(1_000_000), known), None);
    }
}
