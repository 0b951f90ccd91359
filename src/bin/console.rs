//! The responder console: mounts `console`.

#[cfg(target_arch = "wasm32")]
fn main() {
    allclear::mount_console();
}

/// The app lives in a browser; on the host there is nothing to run.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
