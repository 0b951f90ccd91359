//! The only sender of requests.

use std::cell::Cell;
use std::fmt::Display;
use std::rc::Rc;

use chrono::{DateTime, Utc};
use gloo_net::http::{Method as GlooMethod, RequestBuilder, Response as GlooResponse};
use js_sys::{Error as JsError, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, RequestCache, RequestCredentials, RequestRedirect,
};

use super::{Method, Net, Request, Response, refusal};
use crate::api::edge::heard;
use crate::api::error::ApiError;
use crate::platform::first::Early;
use crate::platform::{Listener, clock, id, page, unload};

/// This browser's way out. What an edge tells on the side is noted here, and not by [`send`]: what reads it weighs
/// kilobytes, and the status page asks no edge.
#[derive(Debug, Clone, Copy)]
pub struct Browser;

impl Net for Browser {
    fn now(&self) -> DateTime<Utc> {
        clock::now()
    }

    async fn sleep(&self, ms: u32) {
        clock::sleep(ms).await;
    }

    async fn send(&self, request: &Request) -> Result<Response, ApiError> {
        let asked = clock::now();
        let response = send_within(request, LONGEST).await?;
        if request.to_edge {
            heard::note(&request.url, asked, clock::now(), &response);
        }
        Ok(response)
    }

    fn site_path(&self) -> String {
        page::site_path()
    }

    fn random(&self) -> Result<String, ApiError> {
        Ok(id::random()?)
    }
}

/// The longest answer of a service that is read, in bytes: hundreds of times what any of them answers.
const LONGEST: usize = 8 << 20;

const BROKE_OFF: &str = "the answer broke off before its end";
const NOT_REACHED: &str = "the server could not be reached";

/// The text at an address, fresh from its server.
pub async fn get_text(url: &str) -> Result<String, ApiError> {
    let response = send(&Request::get(url)).await?;
    match response.status {
        200..=299 => Ok(response.body),
        401 | 403 => Err(ApiError::LoginNeeded),
        status => Err(ApiError::Refused(refusal(status))),
    }
}

/// Sends a request and waits for the whole answer. A status of failure is an answer, not an error.
///
/// Reading changes nothing, so that a reading that fails is [`ApiError::NotSent`] and may be repeated;
/// anything else that may have left is [`ApiError::Unanswered`]. The browser does not say whether a request
/// left before the network failed; only what is asked of the edge while it knows of no network certainly did not leave
/// (other addresses may be answered from a copy).
pub async fn send(request: &Request) -> Result<Response, ApiError> {
    let Answer { response, waiting } = begin(request).await?;
    let (status, headers) = (response.status(), response.headers().entries().collect());
    let body = response
        .text()
        .await
        .map_err(|error| waiting.failed(BROKE_OFF, &error))?;
    drop(waiting);
    Ok(Response {
        status,
        headers,
        body,
    })
}

/// The same, and reads no further than so many bytes: what another console, or somebody in the service's own, has written
/// comes back in answers.
async fn send_within(request: &Request, longest: usize) -> Result<Response, ApiError> {
    let mut stream = open(request, None).await?;
    let mut bytes = Vec::new();
    while let Some(piece) = stream.piece().await? {
        if bytes.len() + piece.len() > longest {
            let why = format!("the answer is longer than {} MB", longest >> 20);
            return Err(ApiError::Garbled(why));
        }
        bytes.extend(piece);
    }
    let text = String::from_utf8_lossy(&bytes);
    Ok(Response {
        status: stream.status,
        headers: std::mem::take(&mut stream.headers),
        // As the browser reads a text: what says in which order its bytes stand is no letter of it.
        body: text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned(),
    })
}

/// Sends a reading whose answer is then taken piece by piece, or takes over one that was sent `early`; errors are those of
/// [`send`].
pub async fn open(request: &Request, early: Option<Early>) -> Result<Stream, ApiError> {
    let Answer { response, waiting } = match early {
        Some(early) => take_over(request, early).await?,
        None => begin(request).await?,
    };
    let reader = response
        .body()
        .map(|body| body.get_reader().unchecked_into());
    Ok(Stream {
        status: response.status(),
        headers: response.headers().entries().collect(),
        reader,
        waiting,
    })
}

/// An answer whose body is on its way. Dropping it ends the download.
pub struct Stream {
    /// The status: 200, 404.
    pub status: u16,
    /// The headers that the browser lets us see, names in small letters.
    pub headers: Vec<(String, String)>,
    reader: Option<ReadableStreamDefaultReader>,
    waiting: Waiting,
}

impl Stream {
    /// The next piece of the body; `None` at its end.
    pub async fn piece(&mut self) -> Result<Option<Vec<u8>>, ApiError> {
        let Some(reader) = &self.reader else {
            return Ok(None);
        };
        let broken = |thrown: JsValue| self.waiting.failed(BROKE_OFF, &told(&thrown));
        let read = JsFuture::from(reader.read()).await.map_err(broken)?;
        let bytes = Reflect::get(&read, &"value".into()).map_err(broken)?;
        Ok((!bytes.is_undefined()).then(|| Uint8Array::new(&bytes).to_vec()))
    }

