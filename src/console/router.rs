//! Which page of the console is shown: its address, followed without a reload.

use leptos::prelude::*;

use crate::platform::{address, page};

use super::paths::Route;

/// Where the responder is. A handle: copies share the address.
#[derive(Clone, Copy)]
pub struct Router {
    path: RwSignal<String>,
}

impl Router {
    /// Reads the address and begins to follow it.
    pub(super) fn start() -> Self {
        let router = Self {
            path: RwSignal::new(page::path().unwrap_or_default()),
        };
        let is_ours = |path: &str| Route::at(path).is_some();
        // Where nobody can listen, the browser follows every link by itself.
        let _followed = address::on_arrival(is_ours, move || router.follow());
        router
    }

    /// The router of this console.
    pub fn here() -> Self {
        expect_context()
    }

    /// The address's path.
    pub fn path(self) -> ReadSignal<String> {
        self.path.read_only()
    }

    /// Goes to a page.
    pub fn go(self, place: &Route) {
        // Where the address cannot be written it stays, and the page is shown all the same.
        let path = place.path();
        let _written = address::go(&path);
        self.path.set(path);
    }

    fn follow(self) {
        self.path.set(page::path().unwrap_or_default());
    }
}
