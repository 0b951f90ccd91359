//! Facts: what responders are asked once and every message is filled from (`docs/decisions.md`, "Facts,
//! asked once").

use serde::{Deserialize, Serialize};

use crate::domain::ordered::ShortMap;

/// A fact that is asked of responders, as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// Which service, `[Service Name]`: several components joined, "Checkout, API and Billing".
    Service,
    /// `[symptom]`
    Symptom,
    /// `[Affected users/features]`
    Impact,
    /// `[Description of incident]`
    Description,
    /// `[Description of progress/resolution]`
    Progress,
    /// `[Brief description of cause and resolution]`
    Cause,
    /// `[Description of incident and cause]`
    WhatHappened,
    /// `[Description of resolution]`
    Resolution,
    /// `[Description of root cause]`
    RootCause,
    /// `[Steps taken to prevent future incidents]`
    Prevention,
    /// `[Brief description of incident]`
    Summary,
}

impl Fact {
    /// All facts, in the order in which they are asked.
    pub const ALL: [Self; 11] = [
        Self::Service,
        Self::Symptom,
        Self::Impact,
        Self::Description,
        Self::Progress,
        Self::Cause,
        Self::WhatHappened,
        Self::Resolution,
        Self::RootCause,
        Self::Prevention,
        Self::Summary,
    ];

    /// The word for it in the playbook and in logs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Symptom => "symptom",
            Self::Impact => "impact",
            Self::Description => "description",
            Self::Progress => "progress",
            Self::Cause => "cause",
            Self::WhatHappened => "what-happened",
            Self::Resolution => "resolution",
            Self::RootCause => "root-cause",
            Self::Prevention => "prevention",
            Self::Summary => "summary",
        }
    }
}

/// The facts as they stand: a blank one is missing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Facts(ShortMap<Fact, String>);

impl Facts {
    /// The value of a fact, unless it is blank.
    pub fn get(&self, fact: Fact) -> Option<&str> {
        self.0
            .get(&fact)
            .map(String::as_str)
            .filter(|value| !value.trim().is_empty())
    }

    /// Sets a fact; a blank value unsets it.
    pub fn set(&mut self, fact: Fact, value: String) {
        if value.trim().is_empty() {
            self.0.remove(&fact);
        } else {
            self.0.insert(fact, value);
        }
    }

    /// The facts that are set.
    pub fn iter(&self) -> impl Iterator<Item = (Fact, &str)> {
        self.0.iter().map(|(fact, value)| (*fact, value.as_str()))
    }
}

/// Joins names as a sentence does: "Checkout, API and Billing" (`docs/decisions.md`, reading 23).
pub fn joined(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
