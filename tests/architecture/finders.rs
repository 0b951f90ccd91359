//! Finds what breaks a rule in a prepared source.

use crate::modules::mentions;
use crate::rules::{Broken, Rule};
use crate::source::{Source, is_word, line_at};

/// Every breach of a rule in a file, as `path:line: rule: what to do`.
pub fn breaches(rule: &Rule, source: &Source) -> Vec<String> {
    if !(rule.applies)(source) {
        return Vec::new();
    }
    let not_among = |allowed: &[&str]| {
        let known = [
            "api",
            "config",
            "console",
            "domain",
            "platform",
            "sop",
            "status_page",
            "ui",
            "views",
            "words",
        ];
        let strange = mentions(source).into_iter().filter(|mention| {
            known.contains(&mention.module.as_str()) && !allowed.contains(&mention.module.as_str())
        });
        strange.map(|mention| mention.line).collect()
    };
    let mut lines: Vec<usize> = match &rule.broken_by {
        Broken::Words(words) => lines_with(&source.code, words, true),
        Broken::Text(words) => lines_with(&source.text, words, true),
        Broken::ModulesBeside(allowed) => not_among(allowed),
        Broken::Modules(forbidden) => {
            let here = mentions(source).into_iter();
            here.filter(|m| forbidden.contains(&m.module.as_str()))
                .map(|m| m.line)
                .collect()
        }
        Broken::Lines(find) => find(source),
    };
    lines.sort_unstable();
    lines.dedup();
    let tell = |line| format!("{}:{line}: {}: {}", source.path, rule.name, rule.instead);
    lines.into_iter().map(tell).collect()
}

/// The lines that hold one of the words; `whole`: not as a part of a longer name.
pub fn lines_with(text: &str, words: &[&str], whole: bool) -> Vec<usize> {
    let stands_alone = |word: &str, at: usize| {
        let (before, rest) = text.split_at(at);
        let after = rest.strip_prefix(word).unwrap_or_default();
        let joins = |inner: Option<char>, outer: Option<char>| {
            inner.is_some_and(is_word) && outer.is_some_and(is_word)
        };
        !joins(word.chars().next(), before.chars().next_back())
            && !joins(word.chars().next_back(), after.chars().next())
    };
    let places = words
        .iter()
        .flat_map(|word| text.match_indices(*word).map(move |(at, _)| (*word, at)));
    places
        .filter(|(word, at)| !whole || stands_alone(word, *at))
        .map(|(_, at)| line_at(text, at))
        .collect()
}

/// The lines that hold a path which begins with one of these folders; as a part of a longer path they are somebody else's.
pub fn lines_with_path(text: &str, folders: &[&str]) -> Vec<usize> {
    let begins = |at: usize| !text.split_at(at).0.ends_with(is_word);
    let places = folders
        .iter()
        .flat_map(|folder| text.match_indices(*folder));
    places
        .filter(|(at, _)| begins(*at))
        .map(|(at, _)| line_at(text, at))
        .collect()
}

/// `allow` and `expect` attributes that do not say why.
pub fn exceptions_without_reason(source: &Source) -> Vec<usize> {
    let marks = ["#[allow(", "#![allow(", "#[expect(", "#![expect("];
    let places = marks
        .iter()
        .flat_map(|mark| source.code.match_indices(mark));
    let silent = places.filter(|(at, _)| {
        let attribute = source.code.split_at(*at).1.split(']').next();
        !attribute.is_some_and(|attribute| attribute.contains("reason = \""))
    });
    silent.map(|(at, _)| line_at(&source.code, at)).collect()
}

/// Attributes named `style`, not the `style:name=` of a view.
pub fn style_attributes(source: &Source) -> Vec<usize> {
    let mut lines = Vec::new();
    for (at, found) in source.code.match_indices("style=") {
        let (before, rest) = source.code.split_at(at);
        let after = rest.strip_prefix(found).unwrap_or_default().trim_start();
        let attribute = before.ends_with(char::is_whitespace)
            && after.starts_with(['"', '\'', '{', '(', 'm', 'f']);
        if attribute {
            lines.push(line_at(&source.code, at));
        }
    }
    lines
}

/// Hexadecimal colours, colour functions, and in style sheets the commonest names.
pub fn colour_literals(source: &Source) -> Vec<usize> {
    let functions = [
        "rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(",
    ];
    let mut lines = lines_with(&source.text, &functions, true);
    let css = source.is("css");
    for (at, _) in source.text.match_indices('#') {
        let (before, rest) = source.text.split_at(at);
        let digits = rest
            .chars()
            .skip(1)
            .take_while(char::is_ascii_hexdigit)
            .count();
        let ends = !rest
            .chars()
            .nth(digits + 1)
            .is_some_and(|c| is_word(c) || c == '-');
        // In a style sheet a value, not a selector; in Rust the start of a string.
        let value = if css {
            in_declaration(before)
        } else {
            before.ends_with('"')
        };
        if ends && value && matches!(digits, 3 | 4 | 6 | 8) {
            lines.push(line_at(&source.text, at));
        }
    }
    if css {
        let names = [
            "white", "black", "red", "green", "blue", "gray", "grey", "orange", "yellow",
        ];
        for name in names {
            for (at, _) in source.text.match_indices(name) {
                let (before, rest) = source.text.split_at(at);
                let joined = |c: char| is_word(c) || c == '-';
                let alone =
                    !before.ends_with(joined) && !rest.chars().nth(name.len()).is_some_and(joined);
                if alone && in_declaration(before) {
                    lines.push(line_at(&source.text, at));
                }
            }
        }
    }
    lines
}

/// Whether what follows stands in a declaration's value.
fn in_declaration(before: &str) -> bool {
    let since = before.rsplit(['{', '}', ';']).next().unwrap_or_default();
    let inside = before.matches('{').count() > before.matches('}').count();
    inside && since.contains(':') && !since.contains('"')
}
