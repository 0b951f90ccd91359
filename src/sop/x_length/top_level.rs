//! The top-level domains that X's rules list, and where one of them ends in a text.

use std::sync::LazyLock;

use super::url::run;

/// The top-level domains of twitter-text 3.1.0, one a line.
const TOP_LEVEL: &str = include_str!("tlds.txt");

/// The top-level domains, to be looked up: the file has them in order, those of plain letters first.
struct TopLevels {
    plain: Vec<&'static str>,
    others: Vec<&'static str>,
}

static TOP_LEVELS: LazyLock<TopLevels> = LazyLock::new(|| {
    let (plain, others) = TOP_LEVEL.lines().partition(|word| word.is_ascii());
    TopLevels { plain, others }
});

impl TopLevels {
    fn contains(&self, word: &str) -> bool {
        self.plain.binary_search(&word).is_ok()
    }

    /// Those of other letters that begin with this one.
    fn beginning_with(&self, letter: char) -> impl Iterator<Item = &'static str> {
        let from = self
            .others
            .partition_point(|word| word.chars().next().is_some_and(|first| first < letter));
        let begins = move |word: &&&'static str| word.starts_with(letter);
        let rest = self.others.get(from..).unwrap_or_default();
        rest.iter().take_while(begins).copied()
    }
}

/// Where the top-level domain that begins here ends.
pub(super) fn top_level(letters: &[char], at: usize) -> Option<usize> {
    let ascii = run(letters, at, |c| c.is_ascii_alphanumeric() || c == '-');
    let word: String = letters
        .get(at..ascii)?
        .iter()
        .collect::<String>()
        .to_ascii_lowercase();
    let after = letters.get(ascii).copied();
    let free = !after.is_some_and(|after| matches!(after, '@' | '+'));
    if free && !word.is_empty() && TOP_LEVELS.contains(&word) {
        return Some(ascii);
    }
    if word.len() > 4 && word.starts_with("xn--") {
        return Some(ascii);
    }
    if !word.is_empty() {
        return None;
    }
    let first = letters.get(at)?;
    TOP_LEVELS
        .beginning_with(*first)
        .filter_map(|known| {
            let rest = letters.get(at..)?;
            let same = known.chars().zip(rest).all(|(one, other)| one == *other);
            let end = at + known.chars().count();
            let after = letters.get(end).copied();
            let free =
                !after.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '@' | '+' | '-'));
            (same && end <= letters.len() && free).then_some(end)
        })
        .max()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_top_level_domains_stand_in_order() {
        assert!(super::TOP_LEVEL.lines().is_sorted());
    }
}
