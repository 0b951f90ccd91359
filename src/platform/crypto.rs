//! Fingerprints.

use js_sys::Uint8Array;

use super::{PlatformError, js};

const WHAT: &str = "fingerprints";

/// The SHA-256 of some bytes, as 64 hexadecimal digits. Needs HTTPS (or localhost).
pub async fn sha256_hex(bytes: &[u8]) -> Result<String, PlatformError> {
    let crypto = js::window()?
        .crypto()
        .map_err(|_| PlatformError::Missing(WHAT))?;
    if js::property(&crypto, "subtle").is_none() {
        return Err(PlatformError::Missing(WHAT));
    }
    let called = crypto
        .subtle()
        .digest_with_str_and_u8_array("SHA-256", bytes);
    let digest = js::settled(WHAT, called.map(Into::into)).await?;
    Ok(hex(&Uint8Array::new(&digest).to_vec()))
}

/// Two small hexadecimal digits a byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 0x0f])
        .filter_map(|half| char::from_digit(u32::from(half), 16))
        .collect()
}
