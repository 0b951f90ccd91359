//! What is said only where a later part is drawn: the history, an incident's page, the ninety days and their rule.
//! The places of values are {0} and {1}.

/// What the later parts say, in one language.
pub struct Words {
    // Incidents and planned work.
    /// The page of an incident, before its name is known.
    pub incident: &'static str,
    /// The page of an incident that nobody knows.
    pub no_such_incident: &'static str,
    /// The same; {0} is the way to the history.
    pub no_incident_here: &'static str,
    /// The way to the history, within a sentence.
    pub list_of_incidents: &'static str,
    /// When, how long, what.
    pub at_a_glance: &'static str,
    /// When it began.
    pub started: &'static str,
    /// How long it was.
    pub lasted: &'static str,
    /// How long an incident was; {0} is the duration.
    pub lasted_for: &'static str,
    /// How long an incident was that was reopened; {0} is the duration, {1} how often it began.
    pub in_periods: &'static str,
    /// What it touches.
    pub affected: &'static str,
    /// What was told of it.
    pub updates: &'static str,
    /// The button that copies an incident as a text.
    pub copy_as_text: &'static str,
    pub copied: &'static str,
    /// The button that passes an incident on.
    pub pass_on: &'static str,
    /// Where there is no way to pass it on but its address.
    pub link_copied: &'static str,
    /// The browser does not allow copying.
    pub not_copied: &'static str,
    /// When the post-mortem was; {0} is the time.
    pub published: &'static str,
    // The history.
    /// The button for more.
    pub earlier_months: &'static str,
    /// The button back.
    pub later_months: &'static str,
    /// The field for words that are looked for.
    pub search_incidents: &'static str,
    /// The list of components of which one may be chosen.
    pub component: &'static str,
    /// Its first choice.
    pub all_components: &'static str,
    /// How many incidents were found: one, {0}.
    pub found: [&'static str; 2],
    pub none_found: &'static str,
    /// While more of the list is on its way.
    pub still_reading: &'static str,
    /// Where only what else is known of the past is shown; {0} is why.
    pub rest_not_read: &'static str,
    /// A month in which nothing was.
    pub no_incidents: &'static str,
    /// A month of which not all is known.
    pub newest_only: &'static str,
    // An address that leads nowhere.
    /// The title of a page that is not there.
    pub not_found: &'static str,
    /// Its heading.
    pub no_page_here: &'static str,
    /// What to do then.
    pub what_now: &'static str,
    /// The same; {0} is the way to the history.
    pub nothing_lost: &'static str,
    /// The same; {0} is the page's state.
    pub right_now: &'static str,
    // The ninety days.
    /// The beginning of the ninety days; {0} is their number.
    pub days_ago: &'static str,
    /// Their end.
    pub today: &'static str,
    /// How much of the known days, {1}, a component worked: {0} percent.
    pub share: [&'static str; 2],
    /// The same, of days that nobody knows.
    pub share_unknown: &'static str,
    /// Nothing touched a component in the known days.
    pub no_trouble: &'static str,
    /// The columns of the table of days with trouble.
    pub trouble_head: [&'static str; 3],
    /// How long it was, where nobody says since when.
    pub length_unknown: &'static str,
    /// Of how many days nothing is known: one, {0}.
    pub unknown_days: [&'static str; 2],
    /// The rule (`docs/bars.md`): headings and what stands under them.
    pub rule: [(&'static str, &'static str); 4],
}
