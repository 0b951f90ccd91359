//! What would be unwise to say: warnings, which keep nothing from leaving.

use crate::sop::message::{Origin, Preview};

use super::spans::is_dash;
use super::{Checked, Finding, shapes};

pub(super) fn find(checked: &Checked<'_>, preview: &Preview) -> Vec<Finding> {
    let mut found = Vec::new();
    if checked.purpose.channel.is_public() {
        let additions = &checked.playbook.additions;
        let approval = checked
            .playbook
            .incident_type(checked.incident_type)
            // A type that the playbook does not know may be any: the careful reading holds.
            .is_none_or(|kind| kind.approval);
        if approval {
            found.extend(words(checked, &additions.forbidden_words, |word| {
                format!("“{word}” may tell more about an attack than is wise in public.")
            }));
        }
        found.extend(words(checked, &additions.sweeping_claims, |word| {
            format!("“{word}” is a claim about everyone. Say only what is known.")
        }));
        found.extend(words(checked, &additions.blame_words, |word| {
            format!("“{word}” puts blame on people. Say what happened.")
        }));
    }
    found.extend(placeholders(checked));
    found.extend(full_stops(preview));
    found
}

/// One warning for each word of a list that the message says.
fn words(checked: &Checked<'_>, list: &[String], say: impl Fn(&str) -> String) -> Vec<Finding> {
    let text = flat(&checked.all());
    list.iter()
        .filter(|word| says(&text, word))
        .map(|word| {
            Finding::warning(say(word)).about(checked.fact_that(|value| says(&flat(value), word)))
        })
        .collect()
}

/// Whether a flat text says a word or something that begins with it ("exploit", "exploited").
fn says(text: &str, word: &str) -> bool {
    let word = flat(word);
    if word.is_empty() {
        return false;
    }
    let mut before = None;
    let mut rest = text;
    while let Some((ahead, after)) = rest.split_once(word.as_str()) {
        let last = ahead.chars().next_back().or(before);
        if !last.is_some_and(char::is_alphanumeric) {
            return true;
        }
        before = word.chars().next_back();
        rest = after;
    }
    false
}

/// In small letters and with single spaces, in the place of dashes too: "brute-force" is "brute force", however it is set.
/// What nobody sees within a word is left out.
fn flat(text: &str) -> String {
    let seen: String = text.chars().filter(|c| !is_unseen(*c)).collect();
    seen.split(|c: char| c.is_whitespace() || is_dash(c))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .to_ascii_lowercase()
}

/// What has no width: a hyphen that stands only where a line ends, joiners and what keeps them apart.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// A placeholder that was typed, of whatever template language, would be sent as it stands. The playbook's literal
/// brackets are none.
fn placeholders(checked: &Checked<'_>) -> Vec<Finding> {
    let literal = &checked.playbook.placeholders.literal;
    let mut found = Vec::new();
    for (fact, value) in checked.facts() {
        let left = shapes::placeholders(value).find(|written| !literal.contains(inside(written)));
        if let Some(written) = left.filter(|written| checked.all().contains(written)) {
            let text = format!(
                "“{written}” looks like a placeholder that nobody filled in, and would be sent as it stands."
            );
            found.push(Finding::asking(text).about(Some(fact)));
        }
    }
    found
}

fn inside(written: &str) -> &str {
    written.trim_start_matches('[').trim_end_matches(']')
}

/// The SOP ends its sentences itself: "… has been resolved. A certificate expired.."
fn full_stops(preview: &Preview) -> Option<Finding> {
    let doubled = preview.text.windows(2).any(|pair| match pair {
        [value, after] => {
            let filled = match value.origin {
                Origin::Fact(_) | Origin::Value | Origin::Default => true,
                Origin::Template | Origin::Gap | Origin::Recipient => false,
            };
            filled && value.text.trim_end().ends_with('.') && after.text.starts_with('.')
        }
        _ => false,
    });
    doubled.then(|| {
        Finding::warning("A sentence ends with two full stops: leave the last one of the fact out.")
    })
}
