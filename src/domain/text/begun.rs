//! A long text in two parts: its beginning, which readers are shown, and the rest, which they may ask for.

use super::bounds::beginning;
use super::reading::Reading;
use super::{Piece, clean, typed};

/// A text of which the beginning was read.
pub struct Begun {
    /// The pieces of what was read.
    pub said: Vec<Piece>,
    /// What was not, cut between two words and never within a tag.
    pub rest: String,
    /// Whether the text holds markup: what was not read is read so, whatever stands in it.
    pub marked_up: bool,
}

/// Reads about `most` bytes of a text, and as markup where the text before it was `marked_up`.
pub fn begun(text: &str, most: usize, marked_up: bool) -> Begun {
    // What is hidden must not hide a tag.
    let text = clean(text);
    let mut reading = Reading::of(&text, marked_up);
    let mut rest = text.as_str();
    loop {
        let left = most.saturating_sub(text.len() - rest.len());
        if left == 0 && !reading.is_in_link() {
            break;
        }
        let (before, after) = match rest.split_once('<') {
            Some((before, after)) => (before, Some(after)),
            None => (rest, None),
        };
        let said = beginning(before, left.max(WORD));
        reading.say(said);
        if said.len() < before.len() {
            rest = rest.get(said.len()..).unwrap_or_default();
            break;
        }
        let Some(after) = after else {
            rest = "";
            break;
        };
        if let Some((found, beyond)) = reading.tag(after) {
            rest = reading.meet(&found, beyond);
        } else {
            reading.say("<");
            rest = after;
        }
    }
    Begun {
        marked_up: reading.is_marked_up(),
        said: reading.finish(),
        rest: rest.to_owned(),
    }
}

/// So many bytes more are read for the end of a word.
const WORD: usize = 200;

/// Reads about `most` bytes of a text that a person typed.
pub fn typed_begun(text: &str, most: usize) -> Begun {
    let beginning = beginning(text, most);
    Begun {
        said: typed(beginning),
        rest: text.get(beginning.len()..).unwrap_or_default().to_owned(),
        marked_up: false,
    }
}
