//! What the playbook adds to the SOP: switches, sentences of its own, words that messages may not hold.

use crate::config::reader::{Diagnostics, TableReader};
use crate::sop::template::Template;

use super::Additions;
use super::messages::Wording;

/// `[additions]`
pub(super) fn additions(
    notes: &mut Diagnostics,
    file: &mut TableReader<'_>,
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

fn words(
    notes: &mut Diagnostics,
    part: &mut TableReader<'_>,
    key: &'static str,
    right: &str,
) -> Vec<String> {
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
    notes: &mut Diagnostics,
    part: &mut TableReader<'_>,
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
