//! The field's nouns: what is computed from them.

mod said;
mod uptime;
