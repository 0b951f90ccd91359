//! Approval and the regulator's clock (`docs/duties.md` rule 13).

use chrono::{DateTime, Utc};

use crate::sop::duty::{DutyKind, Ended};
use crate::sop::event::PersonalData;
use crate::sop::playbook::Regulator;

use super::projection::{NewDuty, Projection};
use super::state::{Approval, Phase};
use super::tracked_duty::{End, later};

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

    /// A named approver was recorded.
    pub(super) fn approved(&mut self, at: DateTime<Utc>, approver: &str, alone: bool) {
        let approver = approver.trim();
        if self.asks_approval() && !approver.is_empty() {
            self.approval = Some(Approval {
                approver: approver.to_owned(),
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
