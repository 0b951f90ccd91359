//! The public status page: mounts `status_page`.

#[cfg(target_arch = "wasm32")]
fn main() {
    allclear::platform::crash::install();
    allclear::status_page::start();
}

/// The app lives in a browser; on the host there is nothing to run.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
