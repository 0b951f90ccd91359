//! A file that somebody has chosen.

use js_sys::Uint8Array;
use web_sys::File;

use super::{PlatformError, clock, js};

/// What a file holds. Reading it and what is then made of it are two pieces of work: a long file holds up nothing else.
///
/// # Errors
///
/// When the browser cannot read it any more, as after it was changed or taken away.
pub async fn bytes(file: &File) -> Result<Vec<u8>, PlatformError> {
    let bytes = js::settled("reading a file", Ok(file.array_buffer().into())).await?;
    let bytes = Uint8Array::new(&bytes).to_vec();
    clock::sleep(0).await;
    Ok(bytes)
}
