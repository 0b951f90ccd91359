//! What can be checked before an incident, and what a person ticks by hand where nothing can be checked.

mod hosted;

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::config::{Member, Role, TeamConfig};
use crate::domain::ordered::ShortMap;
use crate::domain::utc_text;
use crate::platform::storage;
use crate::sop::facts::joined;
use crate::sop::playbook::foreign_addresses;
use crate::words;

use super::Desk;
use super::services::failure::Failure;
use super::services::probes::{Asked, Probes};
use super::setup::Ready;

/// What the public page needs, as its problems name it.
pub const CONFIG_FILE: &str = "config.json";
/// What only responders need.
pub const TEAM_FILE: &str = "console/team.toml";
pub const PLAYBOOK_FILE: &str = "console/sop.toml";

const TICKS: &str = "readiness";

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckResult {
    Holds,
    /// It does not, and the console cannot do its whole job.
    Fails,
    /// It does not; everything runs all the same.
    Mind,
    /// The answer is on its way.
    Asking,
}

impl CheckResult {
    /// Whether it holds.
    pub fn holds(self) -> bool {
        self == Self::Holds
    }
}

/// A check of readiness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Its name in the playbook's checklist; `None` where no list of the SOP asks for it.
    pub name: Option<&'static str>,
    /// What is checked.
    pub what: &'static str,
    /// How it came out.
    pub outcome: CheckResult,
    /// What was found, and what to do about it.
    pub found: String,
}

/// A box that a person has ticked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByHand {
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The boxes that were ticked by hand in this browser, by their ids.
pub type HandTicks = RwSignal<ShortMap<String, ByHand>>;

impl Desk {
    /// The boxes that were ticked by hand in this browser. What cannot be read counts as not ticked.
    pub fn hand_ticks(self) -> HandTicks {
        RwSignal::new(kept_ticks().unwrap_or_default())
    }

    /// Ticks a box by hand, or clears it, and keeps that in this browser, beside what other tabs have ticked.
    pub fn tick_by_hand(self, ticks: HandTicks, item: &str, on: bool) {
        let by = ByHand {
            who: self.who().get_untracked(),
            at: self.fresh_now(),
        };
        let changed = |mut ticks: ShortMap<String, ByHand>| {
            if on {
                ticks.insert(item.to_owned(), by.clone());
            } else {
                ticks.remove(item);
            }
            ticks
        };
        let here = ticks.get_untracked();
        let together = changed(kept_ticks().unwrap_or_else(|| here.clone()));
        let kept = serde_json::to_string(&together)
            .map_err(|error| error.to_string())
            .and_then(|text| storage::local::set(TICKS, &text).map_err(|error| error.to_string()));
        match kept {
            Ok(()) => ticks.set(together),
            Err(error) => {
                ticks.set(changed(here));
                self.alarm(format!("The tick holds until this tab is closed: {error}."));
            }
        }
    }

    /// Every check, as it comes out now.
    pub fn checks(self, probes: Probes) -> Vec<Check> {
        let Some(ready) = self.setup.with(|setup| setup.ready().cloned()) else {
            return Vec::new();
        };
        let mut checks = vec![
            status_page(&ready, probes.components),
            templates(&ready),
            addresses(&ready),
            social(&ready),
            team(&ready),
            approver(&ready),
            email(&ready),
            review(&ready, self.now.get()),
            lasting(probes.lasting),
        ];
        checks.extend(hosted::edge(&self.session()));
        checks.extend(hosted::readers(&ready, probes.readers));
        checks.extend(hosted::mail_service(&self.mailer(), probes.mail_service));
        checks.extend(hosted::team_channel(&ready, self.rehearsals().team));
        checks.push(hosted::playbook(&ready, probes.given_to_strangers));
        if self.keeps_here() {
            checks.push(failures(probes.failure));
        }
        checks
    }
}

/// The boxes as they are kept; `None` where they are not, or cannot be read.
fn kept_ticks() -> Option<ShortMap<String, ByHand>> {
    let kept = storage::local::get(TICKS).ok().flatten()?;
    serde_json::from_str(&kept).ok()
}

fn check(name: Option<&'static str>, what: &'static str, found: Result<String, String>) -> Check {
    let (outcome, found) = match found {
        Ok(found) => (CheckResult::Holds, found),
        Err(found) => (CheckResult::Fails, found),
    };
    Check {
        name,
        what,
        outcome,
        found,
    }
}

fn status_page(ready: &Ready, components: Asked<usize>) -> Check {
    let hosted = ready.team.as_ref().and_then(|team| team.page.as_ref());
    let found = match components.get() {
        None => {
            let found = "Asking the status page.".to_owned();
            return Check {
                name: Some("status-page"),
                what: "Status page",
                outcome: CheckResult::Asking,
                found,
            };
        }
        Some(answer) if hosted.is_some() => hosted::status_page(hosted, answer),
        Some(Err(error)) => Err(format!(
            "The page of this browser does not answer: {error}."
        )),
        Some(Ok(_)) if ready.config.is_none() => Err(format!(
            "{CONFIG_FILE} cannot be read, so readers see “Unknown”."
        )),
        Some(Ok(0)) => Err(format!(
            "The page answers and has no components: name them in {CONFIG_FILE}."
        )),
        Some(Ok(count)) => Ok(format!(
            "The page of this browser answers, with {}.",
            words::counted(count, "component", "components")
        )),
    };
    check(Some("status-page"), "Status page", found)
}

