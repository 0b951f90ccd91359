//! A problem of a file that people edit by hand.

/// One problem of a file that people edit by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The key, as a path: `severity.P0.response`.
    pub key: String,
    /// What is wrong.
    pub wrong: String,
    /// What would be right.
    pub right: String,
    /// What the console cannot do because of it, in words.
    pub stops: String,
}
