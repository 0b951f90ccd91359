//! "No change" (decided since, 4): nothing but the promise changes, and nothing is printed that readers were not told.

use allclear::domain::component::ComponentId;
use allclear::domain::incident::{Incident, IncidentId, IncidentStatus};
use allclear::domain::page::Snapshot;
use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::{EventKind, Receipt, SendOutcome, SentMessage, TimeFact};
use allclear::sop::facts::{Fact, Facts};
use allclear::sop::gate::Held;
use allclear::sop::severity::Severity;

use super::decisions::facts;
use super::gate::{Case, p0};
use super::shared::adoption::incident;
use super::support::at;
use super::support::log::{Log, post};

use IncidentStatus::Investigating;

/// Why "No change" is held at 14:30; `None` where it may leave.
fn held(log: &Log, page: Snapshot) -> Option<String> {
    let case = Case { page, ..Case::new(log.clone(), "14:30") };
    let wish = case.wish(Channel::Page, DutyKind::Update, facts()).no_change();
    let held = wish.freeze(&wish.ask().asked_about()).err();
    held.map(|held| if let Held::Finding(finding) = held { finding.text } else { format!("{held:?}") })
}

/// A post of the playbook's at a time, with these facts said.
fn posted(log: &mut Log, when: &'static str, kind: DutyKind, said: &Facts) -> SentMessage {
    log.facts(when, said);
    let case = Case::new(log.clone(), when);
    let wish = case.wish(Channel::Page, kind, said.clone());
    let message = wish.freeze(&wish.ask().asked_about()).unwrap().record().clone();
    log.send(when, message.clone());
    message
}

fn with(fact: Fact, value: &str) -> Facts {
    let mut said = facts();
    said.set(fact, value.to_owned());
    said
}

fn not_said(value: &str) -> String {
    format!("The last post does not say “{value}”: say it in an update.")
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
    assert!(frozen.record().text .contains(&case.log.sop.additions.no_change));
}

#[test]
fn no_change_prints_nothing_that_the_last_post_did_not_say() {
    let held = |log: Log, page: Snapshot, typed: Facts| {
        let case = Case { page, ..Case::new(log, "14:10") };
        let held = case
            .wish(Channel::Page, DutyKind::Update, typed)
            .no_change()
            .freeze(&[])
            .err();
        held.map(|held| if let Held::Finding(finding) = held { finding.text } else { format!("{held:?}") })
    };
    let impact = |words: &str| {
        let mut facts = facts();
        facts.set(Fact::Impact, words.to_owned());
        facts
    };
    let mut log = p0();
    let case = Case::new(log, "14:05");
    let first = case
        .wish(Channel::Page, DutyKind::First, facts())
        .freeze(&[])
        .unwrap();
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
    let mut told = case
        .wish(Channel::Page, DutyKind::Update, impact("Customers in the EU\nand the US"))
        .freeze(&[])
        .unwrap()
        .record()
        .clone();
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
    let there = |body: &str| Snapshot {
        incidents: vec![Incident { name: "Checkout - Investigating Issue".to_owned(), ..incident(&[("u1", Investigating, "14:05", body)]) }],
        ..Snapshot::default()
    };
    let held = |log: &Log, page: Snapshot| {
        let case = Case { page, ..Case::new(log.clone(), "14:10") };
        case.wish(Channel::Page, DutyKind::Update, Facts::default())
            .no_change()
            .freeze(&[])
            .err()
    };
    let why = |held: Option<Held>| {
        if let Some(Held::Finding(finding)) = held {
            finding.text
        } else { format!("{held:?}") }
    };
    assert_eq!(held(&log, there(&format!("We look into Checkout.\n\nImpact: {default}")) ), None);
    assert_eq!(why(held(&log, there("We look into Checkout.\n\nImpact: EU customers") )), format!("The last post does not say “{default}”: say it in an update."));
    assert_eq!(why(held(&log, Snapshot::default())), format!("It is not known here whether the last post says “{default}”: say it in an update." ));
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
        let no_change = case
            .wish(Channel::Page, DutyKind::Update, facts())
            .no_change()
            .freeze(&[]);
        let why = "The severity changed since the last post: say so in an update.";
        assert!(matches!(&no_change, Err(Held::Finding(finding)) if finding.text == why), "{to:?}: {no_change:?}");
        let told = case
            .wish(Channel::Page, DutyKind::Update, facts())
            .freeze(&[])
            .unwrap();
        // Told once, it is no change any more.
        let mut log = case.log;
        log.send("14:11", told.record().clone());
        let case = Case::new(log, "14:12");
        assert!(case.wish(Channel::Page, DutyKind::Update, facts()) .no_change().freeze(&[]) .is_ok(), "{to:?}");
    }
}

