//! A component: one part of the service that readers know by name, and the state it is in.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A component's id on its page: opaque, stable, never shown to readers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ComponentId(pub String);

/// One part of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Opaque id.
    pub id: ComponentId,
    /// The name readers know.
    pub name: String,
    /// A sentence for readers, if any.
    #[serde(default)]
    pub description: Option<String>,
    /// The name of the group it is shown under, if any.
    #[serde(default)]
    pub group: Option<String>,
    /// The id of that group, where the page says: two groups may have one name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<ComponentId>,
    /// The day (UTC) since which the page tells of it, where it says.
    #[serde(default)]
    pub since: Option<NaiveDate>,
    pub state: ComponentState,
}

impl Component {
    /// Its name where groups are not shown: it says its group where another of the page's components has the same name.
    pub fn name_among(&self, all: &[Self]) -> String {
        let mut others = all.iter().filter(|other| other.id != self.id);
        match &self.group {
            Some(group) if !self.name.is_empty() && others.any(|other| other.name == self.name) => {
                [self.name.as_str(), " (", group.as_str(), ")"].concat()
            }
            Some(_) | None => self.name.clone(),
        }
    }
}

/// The names of the components that something touches, as far as the page knows and names them.
pub fn touched(touches: &[ComponentId], components: &[Component]) -> Vec<String> {
    components
        .iter()
        .filter(|component| touches.contains(&component.id) && !component.name.is_empty())
        .map(|component| component.name_among(components))
        .collect()
}

/// The components as they stand on a page: a group where its first component stands, with all of its components; those
/// without a group in lists between the groups.
pub fn by_group(components: Vec<Component>) -> Vec<(Option<String>, Vec<Component>)> {
    let mut groups: Vec<(Option<String>, Vec<Component>)> = Vec::new();
    for component in components {
        let same = |(name, members): &(Option<String>, Vec<Component>)| {
            *name == component.group
                && members
                    .first()
                    .is_some_and(|first| first.group_id == component.group_id)
        };
        // Most stand behind one of theirs; those without a group belong together nowhere else.
        let last = groups.last().is_some_and(same);
        let at = match (last, &component.group) {
            (true, _) => groups.len().checked_sub(1),
            (false, Some(_)) => groups.iter().position(same),
            (false, None) => None,
        };
        match at.and_then(|at| groups.get_mut(at)) {
            Some((_, members)) => members.push(component),
            None => groups.push((component.group.clone(), vec![component])),
        }
    }
    groups
}

/// The state of a component, in the field's five words and one for words nobody knows.
///
/// The order, worst last, is the page's own (`rank`): operational, maintenance, unknown, degraded,
/// partial outage, major outage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum ComponentState {
    /// Works as it should.
    Operational,
    /// Down or limited on purpose.
    UnderMaintenance,
    /// A word that this version does not know, kept as it came. Never reads as healthy.
    Unknown(String),
    /// Works, but slowly or not in full.
    DegradedPerformance,
    /// Does not work for some.
    PartialOutage,
    /// Does not work.
    MajorOutage,
}

impl ComponentState {
    /// The five states that a person can choose, best first.
    pub const CHOICES: [Self; 5] = [
        Self::Operational,
        Self::UnderMaintenance,
        Self::DegradedPerformance,
        Self::PartialOutage,
        Self::MajorOutage,
    ];

    /// The state's word in the Statuspage format.
    pub fn word(&self) -> &str {
        match self {
            Self::Operational => "operational",
            Self::UnderMaintenance => "under_maintenance",
            Self::Unknown(raw) => raw,
            Self::DegradedPerformance => "degraded_performance",
            Self::PartialOutage => "partial_outage",
            Self::MajorOutage => "major_outage",
        }
    }

    /// Whether readers may be told that all is well with it.
    pub fn is_operational(&self) -> bool {
        match self {
            Self::Operational => true,
            Self::UnderMaintenance
            | Self::Unknown(_)
            | Self::DegradedPerformance
            | Self::PartialOutage
            | Self::MajorOutage => false,
        }
    }
}

