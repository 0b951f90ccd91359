//! Finds which of our modules a file speaks of: `crate::…`, `allclear::…` and chains of `super::`, alone or
//! in groups.

use crate::source::{Source, is_word, line_at};

/// A mention of one of our top-level modules.
pub struct Mention {
    /// The module, `sop` for example.
    pub module: String,
    /// Where.
    pub line: usize,
}

/// Every mention in a file of a top-level module by path.
pub fn mentions(source: &Source) -> Vec<Mention> {
    let mut found = Vec::new();
    for root in ["crate::", "allclear::", "super::"] {
        for (offset, _) in source.code.match_indices(root) {
            let (before, rest) = source.code.split_at(offset);
            if before
                .chars()
                .next_back()
                .is_some_and(|c| is_word(c) || c == ':')
            {
                continue;
            }
            let line = line_at(&source.code, offset);
            let mut rest = rest;
            let mut ups = 0;
            while let Some(after) = rest.strip_prefix("super::") {
                ups += 1;
                rest = after;
            }
            if ups == 0 {
                rest = rest.strip_prefix(root).unwrap_or(rest);
            }
            let place = module_path(&source.path);
            let above = place
                .get(..place.len().saturating_sub(ups))
                .unwrap_or_default();
            match above.first() {
                Some(top) if ups > 0 => found.push(Mention {
                    module: top.clone(),
                    line,
                }),
                _ => found.extend(
                    names(rest)
                        .into_iter()
                        .map(|module| Mention { module, line }),
                ),
            }
        }
    }
    found
}

/// The modules that lead to a file: `src/domain/incident.rs` is `domain`, `incident`.
fn module_path(path: &str) -> Vec<String> {
    let below = path
        .trim_start_matches("src/")
        .trim_end_matches(".rs")
        .trim_end_matches("/mod");
    below
        .split('/')
        .filter(|part| *part != "lib")
        .map(str::to_owned)
        .collect()
}

/// The first names of what follows: one, or those of a group at its top level.
fn names(rest: &str) -> Vec<String> {
    let Some(group) = rest.strip_prefix('{') else {
        return vec![rest.chars().take_while(|c| is_word(*c)).collect()];
    };
    let mut names = vec![String::new()];
    let mut depth = 0;
    let mut in_name = true;
    for each in group.chars() {
        match each {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(String::new());
                in_name = true;
            }
            ':' => in_name = in_name && depth > 0,
            name if is_word(name) && depth == 0 && in_name => {
                if let Some(last) = names.last_mut() {
                    last.push(name);
                }
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty() && name != "self");
    names
}
