//! Addresses of this app, relative to the base: one build serves any path.

use super::route::Route;
use crate::domain::incident::IncidentId;
use crate::platform::page;

/// Which component's history is asked for.
pub const COMPONENT: &str = "component";
/// Which words are looked for in the history.
pub const WORDS: &str = "words";

/// The address of a route.
pub fn to(route: &Route) -> String {
    route.href(|id| js_sys::encode_uri_component(id).into())
}

/// The history of one component, or of all, where some words are looked for, or everything.
pub fn history(component: &str, words: &str) -> String {
    let mut address = to(&Route::History);
    for (name, value) in [(COMPONENT, component), (WORDS, words)] {
        if !value.is_empty() {
            address.push(if address.contains('?') { '&' } else { '?' });
            let value: String = js_sys::encode_uri_component(value).into();
            address.extend([name, "=", value.as_str()]);
        }
    }
    address
}

/// Whether an address lies on this page's own host.
pub fn is_own(address: &str) -> bool {
    let rest = page::origin().ok();
    let rest = rest.and_then(|origin| address.strip_prefix(origin.as_str()));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The permalink of an incident; none where its source gives it no id.
pub fn incident(id: &IncidentId) -> Option<String> {
    (!id.0.is_empty()).then(|| to(&Route::Incident(id.clone())))
}
