//! The prose of the SOP, section by section, for reading.

use crate::config::reader::{Diagnostics, TableReader};

use super::Section;

/// `[[section]]`
pub(super) fn sections(notes: &mut Diagnostics, file: &mut TableReader<'_>) -> Vec<Section> {
    let mut sections = Vec::new();
    let stops = "this section is not shown on the page of the SOP";
    for mut part in file.aside(stops, |file| file.parts(notes, "section")) {
        let heading = part.text(notes, "heading", "\"Overview\"");
        let text = part.text(notes, "text", "'''the text'''");
        let sound = part.finish(notes);
        if let (true, Some(heading), Some(text)) = (sound, heading, text) {
            let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
            sections.push(Section { heading, text });
        }
    }
    sections
}
