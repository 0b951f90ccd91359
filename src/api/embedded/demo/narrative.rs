//! How a story of the demonstration is told on the page: in the words and the rhythm of the SOP's
//! messages.

use chrono::{DateTime, TimeDelta, Utc};

use super::random::Random;
use super::stories::Story;
use crate::domain::component::{Component, ComponentState};
use crate::domain::incident::{
    AffectedComponent, Incident, IncidentId, IncidentStatus, IncidentUpdate,
};
use crate::domain::postmortem::Postmortem;
use crate::domain::{duration, promise, utc_text};

/// The incident of a story whose impact begins at `began`.
pub(super) fn tell(
    random: &mut Random,
    story: &Story,
    began: DateTime<Utc>,
    touched: &[Component],
    now: DateTime<Utc>,
) -> Incident {
    let (shortest, longest) = story.weight.lasts();
    let over = began + TimeDelta::minutes(random.between(shortest, longest));
    let noticed = story.weight.noticed();
    let first = began + TimeDelta::minutes(random.between(noticed / 3, noticed));
    let teller = Teller {
        story,
        service: &service(touched),
        began,
    };

    let mut updates = vec![teller.started(random, first, touched)];
    let times = times(random, story, first, over);
    let last_time = times.len();
    for (index, at) in times.into_iter().enumerate() {
        updates.push(teller.update(random, at, index, last_time));
    }
    updates.push(teller.resolved(random, over, touched));
    updates.reverse();

    let learned_at = over + TimeDelta::hours(random.between(40, 140));
    let body = teller.learned(over).filter(|_| learned_at < now);
    let id = IncidentId(random.id());
    Incident {
        id,
        name: format!("{} - Resolved", teller.service),
        impact: story.weight.impact(),
        created_at: first,
        started_at: Some(began),
        updates,
        components: touched
            .iter()
            .map(|component| component.id.clone())
            .collect(),
        postmortem: body.map(|body| Postmortem {
            body,
            published_at: learned_at,
        }),
        demo: true,
    }
}

/// When there is an update between the first message and the last. A promised rhythm is kept, a
/// little early; without one there are as many as there is news.
fn times(
    random: &mut Random,
    story: &Story,
    first: DateTime<Utc>,
    over: DateTime<Utc>,
) -> Vec<DateTime<Utc>> {
    let mut times = Vec::new();
    if let Some(cadence) = story.weight.cadence() {
        let mut at = first;
        // The last promise is kept by the message that it is over.
        while at + TimeDelta::minutes(cadence) < over {
            at += TimeDelta::minutes(cadence - 1 - random.between(0, cadence / 5));
            times.push(at);
        }
        return times;
    }
    let parts = i32::try_from(story.steps.len()).unwrap_or_default() + 1;
    for part in 1..parts {
        times.push(first + (over - first) * part / parts);
    }
    times
}

/// "Checkout, API and Billing".
fn service(touched: &[Component]) -> String {
    let names: Vec<&str> = touched
        .iter()
        .map(|component| component.name.as_str())
        .collect();
    match names.as_slice() {
        [] => "Platform".to_owned(),
        [only] => (*only).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

struct Teller<'a> {
    story: &'a Story,
    service: &'a str,
    began: DateTime<Utc>,
}

impl Teller<'_> {
    fn started(
        &self,
        random: &mut Random,
        at: DateTime<Utc>,
        touched: &[Component],
    ) -> IncidentUpdate {
        let body = format!(
            "We're currently investigating an issue affecting {service}. Users may experience \
             {symptom}. We're working to resolve this as quickly as possible and will provide \
             updates {cadence}.\n\nImpact: {impact}\nStarted: {started}",
            service = self.service,
            symptom = self.story.symptom,
            cadence = self.story.weight.cadence_words(),
            impact = self.story.impact,
            started = utc_text::timestamp(self.began),
        );
        IncidentUpdate {
            id: random.id(),
            status: IncidentStatus::Investigating,
            body: self.promising(body, at),
            created_at: at,
            told_at: None,
            affected: affected(
                touched,
                &ComponentState::Operational,
                &self.story.weight.state(),
            ),
        }
    }

    /// The update in that place of so many. The news is spread over them; between two pieces of it
    /// the honest text is that nothing has changed.
    fn update(
        &self,
        random: &mut Random,
        at: DateTime<Utc>,
        place: usize,
        of: usize,
    ) -> IncidentUpdate {
        let steps = self.story.steps;
        let news = |place: usize| place * steps.len() / of.max(1);
        let fresh = place == 0 || news(place) != news(place - 1);
        let (status, text) = match steps.get(news(place)) {
            Some((status, text)) if fresh => (status.clone(), *text),
            Some((status, _)) => (
                status.clone(),
                "We are still working on this; nothing has changed since the last update.",
            ),
            None => (
                IncidentStatus::Investigating,
                "We are still looking for the cause.",
            ),
        };
        let body = format!(
            "Update: {text}\n\nCurrent Status: {status}\nImpact: {impact}\nStarted: {started}\n\
             Last Updated: {updated}",
            status = status.name(),
            impact = self.story.impact,
            started = utc_text::timestamp(self.began),
            updated = utc_text::timestamp(at),
        );
        IncidentUpdate {
            id: random.id(),
            status,
            body: self.promising(body, at),
            created_at: at,
            told_at: None,
            affected: Vec::new(),
        }
    }

    fn resolved(
        &self,
        random: &mut Random,
        at: DateTime<Utc>,
        touched: &[Component],
    ) -> IncidentUpdate {
        let body = format!(
            "The issue affecting {service} has been resolved. {cause}.\n\nImpact: {impact}\n\
             Started: {started}\nResolved: {resolved}\nDuration: {duration}",
            service = self.service,
            cause = self.story.cause,
            impact = self.story.impact,
            started = utc_text::timestamp(self.began),
            resolved = utc_text::timestamp(at),
            duration = duration::words(at - self.began),
        );
        IncidentUpdate {
            id: random.id(),
            status: IncidentStatus::Resolved,
            body,
            created_at: at,
            told_at: None,
            affected: affected(
                touched,
                &self.story.weight.state(),
                &ComponentState::Operational,
            ),
        }
    }

    fn learned(&self, over: DateTime<Utc>) -> Option<String> {
        let learned = self.story.learned?;
        Some(format!(
            "**Incident Summary:**\nOn {date}, users of {service} experienced {symptom}.\n\n\
             **Root Cause:**\n{root_cause}\n\n**Resolution:**\n{resolution}.\n\n\
             **Impact:**\n{impact}\nDuration: {duration}\n\n**Prevention:**\n{prevention}",
            date = utc_text::date(self.began),
            service = self.service,
            symptom = self.story.symptom,
            root_cause = learned.root_cause,
            resolution = self.story.cause,
            impact = self.story.impact,
            duration = duration::words(over - self.began),
            prevention = learned.prevention,
        ))
    }

    /// The text with the line that promises the next update, where the rhythm is promised.
    fn promising(&self, body: String, at: DateTime<Utc>) -> String {
        match self.story.weight.cadence() {
            None => body,
            Some(minutes) => {
                let next = promise::promised(at, TimeDelta::minutes(minutes));
                format!("{body}\n\n{}", promise::print(next))
            }
        }
    }
}

fn affected(
    touched: &[Component],
    before: &ComponentState,
    state: &ComponentState,
) -> Vec<AffectedComponent> {
    touched
        .iter()
        .map(|component| AffectedComponent {
            id: Some(component.id.clone()),
            name: component.name.clone(),
            state: Some(state.clone()),
            before: Some(before.clone()),
        })
        .collect()
}
