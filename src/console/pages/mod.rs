//! One file (or folder) per route: each reads slices of the desk, lays out views and passes intents on.

pub mod adopt;
pub mod banners;
pub mod declare;
pub mod documents;
pub mod drill;
pub mod incident;
pub mod incidents;
pub mod kind_fields;
pub mod messages;
pub mod moment;
pub mod not_found;
pub mod outbox;
pub mod parts;
pub mod postmortem;
pub mod readiness;
pub mod report;
pub mod rest;
pub mod services;
pub mod settings;
pub mod shell;
pub mod sop;
