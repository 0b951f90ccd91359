//! The text as a tree, with its errors of syntax in words that help.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::config::problem::Problem;
use crate::domain::ordered::ShortSet;

use super::Diagnostics;

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
    notes: &mut Diagnostics,
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
    let mut lines = ShortSet::default();
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
