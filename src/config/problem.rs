//! A problem of a file that people edit by hand.

/// One problem of a file that people edit by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The key, as a path: `severity.P0.response`.
    pub key: String,
    pub wrong: String,
    /// What would be right.
    pub right: String,
    /// What the console cannot do because of it, in words.
    pub stops: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}", self.line)?;
        if !self.key.is_empty() {
            write!(f, ", {}", self.key)?;
        }
        write!(f, ": {}; right would be: {}", self.wrong, self.right)
    }
}
