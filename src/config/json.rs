//! Reads a JSON file by hand, so that every problem is found at once and said with its line and its key.

use serde_json::{Map, Value};

use super::problem::Problem;
use super::reader::short;
use super::words::nearest;
use crate::domain::order::by_key;
use crate::domain::ordered::ShortMap;
use crate::domain::text::without_overrides;

/// A JSON file, the lines of its keys, and the problems found in it.
pub(super) struct Json {
    lines: ShortMap<String, usize>,
    stops: &'static str,
    problems: Vec<Problem>,
    /// Whether one of them leaves nothing to go on with.
    stopped: bool,
    /// Whether one of them leaves only readers something.
    held: bool,
}

/// What a problem stops that readers get along with.
const HELD: &str = "nothing can be published";
/// What a problem stops that only its maintainer has to know of.
const NOTHING: &str = "nothing: the page goes on without it";

/// Who has nothing to go on with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stopped {
    pub(super) readers: bool,
    pub(super) console: bool,
}

impl Json {
    /// Reads the text; the only problem of a text that is no JSON is that.
    pub(super) fn read(text: &str, stops: &'static str) -> Result<(Self, Value), Vec<Problem>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let value = serde_json::from_str(text).map_err(|error| {
            vec![Problem {
                line: error.line().max(1),
                key: String::new(),
                wrong: format!("this is not JSON: {error}"),
                right: "\"key\": \"value\", with every quote, comma and bracket in its place"
                    .to_owned(),
                stops: stops.to_owned(),
            }]
        })?;
        let mut scan = Scan {
            rest: text,
            line: 1,
            found: Vec::new(),
        };
        scan.value("");
        let mut json = Self {
            lines: ShortMap::default(),
            stops,
            problems: Vec::new(),
            stopped: false,
            held: false,
        };
        for (path, line) in scan.found {
            if json.lines.insert(path.clone(), line).is_some() {
                json.note(
                    &path,
                    "the key is there twice",
                    "one of them; the last counts",
                );
            }
        }
        Ok((json, value))
    }

    /// Writes a problem of a key down that leaves nothing to go on with.
    pub(super) fn refuse(
        &mut self,
        path: &str,
        wrong: impl Into<String>,
        right: impl Into<String>,
    ) {
        self.stopped = true;
        self.say(path, wrong.into(), right.into(), self.stops);
    }

    /// Makes of what was refused until now what keeps only the console from working: readers get along without it.
    pub(super) fn spare_readers(&mut self) {
        if std::mem::take(&mut self.stopped) {
            self.held = true;
            for problem in &mut self.problems {
                if problem.stops == self.stops {
                    HELD.clone_into(&mut problem.stops);
                }
            }
        }
    }

    /// Writes a problem of a key down that readers never notice: what it says is left out.
    pub(super) fn note(&mut self, path: &str, wrong: impl Into<String>, right: impl Into<String>) {
        self.say(path, wrong.into(), right.into(), NOTHING);
    }

    fn say(&mut self, path: &str, wrong: String, right: String, stops: &str) {
        self.problems.push(Problem {
            line: self.line(path),
            key: path.to_owned(),
            wrong,
            right,
            stops: stops.to_owned(),
        });
    }

    /// The line of a key, or of the nearest thing around it.
    fn line(&self, path: &str) -> usize {
        let mut path = path;
        loop {
            if let Some(line) = self.lines.get(path) {
                return *line;
            }
            match path.rfind(['.', '[']).and_then(|end| path.get(..end)) {
                Some(around) => path = around,
                None => return 1,
            }
        }
    }

    /// A text that has to be there and not be blank. Spaces around it are not part of it.
    pub(super) fn text(
        &mut self,
        object: &Map<String, Value>,
        path: &str,
        key: &str,
        right: &str,
    ) -> Option<String> {
        let right = format!("\"{key}\": {right}");
        match self.given(object, path, key, &right) {
            Ok(text) => return Some(text),
            Err(wrong) => self.refuse(&at(path, key), wrong, right),
        }
        None
    }

    /// A text that need not be there. Where it is none, it is left out.
    pub(super) fn text_if_any(
        &mut self,
        object: &Map<String, Value>,
        path: &str,
        key: &str,
        right: &str,
    ) -> Option<String> {
        object.get(key)?;
        let right = format!("\"{key}\": {right}, or no such key");
        match self.given(object, path, key, &right) {
            Ok(text) => return Some(text),
            Err(wrong) => self.note(&at(path, key), wrong, right),
        }
        None
    }

    /// The text of a key without the spaces around it, or what is wrong with it.
    fn given(
        &mut self,
        object: &Map<String, Value>,
        path: &str,
        key: &str,
        right: &str,
    ) -> Result<String, String> {
        let text = match object.get(key) {
            None => return Err("it is missing".to_owned()),
            Some(Value::String(text)) => text,
            Some(other) => return Err(format!("it is {}, and a text is needed", kind_of(other))),
        };
        let bare = text.trim();
        if bare.is_empty() {
            return Err("it is blank".to_owned());
        }
        if bare != text {
            self.note(&at(path, key), "it has spaces around it", right);
        }
        Ok(without_overrides(bare))
    }

    /// Writes down every key that is not known.
    pub(super) fn unknown(&mut self, object: &Map<String, Value>, path: &str, known: &[&str]) {
        for key in object.keys().filter(|key| !known.contains(&key.as_str())) {
            let right = match nearest(key, known.iter().copied()) {
                Some(near) => format!("\"{near}\", if that was meant; else remove it"),
                None => format!("remove it; known are {}", known.join(", ")),
            };
            self.note(&at(path, &short(key)), "this key is not known here", right);
        }
    }

    /// The problems, by line, and for whom one of them leaves nothing to go on with.
    pub(super) fn into_problems(self) -> (Vec<Problem>, Stopped) {
        let stopped = Stopped {
            readers: self.stopped,
            console: self.stopped || self.held,
        };
        (by_key(self.problems, |problem| problem.line), stopped)
    }
}

