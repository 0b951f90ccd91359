//! Addresses of this app, relative to the base: one build serves any path.

use super::route::Route;
use crate::domain::incident::IncidentId;

/// The address of a route.
pub fn to(route: &Route) -> String {
    route.href(|id| js_sys::encode_uri_component(id).into())
}

/// The permalink of an incident.
pub fn incident(id: &IncidentId) -> String {
    to(&Route::Incident(id.clone()))
}
