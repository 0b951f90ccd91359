//! What the first state does not need: fetched once the home page has been read, or when a reader goes there.
//! To move something more here, give it a [`Piece`] and draw it in `pages::rest`; keep its place with CSS where
//! it stands above something, so that nothing moves when it comes.

use std::cell::RefCell;
use std::rc::Rc;

use chrono::{DateTime, TimeDelta};
use leptos::prelude::*;

use super::archive::{Archive, of_page};
use super::kept::{self, Kept};
use super::pages::rest;
use super::route::Route;
use super::router::Router;
use super::store::PageStore;
use crate::api::edge::clock::{Sample, ServerClock};
use crate::api::http::{self, TIMEOUT_MS};
use crate::api::public_page::{Dated, PublicPage};
use crate::config::PublicConfig;
use crate::domain::component::Component;
use crate::domain::news;
use crate::domain::page::Snapshot;
use crate::platform::{clock, first};
use crate::ui::{self, Button, Coming, PageHeading, Part, PartState, reactive};
use crate::views::words;

/// A piece of a page that is fetched later.
#[derive(Clone)]
pub enum Piece {
    /// A whole page other than the home page.
    Page(Route, Router),
    /// A component's last ninety days.
    Bars(Component),
    /// Planned work.
    Work,
}

/// What comes after the first state.
#[derive(Clone, Copy)]
pub struct Rest {
    draw: fn(Piece, PageStore) -> AnyView,
    /// Opens the past of a hosted page.
    archive: fn(PublicPage) -> Rc<dyn Archive>,
    /// Reads a `config.json` that has a mistake: every problem, in words.
    check: fn(&str) -> Result<PublicConfig, Vec<String>>,
    /// What screen readers are told of a change.
    news: fn(&Snapshot, &Snapshot, bool) -> Option<String>,
    /// Corrects this device's clock by what an answer tells.
    hear: fn(&Dated),
}

/// Opens the page that this browser keeps.
pub type Open = fn() -> Rc<dyn Kept>;

/// The parts, each as the function that fetches it.
#[derive(Clone, Copy)]
pub struct Parts {
    /// The pieces, and the past.
    pub rest: fn() -> Coming<Rest>,
    /// The reader of the page that this browser keeps.
    pub kept: fn() -> Coming<Open>,
}

/// What comes after the first state, for whoever takes the app apart.
pub const fn rest() -> Rest {
    Rest {
        draw: rest::draw_rest,
        archive: open_past,
        check,
        news,
        hear,
    }
}

