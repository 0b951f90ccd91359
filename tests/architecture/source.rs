//! Reads sources for the architecture test: comments blanked, the insides of strings blanked where asked,
//! test-only items taken out. Every line keeps its place, so that a finding can name it.

use std::fs;
use std::path::Path;

/// A source file, prepared for scanning.
pub struct Source {
    /// The path below the repository, with forward slashes.
    pub path: String,
    /// As written.
    pub raw: String,
    /// Without comments; for Rust also without test-only items. Strings stand.
    pub text: String,
    /// Like `text`, with the insides of strings and characters blanked.
    pub code: String,
}

impl Source {
    /// Prepares a file's text.
    pub fn new(path: &str, raw: &str) -> Self {
        let mut source = Self {
            path: path.to_owned(),
            raw: raw.to_owned(),
            text: raw.to_owned(),
            code: raw.to_owned(),
        };
        if source.is("rs") {
            let (text, code) = blank_rust(raw);
            source.code = blank_test_items(&code);
            // What is blank in the code because it is test-only is blank in the text too.
            source.text = keep_where(&text, &source.code, &code);
        } else if source.is("css") {
            source.text = blank_css(raw);
            source.code.clone_from(&source.text);
        }
        source
    }

    /// Whether the path lies in one of these folders or is one of these files.
    pub fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| {
            self.path.strip_prefix(place).is_some_and(|rest| {
                rest.is_empty() || place.ends_with('/') || rest.starts_with('/')
            })
        })
    }

    /// Whether the file's name ends so.
    pub fn is(&self, extension: &str) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|found| found == extension)
    }
}

/// The line of a byte's offset, counted from one.
pub fn line_at(text: &str, offset: usize) -> usize {
    text.bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
        + 1
}

/// Every file below these folders and files of the repository that can be read as text.
pub fn read_tree(places: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for place in places {
        collect(&root.join(place), &mut paths);
    }
    paths.sort();
    let sources: Vec<Source> = paths
        .iter()
        .filter_map(|path| {
            let raw = fs::read_to_string(path).ok()?;
            let below = path
                .strip_prefix(root)
                .ok()?
                .to_string_lossy()
                .replace('\\', "/");
            Some(Source::new(&below, &raw))
        })
        .collect();
    without_test_files(sources)
}

fn collect(path: &Path, into: &mut Vec<std::path::PathBuf>) {
    if path.is_file() {
        into.push(path.to_owned());
        return;
    }
    let Ok(entries) = fs::read_dir(path) else {
        return;
    };
    for entry in entries.flatten() {
        collect(&entry.path(), into);
    }
}

/// Leaves out the text and code of files that a `#[cfg(test)] mod name;` brings in.
fn without_test_files(mut sources: Vec<Source>) -> Vec<Source> {
    let mut test_modules = Vec::new();
    for source in sources.iter().filter(|source| source.is("rs")) {
        let folder = match source.path.strip_suffix("/mod.rs") {
            Some(folder) => folder.to_owned(),
            None => source.path.trim_end_matches(".rs").to_owned(),
        };
        for part in source.raw.split("#[cfg(test)]").skip(1) {
            let item = part.trim_start();
            let name = item
                .strip_prefix("mod ")
                .and_then(|rest| rest.split_once(';'));
            if let Some((name, _)) = name.filter(|(name, _)| !name.contains('{')) {
                test_modules.push(format!("{folder}/{}", name.trim()));
            }
        }
    }
    for source in &mut sources {
        let module = source.path.trim_end_matches(".rs");
        let is_test = |test: &String| {
            module == test
                || module
                    .strip_prefix(test)
                    .is_some_and(|rest| rest.starts_with('/'))
        };
        if test_modules.iter().any(is_test) {
            source.text.clear();
            source.code.clear();
        }
    }
    sources
}

const fn blank(of: char) -> char {
    if of == '\n' { '\n' } else { ' ' }
}

