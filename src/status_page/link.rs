//! Addresses of this app, relative to the base: one build serves any path.

use super::route::Route;
use crate::domain::incident::IncidentId;

/// Which component's history is asked for.
pub const COMPONENT: &str = "component";

/// The address of a route.
pub fn to(route: &Route) -> String {
    route.href(|id| js_sys::encode_uri_component(id).into())
}

/// The history of one component, or of all.
pub fn history(component: &str) -> String {
    let address = to(&Route::History);
    if component.is_empty() {
        return address;
    }
    let id: String = js_sys::encode_uri_component(component).into();
    format!("{address}?{COMPONENT}={id}")
}

/// The permalink of an incident.
pub fn incident(id: &IncidentId) -> String {
    to(&Route::Incident(id.clone()))
}
