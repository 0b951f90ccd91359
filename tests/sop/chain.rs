//! The chain of an evidence file: what shows, and what does not (`docs/decisions.md`, "Decided since", 11).

use allclear::sop::channel::Channel;
use allclear::sop::duty::DutyKind;
use allclear::sop::event::EventKind;
use allclear::sop::run::{Chain, Run, RunId, evidence};
use allclear::sop::severity::Severity;
use allclear::words::evidence::checked;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::support::log::Log;

fn log() -> Log {
    let mut log = Log::declared(Severity::P1, "14:00");
    log.page("14:05").email("14:10", DutyKind::First).tell("14:12", Channel::Team, DutyKind::First).resolved("14:44");
    log
}

fn exported(run: &Run) -> Value {
    serde_json::from_str(&evidence::export(run).unwrap()).unwrap()
}

fn chain(document: &Value) -> Chain {
    evidence::import(&document.to_string()).unwrap().chain
}

/// The file after a change of its entries.
fn changed(change: impl FnOnce(&mut Vec<Value>)) -> Chain {
    let mut document = exported(&log().run);
    change(document["events"].as_array_mut().unwrap());
    chain(&document)
}

#[test]
fn a_file_that_nobody_has_changed_holds_whatever_its_spaces_and_the_order_of_its_keys() {
    let document = exported(&log().run);
    let head = document["head"].as_str().unwrap().to_owned();
    assert_eq!(head.len(), 64);
    assert_eq!(chain(&document), Chain::Holds { head: head.clone() });
    // Read and exported again, it is the same.
    let again = evidence::import(&document.to_string()).unwrap().run;
    assert_eq!(exported(&again)["head"], head);
    let all = format!("[{document},\n{document}]");
    assert_eq!(evidence::import_all(&all).unwrap().len(), 2);
    assert_eq!(evidence::import_all(&document.to_string()).unwrap()[0].chain, Chain::Holds { head });
    assert!(evidence::import_all("[7]").is_err());
}

#[test]
fn a_change_of_any_entry_shows_at_the_one_after_it() {
    let last = exported(&log().run)["events"].as_array().unwrap().len() - 1;
    for at in 0..=last {
        let breaks = changed(|events| events[at]["who"] = "Mallory".into());
        assert_eq!(breaks, Chain::Breaks { at: at + 1 }, "{at}");
    }
    // Taken out, put in, changed places, cut off.
    assert_eq!(changed(|events| drop(events.remove(2))), Chain::Breaks { at: 2 });
    assert_eq!(changed(|events| events.insert(1, json!({ "id": "x" }))), Chain::Breaks { at: 1 });
    assert_eq!(changed(|events| events.swap(2, 3)), Chain::Breaks { at: 2 });
    assert_eq!(changed(|events| drop(events.pop())), Chain::Breaks { at: last });
    assert_eq!(changed(|events| events[1]["note"] = "put in".into()), Chain::Breaks { at: 2 });
    // Another incident's log under this name.
    let mut other = exported(&log().run);
    other["id"] = "other".into();
    assert_eq!(chain(&other), Chain::Breaks { at: 0 });
    let mut head = exported(&log().run);
    head["head"] = "0".into();
    assert_eq!(chain(&head), Chain::Breaks { at: last + 1 });
}

#[test]
fn a_file_without_a_chain_says_so_and_is_read() {
    let mut document = exported(&log().run);
    document.as_object_mut().unwrap().remove("head");
    for event in document["events"].as_array_mut().unwrap() {
        event.as_object_mut().unwrap().remove("after");
    }
    let read = evidence::import(&document.to_string()).unwrap();
    assert_eq!((read.chain, read.run, read.bad), (Chain::Missing, log().run, vec![]));
}

#[test]
fn two_consoles_that_merged_their_logs_have_one_chain() {
    let whole = log().run;
    let half = |odd: usize| {
        let events = whole.events().enumerate().filter(move |(place, _)| *place == 0 || place % 2 == odd);
        Run::from_events(whole.id.clone(), events.map(|(_, event)| event.clone()))
    };
    let (mut ours, mut theirs) = (half(0), half(1));
    assert_ne!(exported(&ours)["head"], exported(&theirs)["head"]);
    let before = theirs.clone();
    theirs.merge(&ours);
    ours.merge(&before);
    assert_eq!(exported(&ours), exported(&theirs));
    assert_eq!(exported(&ours)["head"], exported(&whole)["head"]);
}

