//! The one gate (decided since, 1): the same reasons for whatever sends, publishes, copies or records, at the moment of
//! freezing.

use allclear::config::ChatService;
use allclear::domain::component::{ComponentId, ComponentState};
use allclear::domain::incident::IncidentStatus;
use allclear::domain::page::Snapshot;
use allclear::sop::channel::Channel;
use allclear::sop::compose::page_options;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::EventKind;
use allclear::sop::facts::{Fact, Facts};
use allclear::sop::gate::{Held, Wish};
use allclear::sop::message::PageOptions;
use allclear::sop::playbook::{Purpose, Variant};
use allclear::sop::run::{Actor, State};
use allclear::sop::severity::Severity;

use super::components::component;
use super::decisions::facts;
use super::support::at;
use super::support::log::{Log, message, post};

pub(super) struct Case {
    pub(super) log: Log,
    pub(super) state: State,
    pub(super) page: Snapshot,
    pub(super) when: &'static str,
}

impl Case {
    pub(super) fn new(log: Log, when: &'static str) -> Self {
        let components = vec![component("API", ComponentState::MajorOutage), component("Web", ComponentState::Operational)];
        let state = log.state(when);
        Self { log, state, page: Snapshot { components, ..Snapshot::default() }, when }
    }

    pub(super) fn wish(&self, channel: Channel, kind: DutyKind, facts: Facts) -> Wish<'_> {
        let purpose = Purpose { channel, kind, variant: Variant::Usual };
        let options = match channel {
            Channel::Page => page_options(&self.log.sop, &self.state, purpose, Some(&self.page)),
            Channel::Team | Channel::Email | Channel::X | Channel::LinkedIn => PageOptions::default(),
        };
        Wish {
            playbook: &self.log.sop,
            state: &self.state,
            purpose,
            facts,
            status: IncidentStatus::Investigating,
            promise: true,
            options,
            page: Some(&self.page),
            components: &self.page.components,
            sender: Actor { name: "Ada", vouched: false },
            now: at(self.when),
            team: None,
            unchanged: false,
        }
    }
}

pub(super) fn p0() -> Log {
    let mut log = Log::declared(Severity::P0, "14:00");
    log.facts("14:00", &facts());
    log.say("14:00", EventKind::ComponentsSet { components: ["API", "Web"].map(|name| ComponentId(name.to_owned())).to_vec() });
    log
}

#[test]
fn what_leaves_is_what_the_gate_was_asked_about() {
    let case = Case::new(p0(), "14:05:20");
    let wish = case.wish(Channel::Page, DutyKind::First, facts());
    let gate = wish.ask();
    assert_eq!(gate.held(&[]), None);
    let frozen = wish.freeze(&[]).unwrap();
    assert_eq!(frozen.frozen_at(), at("14:05:20"));
    assert!(frozen.record().text.ends_with("Next update by 14:20 UTC."));
    let changed: Vec<&str> = frozen.record().page.as_ref().unwrap().components.iter().map(|change| change.id.0.as_str()).collect();
    assert_eq!(changed, ["Web"], "the API is in major outage already, and is not written again");
}

#[test]
fn a_gap_holds_every_channel() {
    let case = Case::new(p0(), "14:05");
    for channel in Channel::ALL {
        let mut facts = facts();
        for fact in [Fact::Symptom, Fact::Service] {
            facts.set(fact, String::new());
        }
        let wish = case.wish(channel, DutyKind::First, facts);
        let held = wish.freeze(&wish.ask().asked_about());
        assert!(matches!(&held, Err(Held::Finding(finding)) if finding.blocks && finding.asks.is_none()), "{channel:?}: {held:?}");
    }
}

#[test]
fn what_blocks_publish_blocks_no_change() {
    let mut said = facts();
    said.set(Fact::Impact, "Next update by 16:00 UTC".to_owned());
    let mut log = p0();
    log.page_saying("14:05", &said);
    let case = Case::new(log, "14:10");
    let publish = case.wish(Channel::Page, DutyKind::Update, said.clone());
    let no_change = case.wish(Channel::Page, DutyKind::Update, said).no_change();
    for wish in [publish, no_change] {
        let gate = wish.ask();
        assert!(gate.may_be_sent_anyway(), "{:?}", gate.findings);
        assert!(matches!(wish.freeze(&[]), Err(Held::Finding(_))));
        assert!(wish.freeze(&gate.asked_about()).is_ok(), "with a reason");
        assert_eq!(gate.asked_about().len(), 1);
    }
}