    /// Grants the full time anew: a long answer may take long, as long as it goes on.
    pub fn go_on(&mut self) {
        self.waiting.wind();
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // Of a body that has ended, nothing is left to be cancelled.
        self.waiting.controller.abort();
    }
}

/// An answer that has begun.
struct Answer {
    response: GlooResponse,
    waiting: Waiting,
}

/// How long is still waited, and what it means when that is over.
struct Waiting {
    controller: AbortController,
    late: Rc<Cell<bool>>,
    alarm: Option<clock::After>,
    timeout_ms: u32,
    is_write: bool,
    /// Each has its own: the page asks before it is left for as long as one of them waits.
    _asks: Option<Listener>,
}

impl Waiting {
    fn of(request: &Request, controller: AbortController) -> Self {
        let mut waiting = Self {
            controller,
            late: Rc::new(Cell::new(false)),
            alarm: None,
            timeout_ms: request.timeout_ms,
            is_write: request.method.is_write(),
            _asks: asks_before_leaving(request),
        };
        waiting.wind();
        waiting
    }

    fn wind(&mut self) {
        let (late, controller) = (Rc::clone(&self.late), self.controller.clone());
        self.alarm = Some(clock::after(self.timeout_ms, move || {
            late.set(true);
            controller.abort();
        }));
    }

    fn failed(&self, part: &str, error: &dyn Display) -> ApiError {
        let why = if self.late.get() {
            format!(
                "no complete answer came within {} seconds",
                self.timeout_ms.div_ceil(1000)
            )
        } else {
            format!("{part}: {error}")
        };
        if self.is_write {
            ApiError::Unanswered(why)
        } else {
            ApiError::NotSent(why)
        }
    }
}

/// Waits until the answer to a request that was sent before begins.
async fn take_over(request: &Request, early: Early) -> Result<Answer, ApiError> {
    let waiting = Waiting::of(request, early.controller);
    match JsFuture::from(early.answer).await {
        Ok(response) => Ok(Answer {
            response: response.unchecked_into::<web_sys::Response>().into(),
            waiting,
        }),
        Err(thrown) => Err(waiting.failed(NOT_REACHED, &told(&thrown))),
    }
}

/// Sends a request and waits until the answer begins.
async fn begin(request: &Request) -> Result<Answer, ApiError> {
    if request.to_edge && !page::online() {
        return Err(ApiError::NotSent("this device was offline".to_owned()));
    }
    let prepared = prepare(request)?;
    let controller = AbortController::new()
        .map_err(|_| ApiError::NotSent("this browser cannot limit how long it waits".into()))?;
    let prepared = prepared.abort_signal(Some(&controller.signal()));
    let waiting = Waiting::of(request, controller);
    let built = match &request.body {
        Some(body) => prepared.body(body.as_str()),
        None => prepared.build(),
    }
    .map_err(|error| ApiError::NotSent(format!("the browser refused the request: {error}")))?;
    let response = built
        .send()
        .await
        .map_err(|error| waiting.failed(NOT_REACHED, &error))?;
    Ok(Answer { response, waiting })
}

/// What the browser says of a failure.
fn told(thrown: &JsValue) -> String {
    let error = thrown.dyn_ref::<JsError>();
    error.map_or_else(String::new, |error| error.message().into())
}

/// Leaving the page would cut a write to a hosted service off, and nobody would know whether it arrived: until
/// its answer is here, the browser asks first. Where it cannot, the write is made all the same.
fn asks_before_leaving(request: &Request) -> Option<Listener> {
    let is_write = request.to_edge && request.method.is_write();
    is_write.then(|| unload::guard().ok()).flatten()
}

fn prepare(request: &Request) -> Result<RequestBuilder, ApiError> {
    let method = match request.method {
        Method::Get => GlooMethod::GET,
        Method::Post => GlooMethod::POST,
        Method::Patch => GlooMethod::PATCH,
        Method::Put => GlooMethod::PUT,
        Method::Delete => GlooMethod::DELETE,
    };
    let (cache, redirect) = if request.to_edge {
        (RequestCache::NoStore, RequestRedirect::Manual)
    } else {
        (RequestCache::NoCache, RequestRedirect::Follow)
    };
    let mut builder = RequestBuilder::new(&request.url)
        .method(method)
        .cache(cache)
        .redirect(redirect);
    if request.anonymous {
        // A copy that a login has left in this browser is no answer to a stranger.
        builder = builder
            .credentials(RequestCredentials::Omit)
            .cache(RequestCache::NoStore);
    }
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
                "the header '{name}' cannot be sent"
            )));
        }
        builder = builder.header(name, value);
    }
    Ok(builder)
}
