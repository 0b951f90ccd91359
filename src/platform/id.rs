//! Randomness, for ids that never collide.

use super::{PlatformError, crypto::hex, js, storage::local};

const DEVICE: &str = "device";
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A random id, as a UUID of version 4.
pub fn random() -> Result<String, PlatformError> {
    let crypto = crypto()?;
    if js::method(&crypto, "randomUUID").is_some() {
        return Ok(crypto.random_uuid());
    }
    // A page without HTTPS has no randomUUID; its random values are as good.
    let mut bytes = random_bytes::<16>(&crypto)?;
    let [_, _, _, _, _, _, version, _, variant, ..] = &mut bytes;
    *version = (*version & 0x0f) | 0x40;
    *variant = (*variant & 0x3f) | 0x80;
    let digits = hex(&bytes);
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| digits.get(part).unwrap_or(""));
    Ok(parts.join("-"))
}

/// A random id of twelve small letters and digits (60 bits), for addresses that people read out.
pub fn short() -> Result<String, PlatformError> {
    let bytes = random_bytes::<12>(&crypto()?)?;
    Ok(bytes
        .iter()
        .filter_map(|byte| ALPHABET.get(usize::from(byte % 32)))
        .map(|letter| char::from(*letter))
        .collect())
}

/// A number from 0 up to 1, to spread what many do at once; nothing may depend on its being secret.
pub fn chance() -> f64 {
    js_sys::Math::random()
}

/// This device's id: made once, kept in this browser.
pub fn device() -> Result<String, PlatformError> {
    if let Some(known) = local::get(DEVICE)? {
        return Ok(known);
    }
    let fresh = short()?;
    local::set(DEVICE, &fresh)?;
    Ok(fresh)
}

/// Keeps a device's id again, where the browser has lost it.
pub fn keep(device: &str) -> Result<(), PlatformError> {
    local::set(DEVICE, device)
}

fn crypto() -> Result<web_sys::Crypto, PlatformError> {
    js::window()?
        .crypto()
        .map_err(|_| PlatformError::Missing("randomness"))
}

fn random_bytes<const N: usize>(crypto: &web_sys::Crypto) -> Result<[u8; N], PlatformError> {
    let mut bytes = [0; N];
    crypto
        .get_random_values_with_u8_array(&mut bytes)
        .map_err(|thrown| PlatformError::thrown("randomness", &thrown))?;
    Ok(bytes)
}
