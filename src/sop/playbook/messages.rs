//! The messages of the file. A problem in a message takes that message away and nothing else.

use crate::config::problem::Problem;
use crate::config::reader::{Diagnostics, TableReader, short};
use crate::sop::channel::Channel;
use crate::sop::template::{Computed, FaultKind, Placeholders, Source, Template};

use super::purposes::{NEEDED, described, purpose};
use super::rules::SEVERITIES;
use super::{Message, Purpose};

/// What the file's texts are written with.
pub(super) struct Wording<'a> {
    /// Which names and phrases are places.
    pub(super) placeholders: &'a Placeholders,
}

impl Wording<'_> {
    /// Reads a template out of a key; each of its faults becomes a problem on its own line.
    pub(super) fn template(
        &self,
        notes: &mut Diagnostics,
        part: &mut TableReader<'_>,
        key: &'static str,
        text: &str,
        times: &[Computed],
    ) -> Option<Template> {
        match Template::parse(text, self.placeholders, times) {
            Ok(template) => Some(template),
            Err(faults) => {
                for fault in faults {
                    let (wrong, right) = say(&fault.written, &fault.what);
                    let above = text.get(..fault.position).unwrap_or_default();
                    part.refuse_within(notes, key, above.matches('\n').count(), wrong, right);
                }
                None
            }
        }
    }
}

/// What is wrong with a place, and what would be right.
fn say(written: &str, what: &FaultKind) -> (String, String) {
    let written = short(written);
    match what {
        FaultKind::Undeclared { near: Some(near) } => (
            format!("{written} is not declared, and would be sent as it stands"),
            format!("[{near}], if that was meant; else declare it under [placeholder]"),
        ),
        FaultKind::Undeclared { near: None } => (
            format!("{written} is not declared, and would be sent as it stands"),
            "declare it under [placeholder], or list it under [template] literal".to_owned(),
        ),
        FaultKind::Foreign => (
            format!(
                "{written} looks like a placeholder of another template language, and would be sent as it stands"
            ),
            "write it as the SOP does, in square brackets: [Service Name]".to_owned(),
        ),
        FaultKind::Broken => (
            format!("{written} cannot be filled: its line under [placeholder] is broken"),
            "mend that line".to_owned(),
        ),
        FaultKind::NoTime => (
            format!("nothing says which time this {written} is"),
            "one word in timestamps for each: \"started\", \"started-again\", \"last-updated\" or \"resolved\""
                .to_owned(),
        ),
        FaultKind::TooManyTimes => (
            "timestamps has more words than the text has [Timestamp]s".to_owned(),
            "one word in timestamps for each".to_owned(),
        ),
    }
}

const TIMES: [(&str, Computed); 4] = [
    ("started", Computed::Started),
    ("started-again", Computed::StartedAgain),
    ("last-updated", Computed::LastUpdated),
    ("resolved", Computed::Resolved),
];

/// `[[message]]`
pub(super) fn messages(
    notes: &mut Diagnostics,
    file: &mut TableReader<'_>,
    wording: &Wording<'_>,
) -> Vec<Message> {
    let mut messages: Vec<Message> = Vec::new();
    let mut named: Vec<Purpose> = Vec::new();
    if wording.placeholders.names.is_empty() {
        // Every place in every message would be a problem that follows from the one already said.
        file.has("message");
        return messages;
    }
    let stops = "this message cannot be sent";
    for mut part in file.aside(stops, |file| file.parts(notes, "message")) {
        let (purpose, read) = message(notes, &mut part, wording, &messages, &named);
        named.extend(purpose);
        if part.finish(notes) {
            messages.extend(read);
        }
    }
    for (channel, kind, variant, what) in NEEDED {
        if named.contains(&Purpose {
            channel,
            kind,
            variant,
        }) {
            continue;
        }
        notes.absent(Problem {
            line: 1,
            key: "message".to_owned(),
            wrong: format!("there is no message for {what}"),
            right: format!("a [[message]] with {}", described(channel, kind, variant)),
            stops: format!("{what} cannot be sent from the console"),
        });
    }
    messages
}

