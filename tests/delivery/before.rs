//! What stands before a post leaves, branch by branch: somebody does something in the vendor's own console while a person
//! is asked in this one, and both by a clock that stands still in between.

use std::future::{Future, ready};

use allclear::console::runner::world::{Clock, SharedPage};
use allclear::console::runner::{About, Decision, SoFar, before_publish, keep_draft};
use allclear::delivery::posting::Target;
use allclear::delivery::postmortem::NotKept;
use allclear::domain::component::{ComponentId, ComponentState};
use allclear::domain::incident::IncidentId;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::EventKind;
use allclear::sop::message::{Sendable, Standing};
use allclear::sop::severity::Severity;
use allclear::sop::shared::place_of;
use allclear_sandbox::faults::{Kind, Match, Rule};
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::meanwhile::{API, KEPT, about_api, declared, incidents, message, opened, opens, path, press, reads, resolved};
use super::sim::{Shared, Tab, by_vendor, run, run_id};

const OP: &str = "op-x";
const WEB: &str = "cmpweb000001";
/// How long a message waits for whoever undoes it.
const UNDO: TimeDelta = TimeDelta::seconds(15);
const UNDECIDED: &str = "somebody had posted meanwhile, and nobody decided while the text was fresh: look at it again";

/// What comes of a message that was frozen now and leaves after its undo window, while `others` do what they do.
fn leaves(sim: &Shared, tab: &Tab, message: &Sendable, others: impl Future<Output = ()>) -> Result<Target, String> {
    let mut so_far = SoFar::new(place_of(&tab.own_log()).cloned(), message);
    sim.borrow_mut().now += UNDO;
    let mut came = None;
    run(sim, vec![
        Box::pin(async { came = Some(before_publish(tab, &run_id(), OP, &mut so_far, message).await) }),
        Box::pin(others),
    ]);
    assert!(!tab.asks.get() && !tab.talks.get(), "nothing is held any more, and the turn is the next one's");
    came.unwrap()
}

fn nobody() -> impl Future<Output = ()> {
    ready(())
}

/// What a person decides once they have read it; meanwhile the page is read for others.
async fn decides(tab: &Tab, decision: Decision) {
    tab.sleep(5_000).await;
    drop(tab.turn().await);
    tab.sim.borrow_mut().decisions.push_back(decision);
}

/// An incident that has one post of ours on the page; its id there.
fn posted() -> (Shared, Tab, String) {
    let (sim, tab) = declared();
    run(&sim, vec![Box::pin(tab.act(EventKind::ComponentsSet { components: vec![ComponentId(API.to_owned())] }))]);
    let first = about_api(&tab, DutyKind::First);
    press(&sim, &tab, "op-1", first);
    let id = incidents(&sim)[0].id.clone();
    (sim, tab, id)
}

fn change(sim: &Shared, id: &str, fields: Value) {
    by_vendor(sim, "PATCH", &path(&format!("incidents/{id}")), json!({"incident": fields}));
}

/// Somebody posts to it in the vendor's console.
fn posts(sim: &Shared, id: &str, body: &str) {
    change(sim, id, json!({"status": "identified", "body": body}));
}

fn texts(sim: &Shared) -> Vec<Vec<String>> {
    let held = &sim.borrow().held;
    held.iter().map(|held| held.theirs.iter().map(|theirs| theirs.text.clone()).collect()).collect()
}

/// The operations of this device that a post carries.
fn ring(target: &Target) -> Vec<&str> {
    let ops = target.metadata.0["allclear_d"]["ops"].as_array().unwrap();
    let mut ops: Vec<&str> = ops.iter().filter_map(Value::as_str).collect();
    ops.sort_unstable();
    ops
}

