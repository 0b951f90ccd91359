//! The field's nouns: what is computed from them.

#[rustfmt::skip] // Tables.
mod markdown;
mod uptime;
