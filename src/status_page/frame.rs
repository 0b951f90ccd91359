//! What stands around every page: the organisation and the way to the other pages above it, where to
//! write to below it. `index.html` holds the same frame for the moment before the app has started.

use leptos::prelude::*;

use super::board::Board;
use super::link;
use super::route::Route;
use super::router::Router;
use crate::platform::page;
use crate::ui::{ThemeButton, live};

/// The organisation, the links, the theme.
#[component]
pub fn Masthead(
    /// The board.
    board: Board,
    /// Where we are.
    router: Router,
) -> impl IntoView {
    let name = move || {
        board.shown().with(|shown| match &shown.site {
            Some(site) => format!("{} status", site.organisation),
            None => "Service status".to_owned(),
        })
    };
    let title = router.title();
    Effect::new(move |_| {
        let whole = title.with(|page| match page.as_str() {
            "" => name(),
            page => format!("{page} · {}", name()),
        });
        // Without a document there would be nobody to read the title.
        let _ = page::set_title(&whole);
    });
    let route = router.route();
    let links = live(move || {
        let route = route.get();
        let home = (route != Route::Home).then(|| masthead_link(&Route::Home, "Current status"));
        let past =
            (route != Route::History).then(|| masthead_link(&Route::History, "Incident history"));
        (home, past).into_any()
    });
    view! {
        <header class="masthead">
            <a class="masthead-name" href=link::to(&Route::Home)>
                {live(move || name().into_any())}
            </a>
            <nav aria-label="Pages">
                {links}
                <ThemeButton theme=board.theme() on_change=move |theme| board.keep_theme(theme) />
            </nav>
        </header>
    }
}

fn masthead_link(route: &Route, words: &'static str) -> AnyView {
    view! { <a class="masthead-link" href=link::to(route)>{words}</a> }.into_any()
}

/// Where readers write to, and whose data this is.
#[component]
pub fn Colophon(
    /// The board.
    board: Board,
) -> impl IntoView {
    // Comes with the page above it, so that it does not move.
    live(move || {
        board
            .shown()
            .with(|shown| match (&shown.site, shown.overall()) {
                (Some(site), Some(_)) => {
                    let address = format!("mailto:{}", site.support);
                    view! {
                        <footer class="colophon">
                            <p>
                                "Is something wrong that is not on this page? Write to "
                                <a href=address>{site.support.clone()}</a> "."
                            </p>
                            <p>"Shows data of this browser only."</p>
                            <p>"Times are in your time zone, with UTC beside them."</p>
                        </footer>
                    }
                    .into_any()
                }
                (Some(_) | None, _) => ().into_any(),
            })
    })
}