fn templates(ready: &Ready) -> Check {
    let problems = ready
        .problems
        .iter()
        .filter(|(file, _)| *file == PLAYBOOK_FILE)
        .count();
    let found = match (&ready.playbook, problems) {
        (None, _) => Err(format!(
            "{PLAYBOOK_FILE} cannot be run; its problems are below."
        )),
        (Some(_), 1..) => Err(format!(
            "{PLAYBOOK_FILE} has problems; what is missing is below."
        )),
        (Some(playbook), 0) => Ok(format!(
            "All {} messages are complete.",
            playbook.messages.len()
        )),
    };
    check(Some("templates"), "Messages", found)
}

/// Whether messages lead to the page and the mailbox that the public page names.
fn addresses(ready: &Ready) -> Check {
    let found = match (&ready.playbook, &ready.config) {
        (Some(playbook), Some(config)) => {
            let foreign = foreign_addresses(playbook, &config.status_url, &config.support);
            if foreign.is_empty() {
                Ok(format!(
                    "Messages name {} and {}, as {CONFIG_FILE} does.",
                    config.status_url, config.support
                ))
            } else {
                let said = foreign.iter().map(|one| {
                    format!(
                        "“{}” says {}, {CONFIG_FILE} says {}",
                        one.message, one.found, one.expected
                    )
                });
                Err(format!("{}.", said.collect::<Vec<_>>().join("; ")))
            }
        }
        _ => Err(format!(
            "{CONFIG_FILE} and {PLAYBOOK_FILE} have to be read for this."
        )),
    };
    check(None, "Addresses in messages", found)
}

fn social(ready: &Ready) -> Check {
    let found = of_team(ready, |team| match (&team.x, &team.linkedin) {
        (Some(x), Some(linkedin)) => Ok(format!("X: {}. LinkedIn: {}.", x.handle, linkedin.handle)),
        (None, Some(_)) => Err(format!("{TEAM_FILE} names no account on X.")),
        (Some(_), None) => Err(format!("{TEAM_FILE} names no account on LinkedIn.")),
        (None, None) => Err(format!("{TEAM_FILE} names no account on X or LinkedIn.")),
    });
    check(Some("social"), "Social media", found)
}

fn team(ready: &Ready) -> Check {
    let found = of_team(ready, |team| match team.members.as_slice() {
        [] => Err(format!("Nobody is named in {TEAM_FILE}.")),
        members => Ok(format!("Named: {}.", joined(&names(members.iter())))),
    });
    check(Some("team"), "Response team", found)
}

/// Who may release the messages of breaches and security incidents.
fn approver(ready: &Ready) -> Check {
    let found = of_team(ready, |team| {
        let approvers = names(
            team.members
                .iter()
                .filter(|member| member.roles.contains(&Role::Approver)),
        );
        if approvers.is_empty() {
            Err(format!(
                "{TEAM_FILE} names no approver: the messages of breaches and security incidents would wait for somebody whom nobody knows."
            ))
        } else {
            Ok(format!("Named: {}.", joined(&approvers)))
        }
    });
    check(None, "Approver", found)
}

fn names<'a>(members: impl Iterator<Item = &'a Member>) -> Vec<&'a str> {
    members.map(|member| member.name.as_str()).collect()
}

fn email(ready: &Ready) -> Check {
    let found = of_team(ready, |team| {
        Ok(format!(
            "Mails come from {}; answers go to {}.",
            team.sender(),
            team.reply_to
        ))
    });
    check(None, "Email sender", found)
}

fn of_team(
    ready: &Ready,
    look: impl FnOnce(&TeamConfig) -> Result<String, String>,
) -> Result<String, String> {
    let unread = || format!("{TEAM_FILE} cannot be read; its problems are below.");
    ready.team.as_ref().ok_or_else(unread).and_then(look)
}

fn review(ready: &Ready, now: DateTime<Utc>) -> Check {
    let Some(playbook) = &ready.playbook else {
        return check(
            None,
            "Review of the SOP",
            Err(format!("{PLAYBOOK_FILE} cannot be run.")),
        );
    };
    let due = playbook.meta.next_review;
    let (outcome, found) = if due < now.date_naive() {
        (
            CheckResult::Mind,
            format!(
                "It was due on {}. Review the SOP, then set its new date.",
                utc_text::day(due)
            ),
        )
    } else {
        (
            CheckResult::Holds,
            format!("Next on {}.", utc_text::day(due)),
        )
    };
    Check {
        name: None,
        what: "Review of the SOP",
        outcome,
        found,
    }
}

fn lasting(answer: Asked<bool>) -> Check {
    let answer = answer.get();
    let found = words::readiness::lasting(answer.as_ref());
    let (outcome, found) = match answer {
        None => (CheckResult::Asking, format!("{found}.")),
        Some(Ok(true)) => (CheckResult::Holds, format!("{found}.")),
        Some(Ok(false) | Err(_)) => (
            CheckResult::Mind,
            format!("{found}. Download everything after an incident."),
        ),
    };
    Check {
        name: None,
        what: "Storage of this browser",
        outcome,
        found,
    }
}

fn failures(switch: Asked<Failure>) -> Check {
    let (outcome, found) = match switch.get() {
        None => (CheckResult::Asking, "Asking the probes.".to_owned()),
        Some(Ok(Failure::None)) => (
            CheckResult::Holds,
            "Off: requests are answered as usual.".to_owned(),
        ),
        Some(Ok(failure)) => (
            CheckResult::Fails,
            format!(
                "On: “{}”. Turn it off in Settings before a real incident.",
                failure.label()
            ),
        ),
        Some(Err(error)) => (CheckResult::Fails, format!("It cannot be read: {error}.")),
    };
    Check {
        name: None,
        what: "Failure switch",
        outcome,
        found,
    }
}
