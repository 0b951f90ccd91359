//! Keys by which Resend knows a request again: kept 24 hours, with the request they came with.

use crate::call::{Call, Reply};
use crate::world::World;

const SECONDS: i64 = 24 * 60 * 60;

/// What a key says of a request.
pub enum Known {
    /// It is new.
    New,
    /// The same request was answered so.
    Answered(String),
    /// Another request came with it.
    Other,
}

/// The request by what matters in it. Two different texts may not have one mark, so it is the text itself.
fn mark(call: &Call) -> String {
    format!("{} {}", call.path, call.body)
}

/// What is known of a key.
pub fn known(world: &World, call: &Call, key: &str) -> Known {
    let since = world.now().plus(-SECONDS).0;
    match world.store.remembered(key, since) {
        None => Known::New,
        Some((old, answer)) if old == mark(call) => Known::Answered(answer),
        Some(_) => Known::Other,
    }
}

/// Keeps a good answer for a key; a failed one may be tried again.
pub fn keep(world: &World, call: &Call, key: &str, reply: &Reply) {
    if reply.status < 300 {
        world
            .store
            .remember(key, &mark(call), world.now().0, &reply.body);
    }
}
