//! What messages are for: the words for it in the file, and what the SOP needs a text for.

use crate::config::reader::{Diagnostics, TableReader};
use crate::sop::channel::Channel;
use crate::sop::duty::DutyKind;

use super::{Purpose, Variant};

/// The duties that a message meets.
const KINDS: [DutyKind; 6] = [
    DutyKind::First,
    DutyKind::Update,
    DutyKind::Raised,
    DutyKind::Reopened,
    DutyKind::Resolved,
    DutyKind::Report,
];

const VARIANTS: [(&str, Variant); 3] = [
    ("short", Variant::Short),
    ("true", Variant::True),
    ("retraction", Variant::Retraction),
];

/// The channels that have texts of their own.
const CHANNELS: [Channel; 4] = [Channel::Team, Channel::Page, Channel::Email, Channel::X];

/// What the SOP needs a text for, and what cannot be done without it.
pub(super) const NEEDED: [(Channel, DutyKind, Variant, &str); 17] = [
    (
        Channel::Page,
        DutyKind::First,
        Variant::Usual,
        "the first post on the status page",
    ),
    (
        Channel::Page,
        DutyKind::Update,
        Variant::Usual,
        "updates on the status page",
    ),
    (
        Channel::Page,
        DutyKind::Resolved,
        Variant::Usual,
        "the resolved post on the status page",
    ),
    (
        Channel::Page,
        DutyKind::Reopened,
        Variant::Usual,
        "the reopened post on the status page",
    ),
    (
        Channel::Page,
        DutyKind::Resolved,
        Variant::Retraction,
        "a retraction on the status page",
    ),
    (
        Channel::Email,
        DutyKind::First,
        Variant::Usual,
        "the first email",
    ),
    (
        Channel::Email,
        DutyKind::Resolved,
        Variant::Usual,
        "the resolved email",
    ),
    (
        Channel::Email,
        DutyKind::Reopened,
        Variant::Usual,
        "the reopened email",
    ),
    (
        Channel::Email,
        DutyKind::Resolved,
        Variant::Retraction,
        "a retraction by email",
    ),
    (
        Channel::Email,
        DutyKind::Report,
        Variant::Usual,
        "the incident report",
    ),
    (
        Channel::X,
        DutyKind::First,
        Variant::Usual,
        "the first posts on X and LinkedIn",
    ),
    (
        Channel::X,
        DutyKind::Resolved,
        Variant::Usual,
        "the resolved posts on X and LinkedIn",
    ),
    (
        Channel::X,
        DutyKind::Reopened,
        Variant::Usual,
        "the reopened posts on X and LinkedIn",
    ),
    (
        Channel::X,
        DutyKind::Resolved,
        Variant::Retraction,
        "a retraction on X and LinkedIn",
    ),
    (
        Channel::Team,
        DutyKind::First,
        Variant::Usual,
        "the notice to the team",
    ),
    (
        Channel::Team,
        DutyKind::Raised,
        Variant::Usual,
        "the team's notice of a raise",
    ),
    (
        Channel::Team,
        DutyKind::Reopened,
        Variant::Usual,
        "the team's notice of a reopening",
    ),
];

/// A purpose as the file writes it.
pub(super) fn described(channel: Channel, kind: DutyKind, variant: Variant) -> String {
    let variant = VARIANTS
        .iter()
        .find(|(_, other)| *other == variant)
        .map(|(word, _)| word);
    let variant = variant
        .map(|word| format!(", variant = \"{word}\""))
        .unwrap_or_default();
    format!(
        "channel = \"{}\", kind = \"{}\"{variant}",
        channel.word(),
        kind.word()
    )
}

/// What a message is for.
pub(super) fn purpose(
    notes: &mut Diagnostics,
    part: &mut TableReader<'_>,
    named: &[Purpose],
) -> Option<Purpose> {
    let channels = CHANNELS.map(|channel| (channel.word(), channel));
    let channel = part.choice(notes, "channel", &channels);
    let kind = part.choice(notes, "kind", &KINDS.map(|kind| (kind.word(), kind)));
    let variant = if part.has("variant") {
        part.choice(notes, "variant", &VARIANTS)
    } else {
        Some(Variant::Usual)
    };
    let purpose = Purpose {
        channel: channel?,
        kind: kind?,
        variant: variant?,
    };
    let needed = NEEDED.iter().any(|(channel, kind, variant, _)| {
        (*channel, *kind, *variant) == (purpose.channel, purpose.kind, purpose.variant)
    });
    let on_x = purpose.channel == Channel::X;
    let fits = match purpose.variant {
        Variant::Usual | Variant::Retraction => needed,
        Variant::Short => {
            let kinds = [DutyKind::First, DutyKind::Resolved, DutyKind::Reopened];
            on_x && kinds.contains(&purpose.kind)
        }
        Variant::True => on_x && purpose.kind == DutyKind::Resolved,
    };
    if !fits {
        let wrong = "the SOP has no such message: channel, kind and variant do not fit together";
        part.refuse(
            notes,
            "kind",
            wrong.to_owned(),
            "see the comment above the messages".to_owned(),
        );
        return None;
    }
    if named.contains(&purpose) {
        let wrong = "another message has the same channel, kind and variant".to_owned();
        part.refuse(notes, "kind", wrong, "one message for each".to_owned());
    }
    Some(purpose)
}
