//! Finds words for readers among the literals of a source: what begins like a sentence, what stands as a text
//! in a view, what is a piece of a sentence.

use std::path::Path;

use crate::source::{Source, is_word, line_at};

/// The lines of literals that readers would see.
pub fn words_for_readers(source: &Source) -> Vec<usize> {
    let (text, code): (Vec<char>, Vec<char>) =
        (source.text.chars().collect(), source.code.chars().collect());
    let mut found = Vec::new();
    let mut open = None;
    for (at, _) in code.iter().enumerate().filter(|(_, each)| **each == '"') {
        let Some(start) = open.take() else {
            open = Some(at);
            continue;
        };
        let said: String = text.iter().take(at).skip(start + 1).collect();
        let before: String = code.iter().take(start).collect();
        if is_for_readers(&said, before.trim_end()) {
            found.push(line_at(&before, before.len()));
        }
    }
    found
}

fn is_for_readers(said: &str, before: &str) -> bool {
    let mut letters = said.chars();
    let sentence = letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase);
    let in_view = before.ends_with('>') && !before.ends_with("=>");
    let piece = said.starts_with(' ') || said.ends_with(' ');
    sentence || ((in_view || piece) && said.contains(char::is_alphabetic))
}

/// Folders of the project: a name in a comment that begins with one is a place in it.
const FOLDERS: &[&str] = &[
    "src/",
    "tests/",
    "tools/",
    "docs/",
    "deploy/",
    "style/",
    "examples/",
    "first/",
    "badge/",
    "worker/",
    "public/",
];

/// The lines whose comment names a Markdown file, or a place below one of our folders, that the project does not have:
/// neither from its root nor beside the file that cites it. Texts within strings are no comments.
pub fn missing_documents(source: &Source) -> Vec<usize> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside = Path::new(&source.path).parent().unwrap_or(Path::new(""));
    let missing = |line: &str| {
        let comment = ["//", "/*", " * ", "#"]
            .iter()
            .any(|mark| line.trim_start().starts_with(mark.trim_start()));
        let names = line.split(|c: char| !(is_word(c) || "./-".contains(c)));
        comment
            && names
                .map(|name| name.trim_matches(['.', '-']))
                .filter(|name| {
                    let is_document = name.len() > ".md".len()
                        && Path::new(name).extension().is_some_and(|end| end == "md");
                    is_document || FOLDERS.iter().any(|folder| name.starts_with(folder))
                })
                .any(|name| !root.join(name).exists() && !root.join(beside).join(name).exists())
    };
    let lines = (1..).zip(source.raw.lines());
    lines
        .filter(|(_, line)| missing(line))
        .map(|(number, _)| number)
        .collect()
}
