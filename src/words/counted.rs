//! Numbers with what they count.

/// "1 entry", "412 entries".
pub fn counted(count: usize, one: &str, many: &str) -> String {
    let word = if count == 1 { one } else { many };
    format!("{count} {word}")
}

/// "1 entry is stored again", "412 entries are stored again".
pub fn stored_again(entries: usize) -> String {
    let is = if entries == 1 { "is" } else { "are" };
    format!("{} {is} stored again", counted(entries, "entry", "entries"))
}

/// "1 incident is in this browser and cannot be shown …".
pub fn unshown(incidents: usize) -> String {
    let is = if incidents == 1 { "is" } else { "are" };
    format!(
        "{} {is} in this browser, and cannot be shown until sop.toml can be read. Nothing is lost.",
        counted(incidents, "incident", "incidents")
    )
}

/// "1 entry is not yet shared", "2 entries are not yet shared".
pub fn not_yet_shared(entries: usize) -> String {
    let is = if entries == 1 { "is" } else { "are" };
    format!(
        "{} {is} not yet shared",
        counted(entries, "entry", "entries")
    )
}

/// "1 stored entry could not be read and was left out".
pub fn left_out(entries: usize) -> String {
    let was = if entries == 1 { "was" } else { "were" };
    let entries = counted(entries, "stored entry", "stored entries");
    format!("{entries} could not be read and {was} left out")
}

/// "1 thing must be mended", "2 things must be mended".
pub fn must_be_mended(things: usize) -> String {
    format!("{} must be mended", counted(things, "thing", "things"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_many() {
        let said = [0, 1, 2].map(stored_again);
        assert_eq!(
            said,
            [
                "0 entries are stored again",
                "1 entry is stored again",
                "2 entries are stored again"
            ]
        );
        let said = [1, 2].map(must_be_mended);
        assert_eq!(said, ["1 thing must be mended", "2 things must be mended"]);
        let said = [1, 2].map(left_out);
        assert_eq!(
            said,
            [
                "1 stored entry could not be read and was left out",
                "2 stored entries could not be read and were left out"
            ]
        );
    }
}
