//! A request and an answer as plain data, and why a handler stops early.

use serde_json::{Value, json};

use crate::clock::Author;

/// The services that the sandbox stands in for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Vendor {
    /// Statuspage's manage API.
    Statuspage,
    /// The public page's format.
    PublicPage,
    /// Postmark.
    Postmark,
    /// Resend.
    Resend,
    /// `SendGrid`.
    SendGrid,
    /// The webhooks of a team's channel.
    Team,
    /// The sandbox's own control.
    Sandbox,
}

impl Vendor {
    /// Whose path it is.
    pub fn of(path: &str) -> Self {
        let below = |root: &str| path == root || path.starts_with(&format!("{root}/"));
        if below("/_sandbox") {
            Self::Sandbox
        } else if below("/v1") {
            Self::Statuspage
        } else if below("/api/v2") {
            Self::PublicPage
        } else if below("/v3") {
            Self::SendGrid
        } else if below("/emails") {
            Self::Resend
        } else if below("/team") {
            Self::Team
        } else {
            Self::Postmark
        }
    }

    /// Its name in switches and records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Statuspage => "statuspage",
            Self::PublicPage => "public",
            Self::Postmark => "postmark",
            Self::Resend => "resend",
            Self::SendGrid => "sendgrid",
            Self::Team => "team",
            Self::Sandbox => "sandbox",
        }
    }
}

/// A request, complete.
#[derive(Debug, Clone)]
pub struct Call {
    /// In capitals.
    pub method: String,
    /// Without a `.json` at the end, which means the same on the manage API.
    pub path: String,
    /// The path as it came.
    pub raw_path: String,
    /// Names and values, decoded.
    pub query: Vec<(String, String)>,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
    /// Parameters that the route found in the path.
    pub params: Vec<(String, String)>,
}

impl Call {
    /// Whose path it is.
    pub fn vendor(&self) -> Vendor {
        Vendor::of(&self.path)
    }

    /// A header, by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// A query parameter.
    pub fn query(&self, name: &str) -> Option<&str> {
        find(&self.query, name)
    }

    /// A parameter of the path; empty where the route has none of that name.
    pub fn param(&self, name: &str) -> &str {
        find(&self.params, name).unwrap_or_default()
    }

    /// Whether the body is said to be of this media type.
    pub fn is_type(&self, media: &str) -> bool {
        self.header("content-type")
            .and_then(|value| value.split(';').next())
            .is_some_and(|value| value.trim().eq_ignore_ascii_case(media))
    }
}

fn find<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
}

/// An answer, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Reply {
    /// JSON.
    pub fn json(status: u16, body: &Value) -> Self {
        Self {
            status,
            headers: vec![(
                "content-type".into(),
                "application/json; charset=utf-8".into(),
            )],
            body: body.to_string(),
        }
    }

    /// A page.
    pub fn html(status: u16, body: &str) -> Self {
        Self {
            status,
            headers: vec![("content-type".into(), "text/html; charset=utf-8".into())],
            body: body.into(),
        }
    }

    /// Nothing but a status.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: String::new(),
        }
    }

    /// The same with a header more, which takes the place of one of that name.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The same with the sandbox's time, which is the server's time to a client.
    #[must_use]
    pub fn dated(self, now: Author) -> Self {
        self.with("date", now.http())
    }
}

/// Why a handler stops before its end.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// With an answer of the vendor's.
    #[error("answered with {}", .0.status)]
    Answer(Reply),
    /// What the store holds is no longer what was put in.
    #[error("the sandbox's records: {0}")]
    Record(#[from] serde_json::Error),
}

impl Stop {
    /// What goes out: the answer, or a 500 that names the sandbox and no vendor.
    pub fn into_reply(self) -> Reply {
        match self {
            Self::Answer(reply) => reply,
            failed @ Self::Record(_) => Reply::json(500, &json!({"sandbox": failed.to_string()})),
        }
    }
}

/// What a handler gives.
pub type SendOutcome = Result<Reply, Stop>;
