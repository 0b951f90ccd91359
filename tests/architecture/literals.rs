//! Finds words for readers among the literals of a source: what begins like a sentence, what stands as a text
//! in a view, what is a piece of a sentence.

use crate::source::{Source, line_at};

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
