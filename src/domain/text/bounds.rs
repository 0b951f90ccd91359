//! Where a text that nobody writes by hand is cut short.

use std::borrow::Cow;

/// So many marks stand on a letter in any script that is written; more are meant to cover what stands around them.
const MARKS: usize = 8;

/// The beginning of a text, of at most `most` bytes, up to the end of a word or a line where there is one near.
pub fn beginning(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    if end == text.len() {
        return text;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let cut = text.get(..end).unwrap_or_default();
    match cut.rfind(char::is_whitespace) {
        Some(gap) if gap > end / 2 => cut.get(..gap).unwrap_or(cut),
        Some(_) | None => cut,
    }
}

/// The text without marks beyond the eighth on one letter: a browser draws every one of half a million.
pub fn without_storms(text: &str) -> Cow<'_, str> {
    let mut marks = 0;
    let mut keeps = |letter: char| {
        marks = if is_mark(letter) { marks + 1 } else { 0 };
        marks <= MARKS
    };
    if text.chars().all(&mut keeps) {
        return Cow::Borrowed(text);
    }
    marks = 0;
    let mut kept = String::with_capacity(text.len());
    for letter in text.chars() {
        marks = if is_mark(letter) { marks + 1 } else { 0 };
        if marks <= MARKS {
            kept.push(letter);
        }
    }
    Cow::Owned(kept)
}

/// Whether a letter stands on the one before it, in the blocks that are made of such marks.
fn is_mark(letter: char) -> bool {
    matches!(u32::from(letter), 0x300..=0x36f | 0x483..=0x489 | 0x591..=0x5bd | 0x610..=0x61a | 0x64b..=0x65f | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x20d0..=0x20ff | 0xfe20..=0xfe2f)
}

#[cfg(test)]
mod tests {
    use super::{beginning, without_storms};

    #[test]
    fn a_text_is_cut_at_the_end_of_a_word_and_never_within_a_letter() {
        assert_eq!(beginning("short", 10), "short");
        assert_eq!(beginning("one two three", 9), "one two");
        assert_eq!(beginning("ééééé", 5), "éé");
        assert_eq!(
            beginning("a bbbbbbbbbbbbbbb", 10),
            "a bbbbbbbb",
            "the only gap is far away"
        );
    }

    #[test]
    fn half_a_million_marks_on_one_letter_are_eight() {
        let storm = format!("o{}k", "\u{301}".repeat(500_000));
        assert_eq!(without_storms(&storm).chars().count(), 10);
        for written in ["naïve", "nai\u{308}ve", "שָׁלוֹם", "مُحَمَّد", "Việt"] {
            assert_eq!(without_storms(written), written);
        }
    }
}