/// The text without comments, and the same without the insides of strings; as long as the original in lines
/// and characters.
fn blank_rust(raw: &str) -> (String, String) {
    let chars: Vec<char> = raw.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
    let (mut text, mut code) = (String::new(), String::new());
    let mut index = 0;
    let mut push = |index: usize, in_text: bool, in_code: bool| {
        let each = at(index);
        text.push(if in_text { each } else { blank(each) });
        code.push(if in_code { each } else { blank(each) });
    };
    while index < chars.len() {
        match (at(index), at(index + 1)) {
            ('/', '/') => {
                while index < chars.len() && at(index) != '\n' {
                    push(index, false, false);
                    index += 1;
                }
            }
            ('/', '*') => {
                let mut depth = 0;
                loop {
                    match (at(index), at(index + 1)) {
                        ('/', '*') => depth += 1,
                        ('*', '/') => depth -= 1,
                        _ => {
                            push(index, false, false);
                            index += 1;
                            if index >= chars.len() {
                                break;
                            }
                            continue;
                        }
                    }
                    push(index, false, false);
                    push(index + 1, false, false);
                    index += 2;
                    if depth == 0 || index >= chars.len() {
                        break;
                    }
                }
            }
            ('r', '"' | '#') if index == 0 || !is_word(at(index - 1)) || at(index - 1) == 'b' => {
                let hashes = (index + 1..chars.len())
                    .take_while(|i| at(*i) == '#')
                    .count();
                if at(index + 1 + hashes) != '"' {
                    push(index, true, true);
                    index += 1;
                    continue;
                }
                let open = index + 1 + hashes;
                (index..=open).for_each(|i| push(i, true, true));
                index = open + 1;
                let closes = |i: usize| at(i) == '"' && (1..=hashes).all(|n| at(i + n) == '#');
                while index < chars.len() && !closes(index) {
                    push(index, true, false);
                    index += 1;
                }
                (index..=index + hashes)
                    .filter(|i| *i < chars.len())
                    .for_each(|i| push(i, true, true));
                index += hashes + 1;
            }
            ('"', _) => {
                push(index, true, true);
                index += 1;
                while index < chars.len() && at(index) != '"' {
                    let step = if at(index) == '\\' { 2 } else { 1 };
                    (index..index + step)
                        .filter(|i| *i < chars.len())
                        .for_each(|i| push(i, true, false));
                    index += step;
                }
                if index < chars.len() {
                    push(index, true, true);
                }
                index += 1;
            }
            // A character, not a lifetime: it closes after one character or an escape.
            ('\'', next) if next == '\\' || at(index + 2) == '\'' => {
                push(index, true, true);
                index += 1;
                while index < chars.len() && at(index) != '\'' {
                    let step = if at(index) == '\\' { 2 } else { 1 };
                    (index..index + step)
                        .filter(|i| *i < chars.len())
                        .for_each(|i| push(i, true, false));
                    index += step;
                }
                if index < chars.len() {
                    push(index, true, true);
                }
                index += 1;
            }
            _ => {
                push(index, true, true);
                index += 1;
            }
        }
    }
    (text, code)
}

/// Whether a character can be part of a name.
pub fn is_word(of: char) -> bool {
    of.is_alphanumeric() || of == '_'
}

/// Blanks every item that only tests see: from `#[cfg(test)]` or `#[test]` to the item's end.
fn blank_test_items(code: &str) -> String {
    let chars: Vec<char> = code.chars().collect();
    let mut out = chars.clone();
    for mark in ["#[cfg(test)]", "#[test]"] {
        let mark: Vec<char> = mark.chars().collect();
        for start in 0..chars.len() {
            if chars.get(start..start + mark.len()) != Some(&mark) {
                continue;
            }
            let mut depth = 0_i32;
            for index in start + mark.len()..chars.len() {
                let each = chars.get(index).copied().unwrap_or('\0');
                depth += i32::from(matches!(each, '{' | '(' | '['));
                depth -= i32::from(matches!(each, '}' | ')' | ']'));
                if depth == 0 && matches!(each, ';' | '}') {
                    out.iter_mut()
                        .take(index + 1)
                        .skip(start)
                        .for_each(|c| *c = blank(*c));
                    break;
                }
            }
        }
    }
    out.into_iter().collect()
}

/// `text` where `now` still shows what `before` showed.
fn keep_where(text: &str, now: &str, before: &str) -> String {
    // Inside a taken-out item strings must go too: a stretch is gone when its last visible character is.
    let mut gone = false;
    text.chars()
        .zip(now.chars().zip(before.chars()))
        .map(|(each, (now, before))| {
            if before != ' ' && before != '\n' {
                gone = now != before;
            }
            if gone { blank(each) } else { each }
        })
        .collect()
}

fn blank_css(raw: &str) -> String {
    let mut out = String::new();
    let mut rest = raw;
    while let Some((before, comment)) = rest.split_once("/*") {
        let (inside, after) = comment.split_once("*/").unwrap_or((comment, ""));
        out.push_str(before);
        out.extend(
            "/*".chars()
                .chain(inside.chars())
                .chain("*/".chars())
                .map(|c| if c == '\n' { c } else { ' ' }),
        );
        rest = after;
    }
    out + rest
}
