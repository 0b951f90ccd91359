//! Mounts the console app.

#[cfg(target_arch = "wasm32")]
fn main() {
    use leptos::prelude::*;

    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(|| view! { <main><h1>"Incidents"</h1></main> });
}

/// The app lives in a browser; on the host there is nothing to run.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
