//! What is asked of Statuspage, as plain requests. What the vendor would refuse is refused here, before
//! anything leaves.

use super::errors::{Target, gone};
use super::wire;
use crate::api::error::ApiError;
use crate::api::http::{Method, Request};
use crate::api::page::{Metadata, Post};
use crate::domain::component::{ComponentId, ComponentState};
use crate::domain::incident::IncidentId;

/// The longest title, in characters.
const LONGEST_TITLE: usize = 255;
/// The longest text, in characters.
pub const LONGEST_BODY: usize = 25_000;
/// How many components and unresolved incidents a page of a list holds.
pub const PER_PAGE: usize = 100;
/// How many recent incidents are read.
pub const RECENT: usize = 50;

/// A page on Statuspage, as this host reaches it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    folder: String,
}

/// The page of a list that is asked for: every list counts in its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// All components: `page` from 1, `per_page`.
    Components {
        /// From 1.
        page: usize,
    },
    /// The unresolved incidents: `page` from 1, `per_page`.
    Unresolved {
        /// From 1.
        page: usize,
    },
    /// The newest incidents, resolved or not: `limit`, and no page, because where it begins to count is not
    /// written down.
    Recent,
}

impl Pages {
    /// The page of an id, below the path of the site ("/").
    pub fn new(site_path: &str, page_id: &str) -> Self {
        Self {
            folder: format!("{site_path}api/statuspage/v1/pages/{page_id}/"),
        }
    }

    /// A post: opens an incident, or updates or resolves one.
    pub fn publish(&self, post: &Post) -> Result<Request, ApiError> {
        check("title", &post.name, LONGEST_TITLE)?;
        check("text", &post.body, LONGEST_BODY)?;
        let body = Some(wire::post(post));
        Ok(match &post.incident {
            Some(id) => self.to(Method::Patch, &incident(id)?, body),
            None => self.to(Method::Post, "incidents", body),
        })
    }

    /// Replaces what is kept beside an incident, and does nothing else.
    pub fn keep_beside(&self, id: &IncidentId, metadata: &Metadata) -> Result<Request, ApiError> {
        let body = Some(wire::metadata(metadata));
        Ok(self.to(Method::Patch, &incident(id)?, body))
    }

    /// Gives a component a state.
    pub fn component(&self, id: &ComponentId, state: &ComponentState) -> Result<Request, ApiError> {
        let path = format!("components/{}", segment(&id.0, Target::Component)?);
        Ok(self.to(Method::Patch, &path, Some(wire::component(state))))
    }

    /// Keeps a postmortem as a draft, which nobody sees.
    pub fn postmortem_draft(&self, id: &IncidentId, body: &str) -> Result<Request, ApiError> {
        check("text", body, LONGEST_BODY)?;
        let path = format!("{}/postmortem", incident(id)?);
        Ok(self.to(Method::Put, &path, Some(wire::postmortem_draft(body))))
    }

    /// The postmortem as it stands, with its draft.
    pub fn postmortem(&self, id: &IncidentId) -> Result<Request, ApiError> {
        let path = format!("{}/postmortem", incident(id)?);
        Ok(self.to(Method::Get, &path, None))
    }

    /// Publishes the draft.
    pub fn postmortem_publish(&self, id: &IncidentId) -> Result<Request, ApiError> {
        let path = format!("{}/postmortem/publish", incident(id)?);
        Ok(self.to(Method::Put, &path, Some(wire::postmortem_publish())))
    }

    pub fn incident(&self, id: &IncidentId) -> Result<Request, ApiError> {
        Ok(self.to(Method::Get, &incident(id)?, None))
    }

    /// A page of a list.
    pub fn list(&self, list: List) -> Request {
        let path = match list {
            List::Components { page } => format!("components?page={page}&per_page={PER_PAGE}"),
            List::Unresolved { page } => {
                format!("incidents/unresolved?page={page}&per_page={PER_PAGE}")
            }
            List::Recent => format!("incidents?limit={RECENT}"),
        };
        self.to(Method::Get, &path, None)
    }

    fn to(&self, method: Method, path: &str, body: Option<String>) -> Request {
        Request::edge(method, format!("{}{path}", self.folder), body)
    }
}

fn incident(id: &IncidentId) -> Result<String, ApiError> {
    Ok(format!("incidents/{}", segment(&id.0, Target::Incident)?))
}

/// An id as a piece of a path: one with anything else in it is on no page.
fn segment(id: &str, target: Target) -> Result<&str, ApiError> {
    let plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if plain { Ok(id) } else { Err(gone(target)) }
}

fn check(what: &str, text: &str, longest: usize) -> Result<(), ApiError> {
    let length = text.chars().count();
    let why = if text.trim().is_empty() {
        format!("the {what} is empty")
    } else if length > longest {
        format!("the {what} has {length} characters, and Statuspage takes {longest} at most")
    } else {
        return Ok(());
    };
    Err(ApiError::Refused(why))
}
