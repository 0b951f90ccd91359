//! From the file's text to a playbook, with *all* of its problems at once.

use crate::config::problem::Problem;
use crate::config::reader::{Diagnostics, Scope, TableReader, tree};

use super::Playbook;
use super::messages::{self, Wording};
use super::placeholders;
use super::rules;
use super::{additions, checklists, sections};

const EVERYTHING: &str = "the console cannot run this SOP at all";

/// What could be read of a playbook's file.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The playbook, without the messages and other parts that are broken. `None` where what is broken
    /// decides on duties: then nothing can run.
    pub playbook: Option<Playbook>,
    /// Every problem, by line.
    pub problems: Vec<Problem>,
}

/// Reads a playbook that has no problems.
///
/// # Errors
/// All problems at once; after errors of syntax, those and what does not merely follow from them.
pub fn parse(text: &str) -> Result<Playbook, Vec<Problem>> {
    let loaded = load(text);
    match loaded.playbook {
        Some(playbook) if loaded.problems.is_empty() => Ok(playbook),
        Some(_) | None => Err(loaded.problems),
    }
}

/// Reads as much of a playbook as can run. A broken message is absent, never replaced; every problem
/// says what cannot be done because of it.
pub fn load(text: &str) -> Loaded {
    let text = text
        .strip_prefix('\u{feff}')
        .unwrap_or(text)
        .replace("\r\n", "\n");
    let mut notes = Diagnostics::on(&text);
    let (tree, syntax) = tree(&text, &mut notes, EVERYTHING);
    let playbook = read(
        &mut notes,
        TableReader::new(tree.get_ref(), "", 1, EVERYTHING, Scope::All),
    );
    let playbook = playbook.filter(|_| syntax.is_empty() && !notes.stop_everything());
    Loaded {
        playbook,
        problems: notes.into_problems(syntax),
    }
}

fn read(notes: &mut Diagnostics, mut file: TableReader<'_>) -> Option<Playbook> {
    let meta = rules::meta(notes, &mut file);
    let severities = rules::severities(notes, &mut file);
    let types = rules::types(notes, &mut file);
    let clocks = rules::clocks(notes, &mut file);
    let (fact_labels, fact_defaults) = placeholders::facts(notes, &mut file);
    let (placeholders, nameless) = placeholders::placeholders(notes, &mut file);
    let wording = Wording {
        placeholders: &placeholders,
    };
    let messages = messages::messages(notes, &mut file, &wording);
    let additions = additions::additions(notes, &mut file, &wording);
    let checklists = checklists::checklists(notes, &mut file);
    let sections = sections::sections(notes, &mut file);
    file.finish_complete(notes);
    Some(Playbook {
        meta: meta?,
        severities: severities?,
        types,
        messages,
        clocks: clocks?,
        checklists,
        additions,
        fact_labels,
        fact_defaults,
        placeholders,
        nameless,
        sections,
    })
}