#[test]
fn what_became_narrower_is_a_change() {
    let both = with(Fact::Impact, "Customers in the EU and the US");
    let mut log = p0();
    posted(&mut log, "14:05", DutyKind::First, &both);
    assert_eq!(held(&log, Snapshot::default()), None);
    let mut narrower = log.clone();
    narrower.facts("14:10", &with(Fact::Impact, "Customers in the EU"));
    assert_eq!(held(&narrower, Snapshot::default()), Some(not_said("Customers in the EU")));
    let mut service = with(Fact::Service, "Checkout and API");
    posted(&mut log, "14:12", DutyKind::Update, &service);
    service.set(Fact::Service, "API".to_owned());
    log.facts("14:20", &service);
    assert_eq!(held(&log, Snapshot::default()), Some(not_said("API")));
    // A name that the template's own words hold, too.
    log.facts("14:21", &with(Fact::Service, "Update"));
    assert_eq!(held(&log, Snapshot::default()), Some(not_said("Update")));
}

#[test]
fn a_start_that_was_corrected_is_a_change() {
    let mut log = p0();
    posted(&mut log, "14:05", DutyKind::First, &facts());
    log.say("14:10", EventKind::TimeSet { time: TimeFact::ImpactStarted, value: at("13:40") });
    assert_eq!(held(&log, Snapshot::default()), Some(not_said("2026-03-09 13:40 UTC")));
    posted(&mut log, "14:12", DutyKind::Update, &facts());
    assert_eq!(held(&log, Snapshot::default()), None);
}

#[test]
fn a_post_by_hand_counts_by_its_own_time_and_needs_no_title() {
    let (eu, both) = (with(Fact::Impact, "EU customers"), with(Fact::Impact, "EU and US customers"));
    let mut log = p0();
    let older = posted(&mut log.clone(), "14:02", DutyKind::First, &eu);
    posted(&mut log, "14:05", DutyKind::First, &both);
    // Recorded after it, and posted before it.
    log.by_hand("14:20", "14:02", older);
    assert_eq!(held(&log, Snapshot::default()), None);
    let untitled = SentMessage { title: None, ..posted(&mut log.clone(), "14:25", DutyKind::Update, &both) };
    log.by_hand("14:27", "14:26", untitled);
    assert_eq!(held(&log, Snapshot::default()), None, "the service stands in the post before it");
}

#[test]
fn of_somebody_elses_own_words_it_is_enough_that_they_stand_there() {
    let mut log = p0();
    let said = |text: &str| SentMessage {
        title: Some("Trouble".to_owned()),
        text: text.to_owned(),
        ..post(Investigating, Severity::P0, None)
    };
    log.send("14:05", said("Of the service nothing works, for the impact."));
    assert_eq!(held(&log, Snapshot::default()), None);
    for words in [
        "Of the services nothing works, for the impact.",
        "Of the service nothing works, for the impacts.",
    ] {
        let mut log = log.clone();
        log.send("14:08", said(words));
        assert!(held(&log, Snapshot::default()).is_some(), "{words}: a part of a word is another");
    }
}

#[test]
fn what_somebody_told_last_in_their_own_words_is_newer_than_what_a_template_said() {
    let eu = with(Fact::Impact, "EU customers");
    let mut log = p0();
    posted(&mut log, "14:05", DutyKind::First, &eu);
    let said = |text: &str| SentMessage { text: text.to_owned(), ..post(Investigating, Severity::P0, None) };
    let mut wider = log.clone();
    wider.by_hand("14:12", "14:10", said("Of the service nothing works, now in the US either."));
    assert_eq!(held(&wider, Snapshot::default()), Some(not_said("EU customers")));
    log.by_hand("14:12", "14:10", said("Of the service nothing works for EU customers."));
    assert_eq!(held(&log, Snapshot::default()), None);
    // The start stands before it.
    log.say("14:15", EventKind::TimeSet { time: TimeFact::ImpactStarted, value: at("13:40") });
    assert_eq!(held(&log, Snapshot::default()), Some(not_said("2026-03-09 13:40 UTC")));
}

#[test]
fn the_title_of_what_was_recorded_without_one_is_the_one_before_it_or_is_not_known() {
    let said = SentMessage { text: "Nothing works, for the impact.".to_owned(), ..post(Investigating, Severity::P0, None) };
    let mut log = p0();
    log.by_hand("14:20", "14:20", said.clone());
    assert_eq!(held(&log, Snapshot::default()), None, "no title is known");
    log.say("14:20", EventKind::PageIncident { id: IncidentId("inc".to_owned()) });
    let titled = |title: &str| Snapshot {
        incidents: vec![Incident { name: title.to_owned(), ..incident(&[("u1", Investigating, "14:05", &said.text)]) }],
        ..Snapshot::default()
    };
    assert_eq!(held(&log, titled("Outage of the service")), None);
    assert_eq!(held(&log, titled("the service - Update")), None);
    assert_eq!(held(&log, titled("Outage")), Some(not_said("the service")));
}

