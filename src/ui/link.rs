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

fn host_as_read(address: &str) -> Option<String> {
    if address.chars().all(|letter| letter <= LATIN) {
        return None;
    }
    let host = Url::new(address).ok()?.host();
    let mut parts = host.split('.');
    parts.any(|part| part.starts_with("xn--")).then_some(host)
}