pub(super) fn at(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

/// What a value is, in words.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Finds the lines of keys in a text that is known to be JSON.
struct Scan<'a> {
    rest: &'a str,
    line: usize,
    found: Vec<(String, usize)>,
}

impl Scan<'_> {
    fn peek(&mut self) -> Option<char> {
        loop {
            let next = self.rest.chars().next()?;
            if !next.is_ascii_whitespace() {
                return Some(next);
            }
            self.step();
        }
    }

    fn step(&mut self) -> Option<char> {
        let mut letters = self.rest.chars();
        let next = letters.next()?;
        self.rest = letters.as_str();
        self.line += usize::from(next == '\n');
        Some(next)
    }

    /// Reads over a value; its depth is bounded, as the text was parsed before.
    fn value(&mut self, path: &str) {
        match self.peek() {
            Some('{') => self.members(path),
            Some('[') => self.items(path),
            Some('"') => {
                self.string();
            }
            Some(_) | None => {
                while self
                    .rest
                    .starts_with(|c: char| !",]}".contains(c) && !c.is_whitespace())
                {
                    self.step();
                }
            }
        }
    }

    fn members(&mut self, path: &str) {
        self.step();
        while self.peek() == Some('"') {
            let line = self.line;
            let key = at(path, &self.string());
            self.found.push((key.clone(), line));
            self.peek();
            self.step(); // the colon
            self.value(&key);
            if self.peek() == Some(',') {
                self.step();
            }
        }
        self.step();
    }

    fn items(&mut self, path: &str) {
        self.step();
        let mut number = 0;
        while self.peek().is_some_and(|next| next != ']') {
            number += 1;
            let item = format!("{path}[{number}]");
            self.found.push((item.clone(), self.line));
            self.value(&item);
            if self.peek() == Some(',') {
                self.step();
            }
        }
        self.step();
    }

    fn string(&mut self) -> String {
        let before = self.rest;
        self.step();
        while let Some(letter) = self.step() {
            match letter {
                '\\' => {
                    self.step();
                }
                '"' => break,
                _ => {}
            }
        }
        let literal = before
            .get(..before.len() - self.rest.len())
            .unwrap_or_default();
        serde_json::from_str(literal).unwrap_or_default()
    }
}
