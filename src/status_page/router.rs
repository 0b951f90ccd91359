//! Knows which route is shown, and tells pages when they were arrived at, so that they take the focus and the title.

use leptos::prelude::*;

use super::route::Route;
use crate::platform::{address, page};

/// The console lives below this page, and is another app.
const CONSOLE: &str = "console";

/// Where the reader is.
#[derive(Clone, Copy)]
pub struct Router {
    route: RwSignal<Route>,
    arrived: RwSignal<bool>,
    title: RwSignal<String>,
}

impl Router {
    /// Reads the address and begins to follow it.
    pub fn start() -> Self {
        let router = Self {
            route: RwSignal::new(
                route_of(&page::path().unwrap_or_default()).unwrap_or(Route::Unknown),
            ),
            arrived: RwSignal::new(false),
            title: RwSignal::new(String::new()),
        };
        // Files of the organisation's may stand beside the page: what is no page of ours is the host's to answer.
        let is_ours = |path: &str| route_of(path).is_some_and(|route| route != Route::Unknown);
        // Where nobody can listen, the browser follows every link by itself.
        let _followed = address::on_arrival(is_ours, move || router.follow());
        router
    }

    /// The route that is shown.
    pub fn route(self) -> ReadSignal<Route> {
        self.route.read_only()
    }

    /// Whether the reader came by a link of this app: the page then takes the focus.
    pub fn arrived(self) -> bool {
        self.arrived.get_untracked()
    }

    /// What is drawn anew from now on takes no focus: the reader came by no link.
    pub fn stay(self) {
        self.arrived.set(false);
    }

    /// What the page says it is about: "Incident history". The tab's title follows it.
    pub fn name(self, page: impl Into<String>) {
        self.title.set(page.into());
    }

    /// What the page is about.
    pub fn title(self) -> ReadSignal<String> {
        self.title.read_only()
    }

    /// What the address asks for by a name.
    pub fn asked(self, name: &str) -> Option<String> {
        page::asked(name).filter(|value| !value.is_empty())
    }

    /// Gives what is shown another address, so that it can be passed on.
    pub fn readdress(self, address: &str) {
        page::readdress(address);
    }

    fn follow(self) {
        self.arrived.set(true);
        self.route
            .set(route_of(&page::path().unwrap_or_default()).unwrap_or(Route::Unknown));
    }
}

/// The route of a path; `None` outside this app.
fn route_of(path: &str) -> Option<Route> {
    let below = path.strip_prefix(page::base_path().as_str())?;
    let parts: Vec<String> = below
        .split('/')
        .filter(|part| !part.is_empty())
        // A part that is badly encoded stands for itself: it leads to nothing we know.
        .map(|part| {
            js_sys::decode_uri_component(part).map_or_else(|_| part.to_owned(), String::from)
        })
        .collect();
    (parts.first().is_none_or(|first| first != CONSOLE)).then(|| Route::of(&parts))
}
