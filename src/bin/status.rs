//! The public status page: mounts `status_page`. The production build takes two parts out of its WASM, at the
//! functions `rest` and `kept` (`tools/split.mjs`); a development build keeps all in one.

#[cfg(all(target_arch = "wasm32", not(debug_assertions)))]
mod parts {
    use allclear::status_page::{self, Open, Rest, open_kept};
    use allclear::ui::Coming;
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    #[wasm_split(rest, fallible)]
    fn rest() -> Result<Rest, SplitLoaderError> {
        Ok(status_page::rest())
    }

    #[wasm_split(kept, fallible)]
    fn kept() -> Result<Open, SplitLoaderError> {
        Ok(open_kept())
    }

    pub fn fetch_rest() -> Coming<Rest> {
        Box::pin(async { rest().await.ok() })
    }

    pub fn fetch_kept() -> Coming<Open> {
        Box::pin(async { kept().await.ok() })
    }
}

#[cfg(all(target_arch = "wasm32", debug_assertions))]
mod parts {
    use allclear::status_page::{self, Open, Rest, open_kept};
    use allclear::ui::Coming;

    pub fn fetch_rest() -> Coming<Rest> {
        Box::pin(std::future::ready(Some(status_page::rest())))
    }

    pub fn fetch_kept() -> Coming<Open> {
        Box::pin(std::future::ready(Some(open_kept())))
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {
    allclear::platform::crash::install();
    allclear::status_page::start(allclear::status_page::Parts {
        rest: parts::fetch_rest,
        kept: parts::fetch_kept,
    });
}

/// The app lives in a browser; on the host there is nothing to run.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
