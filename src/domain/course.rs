//! When an incident began and ended and how long it lasted, as its own texts print it (`docs/duties.md` rules 7 and 17):
//! "Started: 2026-03-10 13:52 UTC", "Resolved: 2026-03-10 16:30 UTC", "Duration: 2 hours 8 minutes, in 2 periods". A page
//! that counted from when its updates came would contradict the text below it. Where a text prints none, the updates'
//! own times count.

use chrono::{DateTime, TimeDelta, Utc};

use super::duration;
use super::find::around_last;
use super::incident::{Incident, IncidentUpdate, is_given};
use super::utc_text::moment;

const STARTED: &str = "Started: ";
const RESOLVED: &str = "Resolved: ";
const DURATION: &str = "Duration: ";

/// When the impact began, by the newest update that prints it; nobody is told of a beginning that is to come.
pub fn started(updates: &[IncidentUpdate]) -> Option<DateTime<Utc>> {
    let mut printed = updates.iter().filter_map(|update| {
        let at = printed(&update.body, STARTED)?;
        (at <= update.created_at).then_some(at)
    });
    printed.next()
}

/// When the impact ended, by the text that resolves it.
pub fn resolved(text: &str) -> Option<DateTime<Utc>> {
    printed(text, RESOLVED)
}

/// How an incident ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// When the impact did.
    pub at: DateTime<Utc>,
    /// How long it lasted, without what lay between its periods.
    pub lasted: TimeDelta,
    /// In how many periods: more than one after a reopening.
    pub periods: usize,
}

/// How an incident ended; `None` while it goes on, and where nobody knows when it began or ended.
pub fn ended(incident: &Incident) -> Option<Ended> {
    let closing = incident.closing().filter(|_| incident.is_dated())?;
    let closing = Some(closing).filter(|closing| is_given(closing.created_at))?;
    let periods = periods(incident, closing.created_at);
    let (began, at) = (incident.began_at(), periods.last()?.1);
    let counted = Ended {
        at,
        lasted: periods.iter().fold(TimeDelta::zero(), |sum, (from, to)| {
            // Of thousands of periods, each as long as the calendar, only as much is told as has a number.
            let longer = sum.checked_add(&duration::between(*from, *to));
            longer.unwrap_or(sum)
        }),
        periods: periods.len(),
    };
    let told = around_last(&closing.body, DURATION).and_then(|(_, told)| duration::read(told));
    // More than the whole is a slip of whoever typed it.
    let told = told.filter(|(lasted, _)| *lasted <= duration::between(began, at));
    Some(told.map_or(counted, |(lasted, periods)| Ended {
        lasted,
        periods,
        ..counted
    }))
}

/// The times from each beginning to its end, oldest first; the last one ends `now` while the incident goes on. Where nobody
/// says when it ended, it lasted until it was told of last before that.
pub fn periods(incident: &Incident, now: DateTime<Utc>) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let mut found: Vec<(DateTime<Utc>, DateTime<Utc>)> = Vec::new();
    let mut last = incident.began_at();
    let mut open = Some(last);
    for update in incident.updates.iter().rev() {
        if is_given(update.created_at) {
            last = update.created_at;
        }
        if update.status.is_over() {
            if let Some(began) = open.take() {
                let end = resolved(&update.body);
                let end = end.filter(|end| began <= *end && *end <= update.created_at);
                found.push((began, end.unwrap_or(last).max(began)));
            }
        } else if open.is_none() {
            open = Some(last);
        }
    }
    found.extend(open.map(|began| (began, now)));
    found
}

