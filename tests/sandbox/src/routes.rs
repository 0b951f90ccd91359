//! Which handler answers which path, and how paths and queries are read.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Extension, RawPathParams, State};
use axum::http::{Response, StatusCode};
use axum::routing::{MethodFilter, MethodRouter, on};

use crate::call::{Call, Reply, SendOutcome, Vendor};
use crate::front::{App, Handler};
use crate::world::World;
use crate::{control, email, statuspage};

/// Every path.
pub fn all(app: App) -> Router {
    let nothing = |State(app): State<App>, Extension(call): Extension<Arc<Call>>| async move {
        sent(&app.handle(nowhere, &call))
    };
    Router::new()
        .merge(statuspage::routes())
        .merge(email::routes())
        .merge(control::routes())
        .fallback(nothing)
        .method_not_allowed_fallback(nothing)
        .with_state(app)
}

/// A handler of one method.
pub fn at(method: MethodFilter, handler: Handler) -> MethodRouter<App> {
    on(
        method,
        move |State(app): State<App>,
              Extension(call): Extension<Arc<Call>>,
              params: RawPathParams| async move {
            let mut call = (*call).clone();
            call.params = params
                .iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            sent(&app.handle(handler, &call))
        },
    )
}

/// Handlers of several methods at one path.
pub fn each(handlers: &[(MethodFilter, Handler)]) -> MethodRouter<App> {
    handlers
        .iter()
        .fold(MethodRouter::new(), |all, (method, handler)| {
            all.merge(at(*method, *handler))
        })
}

fn sent(reply: &Reply) -> Response<Body> {
    let mut answer = Response::builder().status(reply.status);
    for (name, value) in &reply.headers {
        answer = answer.header(name, value);
    }
    answer
        .body(Body::from(reply.body.clone()))
        .unwrap_or_else(|_| {
            let mut failed = Response::new(Body::empty());
            *failed.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            failed
        })
}

/// Nothing is here.
fn nowhere(_: &mut World, call: &Call) -> SendOutcome {
    Ok(match call.vendor() {
        Vendor::Resend => {
            email::resend::problem(404, "not_found", "The requested endpoint does not exist")
        }
        Vendor::SendGrid => email::sendgrid::problem(404, "not found", None),
        Vendor::Statuspage | Vendor::PublicPage | Vendor::Postmark | Vendor::Sandbox => {
            Reply::json(404, &serde_json::json!({"error": "Not found"}))
        }
    })
}

/// Names and values of a query or a form, decoded.
pub fn pairs(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = text.bytes();
    let mut out = Vec::new();
    while let Some(byte) = bytes.next() {
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        match byte {
            b'+' => out.push(b' '),
            b'%' => {
                let (high, low) = (bytes.next(), bytes.next());
                match (digit(high), digit(low)) {
                    (Some(high), Some(low)) => {
                        out.push(u8::try_from(high * 16 + low).unwrap_or_default());
                    }
                    (None, _) | (_, None) => {
                        out.extend([Some(b'%'), high, low].into_iter().flatten());
                    }
                }
            }
            _ => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn a_form_is_decoded() {
        let read = pairs("incident%5Bname%5D=A+b%26c&q=100%&x");
        let expected = [("incident[name]", "A b&c"), ("q", "100%"), ("x", "")];
        let read: Vec<(&str, &str)> = read.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(read, expected);
    }
}
