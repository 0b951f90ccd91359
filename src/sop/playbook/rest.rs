//! The parts of the file that a run can do without: additions, checklists, prose.

use crate::config::reader::{Notes, Part};
use crate::sop::channel::Channel;
use crate::sop::duty::DutyKind;
use crate::sop::template::Template;

use super::messages::Wording;
use super::{Additions, ChecklistItem, Checklists, Section, Ticker};

/// `[additions]`
pub(super) fn additions(
    notes: &mut Notes,
    file: &mut Part<'_>,
    wording: &Wording<'_>,
) -> Additions {
    let mut none = Additions {
        promise_line: false,
        keep_first_title: false,
        list_covers_subscribers: false,
        no_change: String::new(),
        bridge_raised: Template::default(),
        bridge_lowered: Template::default(),
        forbidden_words: Vec::new(),
        sweeping_claims: Vec::new(),
        blame_words: Vec::new(),
    };
    let stops = "posts carry no promise, and wording is not checked";
    let Some(mut part) = file.aside(stops, |file| file.part(notes, "additions")) else {
        return none;
    };
    part.stops("posts do not end with \"Next update by …\"");
    none.promise_line = part.flag(notes, "promise_line").unwrap_or(false);
    part.stops("the title of a post is the SOP's, not the first one's");
    none.keep_first_title = part.flag(notes, "keep_first_title").unwrap_or(false);
    part.stops("the status page's own subscribers are mailed as the SOP says");
    none.list_covers_subscribers = part.flag(notes, "list_covers_subscribers").unwrap_or(false);
    part.stops("the button \"No change\" has no text to post");
    none.no_change = part
        .text(notes, "no_change", "\"There is no change.\"")
        .unwrap_or_default();
    part.stops("a change of severity is not bridged by a sentence");
    none.bridge_raised = bridge(notes, &mut part, wording, "bridge_raised");
    none.bridge_lowered = bridge(notes, &mut part, wording, "bridge_lowered");
    part.stops("the wording of messages is not checked for these words");
    let right = "[\"attacker\", \"exploit\"]";
    none.forbidden_words = words(notes, &mut part, "forbidden_words", right);
    none.sweeping_claims = words(notes, &mut part, "sweeping_claims", "[\"all users\"]");
    none.blame_words = words(notes, &mut part, "blame_words", "[\"human error\"]");
    part.finish_complete(notes);
    none
}

fn words(notes: &mut Notes, part: &mut Part<'_>, key: &'static str, right: &str) -> Vec<String> {
    if !part.has(key) {
        part.refuse(
            notes,
            key,
            "it is missing".to_owned(),
            format!("add {key} = {right}, or []"),
        );
        return Vec::new();
    }
    part.texts(notes, key, right).unwrap_or_default()
}

fn bridge(
    notes: &mut Notes,
    part: &mut Part<'_>,
    wording: &Wording<'_>,
    key: &'static str,
) -> Template {
    let text = part.text(
        notes,
        key,
        "\"We will now provide updates every 15 minutes.\"",
    );
    let template = text.and_then(|text| wording.template(notes, part, key, &text, &[]));
    template.unwrap_or_default()
}

/// `[[checklist.before]]`, `[[checklist.during]]`, `[[checklist.after]]`
pub(super) fn checklists(notes: &mut Notes, file: &mut Part<'_>) -> Checklists {
    let mut all = Checklists {
        before: Vec::new(),
        during: Vec::new(),
        after: Vec::new(),
    };
    let stops = "the checklists are not shown";
    let Some(mut part) = file.aside(stops, |file| file.part(notes, "checklist")) else {
        return all;
    };
    let mut ids = Vec::new();
    all.before = checklist(notes, &mut part, "before", &mut ids);
    all.during = checklist(notes, &mut part, "during", &mut ids);
    all.after = checklist(notes, &mut part, "after", &mut ids);
    part.stops("this checklist is not shown");
    part.finish(notes);
    all
}

fn checklist(
    notes: &mut Notes,
    file: &mut Part<'_>,
    key: &'static str,
    ids: &mut Vec<String>,
) -> Vec<ChecklistItem> {
    let mut items = Vec::new();
    file.stops(format!("the checklist \"{key}\" is not shown"));
    for mut part in file.parts(notes, key) {
        part.stops("this box is missing from its checklist");
        let id = part.text(notes, "id", "\"page-first\"");
        let text = part.text(notes, "text", "\"Status page updated\"");
        let ticked_by = ticker(notes, &mut part);
        if let Some(id) = &id {
            if ids.contains(id) {
                let wrong = format!("another box has the id \"{id}\" already");
                part.refuse(notes, "id", wrong, "an id of its own".to_owned());
            }
            ids.push(id.clone());
        }
        if part.finish(notes)
            && let (Some(id), Some(text), Ok(ticked_by)) = (id, text, ticked_by)
        {
            items.push(ChecklistItem {
                id,
                text,
                ticked_by,
            });
        }
    }
    items
}

/// A ticker that could not be read.
struct Unread;

fn ticker(notes: &mut Notes, item: &mut Part<'_>) -> Result<Option<Ticker>, Unread> {
    if !item.has("ticked_by") {
        return Ok(None);
    }
    let mut part = item.part_if_any(notes, "ticked_by").ok_or(Unread)?;
    let ticker = if part.has("check") {
        let checks = ["status-page", "templates", "social", "team"].map(|word| (word, word));
        part.choice(notes, "check", &checks)
            .map(|word| Ticker::Check(word.to_owned()))
    } else {
        duties(notes, &mut part)
    };
    let sound = part.finish(notes);
    match ticker {
        Some(ticker) if sound => Ok(Some(ticker)),
        Some(_) | None => Err(Unread),
    }
}

fn duties(notes: &mut Notes, part: &mut Part<'_>) -> Option<Ticker> {
    let kind = part.choice(
        notes,
        "kind",
        &[
            ("first", DutyKind::First),
            ("update", DutyKind::Update),
            ("raised", DutyKind::Raised),
            ("reopened", DutyKind::Reopened),
            ("resolved", DutyKind::Resolved),
            ("report", DutyKind::Report),
            ("postmortem", DutyKind::Postmortem),
            ("regulator", DutyKind::Regulator),
        ],
    );
    let words = part.texts(notes, "channels", "[\"page\"]");
    if words.is_none() && part.is_sound() {
        let wrong = "it is missing".to_owned();
        part.refuse(
            notes,
            "channels",
            wrong,
            "channels = [\"page\"], or []".to_owned(),
        );
    }
    let known = Channel::ALL.map(|channel| (channel.word(), channel));
    let channels: Option<Vec<Channel>> = words?
        .iter()
        .map(|word| part.chosen(notes, "channels", word, &known))
        .collect();
    Some(Ticker::Duties {
        kind: kind?,
        channels: channels?,
    })
}

/// `[[section]]`
pub(super) fn sections(notes: &mut Notes, file: &mut Part<'_>) -> Vec<Section> {
    let mut sections = Vec::new();
    let stops = "this section is not shown on the page of the SOP";
    for mut part in file.aside(stops, |file| file.parts(notes, "section")) {
        let heading = part.text(notes, "heading", "\"Overview\"");
        let text = part.text(notes, "text", "'''the text'''");
        let sound = part.finish(notes);
        if let (true, Some(heading), Some(text)) = (sound, heading, text) {
            let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
            sections.push(Section { heading, text });
        }
    }
    sections
}