fn message(
    notes: &mut Diagnostics,
    part: &mut TableReader<'_>,
    wording: &Wording<'_>,
    messages: &[Message],
    named: &[Purpose],
) -> (Option<Purpose>, Option<Message>) {
    part.stops(format!("the message {} cannot be sent", part.path()));
    let id = part.text(notes, "id", "\"page-first\"");
    if let Some(id) = &id {
        part.stops(format!("the message \"{}\" cannot be sent", short(id)));
        if messages.iter().any(|other| other.id == *id) {
            let wrong = format!("another message has the id \"{}\" already", short(id));
            part.refuse(notes, "id", wrong, "an id of its own".to_owned());
        }
    }
    let name = part.text(notes, "name", "\"Incident Started\"");
    let purpose = purpose(notes, part, named);
    let addition = part.flag_if_any(notes, "addition").unwrap_or(false);
    let status = part.text_if_any(notes, "status", "\"Investigating\"");
    let times = times(notes, part);
    let channel = purpose.map(|purpose| purpose.channel);
    let (title, title_plain, title_plain_for) = titles(notes, part, wording, channel);
    let body = part.text(notes, "body", "'''the text'''");
    let body = body.map(|text| text.strip_suffix('\n').unwrap_or(&text).to_owned());
    let body = body.and_then(|text| {
        if channel == Some(Channel::Email) {
            subject_line(notes, part, &text, title.as_ref());
        }
        wording.template(notes, part, "body", &text, &times?)
    });
    if let Some(body) = &body
        && channel != Some(Channel::Email)
        && body.uses(Source::RecipientName)
    {
        let wrong = "it greets a recipient by name, and only an email has recipients".to_owned();
        part.refuse(
            notes,
            "body",
            wrong,
            "a text without the recipient's name".to_owned(),
        );
    }
    let read = (|| {
        Some(Message {
            id: id?,
            name: name?,
            purpose: purpose?,
            title,
            title_plain,
            title_plain_for,
            body: body?,
            status,
            addition,
        })
    })();
    (purpose, read)
}

fn times(notes: &mut Diagnostics, part: &mut TableReader<'_>) -> Option<Vec<Computed>> {
    let right = "[\"started\", \"last-updated\"]";
    if !part.has("timestamps") {
        return Some(Vec::new());
    }
    let words = part.texts(notes, "timestamps", right)?;
    words
        .iter()
        .map(|word| part.chosen(notes, "timestamps", word, &TIMES))
        .collect()
}

type Titles = (
    Option<Template>,
    Option<Template>,
    Vec<crate::sop::severity::Severity>,
);

/// The title of a page post, or the subject of an email.
fn titles(
    notes: &mut Diagnostics,
    part: &mut TableReader<'_>,
    wording: &Wording<'_>,
    channel: Option<Channel>,
) -> Titles {
    match channel {
        Some(Channel::Page) => {
            let title = part.text(notes, "title", "\"[Service Name] - Update\"");
            (
                title.and_then(|text| line(notes, part, wording, "title", &text)),
                None,
                Vec::new(),
            )
        }
        Some(Channel::Email) => {
            let subject = part.text(notes, "subject", "\"Service Incident - [Service Name]\"");
            let subject = subject.and_then(|text| line(notes, part, wording, "subject", &text));
            let plain = part.text_if_any(notes, "subject_plain", "\"Service Incident\"");
            let plain = plain.and_then(|text| line(notes, part, wording, "subject_plain", &text));
            let words = part
                .texts(notes, "subject_plain_for", "[\"P1\"]")
                .unwrap_or_default();
            let plain_for: Vec<_> = words
                .iter()
                .filter_map(|word| part.chosen(notes, "subject_plain_for", word, &SEVERITIES))
                .collect();
            if plain.is_some() == plain_for.is_empty() && part.is_sound() {
                let wrong = "subject_plain and subject_plain_for go together".to_owned();
                part.refuse(notes, "subject_plain", wrong, "both, or neither".to_owned());
            }
            (subject, plain, plain_for)
        }
        Some(Channel::Team | Channel::X | Channel::LinkedIn) => (None, None, Vec::new()),
        // Which of the keys belong here cannot be said: none of them is called unknown.
        None => {
            for key in ["title", "subject", "subject_plain", "subject_plain_for"] {
                part.has(key);
            }
            (None, None, Vec::new())
        }
    }
}

/// A template of one line.
fn line(
    notes: &mut Diagnostics,
    part: &mut TableReader<'_>,
    wording: &Wording<'_>,
    key: &'static str,
    text: &str,
) -> Option<Template> {
    if text.contains(['\n', '\r']) {
        let wrong = "it has more than one line".to_owned();
        part.refuse(notes, key, wrong, "one line".to_owned());
        return None;
    }
    let template = wording.template(notes, part, key, text, &[])?;
    if template.uses(Source::RecipientName) {
        let wrong = "the recipient's name cannot stand in it".to_owned();
        part.refuse(notes, key, wrong, "the same line for everybody".to_owned());
        return None;
    }
    Some(template)
}

/// The first line of an email's text repeats its subject (`docs/decisions.md`, reading 11).
fn subject_line(
    notes: &mut Diagnostics,
    part: &mut TableReader<'_>,
    body: &str,
    subject: Option<&Template>,
) {
    let Some(subject) = subject else { return };
    let expected = format!("Subject: {}\n\n", subject.source());
    if !body.starts_with(&expected) {
        let first = body.lines().next().unwrap_or_default();
        part.refuse(
            notes,
            "body",
            format!(
                "its first line, \"{}\", does not repeat the subject",
                short(first)
            ),
            format!(
                "Subject: {}, and an empty line below it",
                short(subject.source())
            ),
        );
    }
}
