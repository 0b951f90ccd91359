//! Reads a TOML file by hand, so that every problem is found at once and said with its line, its key,
//! what is wrong, what would be right and what cannot be done because of it.

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::Problem;
use super::words::{nearest, span};

/// What a problem takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Everything: without it nothing can run.
    All,
    /// Only the part that it stands in.
    Part,
}

#[derive(Debug)]
struct Note {
    problem: Problem,
    effect: Effect,
    /// Something is not there; says nothing where the syntax is broken and lines may have been lost.
    absence: bool,
}

/// The problems of a file, as they are found.
#[derive(Debug)]
pub(crate) struct Notes {
    line_starts: Vec<usize>,
    found: Vec<Note>,
    /// The syntax is so broken that texts were read as keys: nothing but that is worth saying.
    lost: bool,
}

impl Notes {
    /// Notes on a text.
    pub(crate) fn on(text: &str) -> Self {
        let breaks = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(at, _)| at + 1);
        Self {
            line_starts: std::iter::once(0).chain(breaks).collect(),
            found: Vec::new(),
            lost: false,
        }
    }

    /// The line of an offset, from 1.
    pub(crate) fn line(&self, offset: usize) -> usize {
        self.line_starts
            .partition_point(|start| *start <= offset)
            .max(1)
    }

    /// Writes a problem down.
    pub(crate) fn add(&mut self, problem: Problem, effect: Effect) {
        self.found.push(Note {
            problem,
            effect,
            absence: false,
        });
    }

    /// Writes down that something is not there, which takes only itself away.
    pub(crate) fn absent(&mut self, problem: Problem) {
        self.found.push(Note {
            problem,
            effect: Effect::Part,
            absence: true,
        });
    }

    /// Whether something was found that takes everything away.
    pub(crate) fn stop_everything(&self) -> bool {
        self.found.iter().any(|note| note.effect == Effect::All)
    }

    /// The problems, by line. After errors of syntax, only what does not merely follow from them.
    pub(crate) fn into_problems(self, syntax: Vec<Problem>) -> Vec<Problem> {
        let broken: BTreeSet<usize> = syntax.iter().map(|problem| problem.line).collect();
        let mut problems: Vec<Problem> = self
            .found
            .into_iter()
            .filter(|note| {
                let follows = note.absence || broken.contains(&note.problem.line);
                !self.lost && (broken.is_empty() || !follows)
            })
            .map(|note| note.problem)
            .collect();
        problems.extend(syntax);
        problems.sort_by_key(|problem| problem.line);
        problems
    }
}

/// A span of time that may be declared to be none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Span {
    /// There is none.
    None,
    /// This one.
    Of(TimeDelta),
}

impl From<Span> for Option<TimeDelta> {
    fn from(span: Span) -> Self {
        match span {
            Span::None => None,
            Span::Of(span) => Some(span),
        }
    }
}

/// A table of the file, read key by key. A key that nobody asked for is a problem of its own.
pub(crate) struct Part<'a> {
    entries: &'a DeTable<'a>,
    path: String,
    line: usize,
    stops: String,
    effect: Effect,
    asked: Vec<&'static str>,
    sound: bool,
}

impl<'a> Part<'a> {
    /// A table of a file, and what cannot be done when it is broken.
    pub(crate) fn new(
        entries: &'a DeTable<'a>,
        path: impl Into<String>,
        line: usize,
        stops: impl Into<String>,
        effect: Effect,
    ) -> Self {
        let (path, stops) = (path.into(), stops.into());
        Self {
            entries,
            path,
            line,
            stops,
            effect,
            asked: Vec::new(),
            sound: true,
        }
    }

