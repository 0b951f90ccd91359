//! The weighted length of a post on X, by X's published rules (twitter-text, configuration v3): the text
//! in normal form C; most letters of Latin, Greek, Cyrillic, Arabic, Hebrew and a few more scripts weigh
//! one, everything else two; an address weighs 23 whatever its length; an emoji two.

mod emoji;
mod url;

use unicode_normalization::UnicodeNormalization as _;

/// The greatest weighted length that X takes.
pub const MAX: usize = 280;

/// The weight of an address, whatever its length.
const ADDRESS: usize = 23;

/// The weight of a character that is not in one of the light ranges, and of an emoji.
const HEAVY: usize = 2;

/// The ranges of characters that weigh one.
const LIGHT: [(u32, u32); 4] = [(0, 4351), (8192, 8205), (8208, 8223), (8242, 8247)];

/// The weighted length of a text.
pub fn weight(text: &str) -> usize {
    let letters: Vec<char> = text.nfc().collect();
    let mut addresses = url::addresses(&letters).into_iter().peekable();
    let mut total = 0;
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        while addresses.next_if(|(start, _)| *start < at).is_some() {}
        if let Some((_, end)) = addresses.next_if(|(start, _)| *start == at) {
            total += ADDRESS;
            at = end.max(at + 1);
        } else if let Some(length) = emoji::at_start(letters.get(at..).unwrap_or_default()) {
            total += HEAVY;
            at += length.max(1);
        } else {
            total += character(*letter);
            at += 1;
        }
    }
    total
}

fn character(letter: char) -> usize {
    let point = u32::from(letter);
    let light = LIGHT
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&point));
    if light { 1 } else { HEAVY }
}
