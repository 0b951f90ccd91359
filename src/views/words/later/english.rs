//! What the later parts say in English: short, plain, kind.

use super::table::Words;

pub(super) static ENGLISH: Words = Words {
    // Incidents and planned work.
    incident: "Incident",
    no_such_incident: "There is no incident at this address",
    no_incident_here: "The address may have been cut off, the incident may have been taken back, or it may be older than those that the source of this page still lists. See the {0}.",
    list_of_incidents: "list of incidents",
    at_a_glance: "At a glance",
    started: "Started",
    lasted: "Lasted",
    lasted_for: "lasted {0}",
    in_periods: "{0}, in {1} periods",
    affected: "Affected",
    updates: "Updates",
    copy_as_text: "Copy as text",
    copied: "Copied.",
    pass_on: "Share",
    link_copied: "The link is copied.",
    not_copied: "This browser does not allow copying. Mark the text and copy it by hand.",
    published: "Published {0}",
    // The history.
    earlier_months: "Show earlier months",
    later_months: "Show later months",
    search_incidents: "Search incidents",
    component: "Component",
    all_components: "All components",
    found: ["1 incident found.", "{0} incidents found."],
    none_found: "No incident found.",
    still_reading: "The rest of the list is still being read.",
    rest_not_read: "The rest of the list could not be read: {0}.",
    no_incidents: "No incidents.",
    newest_only: "The source of this page lists its newest incidents only: there may have been others.",
    // An address that leads nowhere.
    not_found: "Page not found",
    no_page_here: "There is no page here",
    what_now: "What now",
    nothing_lost: "The address may have been cut off or mistyped. Nothing is lost: every incident is in the {0}.",
    right_now: "Right now: {0}",
    // The ninety days.
    days_ago: "{0} days ago",
    today: "Today",
    share: ["{0} % of 1 day", "{0} % of {1} days"],
    share_unknown: "Nothing is known of these days",
    no_trouble: "Nothing was wrong in these days, as far as is known.",
    trouble_head: ["Day (UTC)", "Worst", "How long"],
    length_unknown: "start not given",
    unknown_days: [
        "Nothing is known of 1 of the days.",
        "Nothing is known of {0} of the days.",
    ],
    rule: [
        (
            "What counts",
            "The days are computed here, from the incidents that the source of this page lists; nothing is measured. Where an update says what became of a component, that counts until the next update that says so, or until the incident was resolved; before the first of them it was what that one says it was until then. Where no update says it, also after a reopening, and the incident names the component, the component is as bad as the incident for as long as it lasts. Where nobody says when an incident ended, it counts until it was told of last. Where incidents overlap, the worst counts, once. Planned maintenance is not counted. Today is never better than the component is now. Days are days in UTC.",
        ),
        (
            "How it is drawn",
            "The length of a mark is how much of the day something was wrong. Solid is a major outage, half as wide a partial outage, hatched is degraded performance, an open frame is a state that nobody knows. A calm day is a low line. A day of which nothing is known is empty.",
        ),
        (
            "The percentage",
            "How much of the known time the component worked, rounded down. A major outage counts whole, a partial outage at 30 %. Degraded performance counts as working. Where the component is down now and no incident says since when, today counts for nothing.",
        ),
        (
            "What is not known",
            "The source lists its newest 50 incidents. A day before the oldest of them is unknown, and so is a day before the source began to list the component. Unknown days count for nothing.",
        ),
    ],
};
