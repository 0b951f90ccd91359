//! What one cell of a list says, and how it is shown where it is wrong.

use super::name::is_unseen;
use super::person::{bare, is_address};

/// How much of a wrong cell is shown.
const SHOWN: usize = 60;

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
