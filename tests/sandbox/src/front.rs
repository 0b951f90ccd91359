//! What happens to every request before and after its handler: late, lost or spoiled answers by the rules
//! of a test; keys and rates as the vendors keep them; and the record of it all.

use serde_json::{Value, json};

use crate::call::{Call, Reply, Vendor};
use crate::email;
use crate::faults::{self, Kind, Rule, login_page};
use crate::limits::{self, Turn};
use crate::routes::routed;
use crate::statuspage;
use crate::store::Exchange;
use crate::team;
use crate::world::World;

/// What goes back over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// An answer.
    Whole(Reply),
    /// An answer that breaks off in the middle of its body.
    Half(Reply),
    /// Nothing: the connection closes.
    Nothing,
}

/// A request that has come and is not answered yet.
#[derive(Debug)]
pub struct Begun {
    call: Call,
    due: Vec<Rule>,
    /// The idempotency key that it has taken.
    key: Option<String>,
    /// The same key is being worked on.
    is_second: bool,
}

impl Begun {
    /// How long it is held before it takes effect, and before its answer leaves: milliseconds.
    pub fn late_ms(&self, after: bool) -> u64 {
        let late = self
            .due
            .iter()
            .filter(|rule| rule.kind == Kind::Latency && rule.after == after);
        late.map(|rule| rule.ms).sum()
    }
}

impl World {
    /// Answers a request at once, whatever was to make it late.
    pub fn answer(&mut self, call: Call) -> Sent {
        let begun = self.begin(call);
        let sent = self.take_effect(&begun);
        self.end(&begun, sent)
    }

    /// A request has come: what goes wrong with it is decided now.
    pub fn begin(&mut self, call: Call) -> Begun {
        if call.vendor() == Vendor::Sandbox {
            return Begun {
                call,
                due: Vec::new(),
                key: None,
                is_second: false,
            };
        }
        let due = faults::due(&mut self.switches.faults, &call);
        let key = email::resend::key(&call);
        let is_second = key
            .as_ref()
            .is_some_and(|key| !self.busy.insert(key.clone()));
        Begun {
            key: key.filter(|_| !is_second),
            call,
            due,
            is_second,
        }
    }

    /// It takes effect, with what goes wrong on purpose.
    pub fn take_effect(&mut self, begun: &Begun) -> Sent {
        let Begun { call, due, .. } = begun;
        if call.vendor() == Vendor::Sandbox {
            return Sent::Whole(self.handled(call));
        }
        if begun.is_second {
            return Sent::Whole(email::resend::concurrent());
        }
        for rule in due.iter().filter(|rule| !rule.after) {
            if let Some(sent) = instead(self, call, rule) {
                return sent;
            }
        }
        let mut sent = Sent::Whole(match self.gate(call) {
            Err(reply) => reply,
            Ok(headers) => {
                let mut reply = self.handled(call);
                reply.headers.extend(headers);
                reply
            }
        });
        for rule in due {
            sent = match sent {
                Sent::Whole(reply) => afterwards(call, rule, reply),
                Sent::Half(_) | Sent::Nothing => sent,
            };
        }
        sent
    }

    /// Its answer leaves: dated, and written down.
    pub fn end(&mut self, begun: &Begun, sent: Sent) -> Sent {
        if let Some(key) = &begun.key {
            self.busy.remove(key);
        }
        let now = self.now();
        let sent = match sent {
            Sent::Whole(reply) => Sent::Whole(reply.dated(now)),
            Sent::Half(reply) => Sent::Half(reply.dated(now)),
            Sent::Nothing => Sent::Nothing,
        };
        if begun.call.vendor() == Vendor::Sandbox {
            return sent;
        }
        let reply = match &sent {
            Sent::Whole(reply) | Sent::Half(reply) => Some(reply),
            Sent::Nothing => None,
        };
        let names = begun.due.iter().map(|rule| rule.kind.name().to_owned());
        let exchange = Exchange::of(now.0, &begun.call, reply, names.collect());
        match self.store.record(&exchange) {
            Ok(()) => sent,
            Err(error) => Sent::Whole(error.into_reply()),
        }
    }

    /// Runs the handler; what it did holds as a whole, or not at all when it stopped early.
    fn handled(&mut self, call: &Call) -> Reply {
        self.store.begin();
        let outcome = routed(self, call);
        self.store.end(outcome.is_ok());
        outcome.unwrap_or_else(crate::call::Stop::into_reply)
    }

