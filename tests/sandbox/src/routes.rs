//! Which handler answers which path, and how paths and queries are read.

use std::sync::OnceLock;

use crate::call::{Call, Reply, SendOutcome, Vendor};
use crate::world::World;
use crate::{control, email, statuspage, team};

/// What a handler looks like.
pub type Handler = fn(&mut World, &Call) -> SendOutcome;

/// The methods of a route.
pub type Methods = &'static [&'static str];

/// Reading.
pub const GET: Methods = &["GET", "HEAD"];
/// Creating, or doing.
pub const POST: Methods = &["POST"];
/// Putting in place.
pub const PUT: Methods = &["PUT"];
/// Changing: the manage API takes both.
pub const CHANGE: Methods = &["PATCH", "PUT"];
/// Removing.
pub const DELETE: Methods = &["DELETE"];

/// Paths and their handlers. Of two that fit, the first answers.
#[derive(Default)]
pub struct Routes(Vec<(String, Methods, Handler)>);

impl Routes {
    /// One more: `{name}` stands for any one part of a path.
    #[must_use]
    pub fn on(mut self, path: &str, methods: Methods, handler: Handler) -> Self {
        self.0.push((path.to_owned(), methods, handler));
        self
    }

    /// Several methods at one path.
    #[must_use]
    pub fn each(self, path: &str, handlers: &[(Methods, Handler)]) -> Self {
        handlers.iter().fold(self, |all, (methods, handler)| {
            all.on(path, methods, *handler)
        })
    }

    /// These and those.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// Who answers, with what the route found in the path.
    fn find(&self, method: &str, path: &str) -> Option<(Handler, Vec<(String, String)>)> {
        self.0.iter().find_map(|(pattern, methods, handler)| {
            let params = fitting(pattern, path)?;
            methods.contains(&method).then_some((*handler, params))
        })
    }
}

/// The parameters of a path that fits.
fn fitting(pattern: &str, path: &str) -> Option<Vec<(String, String)>> {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    let mut params = Vec::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(params),
            (Some(wanted), Some(given)) => {
                let name = wanted
                    .strip_prefix('{')
                    .and_then(|part| part.strip_suffix('}'));
                match name {
                    Some(name) if !given.is_empty() => {
                        params.push((name.to_owned(), decoded(given)));
                    }
                    None if wanted == given => {}
                    Some(_) | None => return None,
                }
            }
            (Some(_), None) | (None, Some(_)) => return None,
        }
    }
}

/// Asks whoever answers the path.
pub fn routed(world: &mut World, call: &Call) -> SendOutcome {
    static ALL: OnceLock<Routes> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        statuspage::routes()
            .and(email::routes())
            .and(team::routes())
            .and(control::routes())
    });
    match all.find(&call.method, &call.path) {
        Some((handler, params)) => handler(
            world,
            &Call {
                params,
                ..call.clone()
            },
        ),
        None => nowhere(call),
    }
}

/// Nothing is here.
fn nowhere(call: &Call) -> SendOutcome {
    Ok(match call.vendor() {
        Vendor::Resend => {
            email::resend::problem(404, "not_found", "The requested endpoint does not exist")
        }
        Vendor::SendGrid => email::sendgrid::problem(404, "not found", None),
        Vendor::Statuspage
        | Vendor::PublicPage
        | Vendor::Postmark
        | Vendor::Team
        | Vendor::Sandbox => Reply::json(404, &serde_json::json!({"error": "Not found"})),
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
