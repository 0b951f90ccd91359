//! Requests and responses as plain data, so that what builds and reads them needs no browser; `fetch` is
//! the only sender.

mod date;
#[cfg(target_arch = "wasm32")]
mod fetch;
mod judge;
mod net;

pub use date::{moment, retry_after, server_time};
pub use judge::{garbled, is_refused_by_edge, is_web_page, json, judge};
pub use net::Net;

#[cfg(target_arch = "wasm32")]
pub use fetch::{Browser, Stream, get_text, open, send};

/// How long an answer may take, its body included.
pub const TIMEOUT_MS: u32 = 10_000;
/// How long an answer through the edge may take: a request may wait there for its turn.
const EDGE_TIMEOUT_MS: u32 = 30_000;

/// What is to be done at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Create, or do.
    Post,
    /// Change in part.
    Patch,
    /// Put in place.
    Put,
    /// Remove.
    Delete,
}

impl Method {
    /// Whether it may change something.
    pub fn is_write(self) -> bool {
        match self {
            Self::Get => false,
            Self::Post | Self::Patch | Self::Put | Self::Delete => true,
        }
    }
}

/// A request, complete.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// What is to be done.
    pub method: Method,
    /// Where: absolute, or relative to the page.
    pub url: String,
    /// Header names and values. Across origins every one of them costs a question beforehand.
    pub headers: Vec<(String, String)>,
    /// The body; none for reading.
    pub body: Option<String>,
    /// How long the answer may take.
    pub timeout_ms: u32,
    /// Whether it is asked as a stranger would: without the login that this browser holds for its site.
    pub anonymous: bool,
    /// Whether it goes to the edge of this host: no redirect to a login is followed, and no copy is kept.
    pub to_edge: bool,
}

/// Headers may carry credentials and bodies addresses: neither is ever printed.
impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

impl Request {
    /// A reading of an address, without headers.
    pub fn get(url: impl Into<String>) -> Self {
        Self {
            method: Method::Get,
            url: url.into(),
            headers: Vec::new(),
            body: None,
            timeout_ms: TIMEOUT_MS,
            anonymous: false,
            to_edge: false,
        }
    }

    /// A request to the edge of this host: the header of ours keeps forms of other sites out. The body is
    /// JSON.
    pub fn edge(method: Method, url: impl Into<String>, body: Option<String>) -> Self {
        let mut headers = vec![("X-Allclear".to_owned(), "1".to_owned())];
        if method.is_write() {
            headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        }
        Self {
            method,
            url: url.into(),
            headers,
            body,
            timeout_ms: EDGE_TIMEOUT_MS,
            anonymous: false,
            to_edge: true,
        }
    }
}

/// A response, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status: 200, 404.
    pub status: u16,
    /// The headers that the browser lets us see, names in small letters.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Response {
    /// Whether the status says that it was done.
    pub fn ok(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// A header's value, by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The status of a failure in words: "the server answered 404 (not found)".
pub fn refusal(status: u16) -> String {
    let words = match status {
        401 | 403 => "not allowed",
        404 | 410 => "not found",
        408 | 504 => "took too long",
        413 => "too large",
        429 => "too many requests",
        500..=599 => "an error of the server",
        _ => return format!("the server answered {status}"),
    };
    format!("the server answered {status} ({words})")
}