#[test]
fn where_nobody_posted_a_post_leaves_with_what_stands_on_the_page_and_all_that_is_shared() {
    let (sim, tab, id) = posted();
    // Another console's, which somebody's write wipes out again; what is not ours; a component that somebody attached.
    let other = json!({"v": 1, "run": "run", "ops": ["op-e"], "log": []});
    change(&sim, &id, json!({"metadata": {"allclear_e": other, "pager": {"id": 7}}, "component_ids": [API, WEB]}));
    leaves(&sim, &tab, &message(&sim, DutyKind::Update), nobody()).unwrap();
    change(&sim, &id, json!({"metadata": {"pager": {"id": 7}}}));
    reads(&sim, &tab);
    let update = about_api(&tab, DutyKind::Update);
    let target = leaves(&sim, &tab, &update, nobody()).unwrap();
    assert!(sim.borrow().held.is_empty(), "nobody is asked");
    assert_eq!(target.incident, Some(IncidentId(id)));
    let attached: Vec<&str> = target.attached.iter().map(|id| id.0.as_str()).collect();
    assert_eq!(attached, [API, WEB]);
    let state = ComponentState::MajorOutage;
    assert_eq!(target.standing, [Standing { id: ComponentId(API.to_owned()), state, others: None }]);
    let beside = &target.metadata.0;
    assert_eq!(ring(&target), ["op-1", OP], "it stands there only if the post arrived");
    assert!(!beside["allclear_d"]["log"].as_array().unwrap().is_empty());
    assert_eq!(beside["allclear_e"]["ops"], json!(["op-e"]), "what was ever read is written back");
    assert_eq!(beside["pager"], json!({"id": 7}));
}

#[test]
fn an_update_of_others_is_held_until_a_person_has_decided_and_no_longer_than_its_text_is_true() {
    for (decision, comes_to, waits_s) in [
        (Some(Decision::Publish), Ok(()), 20),
        (Some(Decision::Keep), Err(KEPT), 20),
        (None, Err(UNDECIDED), 60),
    ] {
        let (sim, tab, id) = posted();
        let update = message(&sim, DutyKind::Update);
        posts(&sim, &id, "It is the cache.");
        let came = match decision.clone() {
            Some(decision) => leaves(&sim, &tab, &update, decides(&tab, decision)),
            None => leaves(&sim, &tab, &update, nobody()),
        };
        assert_eq!(came.as_ref().map(|_| ()).map_err(String::as_str), comes_to, "{decision:?}");
        let waited = sim.borrow().now - update.frozen_at();
        assert_eq!(waited.num_seconds(), waits_s, "{decision:?}");
        let (held, record) = (sim.borrow().held.clone(), update.record());
        assert_eq!(texts(&sim), [["It is the cache."]]);
        assert_eq!((&held[0].title, &held[0].text, held[0].about), (&record.title, &record.text, About::Update));
    }
}

#[test]
fn what_is_posted_while_a_person_is_asked_is_asked_about_and_nothing_twice() {
    let (sim, tab, id) = posted();
    let update = message(&sim, DutyKind::Update);
    posts(&sim, &id, "It is the cache.");
    let others = async {
        tab.sleep(5_000).await;
        posts(&sim, &id, "It is the database.");
        decides(&tab, Decision::Publish).await;
        decides(&tab, Decision::Publish).await;
    };
    leaves(&sim, &tab, &update, others).unwrap();
    assert_eq!(texts(&sim), [["It is the cache."], ["It is the database."]]);
}

#[test]
fn a_second_question_ends_with_the_texts_minute_too() {
    let (sim, tab, id) = posted();
    let update = message(&sim, DutyKind::Update);
    posts(&sim, &id, "It is the cache.");
    let others = async {
        tab.sleep(40_000).await;
        posts(&sim, &id, "It is the database.");
        sim.borrow_mut().decisions.push_back(Decision::Publish);
    };
    assert_eq!(leaves(&sim, &tab, &update, others), Err(UNDECIDED.to_owned()));
    assert_eq!((sim.borrow().held.len(), (sim.borrow().now - update.frozen_at()).num_seconds()), (2, 60));
}

