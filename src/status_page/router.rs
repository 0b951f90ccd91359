//! Knows which route is shown. Follows links of our own without a reload, the browser's back and
//! forward, and tells pages when they were arrived at, so that they take the focus and the title.

use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlAnchorElement, MouseEvent, Url};

use super::route::Route;
use crate::platform::page;

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
        listen(document().as_ref(), "click", move |event| {
            router.clicked(&event);
        });
        listen(window().as_ref(), "popstate", move |_| router.follow());
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

    /// What the page says it is about: "Incident history". The tab's title follows it.
    pub fn name(self, page: impl Into<String>) {
        self.title.set(page.into());
    }

    /// What the page is about.
    pub fn title(self) -> ReadSignal<String> {
        self.title.read_only()
    }

    fn follow(self) {
        self.arrived.set(true);
        self.route
            .set(route_of(&page::path().unwrap_or_default()).unwrap_or(Route::Unknown));
    }

    /// Follows a plain click on a link of our own; leaves every other to the browser.
    fn clicked(self, event: &Event) {
        let Some(address) = own_link(event) else {
            return;
        };
        let pushed = window()
            .history()
            .and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(&address)));
        // Where the history cannot be written, the browser follows the link by itself.
        if pushed.is_ok() {
            event.prevent_default();
            window().scroll_to_with_x_and_y(0.0, 0.0);
            self.follow();
        }
    }
}

/// The address of the link that a plain click fell on, where it leads to a page of this app.
fn own_link(event: &Event) -> Option<String> {
    let click = event.dyn_ref::<MouseEvent>()?;
    if click.default_prevented()
        || click.button() != 0
        || click.ctrl_key()
        || click.meta_key()
        || click.shift_key()
        || click.alt_key()
    {
        return None;
    }
    let target = click.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    if !link.target().is_empty() || link.has_attribute("download") {
        return None;
    }
    let address = Url::new(&link.href()).ok()?;
    let own = address.origin() == page::origin().ok()?
        && address.hash().is_empty()
        && route_of(&address.pathname()).is_some();
    own.then(|| address.href())
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

/// Listens for as long as the page lives.
fn listen(target: &web_sys::EventTarget, event: &str, callback: impl FnMut(Event) + 'static) {
    let callback = Closure::<dyn FnMut(Event)>::new(callback);
    // Fails only for a target that is no target.
    let _ = target.add_event_listener_with_callback(event, callback.as_ref().unchecked_ref());
    callback.forget();
}