/// The moment that a text prints behind a word, as `utc_text::timestamp` does.
fn printed(text: &str, word: &str) -> Option<DateTime<Utc>> {
    const MINUTE: usize = "2026-03-10 14:05".len();
    let (_, behind) = around_last(text, word)?;
    let (minute, zone) = behind.split_at_checked(MINUTE)?;
    zone.starts_with(" UTC")
        .then(|| moment(&[minute, ":00Z"].concat()))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::impact::Impact;
    use crate::domain::incident::{IncidentId, IncidentStatus};

    fn at(clock: &str) -> DateTime<Utc> {
        format!("2026-03-10T{clock}Z").parse().unwrap()
    }

    /// An incident by its updates, oldest first: clock, whether it is over then, text.
    fn told(began: &str, updates: &[(&str, bool, &str)]) -> Incident {
        let status = |over| {
            if over {
                IncidentStatus::Resolved
            } else {
                IncidentStatus::Investigating
            }
        };
        Incident {
            id: IncidentId("i".to_owned()),
            name: "API".to_owned(),
            impact: Impact::Major,
            created_at: at("14:00:05"),
            started_at: Some(at(began)),
            updates: updates
                .iter()
                .rev()
                .map(|(clock, over, body)| IncidentUpdate {
                    id: (*clock).to_owned(),
                    status: status(*over),
                    body: (*body).to_owned(),
                    created_at: at(clock),
                    told_at: None,
                    affected: Vec::new(),
                })
                .collect(),
            components: Vec::new(),
            postmortem: None,
            demo: false,
        }
    }

    fn ending(incident: &Incident) -> (String, String) {
        let Ended {
            at,
            lasted,
            periods,
        } = ended(incident).unwrap();
        let periods = u32::try_from(periods).unwrap();
        (
            at.format("%H:%M:%S").to_string(),
            duration::in_periods(lasted, periods),
        )
    }

    #[test]
    fn a_reopened_incident_lasted_as_long_as_its_text_says() {
        let last = "It is over.\n\nStarted: 2026-03-10 13:52 UTC\nResolved: 2026-03-10 16:30 UTC\nDuration: 2 hours 8 minutes, in 2 periods";
        let updates = [
            ("14:05:00", false, ""),
            (
                "15:40:10",
                true,
                "Resolved: 2026-03-10 15:40 UTC\nDuration: 1 hour 48 minutes",
            ),
            ("16:15:00", false, "It is back."),
            ("16:30:20", true, last),
            ("17:00:00", true, "A word more."),
        ];
        let incident = told("13:52:20", &updates);
        let expected = |words: &str| ("16:30:00".to_owned(), words.to_owned());
        assert_eq!(
            ending(&incident),
            expected("2 hours 8 minutes, in 2 periods")
        );

        // Without that line the updates say it: from 13:52 to 15:40 and from 16:15 to 16:30.
        let mut unsaid = incident.clone();
        unsaid.updates[1].body = "It is over.\nResolved: 2026-03-10 16:30 UTC".to_owned();
        assert_eq!(ending(&unsaid), expected("2 hours 3 minutes, in 2 periods"));

        unsaid.updates.truncate(5);
        unsaid.updates.drain(..2);
        assert_eq!(ended(&unsaid), None, "it goes on again");
        assert_eq!(
            periods(&unsaid, at("16:20:00")),
            [
                (at("13:52:20"), at("15:40:00")),
                (at("16:15:00"), at("16:20:00"))
            ]
        );
    }

    #[test]
    fn it_ended_when_its_text_says_not_when_the_post_came() {
        for body in [
            "Started: 2026-03-10 08:50 UTC\nResolved: 2026-03-10 12:00 UTC\nDuration: 3 hours 10 minutes",
            "<p>Started: 2026-03-10 08:50 UTC<br>Resolved: 2026-03-10 12:00 UTC<br />Duration: 3 hours 10 minutes</p>",
            "Resolved: 2026-03-10 12:00 UTC.",
        ] {
            let incident = told("08:50:00", &[("12:20:00", true, body)]);
            assert_eq!(
                ending(&incident),
                ("12:00:00".to_owned(), "3 hours 10 minutes".to_owned()),
                "{body}"
            );
        }
    }

    #[test]
    fn a_length_is_that_of_the_minutes_that_are_printed() {
        let incident = told("14:05:59", &[("14:06:01", true, "")]);
        assert_eq!(ending(&incident).1, "1 minute");
    }

    #[test]
    fn what_cannot_be_is_not_believed() {
        for body in [
            "Resolved: 2026-03-10 15:00 UTC",
            "Resolved: 2026-03-10 13:00 UTC",
            "Resolved: 2026-02-30 14:10 UTC",
            "Resolved: soon",
            "Resolved: 2026-03-10 14:10 CET",
            "Duration: 9 hours",
            "Duration: long",
            "Duration: ",
            "Resolved: ü",
        ] {
            let incident = told("14:00:00", &[("14:20:00", true, body)]);
            assert_eq!(
                ending(&incident),
                ("14:20:00".to_owned(), "20 minutes".to_owned()),
                "{body}"
            );
        }
    }

    #[test]
    fn the_newest_text_that_prints_a_beginning_counts() {
        let updates = [
            ("14:05:00", false, "Started: 2026-03-10 13:55 UTC"),
            ("14:10:00", false, "Started: 2026-03-10 13:52 UTC\nMore."),
            ("14:15:00", false, "No change."),
            ("14:20:00", false, "Started: 2026-03-10 15:00 UTC"),
        ];
        let found = started(&told("14:00:00", &updates).updates);
        assert_eq!(found, Some(at("13:52:00")));
        assert_eq!(started(&[]), None);
    }
}
