//! What stands around every page: the organisation and the way to the other pages above it, where to
//! write to below it. `index.html` holds the same frame for the moment before the app has started.

use leptos::prelude::*;

use super::board::Board;
use super::link;
use super::route::Route;
use super::router::Router;
use crate::platform::page;
use crate::ui::ThemeButton;

/// The organisation, the links, the theme.
#[component]
pub fn Masthead(
    /// The board.
    board: Board,
    /// Where we are.
    router: Router,
) -> impl IntoView {
    let name = move || match board.site().get() {
        Some(site) => format!("{} status", site.organisation),
        None => "Service status".to_owned(),
    };
    let title = move || {
        let name = name();
        match router.title().get() {
            page if page.is_empty() => name,
            page => format!("{page} · {name}"),
        }
    };
    Effect::new(move |_| {
        // Without a document there would be nobody to read the title.
        let _ = page::set_title(&title());
    });
    let home = move || router.route().with(|route| *route != Route::Home);
    let history = move || router.route().with(|route| *route != Route::History);
    view! {
        <header class="masthead">
            <a class="masthead-name" href=link::to(&Route::Home)>{name}</a>
            <nav aria-label="Pages">
                {move || home().then(|| view! {
                    <a class="masthead-link" href=link::to(&Route::Home)>"Current status"</a>
                })}
                {move || history().then(|| view! {
                    <a class="masthead-link" href=link::to(&Route::History)>"Incident history"</a>
                })}
                <ThemeButton theme=board.theme() on_change=move |theme| board.keep_theme(theme) />
            </nav>
        </header>
    }
}

/// Where readers write to, and whose data this is.
#[component]
pub fn Colophon(
    /// The board.
    board: Board,
) -> impl IntoView {
    // Comes with the page above it, so that it does not move.
    let known = board.overall();
    view! {
        <footer class="colophon" hidden=move || known.get().is_none()>
            {move || {
                board.site().get().map(|site| {
                    let address = format!("mailto:{}", site.support);
                    view! {
                        <p>"Is something wrong that is not on this page? Write to "
                            <a href=address>{site.support}</a> "."</p>
                        <p>"Shows data of this browser only."</p>
                        <p>"Times are in your time zone, with UTC beside them."</p>
                    }
                })
            }}
        </footer>
    }
}