impl ComponentState {
    /// Its place in the order of states, best first: operational, maintenance, unknown, degraded, partial outage, major
    /// outage (`docs/decisions.md`, "Overall state of the page").
    fn rank(&self) -> u8 {
        match self {
            Self::Operational => 0,
            Self::UnderMaintenance => 1,
            Self::Unknown(_) => 2,
            Self::DegradedPerformance => 3,
            Self::PartialOutage => 4,
            Self::MajorOutage => 5,
        }
    }

    /// The worse of two; the first where they are alike.
    #[must_use]
    pub fn worse(self, other: Self) -> Self {
        if other.is_worse_than(&self) {
            other
        } else {
            self
        }
    }

    /// Whether readers are worse off than with `other`.
    pub fn is_worse_than(&self, other: &Self) -> bool {
        self.rank() > other.rank()
    }
}

impl From<String> for ComponentState {
    fn from(word: String) -> Self {
        match word.as_str() {
            "operational" => Self::Operational,
            "under_maintenance" => Self::UnderMaintenance,
            "degraded_performance" => Self::DegradedPerformance,
            "partial_outage" => Self::PartialOutage,
            // The second is incident.io's word for it.
            "major_outage" | "full_outage" => Self::MajorOutage,
            _ => Self::Unknown(word),
        }
    }
}

impl From<ComponentState> for String {
    fn from(state: ComponentState) -> Self {
        state.word().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_two_groups_have_says_its_group() {
        let component = |id: &str, name: &str, group: Option<&str>| Component {
            id: ComponentId(id.to_owned()),
            name: name.to_owned(),
            description: None,
            group: group.map(str::to_owned),
            group_id: None,
            since: None,
            state: ComponentState::Operational,
        };
        let all = [
            component("eu", "API", Some("Europe")),
            component("us", "API", Some("United States")),
            component("web", "Web", Some("Europe")),
            component("old", "API", None),
        ];
        let names: Vec<String> = all.iter().map(|one| one.name_among(&all)).collect();
        assert_eq!(names, ["API (Europe)", "API (United States)", "Web", "API"]);
        assert_eq!(all[0].name_among(&all[..1]), "API");
    }

    #[test]
    fn components_stand_by_position_and_groups_of_one_name_stay_two() {
        let component = |name: &str, group: Option<&str>, id: Option<&str>| Component {
            id: ComponentId(name.to_owned()),
            name: name.to_owned(),
            description: None,
            group: group.map(str::to_owned),
            group_id: id.map(|id| ComponentId(id.to_owned())),
            since: None,
            state: ComponentState::Operational,
        };
        let told = |components: &[Component]| -> Vec<(Option<String>, Vec<String>)> {
            let groups = by_group(components.to_vec()).into_iter();
            let names = |members: Vec<Component>| members.into_iter().map(|one| one.name).collect();
            groups
                .map(|(name, members)| (name, names(members)))
                .collect()
        };
        let list = |group: Option<&str>, names: &[&str]| {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            (group.map(str::to_owned), names)
        };
        let europe = Some("Europe");
        assert_eq!(
            told(&[
                component("Web", None, None),
                component("API", europe, Some("1")),
                component("Mail", europe, Some("1")),
                component("Search", europe, Some("2")),
                component("Billing", None, None),
                component("Help", None, None),
            ]),
            [
                list(None, &["Web"]),
                list(europe, &["API", "Mail"]),
                list(europe, &["Search"]),
                list(None, &["Billing", "Help"]),
            ]
        );
        // A page that gives groups no id means one group by one name, wherever its components stand.
        assert_eq!(
            told(&[
                component("API", europe, None),
                component("Web", None, None),
                component("Mail", europe, None),
            ]),
            [list(europe, &["API", "Mail"]), list(None, &["Web"])]
        );
    }

    #[test]
    fn words_survive_a_round_trip_and_unknown_words_are_kept() {
        for state in ComponentState::CHOICES {
            assert_eq!(ComponentState::from(state.word().to_owned()), state);
        }
        let odd = ComponentState::from("on_fire".to_owned());
        assert_eq!(odd, ComponentState::Unknown("on_fire".into()));
        assert!(!odd.is_operational());
        assert_eq!(String::from(odd), "on_fire");
    }
}
