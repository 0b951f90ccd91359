//! What stands around every page: the organisation and the way to the other pages above it, where to
//! write to below it. `index.html` holds the same frame for the moment before the app has started.

use leptos::prelude::*;

use super::link;
use super::route::Route;
use super::router::Router;
use super::store::{PageState, PageStore};
use crate::domain::knowledge::Knowledge;
use crate::platform::{favicon, page};
use crate::ui::{Button, Kind, LanguageChoice, ThemeButton, reactive, whenever};
use crate::views::state::tone;
use crate::views::{sentence, words};

/// The organisation, the links, the theme.
#[component]
pub fn Header(
    store: PageStore,
    /// Where we are.
    router: Router,
) -> impl IntoView {
    let name = move || {
        store.shown().with(|shown| match &shown.site {
            Some(site) if !site.organisation.is_empty() => {
                words::fill(words::say().page_of, &[&site.organisation])
            }
            Some(_) | None => words::say().page.to_owned(),
        })
    };
    let title = router.title();
    whenever(move || {
        let whole = title.with(|page| match page.as_str() {
            "" => name(),
            page => format!("{page} · {}", name()),
        });
        // Without a document there would be nobody to read the title.
        let _ = page::set_title(&whole);
    });
    whenever(move || {
        let Some(state) = store.shown().with(PageState::overall) else {
            return;
        };
        let known = store.knowledge().get() == Knowledge::Known;
        let shown = if known { tone(state) } else { "unknown" };
        favicon::point_to(&["icons/state-", shown, ".svg"].concat());
    });
    let route = router.route();
    let links = reactive(move || {
        let route = route.get();
        let links: Vec<AnyView> = [
            (Route::Home, words::say().current_status),
            (Route::History, words::say().incident_history),
        ]
        .into_iter()
        .filter(|(other, _)| route != *other)
        .map(|(other, words)| masthead_link(&other, words))
        .collect();
        links.into_any()
    });
    view! {
        <header class="masthead">
            <a class="masthead-name" href=link::to(&Route::Home)>
                {reactive(move || name().into_any())}
            </a>
            <nav aria-label=words::say().pages>
                {links}
                <ThemeButton theme=store.theme() on_change=move |theme| store.keep_theme(theme) />
            </nav>
        </header>
    }
}

fn masthead_link(route: &Route, words: &'static str) -> AnyView {
    view! { <a class="masthead-link" href=link::to(route)>{words}</a> }.into_any()
}

/// Where readers write to, whose data this is, and in which language it is read.
#[component]
pub fn Footer(
    store: PageStore,
    /// Where we are.
    router: Router,
) -> impl IntoView {
    let speak = move |lang| {
        // The reader stays where they are.
        router.stay();
        store.speak(lang);
    };
    let pause = move || {
        let paused = store.paused().get();
        let words = if paused {
            words::say().resume
        } else {
            words::say().pause
        };
        view! {
            <Button kind=Kind::Quiet on_press=move |()| store.pause(!paused)>
                {words}
            </Button>
        }
        .into_any()
    };
    let told = reactive(move || {
        store.told().track();
        let site = store.shown().with_untracked(|shown| shown.site.clone());
        let Some(site) = site else {
            return ().into_any();
        };
        let support = (!site.support.is_empty()).then(|| {
            let address = format!("mailto:{}", site.support);
            let address = view! { <a href=address>{site.support}</a> }.into_any();
            view! { <p>{sentence(words::say().write_to, address)}</p> }.into_any()
        });
        let whose = site
            .this_browser_only
            .then(|| view! { <p>{words::say().this_browser_only}</p> }.into_any());
        view! {
            {support}
            {whose}
            <p>{words::say().time_zones}</p>
        }
        .into_any()
    });
    // Comes with the page above it, so that it does not move.
    let early = move || {
        let waits = store.shown().with(PageState::has_planned);
        !store.stands() || waits && !store.later().is_settled()
    };
    view! {
        <footer class="colophon" hidden=move || early().then_some("")>
            {told}
            <div class="colophon-tools">
                {reactive(pause)} <LanguageChoice on_change=speak />
            </div>
        </footer>
    }
}
