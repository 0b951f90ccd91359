//! Reads a TOML file by hand, so that every problem is found at once and said with its line, its key,
//! what is wrong, what would be right and what cannot be done because of it.

use chrono::TimeDelta;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::Problem;
use super::words::nearest;
use crate::domain::order::by_key;
use crate::domain::ordered::ShortSet;

mod syntax;
mod values;

pub(crate) use syntax::{kind_of, short, tree};

/// What a problem takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Everything: without it nothing can run.
    All,
    /// Only the part that it stands in.
    TableReader,
}

#[derive(Debug)]
struct Note {
    problem: Problem,
    effect: Scope,
    /// Something is not there; says nothing where the syntax is broken and lines may have been lost.
    absence: bool,
}

/// The problems of a file, as they are found.
#[derive(Debug)]
pub(crate) struct Diagnostics {
    line_starts: Vec<usize>,
    found: Vec<Note>,
    /// The syntax is so broken that texts were read as keys: nothing but that is worth saying.
    lost: bool,
}

impl Diagnostics {
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
    pub(crate) fn add(&mut self, problem: Problem, effect: Scope) {
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
            effect: Scope::TableReader,
            absence: true,
        });
    }

    /// Whether something was found that takes everything away.
    pub(crate) fn stop_everything(&self) -> bool {
        self.found.iter().any(|note| note.effect == Scope::All)
    }

    /// The problems, by line. After errors of syntax, only what does not merely follow from them.
    pub(crate) fn into_problems(self, syntax: Vec<Problem>) -> Vec<Problem> {
        let broken: ShortSet<usize> = syntax.iter().map(|problem| problem.line).collect();
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
        by_key(problems, |problem| problem.line)
    }
}

/// A span of time that may be declared to be none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Span {
    /// There is none.
    None,
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
pub(crate) struct TableReader<'a> {
    entries: &'a DeTable<'a>,
    path: String,
    line: usize,
    stops: String,
    effect: Scope,
    asked: Vec<&'static str>,
    sound: bool,
}

impl<'a> TableReader<'a> {
    /// A table of a file, and what cannot be done when it is broken.
    pub(crate) fn new(
        entries: &'a DeTable<'a>,
        path: impl Into<String>,
        line: usize,
        stops: impl Into<String>,
        effect: Scope,
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
        self.effect = Scope::TableReader;
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
    pub(crate) fn refuse(
        &mut self,
        notes: &mut Diagnostics,
        key: &str,
        wrong: String,
        right: String,
    ) {
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
    pub(crate) fn line_of(&self, notes: &Diagnostics, key: &str) -> usize {
        self.entries
            .get_key_value(key)
            .map_or(self.line, |(key, _)| notes.line(key.span().start))
    }

    /// Writes a problem within a text down, on the line of the text that it is on.
    pub(crate) fn refuse_within(
        &mut self,
        notes: &mut Diagnostics,
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
        let effect = std::mem::replace(&mut self.effect, Scope::TableReader);
        let before = std::mem::replace(&mut self.stops, stops.to_owned());
        let found = read(self);
        (self.effect, self.stops) = (effect, before);
        found
    }

    fn miss(&mut self, notes: &mut Diagnostics, key: &str, right: &str) {
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

    /// A table within this one that has to be there.
    pub(crate) fn part(
        &mut self,
        notes: &mut Diagnostics,
        key: &'static str,
    ) -> Option<TableReader<'a>> {
        if self.ask(key).is_none() {
            let path = self.key_path(key);
            self.miss(notes, key, &format!("the table [{path}]"));
            return None;
        }
        self.part_if_any(notes, key)
    }

    /// A table within this one that need not be there.
    pub(crate) fn part_if_any(
        &mut self,
        notes: &mut Diagnostics,
        key: &'static str,
    ) -> Option<TableReader<'a>> {
        let value = self.ask(key)?;
        let path = self.key_path(key);
        let Some(table) = value.get_ref().as_table() else {
            let wrong = format!("it is {}, and a table is needed", kind_of(value.get_ref()));
            self.refuse(notes, key, wrong, format!("[{path}]"));
            return None;
        };
        let line = notes.line(value.span().start);
        Some(TableReader::new(
            table,
            path,
            line,
            self.stops.clone(),
            self.effect,
        ))
    }

    /// Tables in a list, `[[key]]`, that need not be there. One that is no table is a problem.
    pub(crate) fn parts(
        &mut self,
        notes: &mut Diagnostics,
        key: &'static str,
    ) -> Vec<TableReader<'a>> {
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
                parts.push(TableReader::new(
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
    pub(crate) fn finish(mut self, notes: &mut Diagnostics) -> bool {
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
    pub(crate) fn finish_complete(mut self, notes: &mut Diagnostics) {
        self.only_itself();
        self.stops("nothing: the key has no effect");
        self.finish(notes);
    }

    /// Whether no problem was found in it so far.
    pub(crate) fn is_sound(&self) -> bool {
        self.sound
    }
}
