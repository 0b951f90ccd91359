//! Ids that tie labels, hints and errors to their controls: unique within one running page.

use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A fresh element id.
pub fn fresh(what: &str) -> String {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("{what}-{number}")
}
