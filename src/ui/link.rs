//! Links that lead out of the page.

use leptos::prelude::*;
use web_sys::Url;

/// Behind the last of the Latin letters begin scripts with letters that look like them.
const LATIN: char = '\u{24f}';

/// The `rel` of a link that opens a new tab: the tab learns neither who opened it nor from where.
pub const NEW_TAB: &str = "noopener noreferrer";

/// A link to where somebody else's text says. In print its address stands behind the label, but where it `is_bare`: where the label is the address. Where its host is written in
/// another script than Latin, the host as the browser reads it stands beside it.
pub fn outside(address: String, label: AnyView, is_bare: bool) -> AnyView {
    let class = is_bare.then_some("bare");
    let host = host_as_read(&address).map(|host| [" (", &host, ")"].concat());
    view! {
        <a href=address rel="noreferrer" class=class>
            {label}
            {host}
        </a>
    }
    .into_any()
}

/// The same in a tab of its own, so that what is worked on stays; its label is somebody else's text too. `real` is what the
/// label leaves unsaid: where it leads.
pub fn in_new_tab(address: String, label: String, real: Option<String>) -> AnyView {
    let host = host_as_read(&address).map(|host| [" (", &host, ")"].concat());
    view! {
        <a href=address target="_blank" rel=NEW_TAB>
            <bdi>{label}</bdi>
            {host.or(real)}
        </a>
    }
    .into_any()
}

fn host_as_read(address: &str) -> Option<String> {
    if address.chars().all(|letter| letter <= LATIN) {
        return None;
    }
    let host = Url::new(address).ok()?.host();
    let mut parts = host.split('.');
    parts.any(|part| part.starts_with("xn--")).then_some(host)
}
