//! Where readers are told without looking: the source's own subscriptions and feeds.

use leptos::prelude::*;

use crate::status_page::link;
use crate::status_page::store::{PageState, PageStore};
use crate::views::words;

use super::section;

/// The links; nothing where the source has none.
pub fn updates(shown: &PageState, _: PageStore) -> AnyView {
    let say = words::say();
    let home = shown.page.value().and_then(|page| page.home.clone());
    // A page that its own host passes on has nothing of that kind, and would lead readers to itself.
    let home = home.filter(|home| !link::is_own(home));
    let configured = shown.site.as_ref().map(|site| site.links.clone());
    let configured = configured.unwrap_or_default();
    // The addresses that pages in the Statuspage format have.
    let feed = |end: &str| home.as_ref().map(|home| format!("{home}/history.{end}"));
    let links: Vec<AnyView> = [
        (configured.subscribe.or(home.clone()), say.subscribe),
        (configured.atom.or(feed("atom")), say.atom),
        (configured.rss.or(feed("rss")), say.rss),
    ]
    .into_iter()
    .filter_map(|(address, words)| {
        let address = address?;
        Some(view! { <li><a href=address rel="noreferrer">{words}</a></li> }.into_any())
    })
    .collect();
    if links.is_empty() {
        return ().into_any();
    }
    let list = view! { <ul class="links">{links}</ul> };
    section("get-updates", say.get_updates, vec![list.into_any()])
}