#[test]
fn of_two_posts_that_are_held_each_has_its_own_question_and_its_own_answer() {
    let (sim, tab, id) = posted();
    let (update, resolved) = (message(&sim, DutyKind::Update), message(&sim, DutyKind::Resolved));
    posts(&sim, &id, "It is the cache.");
    let leave = async |op: &str, message: &Sendable| {
        let mut so_far = SoFar::new(Some(IncidentId(id.clone())), message);
        before_publish(&tab, &run_id(), op, &mut so_far, message).await
    };
    sim.borrow_mut().now += UNDO;
    let (mut first, mut second) = (None, None);
    run(&sim, vec![
        // It looks for a decision before the one that is held, each time.
        Box::pin(async {
            tab.sleep(1_000).await;
            second = Some(leave("op-y", &resolved).await);
        }),
        Box::pin(async { first = Some(leave("op-x", &update).await) }),
        Box::pin(async {
            decides(&tab, Decision::Keep).await;
            decides(&tab, Decision::Publish).await;
        }),
    ]);
    assert_eq!((first.unwrap(), second.unwrap().is_ok()), (Err(KEPT.to_owned()), true));
    let asked: Vec<String> = sim.borrow().held.iter().map(|held| held.text.clone()).collect();
    assert_eq!(asked, [update.record().text.clone(), resolved.record().text.clone()]);
}

#[test]
fn an_incident_that_was_opened_meanwhile_is_joined_with_what_stands_there_or_left_alone() {
    for joins in [true, false] {
        let (sim, tab) = declared();
        let first = message(&sim, DutyKind::First);
        let theirs = opens(&sim, json!({"name": "API is down", "status": "investigating", "body": "Looking.", "metadata": {"pager": {"id": 7}}, "component_ids": [API]}));
        let other = IncidentId(theirs);
        let decision = if joins { Decision::Join(other.clone()) } else { Decision::Publish };
        let target = leaves(&sim, &tab, &first, decides(&tab, decision)).unwrap();
        assert_eq!(texts(&sim), [["Looking."]], "asked once");
        // The whole page takes two, and is read again only where none is joined: the team has one request a second.
        assert_eq!(sim.borrow().requests, if joins { 3 } else { 4 });
        let held = sim.borrow().held[0].clone();
        assert_eq!((held.about, held.theirs[0].joinable.as_ref()), (About::Opening, Some(&other)));
        let place = joins.then_some(other);
        assert_eq!(target.incident, place);
        assert_eq!(place_of(&tab.own_log()).cloned(), place, "the log knows where it stands before anything leaves");
        assert_eq!(target.attached.len(), usize::from(joins));
        assert_eq!(target.metadata.0.contains_key("pager"), joins, "what stands there stays");
        assert_eq!(ring(&target), [OP]);
    }
}

#[test]
fn what_was_posted_to_the_incident_that_is_joined_is_asked_about_as_well() {
    let (sim, tab) = declared();
    let first = message(&sim, DutyKind::First);
    let theirs = opens(&sim, json!({"name": "API is down", "status": "investigating", "body": "Looking."}));
    let others = async {
        tab.sleep(5_000).await;
        posts(&sim, &theirs, "It is the cache.");
        decides(&tab, Decision::Join(IncidentId(theirs.clone()))).await;
        decides(&tab, Decision::Keep).await;
    };
    assert_eq!(leaves(&sim, &tab, &first, others), Err(KEPT.to_owned()));
    let about: Vec<About> = sim.borrow().held.iter().map(|held| held.about).collect();
    assert_eq!((texts(&sim), about), (vec![vec!["Looking.".to_owned()], vec!["It is the cache.".to_owned()]], vec![About::Opening, About::Update]));
}

#[test]
fn a_post_to_an_incident_that_is_gone_does_not_leave_also_where_it_went_while_a_person_was_asked() {
    for is_asked in [false, true] {
        let (sim, tab, id) = posted();
        let update = message(&sim, DutyKind::Update);
        let delete = || by_vendor(&sim, "DELETE", &path(&format!("incidents/{id}")), json!({}));
        let came = if is_asked {
            posts(&sim, &id, "It is the cache.");
            leaves(&sim, &tab, &update, async {
                tab.sleep(5_000).await;
                delete();
                decides(&tab, Decision::Publish).await;
            })
        } else {
            delete();
            leaves(&sim, &tab, &update, nobody())
        };
        assert!(came.as_ref().is_err_and(|why| why.contains("no longer on the status page")), "{is_asked}: {came:?}");
        assert_eq!(sim.borrow().held.len(), usize::from(is_asked));
    }
}

