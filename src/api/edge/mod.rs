//! The edge of this host: what stands between the browser and the hosted services, adds their keys, and
//! asks responders to log in. Here is what it says of itself: who is logged in, and what time it is.

pub mod clock;

#[cfg(target_arch = "wasm32")]
pub mod heard;
pub mod strangers;

use serde_json::Value;

use super::error::ApiError;
use super::http::{Method, Request, Response, TIMEOUT_MS, refusal};

/// Where the edge says who is logged in, below the site's path.
const WHOAMI: &str = "api/whoami";

/// What came of asking who is logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whoami {
    Login(String),
    /// Nobody: the login is missing, or has ended.
    Nobody,
    /// There is no edge on this host.
    NoEdge,
    /// No answer, or one of failure; what was said.
    Silent(String),
}

/// The question who is logged in, to the edge of the site under a path ("/", "/team/").
pub fn whoami(site_path: &str) -> Request {
    Request {
        timeout_ms: TIMEOUT_MS,
        ..Request::edge(Method::Get, format!("{site_path}{WHOAMI}"), None)
    }
}

/// Reads the answer. A host without an edge has no such file, or sends its own page for every path; only
/// after somebody was `known` to be logged in is a page the one that asks for a login.
pub fn read(answer: &Result<Response, ApiError>, known: bool) -> Whoami {
    let response = match answer {
        Ok(response) => response,
        Err(ApiError::LoginNeeded) => return Whoami::Nobody,
        Err(error) => return Whoami::Silent(error.to_string()),
    };
    if response.ok() {
        let read = serde_json::from_str::<Value>(&response.body).ok();
        let login = read.as_ref().and_then(|read| read.get("login")?.as_str());
        return match login.map(str::trim) {
            Some(login) if !login.is_empty() => Whoami::Login(login.to_owned()),
            Some(_) => Whoami::Nobody,
            None if known => Whoami::Nobody,
            None => Whoami::NoEdge,
        };
    }
    match response.status {
        // An answer that leads elsewhere is not shown to us: it leads to the login.
        0 | 300..=399 | 401 => Whoami::Nobody,
        404 | 405 => Whoami::NoEdge,
        status => Whoami::Silent(refusal(status)),
    }
}
