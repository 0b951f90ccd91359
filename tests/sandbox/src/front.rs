//! What happens to every request before and after its handler: late, lost or spoiled answers by the rules
//! of a test; keys and rates as the vendors keep them; and the record of it all.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

use crate::call::{Call, Reply, SendOutcome, Vendor};
use crate::email;
use crate::faults::{self, Kind, Rule, login_page};
use crate::limits::{self, Turn};
use crate::statuspage;
use crate::store::Exchange;
use crate::world::World;

/// The state that all requests share.
#[derive(Clone)]
pub struct App {
    world: Arc<Mutex<World>>,
}

/// What a handler looks like.
pub type Handler = fn(&mut World, &Call) -> SendOutcome;

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

impl App {
    /// Around a world.
    pub fn new(world: World) -> Self {
        Self {
            world: Arc::new(Mutex::new(world)),
        }
    }

    /// The world, for one request at a time. What a panic left behind is used as it is.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a handler; what it did holds as a whole, or not at all when it stopped early.
    pub fn handle(&self, handler: Handler, call: &Call) -> Reply {
        let mut world = self.world();
        if let Err(error) = world.store.begin() {
            return crate::call::Stop::from(error).into_reply();
        }
        let outcome = handler(&mut world, call);
        if let Err(error) = world.store.end(outcome.is_ok()) {
            return crate::call::Stop::from(error).into_reply();
        }
        outcome.unwrap_or_else(crate::call::Stop::into_reply)
    }

    /// Answers a request; `routed` is what its handler would do.
    pub async fn answer(&self, call: &Call, routed: impl Future<Output = Reply> + Send) -> Sent {
        if call.vendor() == Vendor::Sandbox {
            return Sent::Whole(routed.await.dated(self.world().now()));
        }
        let due = {
            let mut world = self.world();
            faults::due(&mut world.switches.faults, call)
        };
        let claim = email::resend::key(call);
        let busy = claim
            .as_ref()
            .is_some_and(|key| !self.world().busy.insert(key.clone()));
        let sent = if busy {
            Sent::Whole(email::resend::concurrent())
        } else {
            let sent = self.spoiled(call, &due, routed).await;
            if let Some(key) = &claim {
                self.world().busy.remove(key);
            }
            sent
        };
        self.closed(call, &due, sent)
    }

    /// The answer, with what goes wrong on purpose.
    async fn spoiled(
        &self,
        call: &Call,
        due: &[Rule],
        routed: impl Future<Output = Reply> + Send,
    ) -> Sent {
        wait(due, false).await;
        for rule in due.iter().filter(|rule| !rule.after) {
            if let Some(sent) = instead(self, call, rule) {
                return sent;
            }
        }
        let refused = self.gate(call);
        let mut sent = Sent::Whole(match refused {
            Err(reply) => reply,
            Ok(headers) => {
                let mut reply = routed.await;
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
        wait(due, true).await;
        sent
    }

    /// Whether the vendor takes the request at all; the headers that tell how much is left.
    fn gate(&self, call: &Call) -> Result<Vec<(String, String)>, Reply> {
        let mut world = self.world();
        let key = match call.vendor() {
            Vendor::PublicPage | Vendor::Sandbox => return Ok(Vec::new()),
            Vendor::Statuspage => statuspage::keys::key(&world, call)?,
            Vendor::Postmark => email::postmark::token(&world, call)?,
            Vendor::Resend => email::resend::bearer(&world, call)?,
            Vendor::SendGrid => email::sendgrid::bearer(&world, call)?,
        };
        let now = world.now();
        let World {
            windows, switches, ..
        } = &mut *world;
        match windows.turn(switches, call, &key, now) {
            Turn::Refused(reply) => Err(reply),
            Turn::Taken { limit } => {
                Ok(limit.map_or_else(Vec::new, |turn| limits::headers(call.vendor(), turn, now)))
            }
        }
    }

    /// Dates the answer and writes the exchange down.
    fn closed(&self, call: &Call, due: &[Rule], sent: Sent) -> Sent {
        let world = self.world();
        let now = world.now();
        let sent = match sent {
            Sent::Whole(reply) => Sent::Whole(reply.dated(now)),
            Sent::Half(reply) => Sent::Half(reply.dated(now)),
            Sent::Nothing => Sent::Nothing,
        };
        let reply = match &sent {
            Sent::Whole(reply) | Sent::Half(reply) => Some(reply),
            Sent::Nothing => None,
        };
        let names = due.iter().map(|rule| rule.kind.name().to_owned()).collect();
        let exchange = Exchange::of(now.0, call, reply, names);
        if let Err(error) = world.store.record(&exchange) {
            return Sent::Whole(error.into_reply());
        }
        sent
    }
}

/// Waits for what the rules of lateness say, before or after the effect.
async fn wait(due: &[Rule], after: bool) {
    let late = due
        .iter()
        .filter(|rule| rule.kind == Kind::Latency && rule.after == after);
    tokio::time::sleep(Duration::from_millis(late.map(|rule| rule.ms).sum())).await;
}

/// What takes the place of the handler.
fn instead(app: &App, call: &Call, rule: &Rule) -> Option<Sent> {
    match rule.kind {
        Kind::DropBefore => Some(Sent::Nothing),
        Kind::HtmlLogin => Some(Sent::Whole(login_page())),
        Kind::Calm => Some(Sent::Whole(rate(app, call, 420, rule))),
        Kind::TooMany => Some(Sent::Whole(rate(app, call, 429, rule))),
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
        | Kind::Calm
        | Kind::TooMany
        | Kind::Failed
        | Kind::Gateway => Sent::Whole(reply),
    }
}

/// A refusal for the rate, as the rule wants it.
fn rate(app: &App, call: &Call, status: u16, rule: &Rule) -> Reply {
    let mut reply = match call.vendor() {
        Vendor::Postmark => email::postmark::too_many(),
        Vendor::Resend => email::resend::too_many(),
        Vendor::SendGrid => email::sendgrid::too_many(),
        Vendor::Statuspage | Vendor::PublicPage | Vendor::Sandbox => {
            Reply::json(429, &json!({"error": "Rate limit exceeded"}))
        }
    };
    reply.status = status;
    match rule.retry_after.as_deref() {
        None => reply,
        Some(text) => match text.strip_prefix("date:").map(str::parse::<i64>) {
            Some(Ok(seconds)) => reply.with("retry-after", app.world().now().plus(seconds).http()),
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
        Vendor::Statuspage | Vendor::PublicPage | Vendor::Sandbox => {
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
