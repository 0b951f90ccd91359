//! Talking to the other tabs of this browser.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::{Listener, PlatformError, page};

const WHAT: &str = "channel between tabs";

/// A named line to every other [`Channel`] of that name, in this tab and in all others.
pub struct Channel {
    inner: BroadcastChannel,
}

impl Channel {
    /// The line of that name, below [`page::prefix`].
    pub fn open(name: &str) -> Result<Self, PlatformError> {
        let inner = BroadcastChannel::new(&format!("{}{name}", page::prefix()))
            .map_err(|thrown| PlatformError::thrown(WHAT, &thrown))?;
        Ok(Self { inner })
    }

    /// Says something to all the others. Nobody may be listening.
    pub fn publish(&self, message: &str) -> Result<(), PlatformError> {
        self.inner
            .post_message(&JsValue::from_str(message))
            .map_err(|thrown| PlatformError::thrown(WHAT, &thrown))
    }

    /// Calls back with everything that the others say, until the handle is dropped.
    pub fn subscribe(
        self,
        mut callback: impl FnMut(String) + 'static,
    ) -> Result<Subscription, PlatformError> {
        let listener = Listener::new(&self.inner, "message", move |event| {
            let data = event
                .dyn_ref::<MessageEvent>()
                .and_then(|event| event.data().as_string());
            if let Some(text) = data {
                callback(text);
            }
        })?;
        Ok(Subscription {
            _listener: listener,
            channel: self,
        })
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.inner.close();
    }
}

/// Listens to a [`Channel`] until it is dropped.
pub struct Subscription {
    _listener: Listener,
    channel: Channel,
}

impl Subscription {
    /// Says something to all the others, and does not hear it itself.
    pub fn publish(&self, message: &str) -> Result<(), PlatformError> {
        self.channel.publish(message)
    }

    /// Listens for as long as the page lives.
    pub fn forever(self) {
        std::mem::forget(self);
    }
}
