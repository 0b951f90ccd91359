//! What this browser keeps: `event_store` (the logs and the drafts, as they are stored) and `reading` (taking them in),
//! `drafts` (what is typed), `exports` (what a responder takes out and brings in), `rescue` (when the store cannot be
//! trusted), `deleting` (one finished incident), `forgetting` (everything).

pub(super) mod deleting;
pub mod drafts;
pub mod event_store;
mod exports;
pub(super) mod forgetting;
pub(super) mod reading;
pub(in crate::console) mod rescue;
