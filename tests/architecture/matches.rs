//! Finds `match` expressions and the patterns of their arms: enough of Rust's grammar to tell a catch-all
//! beside the variants of an enum.

use crate::source::{Source, is_word, line_at};

/// Enums of the language and of libraries, whose variants we do not own, where they are named in full.
const FOREIGN: &[&str] = &[
    "Ordering", "Value", "Item", "Entry", "Err", "IpAddr", "Bound", "Cow",
];

/// The lines of arms that catch every variant not named, in a match on an enum of ours.
pub fn catch_alls(source: &Source) -> Vec<usize> {
    let mut found = Vec::new();
    for (offset, _) in source.code.match_indices("match ") {
        let before = source.code.get(..offset).unwrap_or_default();
        if before.chars().next_back().is_some_and(is_word) {
            continue;
        }
        let Some(arms) = arms(&source.code, offset + "match ".len()) else {
            continue;
        };
        let ours = |owner: &str| !FOREIGN.contains(&owner) && !is_imported(&source.code, owner);
        if arms.iter().any(|(_, pattern)| names_variant(pattern, ours)) {
            let tuples = arms.iter().any(|(_, pattern)| pattern.starts_with('('));
            let caught = arms.iter().filter(|(_, pattern)| is_catch_all(pattern));
            let lines = caught.map(|(at, _)| line_at(&source.code, *at));
            found.extend(lines.filter(|line| !(tuples && is_explained(source, *line))));
        }
    }
    found
}

/// Whether a comment stands right above a line.
fn is_explained(source: &Source, line: usize) -> bool {
    let above = source.raw.lines().nth(line.saturating_sub(2));
    above.is_some_and(|above| above.trim_start().starts_with("// "))
}

/// Whether a name comes from a library: some `use` that does not begin with a root of ours holds it.
fn is_imported(code: &str, name: &str) -> bool {
    code.match_indices("use ").any(|(at, found)| {
        let (before, rest) = code.split_at(at);
        let path = rest.strip_prefix(found).unwrap_or_default();
        let path = path.split_once(';').map_or(path, |(path, _)| path);
        let ours = ["crate", "super", "self", "allclear"]
            .iter()
            .any(|root| path.starts_with(root));
        !ours && !before.ends_with(is_word) && path.split(|c| !is_word(c)).any(|part| part == name)
    })
}

/// `Type::Variant`, where the type is one of ours.
fn names_variant(pattern: &str, ours: impl Fn(&str) -> bool) -> bool {
    pattern.match_indices("::").any(|(at, _)| {
        let (before, after) = pattern.split_at(at);
        let owner: String = before.chars().rev().take_while(|c| is_word(*c)).collect();
        let owner: String = owner.chars().rev().collect();
        let mut variant = after.chars().skip(2);
        owner.starts_with(char::is_uppercase)
            && ours(&owner)
            && variant.next().is_some_and(char::is_uppercase)
            // SCREAMING names are constants.
            && variant.next().is_none_or(|c| !c.is_uppercase())
    })
}

/// `_` or a lone name, with or without a guard of its own.
fn is_catch_all(pattern: &str) -> bool {
    let bare = pattern
        .trim()
        .trim_start_matches("ref ")
        .trim_start_matches("mut ")
        .trim();
    // With a guard it is not the last word of the match.
    bare == "_"
        || (bare.starts_with(|c: char| c.is_lowercase())
            && bare.chars().all(is_word)
            && !matches!(bare, "true" | "false"))
}

/// The arms' patterns with their offsets; `from` is where the matched expression starts.
fn arms(code: &str, from: usize) -> Option<Vec<(usize, &str)>> {
    let bytes = code.as_bytes();
    let at = |index: usize| bytes.get(index).copied().unwrap_or(0);
    let mut depth = 0_i32;
    let mut index = from;
    // The body's brace: the first that no parenthesis holds.
    loop {
        match at(index) {
            0 | b';' if depth <= 0 => return None,
            0 => return None,
            b'{' if depth == 0 => break,
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return None;
        }
        index += 1;
    }
    let mut arms = Vec::new();
    index += 1;
    loop {
        let start = skip_space(bytes, index);
        if matches!(at(start), 0 | b'}') {
            return Some(arms);
        }
        let arrow = find_at_depth_zero(bytes, start, |i| at(i) == b'=' && at(i + 1) == b'>')?;
        arms.push((start, code.get(start..arrow)?));
        let body = skip_space(bytes, arrow + 2);
        index = if at(body) == b'{' {
            let close = find_at_depth_zero(bytes, body + 1, |i| at(i) == b'}')?;
            let next = skip_space(bytes, close + 1);
            // `{ … }.method()` and the like go on to the comma.
            match at(next) {
                b'.' | b'?' => end_of_expression(bytes, next),
                b',' => next + 1,
                _ => next,
            }
        } else {
            end_of_expression(bytes, body)
        };
    }
}

fn end_of_expression(bytes: &[u8], from: usize) -> usize {
    let ends = |i: usize| matches!(bytes.get(i), Some(b',' | b'}') | None);
    let end = find_at_depth_zero(bytes, from, ends).unwrap_or(bytes.len());
    if bytes.get(end) == Some(&b',') {
        end + 1
    } else {
        end
    }
}

fn skip_space(bytes: &[u8], from: usize) -> usize {
    (from..bytes.len())
        .find(|i| !bytes.get(*i).is_some_and(u8::is_ascii_whitespace))
        .unwrap_or(bytes.len())
}

/// The first place from `from` on, outside every bracket opened since, where `wanted` holds.
fn find_at_depth_zero(bytes: &[u8], from: usize, wanted: impl Fn(usize) -> bool) -> Option<usize> {
    let mut depth = 0_i32;
    for index in from..bytes.len() {
        if depth == 0 && wanted(index) {
            return Some(index);
        }
        match bytes.get(index) {
            Some(b'(' | b'[' | b'{') => depth += 1,
            Some(b')' | b']' | b'}') => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return None;
        }
    }
    None
}
