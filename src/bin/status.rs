//! The public status page: mounts `status_page`.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    allclear::status_page::start();
}

/// The app lives in a browser; on the host there is nothing to run.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
