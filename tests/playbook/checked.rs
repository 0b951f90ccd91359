//! A message and what is around it, to be checked before it is sent.

use allclear::config::ChatService;
use allclear::domain::component::{Component, ComponentId, ComponentState};
use allclear::domain::incident::{IncidentId, IncidentStatus};
use allclear::domain::page::Snapshot;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::facts::Fact;
use allclear::sop::lint::{Checked, Finding, findings};
use allclear::sop::message::{Filling, PageOptions, preview, render};
use allclear::sop::playbook::{Playbook, Purpose};

use super::common::{at, plain, shipped, usual};

/// A message and what is around it.
pub struct Case {
    pub playbook: Playbook,
    pub purpose: Purpose,
    pub filling: Filling,
    pub kind: &'static str,
    pub components: Vec<Component>,
    pub needs_approval: bool,
    pub team: Option<ChatService>,
    pub page: Option<Snapshot>,
}

impl Case {
    pub fn new(channel: Channel, kind: DutyKind) -> Self {
        let status = match kind {
            DutyKind::Resolved | DutyKind::Report => IncidentStatus::Resolved,
            _ => IncidentStatus::Investigating,
        };
        let mut filling = plain(status);
        filling.now = at("2024-01-15T15:20:00Z");
        Self {
            playbook: shipped(),
            purpose: usual(channel, kind),
            filling,
            kind: "outage",
            components: [("api", "API"), ("web", "Web"), ("billing", "Billing")]
                .map(|(id, name)| Component {
                    id: ComponentId(id.to_owned()),
                    name: name.to_owned(),
                    description: None,
                    group: None,
                    group_id: None,
                    since: None,
                    state: ComponentState::Operational,
                })
                .to_vec(),
            needs_approval: false,
            team: None,
            page: None,
        }
    }

    pub fn fact(mut self, fact: Fact, value: &str) -> Self {
        self.filling.facts.set(fact, value.to_owned());
        self
    }

    pub fn state(mut self, id: &str, state: ComponentState) -> Self {
        for component in &mut self.components {
            if component.id.0 == id {
                component.state = state.clone();
            }
        }
        self
    }

    pub fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    pub fn findings(&self) -> Vec<Finding> {
        let preview = preview(&self.playbook, self.purpose, &self.filling);
        let found = findings(&Checked {
            playbook: &self.playbook,
            purpose: self.purpose,
            filling: &self.filling,
            preview: preview.as_ref(),
            incident_type: self.kind,
            components: &self.components,
            touched: &[ComponentId("api".to_owned())],
            needs_approval: self.needs_approval,
            team: self.team,
            page: self.page.as_ref(),
            own: Some(&IncidentId("own".to_owned())),
        });
        // What cannot be made is always blocked here, too.
        let rendered = render(
            &self.playbook,
            self.purpose,
            &self.filling,
            &PageOptions::default(),
        );
        assert!(rendered.is_ok() || found.iter().any(|finding| finding.blocks));
        found
    }

    pub fn blocks(&self) -> Vec<String> {
        self.findings()
            .into_iter()
            .filter(|f| f.blocks)
            .map(|f| f.text)
            .collect()
    }

    pub fn warns(&self) -> Vec<String> {
        self.findings()
            .into_iter()
            .filter(|f| !f.blocks)
            .map(|f| f.text)
            .collect()
    }
}

#[track_caller]
pub fn only(case: &Case) -> Finding {
    let found = case.findings();
    assert_eq!(found.len(), 1, "{found:#?}");
    found[0].clone()
}
