//! What answers of the edge tell on the side, whoever asked: the server's time, and that the login has
//! ended. The sender notes it, the desk takes it.

use std::cell::Cell;

use chrono::{DateTime, Utc};

use super::clock::Sample;
use crate::api::error::ApiError;
use crate::api::http::{self, Response};

/// What was heard since it was last taken.
#[derive(Debug, Clone, Copy, Default)]
pub struct Heard {
    /// The newest answer that told the time.
    pub sample: Option<Sample>,
    /// Whether an answer said that nobody is logged in.
    pub login_ended: bool,
}

thread_local! {
    static HEARD: Cell<Heard> = const { Cell::new(Heard { sample: None, login_ended: false }) };
    static SERVICE_TOLD: Cell<bool> = const { Cell::new(false) };
}

/// Takes what was heard; the next taking begins anew.
pub fn take() -> Heard {
    HEARD.take()
}

/// Notes what an answer of the edge tells. Whether somebody is logged in by the answer to
/// [`super::whoami`] is read by who asked; its time counts until a service has told its own, which an edge
/// may pass on: one clock is followed, not two.
pub(crate) fn note(url: &str, asked: DateTime<Utc>, came: DateTime<Utc>, response: &Response) {
    let mut heard = HEARD.get();
    let by_service = !url.ends_with(super::WHOAMI);
    if let Some(date) = http::server_time(response)
        && (by_service || !SERVICE_TOLD.get())
    {
        heard.sample = Some(Sample { asked, came, date });
        SERVICE_TOLD.set(by_service);
    }
    if by_service {
        heard.login_ended |= http::judge(response, false) == Err(ApiError::LoginNeeded);
    }
    HEARD.set(heard);
}
