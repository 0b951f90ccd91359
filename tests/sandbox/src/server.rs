//! The wire: a request is read whole and handed on; an answer goes out whole, by half, or not at all.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::stream;
use http_body_util::{BodyExt, Full, Limited, StreamBody, combinators::UnsyncBoxBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::call::{Call, Reply, Vendor};
use crate::front::Sent;
use crate::world::World;

/// No vendor takes more than this.
const LONGEST_BODY: usize = 64 * 1024 * 1024;
/// Long enough for the first half of a broken answer to leave.
const BETWEEN_HALVES: Duration = Duration::from_millis(50);

/// Why a connection closes without an answer, or in the middle of one.
#[derive(Debug, thiserror::Error)]
#[error("the connection is closed on purpose")]
struct Closed;

type Answer = Response<UnsyncBoxBody<Bytes, Closed>>;

/// The world, for one request at a time. What a panic left behind is used as it is.
fn alone(world: &Mutex<World>) -> MutexGuard<'_, World> {
    world.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers requests until the task is dropped.
pub async fn serve(listener: TcpListener, world: World) {
    let world = Arc::new(Mutex::new(world));
    loop {
        // A connection that fails while it is being accepted is the client's business.
        let Ok((socket, _)) = listener.accept().await else {
            continue;
        };
        let world = Arc::clone(&world);
        tokio::spawn(async move {
            let service = service_fn(move |request| one(Arc::clone(&world), request));
            // An error here is a client that left, or an answer that was broken off on purpose.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(socket), service)
                .await;
        });
    }
}

async fn one(world: Arc<Mutex<World>>, request: Request<Incoming>) -> Result<Answer, Closed> {
    let (head, body) = request.into_parts();
    let Ok(body) = Limited::new(body, LONGEST_BODY).collect().await else {
        return Ok(whole(&Reply::html(413, "Request Entity Too Large")));
    };
    let body = String::from_utf8_lossy(&body.to_bytes()).into_owned();
    let call = call(&head, body);
    // A client that leaves does not stop what it began: it runs in a task of its own.
    match tokio::spawn(answered(world, call)).await {
        Ok(Sent::Whole(reply)) => Ok(whole(&reply)),
        Ok(Sent::Half(reply)) => Ok(half(&reply)),
        Ok(Sent::Nothing) | Err(_) => Err(Closed),
    }
}

/// Answers a request, as late as a test wants it.
async fn answered(world: Arc<Mutex<World>>, call: Call) -> Sent {
    let begun = alone(&world).begin(call);
    tokio::time::sleep(Duration::from_millis(begun.late_ms(false))).await;
    let sent = alone(&world).take_effect(&begun);
    tokio::time::sleep(Duration::from_millis(begun.late_ms(true))).await;
    alone(&world).end(&begun, sent)
}

fn call(head: &hyper::http::request::Parts, body: String) -> Call {
    let raw_path = head.uri.path().to_owned();
    let path = match raw_path.strip_suffix(".json") {
        Some(short) if Vendor::of(&raw_path) == Vendor::Statuspage => short.to_owned(),
        Some(_) | None => raw_path.clone(),
    };
    let headers = head.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    });
    Call {
        method: head.method.as_str().to_owned(),
        path,
        raw_path,
        query: crate::routes::pairs(head.uri.query().unwrap_or_default()),
        headers: headers.collect(),
        body,
        params: Vec::new(),
    }
}

fn with_head(reply: &Reply, body: UnsyncBoxBody<Bytes, Closed>, length: Option<usize>) -> Answer {
    let mut answer = Response::builder().status(reply.status);
    for (name, value) in reply
        .headers
        .iter()
        .filter(|(name, _)| name != "content-length")
    {
        answer = answer.header(name, value);
    }
    if let Some(length) = length {
        answer = answer.header("content-length", length);
    }
    answer.body(body).unwrap_or_else(|_| {
        Response::new(
            Full::default()
                .map_err(|never| match never {})
                .boxed_unsync(),
        )
    })
}

fn whole(reply: &Reply) -> Answer {
    let body = Full::new(Bytes::from(reply.body.clone()));
    with_head(
        reply,
        body.map_err(|never| match never {}).boxed_unsync(),
        None,
    )
}

/// Promises the whole length, sends half of it, and closes.
fn half(reply: &Reply) -> Answer {
    let bytes = Bytes::from(reply.body.clone());
    let length = bytes.len();
    let parts = stream::unfold(Some(bytes.slice(..length / 2)), |part| async move {
        match part {
            Some(part) if !part.is_empty() => Some((Ok(Frame::data(part)), Some(Bytes::new()))),
            Some(_) => {
                tokio::time::sleep(BETWEEN_HALVES).await;
                Some((Err(Closed), None))
            }
            None => None,
        }
    });
    let body = StreamBody::new(parts).boxed_unsync();
    with_head(reply, body, Some(length))
}
