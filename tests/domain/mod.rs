//! The field's nouns: what is computed from them.

mod first_mention;
mod knowledge;
mod maintenance;
mod named;
#[rustfmt::skip] // Tables.
mod markdown;
#[rustfmt::skip] // Tables.
mod past;
mod said;
#[rustfmt::skip] // Tables.
mod text;
mod unread;
mod uptime;
