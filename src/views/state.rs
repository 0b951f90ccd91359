//! A state as shape, word and colour together. The one place where a state gets its shape and colour.

use leptos::prelude::*;

use crate::domain::impact::Impact;
use crate::domain::page::Overall;
use crate::ui::{Shape, Size, StateIcon};

pub fn shape(state: Overall) -> Shape {
    match state {
        Overall::Operational => Shape::Disc,
        Overall::Maintenance => Shape::Wrench,
        Overall::Unknown => Shape::DashedRing,
        Overall::Degraded => Shape::Triangle,
        Overall::PartialOutage => Shape::HalfSquare,
        Overall::MajorOutage => Shape::Diamond,
    }
}

/// The word for `data-state`, which gives an element its colour.
pub fn tone(state: Overall) -> &'static str {
    match state {
        Overall::Operational => "operational",
        Overall::Maintenance => "maintenance",
        Overall::Unknown => "unknown",
        Overall::Degraded => "degraded",
        Overall::PartialOutage => "partial",
        Overall::MajorOutage => "major",
    }
}

/// The state that an incident's impact shows. A mere notice is not "operational": it has no state's
/// shape but the remark's.
pub fn impact_shape(impact: &Impact) -> Shape {
    match impact {
        Impact::None => Shape::Info,
        Impact::Maintenance
        | Impact::Unknown(_)
        | Impact::Minor
        | Impact::Major
        | Impact::Critical => shape(Overall::from(impact)),
    }
}

/// The word for `data-state` of an incident's impact.
pub fn impact_tone(impact: &Impact) -> &'static str {
    match impact {
        Impact::None => "maintenance",
        Impact::Maintenance
        | Impact::Unknown(_)
        | Impact::Minor
        | Impact::Major
        | Impact::Critical => tone(Overall::from(impact)),
    }
}

/// A shape and its word, in the state's colour.
#[component]
pub fn StateWord(
    shape: Shape,
    /// The word for `data-state`.
    tone: &'static str,
    /// The word beside the shape.
    #[prop(into)]
    words: String,
    /// How large the shape is drawn.
    #[prop(optional)]
    size: Size,
) -> impl IntoView {
    view! {
        <span class="state-word" data-state=tone>
            <StateIcon shape=shape size=size />
            <span>{words}</span>
        </span>
    }
}
