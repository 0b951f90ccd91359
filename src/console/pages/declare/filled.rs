//! What a filled form declares, or what is missing in it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::form::Form;
use crate::console::pages::drill::is_declaring;
use crate::console::pages::kind_fields::{asks_aware, asks_data, data_of};
use crate::console::pages::moment::MomentField;
use crate::domain::said::Said;
use crate::sop::event::EventKind;
use crate::sop::facts::{Fact, Facts, joined};
use crate::sop::playbook::{IncidentType, Playbook};
use crate::sop::severity::Severity;

/// The form, with what the playbook makes of it.
#[derive(Clone, Copy)]
pub(super) struct Filled {
    pub(super) form: Form,
    pub(super) playbook: StoredValue<Arc<Playbook>>,
    /// Whether the service is named in words: no component of the page is known.
    pub(super) in_words: Memo<bool>,
    pub(super) kind: Memo<Option<IncidentType>>,
    pub(super) severity: Memo<Option<Severity>>,
    pub(super) started: MomentField,
    pub(super) aware: MomentField,
}

/// Why a form declares nothing yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unfilled {
    NoService,
    /// The playbook has no type of incident.
    NoType,
    /// A time is not taken, for this reason.
    Time(String),
}

impl Unfilled {
    /// What to do.
    pub(super) fn words(self) -> String {
        match self {
            Self::NoService => "Choose the service that is affected.".to_owned(),
            Self::NoType => "The playbook has no type of incident to declare.".to_owned(),
            Self::Time(why) => why,
        }
    }
}

impl Filled {
    /// The services that are affected, in words.
    ///
    /// # Errors
    /// None is chosen or named.
    pub(super) fn service(self) -> Result<String, Unfilled> {
        let (desk, form) = (self.form.desk, self.form);
        let named = form.text("named").get().trim().to_owned();
        if self.in_words.get() && !named.is_empty() {
            return Ok(named);
        }
        let components = form.services();
        if components.is_empty() {
            return Err(Unfilled::NoService);
        }
        let all = components.iter().map(|id| desk.component_name(id));
        let all: Vec<String> = all.collect();
        Ok(joined(&all.iter().map(String::as_str).collect::<Vec<_>>()))
    }

    /// The declaration at `now`, UTC.
    ///
    /// # Errors
    /// What is missing, or not taken.
    pub(super) fn event(self, now: DateTime<Utc>) -> Result<EventKind, Unfilled> {
        let (desk, form) = (self.form.desk, self.form);
        let kind = self.kind.get().ok_or(Unfilled::NoType)?.id;
        let severity = self.severity.get().ok_or(Unfilled::NoType)?;
        let mut facts = Facts::default();
        facts.set(Fact::Service, self.service()?);
        for (fact, field) in [
            (Fact::Symptom, "symptom"),
            (Fact::Impact, "impact"),
            (Fact::Description, "description"),
        ] {
            facts.set(fact, form.text(field).get());
        }
        let is_aware = asks_aware(desk, Some(&kind));
        let knows_data = asks_data(desk, Some(&kind));
        Ok(EventKind::Declared {
            impact_started: at(self.started, now)?,
            severity,
            components: form.services(),
            became_aware: is_aware.then(|| at(self.aware, now)).transpose()?,
            personal_data: knows_data.then(|| data_of(&form.text("data").get())),
            facts,
            sop_version: self
                .playbook
                .with_value(|playbook| playbook.meta.version.clone()),
            drill: is_declaring(desk),
            kind,
        })
    }
}

/// The moment that a field says.
fn at(field: MomentField, now: DateTime<Utc>) -> Result<DateTime<Utc>, Unfilled> {
    match field.said(now) {
        Said::Now => Ok(now),
        Said::At(at) => Ok(at),
        Said::Wrong(_) => Err(Unfilled::Time(field.refusal(now).unwrap_or_default())),
    }
}
