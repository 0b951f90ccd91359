//! The playbook as a whole: the file beside the product, its problems, and the messages made from it.

mod common;
mod email;
mod file;
mod golden;
mod hostile;
mod weight;

/// The playbook that the product ships.
const SOP: &str = include_str!("../../public/console/sop.toml");