#[test]
fn a_reason_is_for_what_was_asked_and_for_nothing_that_came_meanwhile() {
    let said = |symptom: &str| {
        let mut said = facts();
        said.set(Fact::Impact, "Next update by 16:00 UTC".to_owned());
        said.set(Fact::Symptom, symptom.to_owned());
        said
    };
    let case = Case::new(p0(), "14:05");
    let asked = case.wish(Channel::Page, DutyKind::First, said("errors")).ask().asked_about();
    let held = |when, symptom: &str| {
        let case = Case::new(p0(), when);
        case.wish(Channel::Page, DutyKind::First, said(symptom)).freeze(&asked).err()
    };
    assert_eq!(held("14:05", "errors"), None);
    // The clock promises another minute by now: it is the same question.
    assert_eq!(held("14:06", "errors"), None);
    let meanwhile = held("14:05", "[Beta] errors");
    assert!(matches!(&meanwhile, Some(Held::Finding(finding)) if finding.text.contains("[Beta]")), "{meanwhile:?}");
}

#[test]
fn whoever_approved_is_told_at_the_button_that_somebody_else_sends() {
    let mut log = Log::declared_as("breach", Severity::P0, "13:52", "14:00", None);
    log.approve("14:03", "Ada");
    let case = Case::new(log, "14:05");
    for (channel, held) in [(Channel::Page, true), (Channel::Email, true), (Channel::X, true), (Channel::Team, false)] {
        let mut wish = case.wish(channel, DutyKind::First, facts());
        let says = |wish: &Wish<'_>| wish.ask().findings.iter().any(|found| found.blocks && found.text.starts_with("Whoever approved it"));
        assert_eq!(says(&wish), held, "{channel:?}");
        wish.sender = Actor { name: "Grace", vouched: false };
        assert!(!says(&wish), "{channel:?}");
        // A login does not send on a typed name, once other consoles can know of the incident.
        wish.sender.vouched = true;
        assert!(!wish.ask().findings.iter().any(|found| found.text.contains("typed name")), "it is not on the page yet");
    }
}

#[test]
fn approval_holds_publish_and_no_change_whatever_reason_is_given() {
    let mut log = Log::declared_as("breach", Severity::P0, "14:00", "14:00", None);
    log.page("14:05");
    let case = Case::new(log, "14:10");
    let publish = case.wish(Channel::Page, DutyKind::Update, facts());
    let no_change = case.wish(Channel::Page, DutyKind::Update, facts()).no_change();
    for wish in [publish, no_change] {
        assert!(wish.freeze(&wish.ask().asked_about()).is_err());
    }
    assert!(case.wish(Channel::Team, DutyKind::First, facts()).freeze(&[]).is_ok(), "the team is never locked");
}

#[test]
fn what_waits_on_a_channel_holds_it() {
    let mut log = p0();
    log.page("14:05");
    let waiting = EventKind::AboutToLeave { op: "a".to_owned(), message: message(Channel::Page, DutyKind::Update), leaves_at: at("14:10:15") };
    log.say("14:10:00", waiting);
    let case = Case::new(log, "14:10:05");
    assert_eq!(case.wish(Channel::Page, DutyKind::Update, facts()).no_change().freeze(&[]).err(), Some(Held::Waits));
    assert!(case.wish(Channel::Email, DutyKind::First, facts()).freeze(&[]).is_ok());
}

