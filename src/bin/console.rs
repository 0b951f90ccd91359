//! The responder console: mounts `console`. The production build takes two parts out of its WASM, at the
//! functions `incident` and `rest` (`tools/split.mjs`); a development build keeps all in one.

#[cfg(all(target_arch = "wasm32", not(debug_assertions)))]
mod parts {
    use allclear::ui::Coming;
    use allclear::{Draw, IncidentPart, draw_rest, incident_part};
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    #[wasm_split(incident, fallible)]
    fn incident() -> Result<IncidentPart, SplitLoaderError> {
        Ok(incident_part())
    }

    #[wasm_split(rest, fallible)]
    fn rest() -> Result<Draw, SplitLoaderError> {
        Ok(draw_rest)
    }

    pub fn fetch_incident() -> Coming<IncidentPart> {
        Box::pin(async { incident().await.ok() })
    }

    pub fn fetch_rest() -> Coming<Draw> {
        Box::pin(async { rest().await.ok() })
    }
}

#[cfg(all(target_arch = "wasm32", debug_assertions))]
mod parts {
    use allclear::ui::Coming;
    use allclear::{Draw, IncidentPart, draw_rest, incident_part};

    pub fn fetch_incident() -> Coming<IncidentPart> {
        Box::pin(std::future::ready(Some(incident_part())))
    }

    pub fn fetch_rest() -> Coming<Draw> {
        Box::pin(std::future::ready(Some(draw_rest as Draw)))
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {
    allclear::mount_console(allclear::Parts {
        incident: parts::fetch_incident,
        rest: parts::fetch_rest,
    });
}

/// The app lives in a browser; on the host there is nothing to run.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
