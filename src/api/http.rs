//! The only sender of requests. Requests and responses are plain data, so that what builds and reads
//! them needs no browser.

use std::cell::Cell;
use std::rc::Rc;

use gloo_net::http::{Method as GlooMethod, RequestBuilder};
use web_sys::{AbortController, RequestCache};

use super::error::ApiError;
use crate::platform::clock;

/// How long an answer may take, its body included.
pub const TIMEOUT_MS: u32 = 10_000;

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
    /// The body.
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

/// The text at an address, fresh from its server.
pub async fn get_text(url: &str) -> Result<String, ApiError> {
    let response = send(&Request::get(url)).await?;
    if response.ok() {
        Ok(response.body)
    } else {
        Err(ApiError::Refused(refusal(response.status)))
    }
}

/// Sends a request and waits for the whole answer. A status of failure is an answer, not an error.
///
/// Reading changes nothing, so that a reading that fails is [`ApiError::NotSent`] and may be repeated;
/// anything else that may have left is [`ApiError::Lost`]. The browser does not say whether a request
/// left before the network failed.
pub async fn send(request: &Request) -> Result<Response, ApiError> {
    let prepared = prepare(request)?;
    let controller = AbortController::new()
        .map_err(|_| ApiError::NotSent("this browser cannot limit how long it waits".into()))?;
    let late = Rc::new(Cell::new(false));
    let alarm = {
        let (late, controller) = (Rc::clone(&late), controller.clone());
        clock::after(request.timeout_ms, move || {
            late.set(true);
            controller.abort();
        })
    };
    let failed = |part: &str, error: &gloo_net::Error| {
        let why = if late.get() {
            format!(
                "no complete answer came within {} seconds",
                request.timeout_ms.div_ceil(1000)
            )
        } else {
            format!("{part}: {error}")
        };
        match request.method {
            Method::Get => ApiError::NotSent(why),
            Method::Post | Method::Patch | Method::Put | Method::Delete => ApiError::Lost(why),
        }
    };

    let prepared = prepared.abort_signal(Some(&controller.signal()));
    let built = match &request.body {
        Some(body) => prepared.body(body.as_str()),
        None => prepared.build(),
    }
    .map_err(|error| ApiError::NotSent(format!("the browser refused the request: {error}")))?;
    let response = built
        .send()
        .await
        .map_err(|error| failed("the server could not be reached", &error))?;
    let (status, headers) = (response.status(), response.headers().entries().collect());
    let body = response
        .text()
        .await
        .map_err(|error| failed("the answer broke off before its end", &error))?;
    drop(alarm);
    Ok(Response {
        status,
        headers,
        body,
    })
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

fn prepare(request: &Request) -> Result<RequestBuilder, ApiError> {
    let method = match request.method {
        Method::Get => GlooMethod::GET,
        Method::Post => GlooMethod::POST,
        Method::Patch => GlooMethod::PATCH,
        Method::Put => GlooMethod::PUT,
        Method::Delete => GlooMethod::DELETE,
    };
    let mut builder = RequestBuilder::new(&request.url)
        .method(method)
        .cache(RequestCache::NoCache);
    for (name, value) in &request.headers {
        // The browser would throw, and the binding would panic.
        let named = !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        if !named
            || !value
                .bytes()
                .all(|byte| matches!(byte, b'\t' | b' '..=b'~'))
        {
            return Err(ApiError::NotSent(format!(
                "the header {name:?} cannot be sent"
            )));
        }
        builder = builder.header(name, value);
    }
    Ok(builder)
}