#[test]
fn a_progress_that_readers_have_read_is_no_news_and_the_gate_says_so() {
    let progress = |text: &str| {
        let mut facts = facts();
        facts.set(Fact::Progress, text.to_owned());
        facts
    };
    let mut log = p0();
    log.page("14:05");
    let mut last = post(IncidentStatus::Investigating, Severity::P0, None);
    last.text = "We found it.\n\nNext update by 14:25 UTC.".to_owned();
    log.send("14:10", last);
    let case = Case::new(log, "14:20:00");
    let says = |facts, unchanged: bool| {
        let wish = case.wish(Channel::Page, DutyKind::Update, facts);
        let gate = if unchanged { wish.no_change() } else { wish }.ask();
        let again = gate.findings.iter().find(|finding| finding.text.contains("says this progress already")).cloned();
        again.inspect(|finding| assert!(!finding.blocks && finding.fact == Some(Fact::Progress)))
    };
    assert!(says(progress("We found it"), false).is_some());
    assert!(says(progress("We roll it back"), false).is_none());
    assert!(says(progress("We found it"), true).is_none(), "No change says so itself");
}

#[test]
fn a_notice_is_held_by_what_its_webhook_takes_and_by_nothing_where_a_person_copies_it() {
    let case = Case::new(p0(), "14:05:20");
    let mut long = facts();
    long.set(Fact::Symptom, "x".repeat(5_000));
    let told = |team| Wish { team, ..case.wish(Channel::Team, DutyKind::First, long.clone()) };
    let held = told(Some(ChatService::Discord)).freeze(&[]).unwrap_err();
    assert!(matches!(&held, Held::Finding(why) if why.text.ends_with("Discord takes 2000. Shorten it.") && why.asks.is_none()), "{held:?}");
    for team in [None, Some(ChatService::Slack)] {
        let frozen = told(team).freeze(&[]).unwrap();
        assert!(frozen.record().text.contains(&"x".repeat(5_000)), "nothing of it is cut");
    }
}

#[test]
fn what_is_not_so_at_this_stage_is_held_on_every_channel_before_anybody_presses() {
    let held = |log: &Log, when: &'static str, channel: Channel, kind: DutyKind| {
        let case = Case::new(log.clone(), when);
        let wish = case.wish(channel, kind, facts());
        let why = match wish.ask().held(&wish.ask().asked_about()) {
            Some(Held::Finding(finding)) => Some(finding.text),
            Some(Held::Waits | Held::NotMade) => Some("something else".to_owned()),
            None => None,
        };
        why.filter(|why| why.starts_with("The incident is "))
    };
    let mut log = p0();
    log.page("14:05");
    for channel in [Channel::Page, Channel::Email, Channel::X, Channel::LinkedIn] {
        assert_eq!(held(&log, "14:06", channel, DutyKind::First), None, "{channel:?}");
        let early = held(&log, "14:06", channel, DutyKind::Resolved);
        assert_eq!(early.is_some(), channel != Channel::Page, "Resolved on the page is the resolution: {channel:?} {early:?}");
    }
    log.resolved("14:28");
    for channel in [Channel::Page, Channel::Email, Channel::X, Channel::LinkedIn] {
        let late = held(&log, "14:40", channel, DutyKind::First);
        assert!(late.is_some_and(|why| why.contains("reopen it first")), "{channel:?}");
    }
    assert_eq!(held(&log, "14:40", Channel::Team, DutyKind::First), None, "the team may be told late");
    assert_eq!(held(&log, "14:40", Channel::Email, DutyKind::Report), None);
}

/// The message as it would leave.
fn preview(log: &Log, when: &'static str, channel: Channel, kind: DutyKind) -> allclear::sop::message::Preview {
    let case = Case::new(log.clone(), when);
    case.wish(channel, kind, facts()).ask().preview.unwrap()
}

#[test]
fn the_team_is_told_the_severity_of_now_and_not_that_it_was_raised_to_it() {
    let mut log = Log::declared(Severity::P1, "10:00");
    log.tell("10:05", Channel::Team, DutyKind::First).severity("10:30", Severity::P0).severity("10:33", Severity::P1);
    let told = format!("{:?}", preview(&log, "10:40", Channel::Team, DutyKind::Raised));
    assert!(told.contains("P1 (High)") && !told.contains("aised"), "{told}");
}

#[test]
fn only_a_critical_email_is_urgent() {
    for severity in Severity::ALL {
        let mut log = p0();
        log.severity("14:01", severity);
        let title = format!("{:?}", preview(&log, "14:05", Channel::Email, DutyKind::First));
        assert_eq!(title.contains("[URGENT]"), severity == Severity::P0, "{severity:?}: {title}");
    }
}
