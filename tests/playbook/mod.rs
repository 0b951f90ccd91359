//! The playbook as a whole: the file beside the product, its problems, and the messages made from it.

mod checked;
pub mod common;
mod config;
mod config_hosted;
mod config_quick;
mod email;
mod file;
mod golden;
mod hostile;
mod lint;
mod problems;
#[rustfmt::skip] // Spellings, one a line.
mod shapes;
mod template;
mod unanswered;
mod weight;
#[rustfmt::skip] // Spellings, one a line.
mod wording;

/// The playbook that the product ships.
const SOP: &str = include_str!("../../public/console/sop.toml");
