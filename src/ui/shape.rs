//! Shapes: state is shape, word and colour together, and this is the shape. Drawn on a 16 × 16 grid in
//! the current colour, readable at 12 pixels and in print. A shape is never alone: its word stands
//! beside it, so that screen readers are spared the picture.

use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A filled circle: operational.
    Disc,
    /// A wrench in a ring: maintenance.
    Wrench,
    /// A dashed ring: unknown.
    DashedRing,
    /// A filled triangle: degraded.
    Triangle,
    /// A half-filled square: partial outage.
    HalfSquare,
    /// A filled diamond: major outage.
    Diamond,
    /// An open ring: waiting.
    Ring,
    /// A ring with hands: due, queued.
    ClockFace,
    /// A filled hexagon with an exclamation mark: overdue, something is wrong.
    Alarm,
    /// A tick: done, sent.
    Check,
    /// Two arrows forward: skipped.
    Skip,
    /// A bar: lapsed.
    Dash,
    /// A cross: missed, failed.
    Cross,
    /// A padlock: blocked.
    Lock,
    /// A plus: offered.
    Plus,
    /// A filled circle with an i: a remark.
    Info,
    /// A half-filled ring: light and dark.
    Halves,
    /// An open pin: could be kept at the top.
    Pin,
    /// A filled pin: is kept at the top.
    Pinned,
}

/// How large a shape is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Size {
    /// 12 pixels.
    Small,
    /// As large as the text it stands in.
    #[default]
    Text,
    /// 24 pixels.
    Large,
    /// 64 pixels: the one big thing.
    Huge,
}

impl Size {
    fn class(self) -> &'static str {
        match self {
            Self::Small => "shape shape-12",
            Self::Text => "shape",
            Self::Large => "shape shape-24",
            Self::Huge => "shape shape-64 state-shape",
        }
    }
}

const PIN: &str = "M5.2 1.6h5.6L10.4 6l2.4 2.6v1.2H3.2V8.6L5.6 6zM8 9.8v5";
const RING: &str = "M8 1.4a6.6 6.6 0 1 0 0 13.2A6.6 6.6 0 1 0 8 1.4z";

impl Shape {
    fn filled(self) -> &'static str {
        match self {
            Self::Disc => "M8 .8a7.2 7.2 0 1 0 0 14.4A7.2 7.2 0 1 0 8 .8z",
            Self::Triangle => "M8 .9 15.8 14.9H.2z",
            Self::HalfSquare => "M1.6 1.6H8v12.8H1.6z",
            Self::Diamond => "M8 .2 15.8 8 8 15.8.2 8z",
            Self::Alarm => "M8 .4 14.6 4.2v7.6L8 15.6 1.4 11.8V4.2zM7 4v5.2h2V4zM7 10.4v2h2v-2z",
            Self::Skip => "M2 3.4 8 8l-6 4.6zM8 3.4 14 8l-6 4.6z",
            Self::Lock => "M2.6 7h10.8v8H2.6z",
            Self::Info => {
                "M8 .8a7.2 7.2 0 1 0 0 14.4A7.2 7.2 0 1 0 8 .8zM7 6.8v5.4h2V6.8zM7 3.6v2h2v-2z"
            }
            Self::Halves => "M8 1.4a6.6 6.6 0 0 1 0 13.2z",
            Self::Pinned => PIN,
            Self::Wrench
            | Self::DashedRing
            | Self::Ring
            | Self::ClockFace
            | Self::Check
            | Self::Dash
            | Self::Cross
            | Self::Plus
            | Self::Pin => "",
        }
    }

    /// What is drawn as lines, and how wide they are.
    fn lines(self) -> (&'static str, &'static str) {
        match self {
            Self::Disc | Self::Triangle | Self::Diamond | Self::Alarm | Self::Skip | Self::Info => {
                ("", "0")
            }
            Self::HalfSquare => ("M1.6 1.6h12.8v12.8H1.6z", "1.6"),
            Self::Wrench => (
                "M8 .8a7.2 7.2 0 1 0 0 14.4A7.2 7.2 0 1 0 8 .8zM12.1 6.1a2.2 2.2 0 1 1-2.2-2.2M8.3 7.7 4.9 11.1",
                "1.5",
            ),
            Self::DashedRing => (RING, "1.9"),
            Self::Ring | Self::Halves => (RING, "1.5"),
            Self::ClockFace => (
                "M8 1.4a6.6 6.6 0 1 0 0 13.2A6.6 6.6 0 1 0 8 1.4zM8 4.2V8l2.8 1.8",
                "1.5",
            ),
            Self::Check => ("M2 8.6 6.2 12.8 14 3.6", "2.3"),
            Self::Dash => ("M2.5 8h11", "2.3"),
            Self::Cross => ("M3 3 13 13M13 3 3 13", "2.3"),
            Self::Lock => ("M5 7V4.8a3 3 0 0 1 6 0V7", "1.6"),
            Self::Plus => ("M8 2.5v11M2.5 8h11", "2"),
            Self::Pin | Self::Pinned => (PIN, "1.4"),
        }
    }

    /// Only the unknown is drawn with gaps: six dashes around the ring.
    fn dashes(self) -> Option<&'static str> {
        (self == Self::DashedRing).then_some("4.4 2.51")
    }
}

/// A shape, hidden from screen readers: its word must stand beside it.
#[component]
pub fn StateIcon(
    shape: Shape,
    /// How large.
    #[prop(optional)]
    size: Size,
) -> impl IntoView {
    let (lines, width) = shape.lines();
    view! {
        <svg class=size.class() viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=shape.filled() fill="currentColor" fill-rule="evenodd" />
            <path
                d=lines
                fill="none"
                stroke="currentColor"
                stroke-width=width
                stroke-dasharray=shape.dashes()
            />
        </svg>
    }
}
