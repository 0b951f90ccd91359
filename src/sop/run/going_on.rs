//! Going on with an email that was begun: it was permitted then, and the incident may have changed since.

use crate::sop::event::SentMessage;

use super::approval::Actor;
use super::command::Refusal;
use super::state::{Phase, State};

/// What an email says that is no longer so: a person is asked before more of it leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outdated {
    /// That the incident goes on, and it is over.
    Over,
    /// That it is over, and the incident goes on again.
    GoesOn,
}

impl State {
    /// Whether more of an email that was begun may leave now, at the hand of `sender`; what it says that is no longer so.
    ///
    /// # Errors
    /// Why it may not: an approval is missing by now, or is not one for this sender (`docs/duties.md` rule 13).
    pub fn lets_go_on(
        &self,
        message: &SentMessage,
        sender: Actor<'_>,
    ) -> Result<Option<Outdated>, Refusal> {
        if sender.name.trim().is_empty() {
            return Err(Refusal::NoName);
        }
        if self.needs_approval && message.channel.is_public() {
            return Err(Refusal::NeedsApproval);
        }
        // One stands here only while the type asks for it.
        if let Some(approval) = self
            .approval
            .as_ref()
            .filter(|_| message.channel.is_public())
        {
            approval.lets(sender, self.page_incident.is_some())?;
        }
        let outdated = match self.phase {
            Phase::Open => Outdated::GoesOn,
            Phase::Resolved | Phase::InError => Outdated::Over,
        };
        Ok((!self.phase.fits(message.kind)).then_some(outdated))
    }
}
