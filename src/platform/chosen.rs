//! A file that somebody has chosen.

use js_sys::Uint8Array;
use web_sys::File;

use super::{PlatformError, clock, js};

/// What a file says, as UTF-8; what is none of it becomes `U+FFFD`. Reading it and what is then made of it are two
/// pieces of work: a long file holds up nothing else.
///
/// # Errors
///
/// When the browser cannot read it any more, as after it was changed or taken away.
pub async fn text(file: &File) -> Result<String, PlatformError> {
    let bytes = js::settled("reading a file", Ok(file.array_buffer().into())).await?;
    // Its text would come as the browser's own words of two bytes, to be taken apart again.
    let text = String::from_utf8(Uint8Array::new(&bytes).to_vec())
        .unwrap_or_else(|wrong| String::from_utf8_lossy(wrong.as_bytes()).into_owned());
    clock::sleep(0).await;
    Ok(text)
}
