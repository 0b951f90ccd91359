//! The words of the primitives that both apps have. Everything else that readers see is in `views::words`,
//! which says how to add a word.

use super::lang::Lang;

/// What the primitives say, in one language.
pub struct Words {
    /// The link past the navigation.
    pub skip: &'static str,
    /// The button that changes the theme.
    pub theme: &'static str,
    /// The themes: as the system says, light, dark.
    pub themes: [&'static str; 3],
    /// The choice of the language.
    pub language: &'static str,
    /// What is on its way.
    pub loading: &'static str,
    /// What is late.
    pub still_loading: &'static str,
    /// Why something is not to be had: nothing that can be read came, an answer of failure, too many questions.
    pub whys: [&'static str; 3],
    /// What could not be refreshed; {0} is why.
    pub may_be_old: &'static str,
    /// What is not to be had; {0} is why.
    pub not_loaded: &'static str,
    /// What stands on the clipboard.
    pub copied: &'static str,
    /// What does not stand there; {0} is why.
    pub not_copied: &'static str,
    /// A duration below a minute.
    pub less_than_a_minute: &'static str,
}

static ENGLISH: Words = Words {
    skip: "Skip to content",
    theme: "Theme",
    themes: ["auto", "light", "dark"],
    language: "Language",
    loading: "Loading…",
    still_loading: "Still loading…",
    whys: [
        "no answer came that can be read",
        "the server returned an error",
        "the server is too busy",
    ],
    may_be_old: "This may be old: {0}.",
    not_loaded: "Could not be loaded: {0}.",
    copied: "Copied",
    not_copied: "Not copied: {0}",
    less_than_a_minute: "less than a minute",
};

static GERMAN: Words = Words {
    skip: "Zum Inhalt springen",
    theme: "Design",
    themes: ["auto", "hell", "dunkel"],
    language: "Sprache",
    loading: "Wird geladen …",
    still_loading: "Wird noch geladen …",
    whys: [
        "es kam keine lesbare Antwort",
        "der Server meldet einen Fehler",
        "der Server wird zu viel gefragt",
    ],
    may_be_old: "Möglicherweise nicht mehr aktuell ({0}).",
    not_loaded: "Konnte nicht geladen werden ({0}).",
    copied: "Kopiert",
    not_copied: "Nicht kopiert: {0}",
    less_than_a_minute: "weniger als eine Minute",
};

/// What the primitives say, in the language that is spoken.
pub fn say() -> &'static Words {
    match Lang::spoken() {
        Lang::English => &ENGLISH,
        Lang::German => &GERMAN,
    }
}

/// A sentence with values in the places of {0}, {1} and so on. A value is never read for places.
pub fn fill(sentence: &str, values: &[&str]) -> String {
    let mut said = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        let (place, after) = after.split_once('}').unwrap_or((after, ""));
        said.push_str(before);
        let value = place.parse().ok().and_then(|at: usize| values.get(at));
        said.push_str(value.copied().unwrap_or_default());
        rest = after;
    }
    said.push_str(rest);
    said
}

/// What stands before and after the place {0} of a sentence, where an element is to stand in it.
pub fn around(sentence: &'static str) -> (&'static str, &'static str) {
    let place = sentence.split_once('{');
    place
        .and_then(|(before, after)| Some((before, after.strip_prefix("0}")?)))
        .unwrap_or((sentence, ""))
}

pub fn sentence(fragment: &str) -> String {
    let mut letters = fragment.trim().chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let rest = letters.as_str();
    let end = if rest.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{}{rest}{end}", first.to_ascii_uppercase())
}