fn check(config: &str) -> Result<PublicConfig, Vec<String>> {
    PublicConfig::parse(config)
        .map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

fn news(before: &Snapshot, now: &Snapshot, at_home: bool) -> Option<String> {
    let mut changes = news::between(before, now);
    if changes.is_empty() {
        return None;
    }
    // There the state is a live region, and says itself.
    changes.retain(|change| !(at_home && change.is_state()));
    Some(words::news(&changes))
}

thread_local! {
    static SERVER: RefCell<ServerClock> = RefCell::default();
}

/// Opens the past of a hosted page. A source of another origin does not say what time it is there, before anything is dated
/// our own host does, by its answer to the question for `config.json`.
pub fn open_past(page: PublicPage) -> Rc<dyn Archive> {
    let knows = SERVER.with_borrow(|server| server.offset_ms().is_some());
    if !knows && let Some((asked, came, date, age)) = first::dated() {
        let at = DateTime::from_timestamp_millis;
        if let (Some(asked), Some(came)) = (at(asked), at(came)) {
            hear(&Dated {
                asked,
                came,
                date,
                age,
            });
        }
    }
    of_page(page)
}

fn hear(dated: &Dated) {
    let Some(date) = http::moment(&dated.date) else {
        return;
    };
    let age = dated.age.as_deref();
    let age: Option<u32> = age.and_then(|age| age.trim().parse().ok());
    let sample = Sample {
        asked: dated.asked,
        came: dated.came,
        date: date + TimeDelta::seconds(age.unwrap_or_default().into()),
    };
    SERVER.with_borrow_mut(|server| {
        server.hear(&sample);
        clock::correct(server.correction_ms());
    });
}

/// What opens the kept page, for whoever takes the app apart.
pub const fn open_kept() -> Open {
    kept::open
}

/// The parts, as far as they are here.
#[derive(Clone, Copy)]
pub struct Later {
    rest: Part<Rest>,
    kept: fn() -> Coming<Open>,
}

impl Later {
    /// Knows how to fetch them.
    pub fn new(parts: Parts) -> Self {
        Self {
            rest: Part::new(parts.rest),
            kept: parts.kept,
        }
    }

    /// Fetches the pieces, once; after a failure, once more.
    pub fn fetch(self) {
        if self.rest.failed() {
            self.rest.again();
        }
        self.rest.fetch();
    }

    /// Whether the pieces are here, or certainly not to be had; whoever asks follows it.
    pub fn is_settled(self) -> bool {
        match self.rest.state() {
            PartState::Here(_) | PartState::Failed => true,
            PartState::Away | PartState::Coming => false,
        }
    }

    /// The page that this browser keeps; `None` where its reader could not be fetched in time.
    pub async fn kept(self) -> Option<Rc<dyn Kept>> {
        let kept = clock::within(TIMEOUT_MS, (self.kept)()).await.flatten();
        kept.map(|open| open())
    }

    /// The past of a hosted page; `None` where what reads it could not be fetched in time: the state is read again
    /// all the same.
    pub async fn archive(self, page: PublicPage) -> Option<Rc<dyn Archive>> {
        Some((self.here().await?.archive)(page))
    }

    /// A `config.json` that gave a doubt; `None` where what reads it could not be fetched in time.
    pub async fn checked(self, config: &str) -> Option<Result<PublicConfig, Vec<String>>> {
        Some((self.here().await?.check)(config))
    }

    /// What screen readers are told of a change from one reading to the next; `None` where nothing is to be told, or
    /// what tells it could not be fetched.
    pub async fn news(self, before: &Snapshot, now: &Snapshot, at_home: bool) -> Option<String> {
        (self.here().await?.news)(before, now, at_home)
    }

    /// Corrects this device's clock by what an answer tells, once what reads it is here.
    pub fn hear(self, dated: &Dated) {
        if let Some(rest) = self.rest.now() {
            (rest.hear)(dated);
        }
    }

    async fn here(self) -> Option<Rest> {
        self.fetch();
        clock::within(TIMEOUT_MS, self.rest.here()).await.flatten()
    }

    /// A piece, or what stands in its place until it is here.
    pub fn draw(self, piece: Piece, store: PageStore) -> AnyView {
        reactive(move || match (self.rest.state(), &piece) {
            (PartState::Here(rest), piece) => (rest.draw)(piece.clone(), store),
            (PartState::Away | PartState::Coming, Piece::Page(..)) => {
                self.rest.fetch();
                view! { <p class="quiet late">{ui::words::say().loading}</p> }.into_any()
            }
            (PartState::Failed, Piece::Page(..) | Piece::Work) => {
                let page = matches!(piece, Piece::Page(..));
                let heading = page.then(|| {
                    view! { <PageHeading>{words::say().page_not_fetched}</PageHeading> }.into_any()
                });
                view! {
                    {heading}
                    <p>{words::say().no_answer}</p>
                    <Button on_press=move |()| self.fetch()>{words::say().try_again}</Button>
                }
                .into_any()
            }
            (PartState::Away | PartState::Coming, Piece::Work) => ().into_any(),
            // Their place is kept, so that nothing moves when they come.
            (PartState::Away | PartState::Coming | PartState::Failed, Piece::Bars(_)) => {
                view! { <div class="bars"></div> }.into_any()
            }
        })
    }
}
