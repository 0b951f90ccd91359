//! The one gate (decided since, 1): the same reasons for whatever sends, publishes, copies or records, at the moment of
//! freezing.

use allclear::config::ChatService;
use allclear::domain::component::{ComponentId, ComponentState};
use allclear::domain::incident::{Incident, IncidentId, IncidentStatus};
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
use super::shared::adoption::incident;
use super::decisions::facts;
use super::support::at;
use super::support::log::{Log, message, post};

use IncidentStatus::Investigating;

struct Case {
    log: Log,
    state: State,
    page: Snapshot,
    when: &'static str,
}

impl Case {
    fn new(log: Log, when: &'static str) -> Self {
        let components = vec![component("API", ComponentState::MajorOutage), component("Web", ComponentState::Operational)];
        let state = log.state(when);
        Self { log, state, page: Snapshot { components, ..Snapshot::default() }, when }
    }

    fn wish(&self, channel: Channel, kind: DutyKind, facts: Facts) -> Wish<'_> {
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

fn p0() -> Log {
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
fn no_change_changes_nothing_but_the_promise() {
    let mut log = p0();
    log.page_saying("14:05", &facts());
    let case = Case::new(log, "14:10");
    let mut wish = case.wish(Channel::Page, DutyKind::Update, facts());
    wish.status = IncidentStatus::Resolved;
    wish.options.notify_subscribers = true;
    let frozen = wish.no_change().freeze(&[]).unwrap();
    let page = frozen.record().page.clone().unwrap();
    assert_eq!((page.status, page.components, page.notified_subscribers), (IncidentStatus::Investigating, vec![], false));
    assert_eq!(page.impact, None);
    assert_eq!(page.promise, Some(at("14:25")));
    assert!(frozen.record().text.contains(&case.log.sop.additions.no_change));
}

#[test]
fn no_change_prints_nothing_that_the_last_post_did_not_say() {
    let held = |log: Log, page: Snapshot, typed: Facts| {
        let case = Case { page, ..Case::new(log, "14:10") };
        let held = case.wish(Channel::Page, DutyKind::Update, typed).no_change().freeze(&[]).err();
        held.map(|held| if let Held::Finding(finding) = held { finding.text } else { format!("{held:?}") })
    };
    let impact = |words: &str| {
        let mut facts = facts();
        facts.set(Fact::Impact, words.to_owned());
        facts
    };
    let mut log = p0();
    let case = Case::new(log, "14:05");
    let first = case.wish(Channel::Page, DutyKind::First, facts()).freeze(&[]).unwrap();
    log = case.log;
    log.send("14:05", first.record().clone());
    let page = Snapshot::default;
    assert_eq!(held(log.clone(), page(), facts()), None);
    assert_eq!(held(log.clone(), page(), impact("Customers in the EU and the US")), None, "typed, and not said: it waits for an update");
    let mut said = log.clone();
    said.facts("14:08", &impact("Customers in the EU\nand the US"));
    let why = "The last post does not say “Customers in the EU\nand the US”: say it in an update.";
    assert_eq!(held(said.clone(), page(), facts()).as_deref(), Some(why));
    // What an update told is no change any more, however the page breaks its lines.
    let case = Case::new(said, "14:09");
    let mut told = case.wish(Channel::Page, DutyKind::Update, impact("Customers in the EU\nand the US")).freeze(&[]).unwrap().record().clone();
    told.text = told.text.replace('\n', "\r\n");
    let mut said = case.log;
    said.send("14:09", told);
    assert_eq!(held(said, page(), facts()), None);
    let mut wider = log.clone();
    wider.say("14:08", EventKind::ComponentsSet { components: ["API", "Web", "Mail"].map(|name| ComponentId(name.to_owned())).to_vec() });
    assert_eq!(held(wider, page(), facts()).as_deref(), Some("A service came to the incident after the last post: say so in an update."));
    // An impact that was emptied would be the playbook's own sentence again.
    log.say("14:08", EventKind::FactSet { fact: Fact::Impact, value: String::new() });
    let why = held(log, page(), facts()).unwrap();
    assert!(why.starts_with("The last post does not say “"), "{why}");
}

#[test]
fn of_another_consoles_post_the_page_has_the_words() {
    let mut log = Log::declared(Severity::P0, "14:00");
    let mut said = Facts::default();
    said.set(Fact::Service, "Checkout".to_owned());
    let mut without_words = post(Investigating, Severity::P0, None);
    without_words.text.clear();
    log.facts("14:00", &said).send("14:05", without_words).say("14:05", EventKind::PageIncident { id: IncidentId("inc".to_owned()) });
    let default = log.sop.fact_defaults.get(&Fact::Impact).unwrap().clone();
    let there = |body: &str| Snapshot { incidents: vec![Incident { name: "Checkout - Investigating Issue".to_owned(), ..incident(&[("u1", Investigating, "14:05", body)]) }], ..Snapshot::default() };
    let held = |log: &Log, page: Snapshot| {
        let case = Case { page, ..Case::new(log.clone(), "14:10") };
        case.wish(Channel::Page, DutyKind::Update, Facts::default()).no_change().freeze(&[]).err()
    };
    let why = |held: Option<Held>| if let Some(Held::Finding(finding)) = held { finding.text } else { format!("{held:?}") };
    assert_eq!(held(&log, there(&format!("We look into Checkout.\n\nImpact: {default}"))), None);
    assert_eq!(why(held(&log, there("We look into Checkout.\n\nImpact: EU customers"))), format!("The last post does not say “{default}”: say it in an update."));
    assert_eq!(why(held(&log, Snapshot::default())), format!("It is not known here whether the last post says “{default}”: say it in an update."));
    // What is not known to be another is let through: the words of a post by hand may be with whoever posted it.
    said.set(Fact::Impact, "EU customers".to_owned());
    log.facts("14:06", &said);
    assert_eq!(held(&log, Snapshot::default()), None);
}

#[test]
fn a_change_of_severity_is_told_in_an_update_and_not_hidden_by_no_change() {
    for to in [Severity::P0, Severity::P2] {
        let mut log = Log::declared(Severity::P1, "14:00");
        log.page_saying("14:05", &facts()).severity("14:08", to);
        let case = Case::new(log, "14:10");
        let no_change = case.wish(Channel::Page, DutyKind::Update, facts()).no_change().freeze(&[]);
        let why = "The severity changed since the last post: say so in an update.";
        assert!(matches!(&no_change, Err(Held::Finding(finding)) if finding.text == why), "{to:?}: {no_change:?}");
        let told = case.wish(Channel::Page, DutyKind::Update, facts()).freeze(&[]).unwrap();
        // Told once, it is no change any more.
        let mut log = case.log;
        log.send("14:11", told.record().clone());
        let case = Case::new(log, "14:12");
        assert!(case.wish(Channel::Page, DutyKind::Update, facts()).no_change().freeze(&[]).is_ok(), "{to:?}");
    }
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
