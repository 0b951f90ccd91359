//! Approval and the regulator's clock (`docs/duties.md` rule 13).

use chrono::{DateTime, Utc};

use crate::domain::calendar::later;
use crate::sop::duty::{DutyKind, Ended};
use crate::sop::event::PersonalData;
use crate::sop::playbook::Regulator;

use crate::sop::shared::initials;

use super::command::Refusal;
use super::projection::{NewDuty, Projection};
use super::state::{Approval, Phase};
use super::tracked_duty::End;

/// Whoever does something.
#[derive(Debug, Clone, Copy)]
pub struct Actor<'n> {
    /// The name, or the login.
    pub name: &'n str,
    /// Whether it is a login, for which the edge vouches; otherwise it was typed.
    pub vouched: bool,
}

impl<'n> From<&'n str> for Actor<'n> {
    fn from(name: &'n str) -> Self {
        Self {
            name,
            vouched: false,
        }
    }
}

impl Actor<'_> {
    /// Whether an approval that they give, or that they send on, has to be a login's: where a login says who they are,
    /// as soon as the incident is `on_page`. Before that no other console knows of it, and a name that was typed has to
    /// do.
    pub fn asks_for_login(self, on_page: bool) -> bool {
        self.vouched && on_page
    }
}

impl Approval {
    /// Whether `sender` may send on this approval, while the incident is `on_page` or not: somebody else gave it, or it
    /// says "alone on duty".
    ///
    /// # Errors
    /// Why not.
    pub fn lets(&self, sender: Actor<'_>, on_page: bool) -> Result<(), Refusal> {
        if self.alone {
            return Ok(());
        }
        if sender.asks_for_login(on_page) && !self.vouched {
            return Err(Refusal::ApprovalWasTyped);
        }
        let same = if self.vouched {
            self.approver == sender.name.trim()
        } else {
            // Of an approval that was recorded on another device only initials and a mark are known here.
            same_person(&self.approver, sender.name)
                || same_person(&self.approver, &initials(sender.name))
        };
        if same {
            Err(Refusal::ApproverIsSender)
        } else {
            Ok(())
        }
    }
}

/// One person, however they typed their name.
fn same_person(one: &str, other: &str) -> bool {
    one.trim()
        .chars()
        .map(small)
        .eq(other.trim().chars().map(small))
}

/// A letter as a small one, in the scripts that names here are mostly written in. Unicode's own table for
/// all scripts would be fetched by every responder for this one question.
pub(crate) fn small(letter: char) -> char {
    let step = match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => 0x20,
        'Ѐ'..='Џ' => 0x50,
        // Latin with marks: each capital stands before its small letter.
        'Ā'..='ķ' | 'Ŋ'..='ŷ' => 1 - u32::from(letter) % 2,
        'Ĺ'..='ň' | 'Ź'..='ž' => u32::from(letter) % 2,
        _ => 0,
    };
    char::from_u32(u32::from(letter) + step).unwrap_or(letter)
}

impl Projection<'_> {
    /// Whether the type waits for a named approver. A type that the playbook does not know does: a lock
    /// too many costs a name, one too few cannot be taken back.
    pub(super) fn asks_approval(&self) -> bool {
        self.incident_type().is_none_or(|kind| kind.approval)
    }

    /// Whether public messages wait for an approver now.
    pub(super) fn needs_approval(&self) -> bool {
        self.asks_approval() && self.approval.is_none()
    }

    /// A named approver was recorded; `by_login` where it is the login that entered it.
    pub(super) fn approved(
        &mut self,
        at: DateTime<Utc>,
        approver: &str,
        alone: bool,
        by_login: bool,
    ) {
        let approver = approver.trim();
        if self.asks_approval() && !approver.is_empty() {
            self.approval = Some(Approval {
                approver: approver.to_owned(),
                vouched: by_login,
                alone,
                at,
            });
        }
    }

    /// The type was changed: a new approval is needed, and the regulator's clock starts or stops.
    pub(super) fn type_changed(&mut self, at: DateTime<Utc>, to: &str) {
        if to == self.kind || self.phase == Phase::InError {
            return;
        }
        to.clone_into(&mut self.kind);
        self.approval = None;
        self.regulator(at, Ended::TypeChanged);
    }

    /// It was learned whether personal data is affected.
    pub(super) fn personal_data_set(&mut self, at: DateTime<Utc>, to: PersonalData) {
        self.personal_data = Some(to);
        if self.phase != Phase::InError {
            self.regulator(at, Ended::NoPersonalData);
        }
    }

    /// Makes the regulator's duty where it is asked for and was neither done nor skipped; ends it where
    /// it is not asked for.
    pub(super) fn regulator(&mut self, at: DateTime<Utc>, why: Ended) {
        if !self.asks_regulator() {
            for slot in self
                .slots
                .iter_mut()
                .filter(|slot| slot.is(DutyKind::Regulator, None))
            {
                slot.drop_at(at, why);
            }
            return;
        }
        let stands = self.slots.iter().any(|slot| {
            slot.is(DutyKind::Regulator, None)
                && matches!(
                    slot.end,
                    None | Some(End::Done { .. } | End::Skipped { .. })
                )
        });
        if !stands {
            let due = self.regulator_due();
            self.make(NewDuty::required(
                DutyKind::Regulator,
                None,
                self.declared_at,
                due,
            ));
        }
    }

    /// The clock runs from becoming aware, else from the declaration.
    fn regulator_due(&self) -> DateTime<Utc> {
        later(
            self.became_aware.unwrap_or(self.declared_at),
            self.sop.clocks.regulator,
        )
    }

    /// When the organisation became aware was set or corrected.
    pub(super) fn became_aware(&mut self, aware: DateTime<Utc>) {
        self.became_aware = Some(aware);
        let due = self.regulator_due();
        for slot in self
            .slots
            .iter_mut()
            .filter(|slot| slot.is(DutyKind::Regulator, None))
        {
            if slot.is_open() {
                slot.due_at = Some(due);
            }
        }
    }

    fn asks_regulator(&self) -> bool {
        match self
            .incident_type()
            .map_or(Regulator::Never, |kind| kind.regulator)
        {
            Regulator::Never => false,
            Regulator::Always => true,
            Regulator::PersonalData => match self.personal_data {
                None | Some(PersonalData::Affected | PersonalData::Unknown) => true,
                Some(PersonalData::NotAffected) => false,
            },
        }
    }
}
