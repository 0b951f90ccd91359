//! The three checklists, and what ticks a box.

use crate::config::reader::{Diagnostics, TableReader};
use crate::sop::channel::Channel;
use crate::sop::duty::DutyKind;

use super::{ChecklistItem, Checklists, Ticker};

/// `[[checklist.before]]`, `[[checklist.during]]`, `[[checklist.after]]`
pub(super) fn checklists(notes: &mut Diagnostics, file: &mut TableReader<'_>) -> Checklists {
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
    notes: &mut Diagnostics,
    file: &mut TableReader<'_>,
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

fn ticker(notes: &mut Diagnostics, item: &mut TableReader<'_>) -> Result<Option<Ticker>, Unread> {
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

fn duties(notes: &mut Diagnostics, part: &mut TableReader<'_>) -> Option<Ticker> {
    let kinds = DutyKind::ALL.map(|kind| (kind.word(), kind));
    let kind = part.choice(notes, "kind", &kinds);
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