    /// Whether the vendor takes the request at all; the headers that tell how much is left.
    fn gate(&mut self, call: &Call) -> Result<Vec<(String, String)>, Reply> {
        let key = match call.vendor() {
            Vendor::PublicPage | Vendor::Sandbox => return Ok(Vec::new()),
            Vendor::Statuspage => statuspage::keys::key(self, call)?,
            Vendor::Postmark => email::postmark::token(self, call)?,
            Vendor::Resend => email::resend::bearer(self, call)?,
            Vendor::SendGrid => email::sendgrid::bearer(self, call)?,
            Vendor::Team => team::known(self, call)?,
        };
        let now = self.now();
        match self.windows.turn(&self.switches, call, &key, now) {
            Turn::Refused(reply) => Err(reply),
            Turn::Taken { limit } => {
                Ok(limit.map_or_else(Vec::new, |turn| limits::headers(call.vendor(), turn, now)))
            }
        }
    }
}

/// What takes the place of the handler.
fn instead(world: &World, call: &Call, rule: &Rule) -> Option<Sent> {
    match rule.kind {
        Kind::DropBefore => Some(Sent::Nothing),
        Kind::HtmlLogin => Some(Sent::Whole(login_page())),
        Kind::JsonLogin => Some(Sent::Whole(Reply::json(
            200,
            &json!({"error": "login required"}),
        ))),
        Kind::Calm => Some(Sent::Whole(rate(world, call, 420, rule))),
        Kind::TooMany => Some(Sent::Whole(rate(world, call, 429, rule))),
        Kind::Failed => Some(Sent::Whole(failed(call.vendor()))),
        Kind::Gateway => Some(Sent::Whole(gateway())),
        Kind::Latency | Kind::DropAfter | Kind::Truncate | Kind::ContentType | Kind::BreakShape => {
            None
        }
    }
}

/// What becomes of the handler's answer.
fn afterwards(call: &Call, rule: &Rule, reply: Reply) -> Sent {
    match rule.kind {
        Kind::DropAfter => Sent::Nothing,
        Kind::Truncate => Sent::Half(reply),
        Kind::ContentType => Sent::Whole(reply.with("content-type", "text/html; charset=utf-8")),
        Kind::BreakShape => Sent::Whole(broken(reply)),
        Kind::Failed if rule.after => Sent::Whole(failed(call.vendor())),
        Kind::Gateway if rule.after => Sent::Whole(gateway()),
        Kind::Latency
        | Kind::DropBefore
        | Kind::HtmlLogin
        | Kind::JsonLogin
        | Kind::Calm
        | Kind::TooMany
        | Kind::Failed
        | Kind::Gateway => Sent::Whole(reply),
    }
}

/// A refusal for the rate, as the rule wants it.
fn rate(world: &World, call: &Call, status: u16, rule: &Rule) -> Reply {
    let mut reply = match call.vendor() {
        Vendor::Postmark => email::postmark::too_many(),
        Vendor::Resend => email::resend::too_many(),
        Vendor::SendGrid => email::sendgrid::too_many(),
        Vendor::Team => team::too_many(),
        Vendor::Statuspage | Vendor::PublicPage | Vendor::Sandbox => {
            Reply::json(429, &json!({"error": "Rate limit exceeded"}))
        }
    };
    reply.status = status;
    match rule.retry_after.as_deref() {
        None => reply,
        Some(text) => match text.strip_prefix("date:").map(str::parse::<i64>) {
            Some(Ok(seconds)) => reply.with("retry-after", world.now().plus(seconds).http()),
            Some(Err(_)) | None => reply.with("retry-after", text),
        },
    }
}

fn failed(vendor: Vendor) -> Reply {
    let body = match vendor {
        Vendor::Postmark => json!({"ErrorCode": 500, "Message": "Internal server error."}),
        Vendor::Resend => {
            json!({"statusCode": 500, "name": "internal_server_error", "message": "An unexpected error occurred."})
        }
        Vendor::SendGrid => json!({"errors": [{"message": "internal server error"}]}),
        Vendor::Statuspage | Vendor::PublicPage | Vendor::Team | Vendor::Sandbox => {
            json!({"error": "Internal server error"})
        }
    };
    Reply::json(500, &body)
}

fn gateway() -> Reply {
    Reply::html(
        502,
        "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>",
    )
}

/// Not what the document says: an id that is no text, or a status that it does not know.
fn broken(mut reply: Reply) -> Reply {
    let mut body = serde_json::from_str::<Value>(&reply.body).unwrap_or(Value::Null);
    let first = match &mut body {
        Value::Array(items) => items.first_mut(),
        whole => Some(whole),
    };
    let field = first.and_then(|first| {
        ["id", "MessageID", "Messages", "data", "errors"]
            .into_iter()
            .find_map(|name| first.get_mut(name).map(std::mem::take).map(|_| name))
            .and_then(|name| first.get_mut(name))
    });
    match field {
        Some(field) => {
            *field = json!(7);
            reply.body = body.to_string();
        }
        None => reply.status = 207,
    }
    reply
}
