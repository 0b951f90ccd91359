//! The field's nouns: what is computed from them.

mod knowledge;
mod said;
mod uptime;
