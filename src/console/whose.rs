//! Whose drafts a console shows. On a browser that several people use each login sees its own; where no edge tells them
//! apart, there is one drawer for everybody, as there was before logins.

use crate::api::edge::Whoami;
use crate::domain::ordered::ShortMap;

/// What stands between a login and the field in the key of a draft: neither holds it.
const OF: char = '\u{1}';

/// Whose drafts are shown, and whose what is typed becomes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Whose {
    /// Nobody is logged in yet, or the edge has not said who: nothing that is kept is shown, and what is typed belongs to
    /// whoever logs in.
    Unknown,
    /// No edge tells people apart.
    #[default]
    Everybody,
    /// This login's.
    Login(String),
}

/// What is to be shown of what is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// The texts by field.
    pub texts: ShortMap<String, String>,
    /// The fields that were nobody's, and are this login's from now on.
    pub taken_over: Vec<String>,
}

impl Whose {
    /// A login's.
    fn login(login: &str) -> Self {
        Self::Login(login.replace(char::is_control, ""))
    }

    /// Whose they are after the edge has answered. While it is silent, the login that this browser saw last counts: who
    /// was cut off from the network is not cut off from what they typed. Where a login ends while its page is open, what
    /// is on the screen stays there.
    #[must_use]
    pub fn after(self, answer: &Whoami, last: Option<&str>) -> Self {
        match (answer, self) {
            (Whoami::Login(login), _) => Self::login(login),
            (Whoami::NoEdge, _) => Self::Everybody,
            (Whoami::Silent(_), Self::Unknown) => last.map_or(Self::Everybody, Self::login),
            (Whoami::Nobody | Whoami::Silent(_), before) => before,
        }
    }

    /// Whether what was shown as somebody's has to go from the screen, because it is another's turn.
    pub fn hides(&self, next: &Self) -> bool {
        matches!(self, Self::Login(_)) && self != next
    }

    /// The key under which the draft of a field is kept.
    pub fn key(&self, field: &str) -> String {
        match self {
            Self::Unknown | Self::Everybody => field.to_owned(),
            Self::Login(login) => format!("{login}{OF}{field}"),
        }
    }

    /// What is shown of what is kept by key, with what was `typed` in this page over it. What is nobody's (an older
    /// version knew no logins) becomes the login's where it has nothing of its own in that field; else it stays as it is
    /// until the field is said.
    pub fn shown(
        &self,
        kept: &ShortMap<String, String>,
        typed: &ShortMap<String, String>,
    ) -> Shown {
        let mut shown = Shown {
            texts: typed.clone(),
            taken_over: Vec::new(),
        };
        if *self == Self::Unknown {
            return shown;
        }
        for (key, text) in kept.iter() {
            let field = field_of(key);
            if self.key(field) == *key {
                shown.texts.keep(field.to_owned(), || text.clone());
            } else if field == key
                && (typed.contains_key(field) || !kept.contains_key(&self.key(field)))
            {
                shown.texts.keep(field.to_owned(), || text.clone());
                shown.taken_over.push(field.to_owned());
            }
        }
        shown
    }
}

/// The field of a draft's key, whosever it is.
pub fn field_of(key: &str) -> &str {
    key.split_once(OF).map_or(key, |(_, field)| field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(entries: &[(&str, &str)]) -> ShortMap<String, String> {
        let owned = |(key, text): &(&str, &str)| ((*key).to_owned(), (*text).to_owned());
        entries.iter().map(owned).collect()
    }

    fn login(name: &str) -> Whoami {
        Whoami::Login(name.to_owned())
    }

    fn shown(whose: &Whose, kept: &ShortMap<String, String>) -> ShortMap<String, String> {
        whose.shown(kept, &ShortMap::default()).texts
    }

    #[test]
    fn another_login_sees_nothing_of_the_first_ones_drafts_and_the_first_finds_them_again() {
        let ada = Whose::Unknown.after(&login("ada"), None);
        let grace = ada.clone().after(&login("grace"), Some("ada"));
        let kept = map(&[(&ada.key("fact/1/cause"), "a"), (&grace.key("note"), "g")]);
        assert_eq!(shown(&ada, &kept), map(&[("fact/1/cause", "a")]));
        assert_eq!(shown(&grace, &kept), map(&[("note", "g")]));
        // A name that begins as another's is another's.
        assert_eq!(shown(&Whose::Login("ad".to_owned()), &kept), map(&[]));
        assert_eq!(shown(&Whose::Unknown, &kept), map(&[]));
        assert_eq!(shown(&Whose::Unknown, &map(&[("cause", "old")])), map(&[]));
        assert_eq!(shown(&Whose::Everybody, &kept), map(&[]));
        assert!(ada.hides(&grace) && !ada.hides(&ada) && !Whose::Unknown.hides(&ada));
        assert_eq!(field_of(kept.keys().next().unwrap()), "fact/1/cause");
    }

    #[test]
    fn without_an_edge_nothing_changes() {
        let kept = map(&[("fact/1/cause", "old")]);
        for whose in [
            Whose::default(),
            Whose::Unknown.after(&Whoami::NoEdge, Some("ada")),
            Whose::Unknown.after(&Whoami::Silent(String::new()), None),
        ] {
            assert_eq!(whose.key("fact/1/cause"), "fact/1/cause");
            let all = whose.shown(&kept, &ShortMap::default());
            assert_eq!((all.texts, all.taken_over), (kept.clone(), vec![]));
        }
    }

    #[test]
    fn what_was_nobodys_becomes_the_first_logins_once() {
        let ada = Whose::Unknown.after(&login("ada"), None);
        let kept = map(&[
            ("cause", "old"),
            ("note", "older"),
            (&ada.key("note"), "own"),
        ]);
        let all = ada.shown(&kept, &map(&[("reason", "typed now")]));
        assert_eq!(
            all.texts,
            map(&[("cause", "old"), ("note", "own"), ("reason", "typed now")])
        );
        assert_eq!(all.taken_over, ["cause"]);
        // What was typed in this page before the edge had answered stands over what was kept.
        let kept = map(&[("note", "typed now"), (&ada.key("note"), "own")]);
        let all = ada.shown(&kept, &map(&[("note", "typed now")]));
        assert_eq!(all.texts, map(&[("note", "typed now")]));
        assert_eq!(all.taken_over, ["note"]);
    }

    #[test]
    fn whoever_is_cut_off_keeps_what_they_typed() {
        let silent = Whoami::Silent("no answer".to_owned());
        let ada = Whose::Login("ada".to_owned());
        assert_eq!(Whose::Unknown.after(&silent, Some("ada")), ada);
        assert_eq!(ada.clone().after(&silent, None), ada);
        assert_eq!(ada.clone().after(&Whoami::Nobody, None), ada);
        // A console that is opened while nobody is logged in shows nobody's.
        assert_eq!(
            Whose::Unknown.after(&Whoami::Nobody, Some("ada")),
            Whose::Unknown
        );
        assert_eq!(ada.after(&Whoami::NoEdge, Some("ada")), Whose::Everybody);
    }
}
