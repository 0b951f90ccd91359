//! What the page says before anything is fetched for it: one field for every word or sentence, so that a language
//! that lacks one does not compile. The places of values are {0} and {1}.

/// What the home page says, in one language, and what stands around every page.
pub struct Words {
    // States and statuses.
    /// The page's state: nothing is wrong.
    pub all_operational: &'static str,
    /// The state of a component, and of a day.
    pub operational: &'static str,
    /// The same, while work goes on.
    pub under_maintenance: &'static str,
    /// What kind of incident planned work is.
    pub maintenance: &'static str,
    /// A state that nobody knows.
    pub unknown: &'static str,
    /// An incident of which nobody knows how bad it is.
    pub unknown_impact: &'static str,
    /// It works, badly.
    pub degraded: &'static str,
    /// A part of it does not work.
    pub partial_outage: &'static str,
    /// It does not work.
    pub major_outage: &'static str,
    /// An incident that harms nothing.
    pub notice: &'static str,
    /// How many of them stand: one, {0}.
    pub notices: [&'static str; 2],
    /// Before the first reading has ended.
    pub checking: &'static str,
    /// Before a state that is only the last that was known.
    pub last_known: &'static str,
    /// The state, when nothing was heard for too long; {0} is the time of the last answer.
    pub not_known_since: &'static str,
    /// The label of what was made up.
    pub demonstration: &'static str,
    /// The status of an incident.
    pub investigating: &'static str,
    /// The same: the cause is known.
    pub identified: &'static str,
    /// The same: it is mended and watched.
    pub monitoring: &'static str,
    /// The same: it is over; and when it was.
    pub resolved: &'static str,
    /// The same, and what was learned of it.
    pub postmortem: &'static str,
    /// The status of planned work.
    pub scheduled: &'static str,
    /// The same: it goes on.
    pub in_progress: &'static str,
    /// The same: whether it went well is looked at.
    pub verifying: &'static str,
    /// The same: it is over.
    pub completed: &'static str,
    // Around every page.
    /// The name of the page; {0} is the organisation.
    pub page_of: &'static str,
    /// The same, while nobody knows whose it is.
    pub page: &'static str,
    /// The navigation.
    pub pages: &'static str,
    /// The way to the home page, and its heading.
    pub current_status: &'static str,
    /// The way to the history, and its heading.
    pub incident_history: &'static str,
    /// Below every page; {0} is an address.
    pub write_to: &'static str,
    /// Below a page that is kept in one browser.
    pub this_browser_only: &'static str,
    /// Below every page.
    pub time_zones: &'static str,
    // The home page.
    /// What the state's words are called for screen readers.
    pub overall_status: &'static str,
    /// When the page was read; {0} is the time.
    pub as_of: &'static str,
    /// The page cannot be read; {0} is the time.
    pub unreachable_since: &'static str,
    /// The configuration could not be loaded.
    pub no_settings: &'static str,
    /// The configuration is broken.
    pub bad_settings: &'static str,
    /// Above details that are not for readers.
    pub for_operators: &'static str,
    /// A page of this browser that is empty.
    pub nothing_published: &'static str,
    /// A source that names no components.
    pub no_services: &'static str,
    /// Stops the reading.
    pub pause: &'static str,
    /// Goes on with the reading.
    pub resume: &'static str,
    /// While the reader has stopped the reading.
    pub paused: &'static str,
    /// What is new.
    pub since_looked: &'static str,
    /// What goes on.
    pub active_incidents: &'static str,
    /// The reader's own components.
    pub yours: &'static str,
    /// The button that makes a component the reader's own; {0} is its name.
    pub pin: &'static str,
    /// All components.
    pub components: &'static str,
    /// Planned work.
    pub scheduled_maintenance: &'static str,
    /// Where the page is told to others.
    pub get_updates: &'static str,
    /// The page's own way to subscribe.
    pub subscribe: &'static str,
    /// The feed in Atom.
    pub atom: &'static str,
    /// The feed in RSS.
    pub rss: &'static str,
    /// Of what changed, {0} more than are said.
    pub more_changes: [&'static str; 2],
    /// The source calls itself {0}, and its parts are worse.
    pub contradicts_greener: &'static str,
    /// The source calls itself {0}, and nobody knows how its parts are.
    pub contradicts_unsure: &'static str,
    /// The source calls itself {0}, and its parts are better.
    pub contradicts_worse: &'static str,
    /// The incident {0} is an outage of components that work.
    pub contradicts_untouched: &'static str,
    /// The incident {0} is over, and its component {1} does not work.
    pub contradicts_unmended: &'static str,
    // Incidents and planned work.
    /// Of what came since the reader last looked, the way to {0} more.
    pub more_incidents: [&'static str; 2],
    /// Shows more of a list, or of a long text.
    pub show_more: &'static str,
    /// Nothing of it is left.
    pub all_shown: &'static str,
    /// What stands for a title that the source does not give.
    pub no_title: &'static str,
    /// The same, of planned work.
    pub no_work_title: &'static str,
    /// What stands for the name of a component that the source does not name.
    pub no_name: &'static str,
    /// An incident began; {0} is the time.
    pub since: &'static str,
    /// Work begins; {0} is the time.
    pub from: &'static str,
    /// Work ends; {0} is the time.
    pub until: &'static str,
    /// Work that was to begin and has not; {0} is the time.
    pub late_begin: &'static str,
    /// Work that was to end and has not; {0} is the time.
    pub late_end: &'static str,
    /// What the page promises; {0} is the time.
    pub next_update: &'static str,
    /// The same; {0} is how long that is.
    pub in_time: &'static str,
    /// What it promised and did not keep.
    pub overdue: &'static str,
    /// The same, a minute after and later; {0} is how long that is.
    pub overdue_by: &'static str,
    /// The same; {0} is the time.
    pub was_to_come: &'static str,
    /// It was to come by now, and the source could not be read since.
    pub not_read: &'static str,
    // Pages that are fetched when a reader goes there.
    /// The heading of a page that did not come.
    pub page_not_fetched: &'static str,
    /// The same, why.
    pub no_answer: &'static str,
    /// The button beneath it.
    pub try_again: &'static str,
    // The ninety days.
    /// How many components a closed group holds: one, {0}.
    pub in_group: [&'static str; 2],
    /// The way to the rule of the bars.
    pub how_counted: &'static str,
}
