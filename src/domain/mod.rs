//! The nouns of the field, as any status page has them: incidents and their updates, components,
//! impacts, maintenances, postmortems, and the page that shows them.
//!
//! Nothing here knows the SOP, a vendor's field names, a clock, a colour or the words on a screen.

pub mod after_loss;
pub mod calendar;
pub mod component;
pub mod contradiction;
pub mod course;
pub mod duration;
pub mod find;
pub mod frozen;
pub mod impact;
pub mod incident;
pub mod knowledge;
pub mod looked;
pub mod maintenance;
pub mod markdown;
pub mod news;
pub mod order;
pub mod ordered;
pub mod page;
pub mod past;
pub mod postmortem;
pub mod promise;
pub mod said;
pub mod text;
pub mod uptime;
pub mod utc_text;
pub mod web_link;
