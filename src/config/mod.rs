//! An organisation's own files, edited by hand, as validated types with *all* problems at once:
//! `config.json` (what the public page needs) and `console/team.toml` (what only responders need).
//! The playbook, `console/sop.toml`, is read with the same tools in `sop::playbook`.

mod json;
pub mod problem;
mod public;
mod quick;
pub(crate) mod reader;
mod team;
pub(crate) mod words;

pub use public::{Links, PageSource, PublicConfig, is_mail_address};
pub use team::{
    Account, ChatService, HostedMail, HostedPage, MailService, Member, Role, TeamChannel,
    TeamConfig,
};
