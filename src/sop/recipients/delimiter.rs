//! Which character stands between the fields of a list.

const KNOWN: [char; 4] = [',', ';', '\t', '|'];

/// How many lines are looked at.
const LOOKED_AT: usize = 20;

/// The delimiter that the first lines agree on most; a comma where none is seen.
pub(super) fn sniffed(text: &str) -> u8 {
    let lines: Vec<String> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(LOOKED_AT)
        .map(bare)
        .collect();
    let mut best = (0, 0, ',');
    for delimiter in KNOWN {
        let counts = || lines.iter().map(|line| line.matches(delimiter).count());
        let (agreed, fields) = counts()
            .filter(|count| *count > 0)
            .map(|count| (counts().filter(|other| *other == count).count(), count))
            .max()
            .unwrap_or_default();
        if (agreed, fields) > (best.0, best.1) {
            best = (agreed, fields, delimiter);
        }
    }
    u8::try_from(best.2).unwrap_or(b',')
}

/// A line without what stands in quotation marks.
fn bare(line: &str) -> String {
    let mut quoted = false;
    line.chars()
        .filter(|each| {
            quoted ^= *each == '"';
            !quoted
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_lines_agree_on() {
        assert_eq!(sniffed("a;b;c\nx, y;2;3\n"), b';');
        assert_eq!(sniffed("email\tname\na@b.example\tLovelace, Ada\n"), b'\t');
        assert_eq!(sniffed("\"a;b;c\",d\n\"e;f;g\",h\n"), b',');
        assert_eq!(sniffed("a|b\nc|d\n"), b'|');
        assert_eq!(sniffed("only@one.example\n"), b',');
        assert_eq!(sniffed(""), b',');
    }
}