#[test]
fn nothing_leaves_where_the_page_cannot_be_read() {
    let (has, has_not) = (posted(), declared());
    for (sim, tab) in [(has.0, has.1), has_not] {
        sim.borrow_mut().online = false;
        let why = leaves(&sim, &tab, &message(&sim, DutyKind::Update), nobody()).unwrap_err();
        assert!(why.contains("this device was offline") && why.ends_with("and it could not be read"), "{why}");
    }
}

#[test]
fn a_first_post_that_was_lost_is_found_and_the_next_one_goes_to_its_incident() {
    // The tab is closed as soon as its post is on the page.
    let mut closed_at = 0;
    let (sim, id) = loop {
        closed_at += 1;
        let (sim, tab) = declared();
        sim.borrow_mut().dies_at = Some(("first", closed_at));
        press(&sim, &tab, "op-1", message(&sim, DutyKind::First));
        if let [there] = &incidents_of(&sim)[..] {
            break (sim.clone(), there.clone());
        }
    };
    sim.borrow_mut().dead.clear();
    sim.borrow_mut().now += TimeDelta::seconds(100);
    let tab = opened(&sim, "second");
    assert_eq!(place_of(&tab.own_log()), None);
    let target = leaves(&sim, &tab, &message(&sim, DutyKind::Update), nobody()).unwrap();
    assert_eq!(target.incident, Some(IncidentId(id)));
    assert!(sim.borrow().held.is_empty(), "nobody is asked about our own");
    assert_eq!(ring(&target), ["op-1", OP]);
}

/// The ids of what is on the page, where it was asked at all.
fn incidents_of(sim: &Shared) -> Vec<String> {
    if sim.borrow().vendors.is_none() {
        return Vec::new();
    }
    incidents(sim).into_iter().map(|incident| incident.id).collect()
}

#[test]
fn a_text_that_grew_old_while_the_page_was_read_does_not_leave() {
    for (frozen_s_ago, is_let) in [(36, true), (38, false)] {
        let (sim, tab, _) = posted();
        let update = message(&sim, DutyKind::Update);
        sim.borrow_mut().now += TimeDelta::seconds(frozen_s_ago);
        // The answer comes just before it would be given up.
        let slow = Rule { matches: Match::default(), nth: Some(1), every: None, kind: Kind::Latency, ms: 8_000, after: true, retry_after: None, seen: 0 };
        sim.borrow_mut().vendors.as_mut().unwrap().switches.faults = vec![slow];
        let came = leaves(&sim, &tab, &update, nobody());
        assert_eq!(came.is_ok(), is_let, "{came:?}");
        assert!(came.map_or_else(|why| why.contains("more than a minute old"), |_| true));
    }
}

#[test]
fn a_post_mortem_or_its_draft_replaces_nothing_where_nobody_decides() {
    const THEIRS: &str = "A cable was cut.";
    let (sim, tab, id) = resolved();
    let postmortem = path(&format!("incidents/{id}/postmortem"));
    by_vendor(&sim, "PUT", &postmortem, json!({"postmortem": {"body_draft": THEIRS}}));
    let (asked, mut kept) = (sim.borrow().now, None);
    run(&sim, vec![Box::pin(async { kept = Some(keep_draft(&tab, &run_id(), &IncidentId(id), "Ours.").await) })]);
    assert_eq!(kept, Some(Err(NotKept::Held(UNDECIDED.to_owned()))));
    assert_eq!(texts(&sim), [[THEIRS]]);
    assert_eq!((sim.borrow().now - asked).num_seconds(), 60);
}

#[test]
fn a_post_under_another_severity_than_that_of_now_does_not_leave() {
    let (sim, tab, _) = posted();
    let update = message(&sim, DutyKind::Update);
    let lowered = EventKind::SeverityChanged { to: Severity::P1, reason: "Less than we thought".to_owned() };
    run(&sim, vec![Box::pin(tab.act(lowered))]);
    let came = leaves(&sim, &tab, &update, nobody());
    assert_eq!(came.map(drop), Err("the severity was changed meanwhile: look at it again".to_owned()));
}