#[test]
fn whatever_a_page_does_to_signs_of_markup_the_words_are_the_same() {
    let mut log = p0();
    let first = posted(&mut log, "14:05", DutyKind::First, &with(Fact::Impact, "R&D and /users/<names>"));
    log.say("14:05", EventKind::PageIncident { id: IncidentId("inc".to_owned()) });
    let there = |name: Option<String>, body: &str| Snapshot {
        incidents: vec![Incident { name: name.unwrap(), ..incident(&[("u1", Investigating, "14:06", body)]) }],
        ..Snapshot::default()
    };
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let bodies = [
        first.text.clone(),
        first.text.replace('&', "&amp;"),
        escaped(&first.text),
        first.text.replace('\n', "<br>"),
        escaped(&first.text).replace('\n', "<br>"),
        "The service is down for R&amp;D and /users/<names>.<br>We look.".to_owned(),
    ];
    for body in bodies {
        assert_eq!(held(&log, there(first.title.clone(), &body)), None, "{body}");
    }
    let mut log = p0();
    posted(&mut log, "14:05", DutyKind::First, &with(Fact::Service, "Video <embed>"));
    assert_eq!(held(&log, Snapshot::default()), None, "in a title as in a body");
    // Of a value that is nothing but markup nothing can be missed.
    let mut log = p0();
    log.facts("14:00", &with(Fact::Impact, "<embed>"));
    log.by_hand("14:05", "14:05", SentMessage { text: "Down.".to_owned(), ..post(Investigating, Severity::P0, None) });
    assert_eq!(held(&log, Snapshot::default()), None);
}

#[test]
fn a_title_that_is_kept_from_the_first_post_is_compared_with_itself() {
    let mut log = p0();
    log.sop.additions.keep_first_title = true;
    posted(&mut log, "14:05", DutyKind::First, &facts());
    log.resolved("14:08").reopened("14:20");
    let kept = posted(&mut log, "14:21", DutyKind::Reopened, &with(Fact::Service, "API"));
    assert_eq!(kept.title.as_deref(), Some("the service - Investigating Issue"));
    assert!(kept.text.contains("affecting API"));
    assert_eq!(held(&log, Snapshot::default()), None);
}

#[test]
fn what_was_edited_on_the_page_is_what_readers_were_told() {
    let mut log = p0();
    let first = posted(&mut log, "14:05", DutyKind::First, &facts());
    log.say("14:05", EventKind::PageIncident { id: IncidentId("inc".to_owned()) });
    let there = |body: &str| {
        let shown = Incident { name: first.title.clone().unwrap(), ..incident(&[("u1", Investigating, "14:06", body)]) };
        Snapshot { incidents: vec![shown], ..Snapshot::default() }
    };
    let marked = first
        .text
        .replace('\n', "<br>")
        .replace("the impact", "<b>the</b> impact");
    for same in [first.text.clone(), first.text.replace('\n', "\r\n"), marked] {
        assert_eq!(held(&log, there(&same)), None, "{same}");
    }
    assert_eq!(held(&log, there(&first.text.replace("the impact", "everybody"))), Some(not_said("the impact")));
}

#[test]
fn a_service_that_came_while_a_post_waited_to_leave_is_untold() {
    let mut log = p0();
    posted(&mut log, "14:05", DutyKind::First, &facts());
    let message = posted(&mut log.clone(), "14:10", DutyKind::Update, &facts());
    let op = || "waits".to_owned();
    let mut elsewhere = log.clone();
    log.say("14:10:00", EventKind::AboutToLeave { op: op(), message: message.clone(), leaves_at: at("14:10:15") });
    // When another console froze it is not told here.
    for log in [&mut log, &mut elsewhere] {
        log.say("14:10:08", EventKind::ComponentsSet { components: ["API", "Web", "Mail"].map(|name| ComponentId(name.to_owned())).to_vec() });
        log.say("14:10:15", EventKind::SendStarted { op: op(), message: message.clone() });
        log.say("14:10:16", EventKind::SendAnswered { op: op(), outcome: SendOutcome::Accepted { receipt: Receipt::default() } });
        assert_eq!(held(log, Snapshot::default()).as_deref(), Some("A service came to the incident after the last post: say so in an update."));
    }
}
