//! The only place that reads the time, and the timers. A browser slows the timers of a hidden tab:
//! count from [`now`], never by ticks.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use chrono::{DateTime, Utc};
use gloo_timers::callback::{Interval, Timeout};
use gloo_timers::future::TimeoutFuture;

use super::js;

thread_local! {
    /// What this device's clock is corrected by, in milliseconds.
    static CORRECTION: Cell<i64> = const { Cell::new(0) };
}

/// Corrects this device's clock by so many milliseconds, as long as the page lives.
pub fn correct(milliseconds: i64) {
    CORRECTION.set(milliseconds);
}

/// The time, by this device's clock and what it is corrected by.
pub fn now() -> DateTime<Utc> {
    corrected(device())
}

/// A moment that this device's clock gave, by what that is corrected by now.
pub fn corrected(device: DateTime<Utc>) -> DateTime<Utc> {
    let corrected = device.timestamp_millis() + CORRECTION.get();
    DateTime::from_timestamp_millis(corrected).unwrap_or(device)
}

/// The time by this device's clock alone.
pub fn device() -> DateTime<Utc> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole milliseconds, far below 2^53"
    )]
    let milliseconds = js_sys::Date::now() as i64;
    DateTime::from_timestamp_millis(milliseconds).unwrap_or_default()
}

/// Milliseconds on a clock that nobody can set: for how long something has waited, never for when it was.
pub fn steady_ms() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or_else(js_sys::Date::now, |performance| performance.now())
}

/// Ticks until it is dropped.
pub struct Every(Interval);

impl Every {
    /// Ticks for as long as the page lives.
    pub fn forever(self) {
        self.0.forget();
    }
}

/// Calls back about every `ms` milliseconds with the time, until the handle is dropped.
pub fn every(ms: u32, mut callback: impl FnMut(DateTime<Utc>) + 'static) -> Every {
    Every(Interval::new(ms, move || callback(now())))
}

/// Waits until it is dropped.
pub struct After(Timeout);

impl After {
    /// Calls back even when the handle is gone.
    pub fn forever(self) {
        // The timer's id is of no use to anybody then.
        let _id = self.0.forget();
    }
}

/// Calls back once after `ms` milliseconds, unless the handle is dropped before.
pub fn after(ms: u32, callback: impl FnOnce() + 'static) -> After {
    After(Timeout::new(ms, callback))
}

/// Waits `ms` milliseconds.
pub async fn sleep(ms: u32) {
    TimeoutFuture::new(ms).await;
}

/// Lets the browser draw, and answer its reader, before what comes next; nothing where it does not know how
/// (`scheduler.yield`).
pub async fn breathe() {
    let scheduler = js::property(&js_sys::global(), "scheduler");
    let rest = scheduler.as_ref().and_then(|all| js::method(all, "yield"));
    if let (Some(scheduler), Some(rest)) = (scheduler, rest) {
        // Where it fails, there was no rest.
        let _rested = js::settled("resting", rest.call0(&scheduler)).await;
    }
}

/// Calls back after that.
pub fn after_a_breath(then: impl FnOnce() + 'static) {
    wasm_bindgen_futures::spawn_local(async move {
        breathe().await;
        then();
    });
}

/// What comes within `ms` milliseconds; `None` where it does not.
pub async fn within<T>(ms: u32, coming: impl Future<Output = T>) -> Option<T> {
    let (mut coming, mut late) = (pin!(coming), pin!(sleep(ms)));
    poll_fn(|context| match coming.as_mut().poll(context) {
        Poll::Ready(here) => Poll::Ready(Some(here)),
        Poll::Pending => late.as_mut().poll(context).map(|()| None),
    })
    .await
}
