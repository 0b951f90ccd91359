//! The field's nouns: what is computed from them.

mod knowledge;
#[rustfmt::skip] // Tables.
mod markdown;
mod said;
mod uptime;
