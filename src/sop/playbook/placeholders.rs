//! The parts of the file that say what messages are filled from: facts, placeholders and phrases.

use crate::config::problem::Problem;
use crate::config::reader::{Diagnostics, Scope, TableReader, short};
use crate::domain::ordered::ShortMap;
use crate::sop::facts::Fact;
use crate::sop::template::{Computed, Declared, Placeholders, Source};

/// `[fact.…]`: labels and true defaults.
pub(super) fn facts(
    notes: &mut Diagnostics,
    file: &mut TableReader<'_>,
) -> (ShortMap<Fact, String>, ShortMap<Fact, String>) {
    let (mut labels, mut defaults) = (ShortMap::default(), ShortMap::default());
    let stops = "facts are asked for by their keys, and have no defaults";
    let Some(mut part) = file.aside(stops, |file| file.part(notes, "fact")) else {
        return (labels, defaults);
    };
    for fact in Fact::ALL {
        let Some(mut entry) = part.part(notes, fact.word()) else {
            continue;
        };
        let label = entry.text(notes, "label", "\"Service\"");
        labels.extend(label.map(|label| (fact, label)));
        let default = entry.text_if_any(notes, "default", "a sentence that is true");
        defaults.extend(default.map(|default| (fact, default)));
        entry.finish(notes);
    }
    part.finish(notes);
    (labels, defaults)
}

/// `[placeholder]`, `[phrase]` and `[template]`.
pub(super) fn placeholders(
    notes: &mut Diagnostics,
    file: &mut TableReader<'_>,
) -> (Placeholders, String) {
    let mut placeholders = Placeholders::default();
    let mut nameless = String::new();
    if let Some(part) = file.part(notes, "placeholder") {
        for (name, value) in part.entries() {
            let line = notes.line(value.span().start);
            let path = format!("{}.\"{name}\"", part.path());
            let declared = value.get_ref().as_table().and_then(|table| {
                let stops = format!("messages that use [{name}] cannot be sent");
                let mut entry =
                    TableReader::new(table, path.clone(), line, stops, Scope::TableReader);
                let declared = placeholder(notes, &mut entry, &mut nameless);
                if entry.finish(notes) { declared } else { None }
            });
            if declared.is_none() && value.get_ref().as_table().is_none() {
                notes.add(
                    Problem {
                        line,
                        key: path,
                        wrong: "it does not say what fills the place".to_owned(),
                        right: format!("\"{name}\" = {{ fact = \"service\" }}"),
                        stops: format!("messages that use [{name}] cannot be sent"),
                    },
                    Scope::TableReader,
                );
            }
            placeholders
                .names
                .insert(name.to_owned(), declared.unwrap_or(Declared::Broken));
        }
    }
    if let Some(mut part) = file.part(notes, "phrase") {
        part.stops(
            "the cadence of updates cannot be said in messages: the console cannot run this SOP",
        );
        for (phrase, value) in part.entries() {
            let line = notes.line(value.span().start);
            let is_cadence = value.get_ref().as_table().is_some_and(|table| {
                table.len() == 1
                    && table
                        .get("computed")
                        .and_then(|word| word.get_ref().as_str())
                        == Some("cadence")
            });
            if is_cadence && !phrase.trim().is_empty() {
                placeholders
                    .phrases
                    .insert(phrase.to_owned(), Computed::Cadence);
            } else {
                notes.add(
                    Problem {
                        line,
                        key: format!("{}.\"{}\"", part.path(), short(phrase)),
                        wrong: "it does not say what the phrase is computed from".to_owned(),
                        right: "\"every 15 minutes\" = { computed = \"cadence\" }".to_owned(),
                        stops: "messages might promise another cadence than the severity's: the \
                                console cannot run this SOP"
                            .to_owned(),
                    },
                    Scope::All,
                );
            }
        }
    }
    if let Some(mut part) = file.part_if_any(notes, "template") {
        let literal = part
            .texts(notes, "literal", "[\"Beta\"]")
            .unwrap_or_default();
        placeholders.literal.extend(literal);
        part.finish(notes);
    }
    (placeholders, nameless)
}

fn placeholder(
    notes: &mut Diagnostics,
    entry: &mut TableReader<'_>,
    nameless: &mut String,
) -> Option<Declared> {
    let right = "exactly one of fact, computed, recipient";
    let said = [
        entry.has("fact"),
        entry.has("computed"),
        entry.has("recipient"),
    ];
    let missing = entry.text_if_any(notes, "missing", "\"there\"");
    match said {
        [true, false, false] => {
            let facts: Vec<(&str, Fact)> = Fact::ALL.iter().map(|f| (f.word(), *f)).collect();
            let fact = entry.choice(notes, "fact", &facts)?;
            Some(Declared::As(Source::Fact(fact)))
        }
        [false, true, false] => entry.choice(
            notes,
            "computed",
            &[
                ("timestamp", Declared::Timestamp),
                (
                    "duration",
                    Declared::As(Source::Computed(Computed::Duration)),
                ),
                ("status", Declared::As(Source::Computed(Computed::Status))),
                ("date", Declared::As(Source::Computed(Computed::Date))),
                (
                    "severity",
                    Declared::As(Source::Computed(Computed::Severity)),
                ),
            ],
        ),
        [false, false, true] => {
            let name = entry.choice(
                notes,
                "recipient",
                &[("name", Declared::As(Source::RecipientName))],
            );
            match missing {
                Some(missing) => *nameless = missing,
                None => entry.refuse(
                    notes,
                    "missing",
                    "nothing says what stands there when the name is not known".to_owned(),
                    "missing = \"there\"".to_owned(),
                ),
            }
            name
        }
        _ => {
            let wrong = "it does not say in one word what fills the place".to_owned();
            entry.refuse(notes, "fact", wrong, right.to_owned());
            None
        }
    }
}
