//! What one cell of a list says, and how it is shown where it is wrong.

use super::name::is_unseen;
use super::person::{bare, is_address};

/// How much of a wrong cell is shown.
const SHOWN: usize = 60;

/// What the rows of a table look like.
pub(super) struct Shape {
    /// What stands between fields.
    pub(super) delimiter: char,
    /// How many fields there are.
    pub(super) width: usize,
    /// Where the address stands, from 0.
    pub(super) address: usize,
}

impl Shape {
    /// Whether a cell has taken whole rows with it, because of two quotation marks that do not belong together: its first line
    /// is the end of its own row then, its last one the beginning of another. A note of several lines is legitimate.
    pub(super) fn takes_rows(&self, cell: &str, place: usize) -> bool {
        let lines: Vec<&str> = cell.split('\n').collect();
        let [first, between @ .., last] = lines.as_slice() else {
            return false;
        };
        let behind = self.width.saturating_sub(place);
        self.is_row(first, behind, self.address.checked_sub(place))
            || self.is_row(last, place + 1, Some(self.address))
            || between
                .iter()
                .any(|line| self.is_row(line, self.width, Some(self.address)))
    }

    fn is_row(&self, line: &str, length: usize, address: Option<usize>) -> bool {
        let parts: Vec<&str> = line.split(self.delimiter).map(bare).collect();
        let theirs = address.and_then(|address| parts.get(address));
        parts.len() == length && length > 1 && theirs.is_some_and(|one| is_address(one))
    }
}

/// Whether a cell says that mails still go to somebody: no to "unsubscribed", or the last thing that became of a mail.
pub(super) fn says_no(cell: &str) -> bool {
    const NO: [&str; 10] = [
        "false",
        "no",
        "0",
        "f",
        "sent",
        "delivered",
        "opened",
        "clicked",
        "queued",
        "scheduled",
    ];
    NO.iter().any(|no| cell.eq_ignore_ascii_case(no))
}

/// Whether a text stands for everybody at a domain: `@example.com`.
pub(super) fn is_domain(text: &str) -> bool {
    let domain = text.strip_prefix('@').unwrap_or_default();
    domain.contains('.') && is_address(&format!("a@{domain}"))
}

/// Cells as what a column is called by.
pub(super) fn titles(fields: &[&str]) -> Vec<String> {
    fields.iter().map(|field| shown(bare(field))).collect()
}

/// As much of a cell as is shown.
pub(super) fn shown(cell: &str) -> String {
    let seen = cell.chars().filter(|c| !c.is_control());
    seen.take(SHOWN).collect()
}

/// Why a text is no address, in words.
pub(super) fn not_an_address(text: &str) -> String {
    if text.chars().any(is_unseen) {
        let seen: String = text
            .chars()
            .filter(|c| !is_unseen(*c))
            .take(SHOWN)
            .collect();
        return format!("“{seen}” holds an invisible character");
    }
    let shown: String = text.chars().take(SHOWN).collect();
    format!("“{shown}” is not an email address")
}
