//! What would not fit where it goes.

use crate::sop::channel::Channel;
use crate::sop::duty::DutyKind;
use crate::sop::playbook::Variant;
use crate::sop::x_length;

use super::{Checked, Finding};

/// The longest title of a status-page post, and the longest subject, in characters.
const TITLE: usize = 255;

/// The longest text of a status-page post, in characters; more than anybody reads in an email.
const BODY: usize = 25_000;

/// Longer texts are hardly read during an outage.
const LONG: usize = 3_000;

/// The most bytes of a notice to the team. The edge takes 16 kB, with what stands around the text.
const MOST_BYTES: usize = 15_000;

pub(super) fn find(checked: &Checked<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(title) = checked.title() {
        let length = title.chars().count();
        if length > TITLE {
            let text =
                format!("The title has {length} characters, and {TITLE} are allowed. Shorten it.");
            found.push(Finding::blocking(text).about(longest(checked)));
        }
        if title.contains(['\n', '\r']) {
            let text = "The title has a line break in it. Put it on one line.";
            let fact =
                checked.fact_that(|value| value.contains(['\n', '\r']) && title.contains(value));
            found.push(Finding::blocking(text).about(fact));
        }
    }
    let text = checked.text();
    let length = text.chars().count();
    if length > BODY {
        let text = format!("The text has {length} characters, and {BODY} are allowed. Shorten it.");
        found.push(Finding::blocking(text).about(longest(checked)));
    } else if length > LONG && checked.purpose.kind != DutyKind::Postmortem {
        let text = format!("The text has {length} characters: few people will read all of it.");
        found.push(Finding::warning(text).about(longest(checked)));
    }
    if checked.purpose.channel == Channel::X {
        found.extend(weight(checked, &text));
    }
    if checked.purpose.channel == Channel::Team {
        found.extend(notice(checked, &text));
    }
    found
}

/// A notice that the webhook of the team's channel would not take: nothing of it is cut.
fn notice(checked: &Checked<'_>, text: &str) -> Option<Finding> {
    let service = checked.team?;
    // Each is taken apart by one sign more, so that no words become a link.
    let units = text.encode_utf16().count() + text.matches("](").count();
    let over = match service.longest() {
        Some(most) if units > most => format!(
            "The text has {units} characters, and {} takes {most}. Shorten it.",
            service.name()
        ),
        Some(_) | None if bytes(text) > MOST_BYTES => format!(
            "The text is longer than a notice may be on its way to {}. Shorten it.",
            service.name()
        ),
        Some(_) | None => return None,
    };
    Some(Finding::blocking(over).about(longest(checked)))
}

/// How many bytes a text has at most in a webhook's request, in whichever form: in JSON, with what would ring, link or
/// format taken apart.
fn bytes(text: &str) -> usize {
    let of = |sign: char| match sign {
        '\n' | '<' | '>' | '@' | '(' => 4,
        '&' => 5,
        '"' | '\\' => 2,
        sign if sign.is_control() => 6,
        sign => sign.len_utf8(),
    };
    text.chars().map(of).sum()
}

fn weight(checked: &Checked<'_>, text: &str) -> Option<Finding> {
    let weight = x_length::weight(text);
    let over = weight.checked_sub(x_length::MAX).filter(|over| *over > 0)?;
    let offer = checked.offer(Variant::Short);
    let what_to_do = if offer.is_some() {
        "Use the shorter text, or shorten the facts."
    } else {
        "Shorten the facts."
    };
    let max = x_length::MAX;
    let text = format!("The post is {over} too long for X ({weight} of {max}). {what_to_do}");
    Some(
        Finding::blocking(text)
            .about(longest(checked))
            .offering(offer),
    )
}

/// The longest fact that stands in the message.
fn longest(checked: &Checked<'_>) -> Option<crate::sop::facts::Fact> {
    let all = checked.all();
    checked
        .facts()
        .filter(|(_, value)| all.contains(value))
        .max_by_key(|(_, value)| value.len())
        .map(|(fact, _)| fact)
}
