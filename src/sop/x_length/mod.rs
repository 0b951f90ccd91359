//! The weighted length of a post on X, by X's published rules (twitter-text, configuration v3): most
//! letters of Latin, Greek, Cyrillic, Arabic, Hebrew and a few more scripts weigh one, everything else two;
//! an address weighs 23 whatever its length; an emoji two.

mod emoji;
mod top_level;
mod url;

/// The greatest weighted length that X takes.
pub const MAX: usize = 280;

/// The weight of an address, whatever its length.
const ADDRESS: usize = 23;

/// The weight of a character that is not in one of the light ranges, and of an emoji.
const HEAVY: usize = 2;

/// From this weight on a text is too long whatever follows: the rest is counted letter by letter, and no address or
/// emoji is looked for in it, so that no text takes long.
const ENOUGH: usize = MAX * 2;

/// The ranges of characters that weigh one.
const LIGHT: [(u32, u32); 4] = [(0, 4351), (8192, 8205), (8208, 8223), (8242, 8247)];

/// The weighted length of a text in normal form C, the form in which X counts. What is typed and what the
/// playbook holds is brought into it where it comes in; Unicode's tables for it are larger than all of this
/// crate's rules, and a browser has them. A text in another form is weighed letter by letter as it stands,
/// which is mostly too heavy.
///
/// Exact up to twice what X takes; beyond that, addresses and emoji count letter by letter.
pub fn weight(text: &str) -> usize {
    let letters: Vec<char> = text.chars().collect();
    let mut addresses = url::Addresses::of(&letters);
    let mut total = 0;
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        if total > ENOUGH {
            let rest = letters.get(at..).unwrap_or_default();
            return total + rest.iter().copied().map(character).sum::<usize>();
        }
        if let Some(end) = addresses.at(at) {
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
