//! An incident as a text to pass on: what a reader puts into a message to their colleagues. Times are in UTC,
//! because nobody knows where it will be read.

use super::words;
use crate::domain::incident::{Incident, is_given};
use crate::domain::text::{self, plain, words_of};
use crate::ui::time::{Form, utc};

/// The text: title, how far it has come, how bad it is and whether it was made up, what it touches, the updates, newest
/// first, and the permalink. `typed`: the updates are as they were typed.
pub fn as_text(incident: &Incident, touches: &[String], address: &str, typed: bool) -> String {
    let mut state = vec![
        words::status(&incident.status()),
        words::impact(&incident.impact).to_owned(),
    ];
    // Whoever gets it sees no tag.
    if incident.demo {
        state.push(words::say().demonstration.to_owned());
    }
    let mut parts = vec![words::title(&incident.name).to_owned(), state.join(" · ")];
    if !touches.is_empty() {
        parts.push([words::later::say().affected, &touches.join(", ")].join(": "));
    }
    if incident.is_dated() {
        let began = utc(incident.began_at(), Form::Full);
        parts.push([words::later::say().started, &began].join(": "));
    }
    let mut told = parts.join("\n");
    for update in &incident.updates {
        let status = words::status(&update.status);
        let at = is_given(update.created_at).then(|| utc(update.created_at, Form::Full));
        let head: Vec<String> = [Some(status), at].into_iter().flatten().collect();
        let body = if typed {
            words_of(text::typed(&update.body))
        } else {
            plain(&update.body)
        };
        let body = body.replace('\r', "");
        for part in ["\n\n", &head.join(" · "), "\n", body.trim()] {
            told.push_str(part);
        }
    }
    told.truncate(told.trim_end().len());
    told.push_str("\n\n");
    told.push_str(address);
    told
}
