//! The status page's four routes, and everything else. A matcher of our own: a router would be half of
//! what readers download.

use crate::domain::incident::IncidentId;

/// Where a reader is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// The current state.
    Home,
    /// The incidents by month.
    History,
    Incident(IncidentId),
    /// How the ninety days are counted.
    Rule,
    /// An address that leads nowhere.
    Unknown,
}

impl Route {
    /// The route of a path below the base, its parts already decoded.
    pub fn of(parts: &[String]) -> Self {
        match parts {
            [] => Self::Home,
            [page] if page == "index.html" => Self::Home,
            [page] if page == "history" => Self::History,
            [page] if page == "bars" => Self::Rule,
            [page, id] if page == "incidents" => Self::Incident(IncidentId(id.clone())),
            _ => Self::Unknown,
        }
    }

    /// Its address, relative to the base; `encode` makes an id fit for an address.
    pub fn href(&self, encode: impl Fn(&str) -> String) -> String {
        match self {
            Self::Home | Self::Unknown => "./".to_owned(),
            Self::History => "history".to_owned(),
            Self::Rule => "bars".to_owned(),
            Self::Incident(IncidentId(id)) => format!("incidents/{}", encode(id)),
        }
    }
}
