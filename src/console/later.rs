//! What the board does not need: the other pages, what lets messages leave, and what shares incidents with other
//! consoles. Fetched when it is first asked for, or once the console has been quiet for a moment, so that a phone at
//! 3 a.m. sees its board first and needs no network later. Whoever can press "Publish" has the page with that button,
//! and with it what publishes.

use leptos::prelude::*;

use crate::platform::clock;
use crate::ui::button::{Button, Kind};
use crate::ui::page::PageHeading;
use crate::ui::part::{Coming, Part, PartState};
use crate::ui::reactive;

use super::desk::Desk;
use super::desk::kept::rescue::Rescue;
use super::desk::outgoing::Hands;
use super::desk::services::ServiceCalls;
use super::desk::sharing::share;
use super::pages::adopt::draw_strangers;
use super::pages::rest::draw_incident;
use super::paths::Route;

/// Draws one of a part's pages.
pub type Draw = fn(Route) -> AnyView;

/// What comes with an incident's pages.
#[derive(Clone, Copy)]
pub struct IncidentPart {
    /// Draws them.
    draw: Draw,
    /// Lets their messages leave.
    hands: Hands,
    /// Asks the services.
    calls: ServiceCalls,
    /// Stores again what was emptied, and offers what is in memory.
    rescue: Rescue,
    /// Shares them with the other consoles, where it is time to.
    share: fn(Desk),
    /// Lists those that sharing found and no console runs.
    strangers: fn() -> AnyView,
}

/// An incident's pages and what lets their messages leave, for whoever takes the console apart.
pub const fn incident_part() -> IncidentPart {
    IncidentPart {
        draw: draw_incident,
        hands: Hands::new(),
        calls: ServiceCalls::new(),
        rescue: Rescue::new(),
        share,
        strangers: draw_strangers,
    }
}

/// The parts, each as the function that fetches it.
#[derive(Clone, Copy)]
pub struct Parts {
    /// An incident's pages: declaring it, its messages, its documents.
    pub incident: fn() -> Coming<IncidentPart>,
    /// The others: readiness, settings, the SOP, the outbox.
    pub rest: fn() -> Coming<Draw>,
}

/// How long the console is quiet before it fetches its parts by itself.
const QUIET_MS: u32 = 2_000;

/// The parts, as far as they are here.
#[derive(Clone, Copy)]
pub(super) struct Later {
    incident: Part<IncidentPart>,
    rest: Part<Draw>,
}

impl Later {
    /// Knows how to fetch them, and does so after a while.
    pub(super) fn new(parts: Parts) -> Self {
        let later = Self {
            incident: Part::new(parts.incident),
            rest: Part::new(parts.rest),
        };
        clock::after(QUIET_MS, move || {
            later.incident.fetch();
            later.rest.fetch();
        })
        .forever();
        later
    }

    /// An incident's page, or what is said until it is here.
    pub(super) fn incident(self, route: Route) -> AnyView {
        page(self.incident, |part| part.draw, route)
    }

    /// One of the other pages, or what is said until it is here.
    pub(super) fn rest(self, route: Route) -> AnyView {
        page(self.rest, |draw| draw, route)
    }

    /// Shares the incidents with the other consoles, where it is time to; `false` where the part could not be fetched.
    pub(super) fn share(self, desk: Desk) -> bool {
        match self.incident.now() {
            Some(part) => (part.share)(desk),
            None => self.incident.fetch(),
        }
        !self.incident.failed()
    }

    /// Asks once more for the part that could not be fetched.
    pub(super) fn ask_again(self) {
        self.incident.ask_again();
    }

    /// The incidents that no console runs; nothing before sharing has begun.
    pub(super) fn strangers(self) -> AnyView {
        reactive(move || match self.incident.state() {
            PartState::Here(part) => (part.strangers)(),
            PartState::Away | PartState::Coming | PartState::Failed => ().into_any(),
        })
    }

    /// Looks whether what was stored is still there, once what can store it again is here.
    pub(super) fn look(self, desk: Desk) {
        if let Some(part) = self.incident.now() {
            leptos::task::spawn_local((part.rescue.look)(desk));
        }
    }

    /// The ways out of this browser; `None` where they could not be fetched.
    pub(super) async fn rescue(self) -> Option<Rescue> {
        self.incident.fetch();
        Some(self.incident.here().await?.rescue)
    }

    /// Whether what asks the services is here.
    pub(super) fn can_reach(self) -> bool {
        self.incident.now().is_some()
    }

    /// What asks the services; `None` where it could not be fetched.
    pub(super) async fn calls(self) -> Option<ServiceCalls> {
        self.incident.fetch();
        Some(self.incident.here().await?.calls)
    }

    /// What lets messages leave; `None` where it could not be fetched.
    pub(super) async fn hands(self) -> Option<Hands> {
        self.incident.fetch();
        Some(self.incident.here().await?.hands)
    }
}

fn page<T: Copy + Send + Sync>(part: Part<T>, draw: fn(T) -> Draw, route: Route) -> AnyView {
    part.fetch();
    match part.state() {
        PartState::Here(here) => draw(here)(route),
        PartState::Away | PartState::Coming => view! {
            <p class="late">"Fetching this page…"</p>
        }
        .into_any(),
        PartState::Failed => view! {
            <PageHeading>"This page could not be fetched"</PageHeading>
            <div class="empty">
                <p>"The network or the server did not answer. Nothing is lost."</p>
                <Button kind=Kind::Primary on_press=move |()| part.again()>"Try again"</Button>
            </div>
        }
        .into_any(),
    }
}