    /// Its path.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Its entries, for tables whose keys are names.
    pub(crate) fn entries(
        &self,
    ) -> impl Iterator<Item = (&'a str, &'a Spanned<DeValue<'a>>)> + use<'a> {
        self.entries
            .iter()
            .map(|(key, value)| (key.get_ref().as_ref(), value))
    }

    /// Its problems take away only the part itself.
    pub(crate) fn only_itself(&mut self) {
        self.effect = Effect::Part;
    }

    /// Says more precisely what cannot be done when it is broken.
    pub(crate) fn stops(&mut self, stops: impl Into<String>) {
        self.stops = stops.into();
    }

    fn key_path(&self, key: &str) -> String {
        let key = if key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
        {
            key.to_owned()
        } else {
            format!("\"{key}\"")
        };
        if self.path.is_empty() {
            key
        } else {
            format!("{}.{key}", self.path)
        }
    }

    /// Writes a problem of a key down.
    pub(crate) fn refuse(&mut self, notes: &mut Notes, key: &str, wrong: String, right: String) {
        let line = self.line_of(notes, key);
        let problem = Problem {
            line,
            key: self.key_path(key),
            wrong,
            right,
            stops: self.stops.clone(),
        };
        notes.add(problem, self.effect);
        self.sound = false;
    }

    /// The line of a key's value, or of the table where the key is not there.
    pub(crate) fn line_of(&self, notes: &Notes, key: &str) -> usize {
        self.entries
            .get_key_value(key)
            .map_or(self.line, |(key, _)| notes.line(key.span().start))
    }

    /// Writes a problem within a text down, on the line of the text that it is on.
    pub(crate) fn refuse_within(
        &mut self,
        notes: &mut Notes,
        key: &str,
        lines_down: usize,
        wrong: String,
        right: String,
    ) {
        self.refuse(notes, key, wrong, right);
        let Some(value) = self.entries.get(key) else {
            return;
        };
        let (first, last) = (notes.line(value.span().start), notes.line(value.span().end));
        let breaks = value
            .get_ref()
            .as_str()
            .map_or(0, |text| text.matches('\n').count());
        // A text that begins after its opening quotes' line has one line less than its quotes span.
        let begins = if last - first > breaks {
            first + 1
        } else {
            first
        };
        if let Some(note) = notes.found.last_mut() {
            note.problem.line = (begins + lines_down).min(last);
        }
    }

    /// Reads something whose problems take only itself away.
    pub(crate) fn aside<T>(&mut self, stops: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let effect = std::mem::replace(&mut self.effect, Effect::Part);
        let before = std::mem::replace(&mut self.stops, stops.to_owned());
        let found = read(self);
        (self.effect, self.stops) = (effect, before);
        found
    }

    fn miss(&mut self, notes: &mut Notes, key: &str, right: &str) {
        self.refuse(
            notes,
            key,
            "it is missing".to_owned(),
            format!("add {right}"),
        );
        if let Some(note) = notes.found.last_mut() {
            note.absence = true;
        }
    }

    fn ask(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.push(key);
        self.entries.get(key)
    }

    /// Whether a key is there.
    pub(crate) fn has(&mut self, key: &'static str) -> bool {
        self.ask(key).is_some()
    }

    /// A text that has to be there and not be blank.
    pub(crate) fn text(
        &mut self,
        notes: &mut Notes,
        key: &'static str,
        right: &str,
    ) -> Option<String> {
        if self.ask(key).is_none() {
            self.miss(notes, key, &format!("{key} = {right}"));
            return None;
        }
        self.text_if_any(notes, key, right)
    }

    /// A text that need not be there, but may not be blank.
    pub(crate) fn text_if_any(
        &mut self,
        notes: &mut Notes,
        key: &'static str,
        right: &str,
    ) -> Option<String> {
        let value = self.ask(key)?.get_ref();
        match value.as_str() {
            Some(text) if !text.trim().is_empty() => Some(text.to_owned()),
            Some(_) => {
                self.refuse(
                    notes,
                    key,
                    "it is blank".to_owned(),
                    format!("{key} = {right}"),
                );
                None
            }
            None => {
                let wrong = format!("it is {}, and a text is needed", kind_of(value));
                self.refuse(notes, key, wrong, format!("{key} = {right}"));
                None
            }
        }
    }

    /// A yes or no that has to be there.
    pub(crate) fn flag(&mut self, notes: &mut Notes, key: &'static str) -> Option<bool> {
        if self.ask(key).is_none() {
            self.miss(notes, key, &format!("{key} = true, or {key} = false"));
            return None;
        }
        self.flag_if_any(notes, key)
    }

    /// A yes or no that need not be there.
    pub(crate) fn flag_if_any(&mut self, notes: &mut Notes, key: &'static str) -> Option<bool> {
        let value = self.ask(key)?.get_ref();
        let flag = value.as_bool();
        if flag.is_none() {
            let wrong = format!("it is {}, and true or false is needed", kind_of(value));
            self.refuse(
                notes,
                key,
                wrong,
                format!("{key} = true, or {key} = false, without quotes"),
            );
        }
        flag
    }

    /// One of some words.
    pub(crate) fn choice<T: Clone>(
        &mut self,
        notes: &mut Notes,
        key: &'static str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let listed: Vec<String> = choices
            .iter()
            .map(|(word, _)| format!("\"{word}\""))
            .collect();
        let listed = format!("one of {}", listed.join(", "));
        if self.ask(key).is_none() {
            self.miss(notes, key, &format!("{key}: {listed}"));
            return None;
        }
        let text = self.text_if_any(notes, key, &listed)?;
        self.chosen(notes, key, &text, choices)
    }

    /// The choice that a word names.
    pub(crate) fn chosen<T: Clone>(
        &mut self,
        notes: &mut Notes,
        key: &str,
        text: &str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let found = choices
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, value)| value.clone());
        if found.is_none() {
            let listed: Vec<String> = choices
                .iter()
                .map(|(word, _)| format!("\"{word}\""))
                .collect();
            let right = match nearest(text, choices.iter().map(|(word, _)| *word)) {
                Some(near) => format!("\"{near}\"; possible are {}", listed.join(", ")),
                None => format!("one of {}", listed.join(", ")),
            };
            self.refuse(
                notes,
                key,
                format!("\"{}\" is not a word it knows", short(text)),
                right,
            );
        }
        found
    }

    /// A span of time that has to be there.
    pub(crate) fn span(
        &mut self,
        notes: &mut Notes,
        key: &'static str,
        example: &str,
    ) -> Option<TimeDelta> {
        let text = self.text(notes, key, &format!("\"{example}\""))?;
        self.spanned(notes, key, &text, &format!("\"{example}\""))
    }

    /// A span of time, or the word that says there is none.
    pub(crate) fn span_or(
        &mut self,
        notes: &mut Notes,
        key: &'static str,
        example: &str,
        none: &str,
    ) -> Option<Span> {
        let right = format!("\"{example}\", or \"{none}\"");
        let text = self.text(notes, key, &right)?;
        if text == none {
            return Some(Span::None);
        }
        self.spanned(notes, key, &text, &right).map(Span::Of)
    }

    fn spanned(
        &mut self,
        notes: &mut Notes,
        key: &'static str,
        text: &str,
        right: &str,
    ) -> Option<TimeDelta> {
        let found = span(text);
        if found.is_none() {
            let wrong = format!("\"{}\" is not a span of time", short(text));
            self.refuse(notes, key, wrong, format!("{key} = {right}"));
        }
        found
    }

    /// A whole number within bounds that has to be there.
    pub(crate) fn number(
        &mut self,
        notes: &mut Notes,
        key: &'static str,
        bounds: std::ops::RangeInclusive<u32>,
    ) -> Option<u32> {
        let right = format!(
            "{key} = a number from {} to {}",
            bounds.start(),
            bounds.end()
        );
        let Some(value) = self.ask(key) else {
            self.miss(notes, key, &right);
            return None;
        };
        let number = value.get_ref().as_integer();
        let number = number.and_then(|n| u32::from_str_radix(n.as_str(), n.radix()).ok());
        let found = number.filter(|number| bounds.contains(number));
        if found.is_none() {
            let wrong = match value.get_ref() {
                DeValue::Integer(_) => "it is out of bounds".to_owned(),
                other => format!("it is {}, and a whole number is needed", kind_of(other)),
            };
            self.refuse(notes, key, wrong, right);
        }
        found
    }

    /// A date that has to be there.
    pub(crate) fn date(&mut self, notes: &mut Notes, key: &'static str) -> Option<NaiveDate> {
        let right = format!("{key} = 2024-01-15, without quotes");
        let Some(value) = self.ask(key) else {
            self.miss(notes, key, &right);
            return None;
        };
        let found = value.get_ref().as_datetime().and_then(|at| {
            let date = at.date?;
            let day = NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into());
            day.filter(|_| at.time.is_none())
        });
        if found.is_none() {
            let wrong = format!("it is {}, and a date is needed", kind_of(value.get_ref()));
            self.refuse(notes, key, wrong, right);
        }
        found
    }

    /// A list of texts that need not be there.
    pub(crate) fn texts(
        &mut self,
        notes: &mut Notes,
        key: &'static str,
        right: &str,
    ) -> Option<Vec<String>> {
        let value = self.ask(key)?.get_ref();
        let found = value.as_array().map(|items| {
            items
                .iter()
                .map(|item| item.get_ref().as_str().map(str::to_owned))
                .collect::<Option<Vec<String>>>()
        });
        match found {
            Some(Some(texts)) if texts.iter().all(|text| !text.trim().is_empty()) => Some(texts),
            Some(_) => {
                let wrong = "one of its items is not a text, or is blank".to_owned();
                self.refuse(notes, key, wrong, format!("{key} = {right}"));
                None
            }
            None => {
                let wrong = format!("it is {}, and a list of texts is needed", kind_of(value));
                self.refuse(notes, key, wrong, format!("{key} = {right}"));
                None
            }
        }
    }

    /// A table within this one that has to be there.
    pub(crate) fn part(&mut self, notes: &mut Notes, key: &'static str) -> Option<Part<'a>> {
        if self.ask(key).is_none() {
            let path = self.key_path(key);
            self.miss(notes, key, &format!("the table [{path}]"));
            return None;
        }
        self.part_if_any(notes, key)
    }

    /// A table within this one that need not be there.
    pub(crate) fn part_if_any(&mut self, notes: &mut Notes, key: &'static str) -> Option<Part<'a>> {
        let value = self.ask(key)?;
        let path = self.key_path(key);
        let Some(table) = value.get_ref().as_table() else {
            let wrong = format!("it is {}, and a table is needed", kind_of(value.get_ref()));
            self.refuse(notes, key, wrong, format!("[{path}]"));
            return None;
        };
        let line = notes.line(value.span().start);
        Some(Part::new(
            table,
            path,
            line,
            self.stops.clone(),
            self.effect,
        ))
    }

    /// Tables in a list, `[[key]]`, that need not be there. One that is no table is a problem.
    pub(crate) fn parts(&mut self, notes: &mut Notes, key: &'static str) -> Vec<Part<'a>> {
        let Some(value) = self.ask(key) else {
            return Vec::new();
        };
        let path = self.key_path(key);
        let Some(items) = value.get_ref().as_array() else {
            let wrong = format!("it is {}, and a list is needed", kind_of(value.get_ref()));
            self.refuse(
                notes,
                key,
                wrong,
                format!("[[{path}]], with double brackets"),
            );
            return Vec::new();
        };
        let mut parts = Vec::new();
        for (number, item) in items.iter().enumerate() {
            let line = notes.line(item.span().start);
            if let Some(table) = item.get_ref().as_table() {
                let path = format!("{path}[{}]", number + 1);
                parts.push(Part::new(
                    table,
                    path,
                    line,
                    self.stops.clone(),
                    self.effect,
                ));
            } else {
                let wrong = format!("item {} is not a table", number + 1);
                self.refuse(
                    notes,
                    key,
                    wrong,
                    format!("[[{path}]], with double brackets"),
                );
            }
        }
        parts
    }

    /// Closes the table: a key that nobody asked for is a problem. Whether it was sound throughout.
    pub(crate) fn finish(mut self, notes: &mut Notes) -> bool {
        let asked = self.asked.clone();
        for (key, _) in self.entries() {
            if !asked.contains(&key) {
                let right = match nearest(key, asked.iter().copied()) {
                    Some(near) => format!("{near}, if that was meant; else remove it"),
                    None => "remove it".to_owned(),
                };
                self.refuse(notes, key, "this key is not known here".to_owned(), right);
            }
        }
        self.sound
    }

    /// Closes a table in which every key has to be there: an unknown one then hides nothing.
    pub(crate) fn finish_complete(mut self, notes: &mut Notes) {
        self.only_itself();
        self.stops("nothing: the key has no effect");
        self.finish(notes);
    }

    /// Whether no problem was found in it so far.
    pub(crate) fn is_sound(&self) -> bool {
        self.sound
    }
}

/// What a value is, in words.
pub(crate) fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// A text short enough to be quoted in a problem.
pub(crate) fn short(text: &str) -> String {
    let mut chars = text.chars();
    let start: String = chars.by_ref().take(60).collect();
    if chars.next().is_some() {
        format!("{start}…")
    } else {
        start
    }
}

/// A TOML text as a tree, with its errors of syntax.
pub(crate) fn tree<'a>(
    text: &'a str,
    notes: &mut Notes,
    stops: &str,
) -> (Spanned<DeTable<'a>>, Vec<Problem>) {
    let (tree, errors) = DeTable::parse_recoverable(text);
    let mut problems: Vec<Problem> = Vec::new();
    let problem = |line, wrong: String, right: &str| {
        let (right, stops) = (right.to_owned(), stops.to_owned());
        Problem {
            line,
            key: String::new(),
            wrong,
            right,
            stops,
        }
    };
    if !errors.is_empty()
        && let Some(line) = unclosed(text)
    {
        notes.lost = true;
        let wrong = "the text that begins here is not closed".to_owned();
        return (
            tree,
            vec![problem(
                line,
                wrong,
                "''' on a line of its own below the text",
            )],
        );
    }
    let mut lines = BTreeSet::new();
    for error in errors {
        let line = notes.line(error.span().map_or(0, |span| span.start));
        // One slip often breaks a line in several ways: the first says enough.
        if !lines.insert(line) {
            continue;
        }
        problems.push(if error.message().starts_with("duplicate key") {
            let wrong = "this key, or this table, is there already".to_owned();
            problem(
                line,
                wrong,
                "each of them once; tables in a list have double brackets",
            )
        } else {
            let wrong = format!("this is not TOML: {}", error.message());
            problem(
                line,
                wrong,
                "key = \"value\", with every quote and bracket closed",
            )
        });
    }
    (tree, problems)
}

/// The line on which a text of several lines begins that is never closed.
fn unclosed(text: &str) -> Option<usize> {
    let mut open = None;
    for (number, line) in text.lines().enumerate() {
        let quotes = line.matches("'''").count();
        let begins = line.trim_end().ends_with("= '''") && quotes == 1;
        if open.is_some() && begins {
            return open;
        }
        if open.is_none() && line.trim_start().starts_with('#') {
            continue;
        }
        if quotes % 2 == 1 {
            open = if open.is_some() {
                None
            } else {
                Some(number + 1)
            };
        }
    }
    open
}
