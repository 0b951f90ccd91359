//! Which page of the console is shown. `leptos_router` follows the links and keeps the browser's history; which page an
//! address is, [`Route`] says: one match over ten pages is a fraction of the code that a tree of routes becomes.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::{BrowserUrl, LocationProvider};

use crate::platform::{address, page};
use crate::ui::reactive::whenever;

use super::paths::Route;

/// The path of the page that is shown.
pub fn path() -> Memo<String> {
    use_location().pathname
}

/// How a component goes to another page. Asked for while the component is made.
pub fn go() -> impl Fn(&Route) + Clone {
    let navigate = use_navigate();
    move |to| {
        let whole = NavigateOptions {
            resolve: false,
            ..NavigateOptions::default()
        };
        navigate(&to.path(), whole);
    }
}

/// Writes the address of each page that is arrived at. Called once, where the pages are drawn: the library waits for
/// whoever draws them before it writes.
pub(super) fn write_addresses() {
    let path = path();
    let browser = use_context::<BrowserUrl>();
    whenever(move || {
        let shown = path.get();
        if let Some(browser) = &browser {
            browser.ready_to_complete();
        }
        // Version 0.8 forgets where it is after "back" and "forward", and then takes a link to another page for one to
        // the same: it shows the page and leaves the old address. Its own writing comes before this.
        leptos::task::spawn_local(async move {
            let written = page::path().is_ok_and(|written| written == shown);
            if !written && path.try_get_untracked().as_ref() == Some(&shown) {
                // Where the history cannot be written, the page is shown all the same.
                let _written = address::go(&shown);
            }
        });
    });
}
