//! What of the console this host gives to whoever has no login.

use super::{Whoami, read};
use crate::api::http::{Request, Response};

/// What only responders may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guarded {
    /// The playbook or the team's settings.
    Playbook,
    /// The console's own page, and with it its code.
    Console,
    /// A name for somebody who has none: the edge then takes a stranger's calls for a responder's.
    Login,
}

impl Guarded {
    /// Whether an answer to a stranger gives it. `console` is the path of the console's page, which it names itself; a host
    /// may answer with a login, its own page for what it has not, or the status page.
    pub fn is_given(self, answer: &Response, console: &str) -> bool {
        if !answer.ok() {
            return false;
        }
        match self {
            Self::Playbook => !is_login(&answer.body),
            Self::Console => answer.body.contains(&format!("<base href=\"{console}\"")),
            Self::Login => matches!(read(&Ok(answer.clone()), false), Whoami::Login(_)),
        }
    }
}

/// Whether a text that was asked for as the playbook or the team's settings is none: a page for people, a login among them,
/// or a login's answer to programs, as JSON. TOML begins with neither.
pub fn is_login(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with('<') || serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// A reading as a stranger makes it: without the login that this browser has, and past what it keeps. An answer that leads
/// elsewhere is not followed (its status is 0): it leads to a login, at a host that the console may not ask.
pub fn as_stranger(url: String) -> Request {
    Request {
        anonymous: true,
        to_edge: true,
        ..Request::get(url)
    }
}

/// The question who is logged in, from somebody who is not.
pub fn whoami_as_stranger(site_path: &str) -> Request {
    Request {
        anonymous: true,
        ..super::whoami(site_path)
    }
}