#[test]
fn the_written_form_is_what_the_file_says_it_is() {
    let mut log = Log::declared(Severity::P2, "14:00");
    log.say("14:01", EventKind::Note { text: "é\u{1}\"\\/\u{7f}\n".to_owned() });
    let run = Run::from_events(RunId("run".to_owned()), log.run.events().skip(1).cloned());
    let document = exported(&run);
    // printf '%s' run | sha256sum
    assert_eq!(document["events"][0]["after"], "acba25512100f80b56fc3ccd14c65be55d94800cda77585c5f41a887e398f9be");
    let entry = &document["events"][0];
    let canonical = format!(
        r#"{{"after":"acba25512100f80b56fc3ccd14c65be55d94800cda77585c5f41a887e398f9be","at":{},"event":"note","id":{},"text":"é\u0001\"\\/{}\n","who":{}}}"#,
        entry["at"], entry["id"], '\u{7f}', entry["who"]
    );
    let by_hand = format!("{:x}", Sha256::digest(canonical.as_bytes()));
    assert_eq!(document["head"], by_hand, "{canonical}");
    let empty = exported(&Run::new(RunId("run".to_owned())));
    assert_eq!(empty["head"], document["events"][0]["after"]);
    assert!(matches!(chain(&empty), Chain::Holds { .. }));
}

/// What the settings say of a file after a change of it.
fn said(change: impl FnOnce(&mut Value)) -> String {
    let mut document = exported(&log().run);
    change(&mut document);
    checked("f.json", &evidence::import(&document.to_string()).unwrap())
}

#[test]
fn a_version_above_the_entries_that_is_not_the_declarations_is_a_change() {
    let entries = exported(&log().run)["events"].as_array().unwrap().len();
    let holds = format!("f.json, incident run: the chain of its {entries} entries holds. Its head is ");
    assert!(said(|_| ()).starts_with(&holds), "{}", said(|_| ()));
    let changed = format!(
        "f.json, incident run: the chain of its {entries} entries holds, but the version of the SOP above them, “2.0”, is not the one of its declaration. It was changed since it was written."
    );
    assert_eq!(said(|file| file["sop_version"] = "2.0".into()), changed);
    let without = |file: &mut Value| {
        file["sop_version"] = "2.0".into();
        file.as_object_mut().unwrap().remove("head");
        for event in file["events"].as_array_mut().unwrap() {
            event.as_object_mut().unwrap().remove("after");
        }
    };
    assert!(said(without).contains("it has no chain, and the version of the SOP above its entries, “2.0”, is not"));
    let none = evidence::import(&exported(&Run::new(RunId("run".to_owned()))).to_string()).unwrap();
    assert!(none.version_holds && none.sop_version.is_empty());
}

/// As a newer console writes it, with its own kind of event in the chain.
#[test]
fn entries_that_cannot_be_read_here_are_counted_and_said() {
    let mut document = exported(&log().run);
    let head = document["head"].as_str().unwrap().to_owned();
    let newer = json!({ "after": head, "at": document["events"][0]["at"], "event": "mood-changed", "id": "ffffffffffff-0000-z", "who": "Zoe" });
    let canonical = newer.to_string();
    document["head"] = format!("{:x}", Sha256::digest(canonical.as_bytes())).into();
    let events = document["events"].as_array_mut().unwrap();
    events.push(newer);
    let entries = events.len();
    let file = evidence::import(&document.to_string()).unwrap();
    assert!(matches!(file.chain, Chain::Holds { .. }), "{canonical}");
    let said = checked("f.json", &file);
    assert!(said.starts_with(&format!("f.json, incident run: the chain of its {entries} entries holds.")), "{said}");
    assert!(said.ends_with(&format!(" 1 of its {entries} entries cannot be read by this version.")), "{said}");
    // The declaration may be what cannot be read.
    document["events"][0]["event"] = "declared-anew".into();
    assert!(evidence::import(&document.to_string()).unwrap().version_holds);
}
