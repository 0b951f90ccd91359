// The one state that sums a page up, from its summary.json and, where that leaves a list to a file of its own, from
// those: the rule of `src/domain/page.rs`, run against the same cases (`tests/golden/overall.json`). Never greener
// than its parts.

/** Best first, worst last. */
export const STATES = ["operational", "maintenance", "unknown", "degraded", "partial", "major"];

export const UNKNOWN = 2;
/** A component's words and an incident's, each in the place of the state that it stands for; the last is incident.io's word
 *  for the one before it. */
const COMPONENT = ["operational", "under_maintenance", "unknown", "degraded_performance", "partial_outage", "major_outage", "full_outage"];
export const IMPACT = ["none", "maintenance", "unknown", "minor", "major", "critical"];
const OVER = ["resolved", "postmortem"];
/** Planned work; the last two are said while it goes on. */
const PLANNED = ["scheduled", "completed", "in_progress", "verifying"];

const rank = (words, word, at = words.indexOf(word)) => (at < 0 ? UNKNOWN : at);
/** Of planned work: -1 counts for nothing. */
const rankOfWork = (word) => (PLANNED.indexOf(word) > 1 ? 1 : OVER.includes(word) || PLANNED.includes(word) ? -1 : UNKNOWN);
/** In milliseconds, of a moment that says its zone (`src/domain/utc_text.rs`); `false` where none is given, or a zero for it. */
export const moment = (text, at = /\d(Z|[+-]\d\d:?\d\d)$/i.test(text) && Date.parse(text)) => at > 0 && at;

/** The status that an incident gives, else its newest update; one that says no moment that can be read has the incident's. */
function status(incident) {
  const shown = (update) => moment(update.display_at) || moment(update.created_at) || moment(update.updated_at)
    || moment(incident.resolved_at) || moment(incident.updated_at) || moment(incident.created_at) || moment(incident.started_at);
  return incident.status || incident.incident_updates?.map?.(Object).filter((update) => update.status !== OVER[1])
    .sort((one, other) => shown(other) - shown(one))[0]?.status;
}

const LISTS = ["components", "incidents", "scheduled_maintenances"];
/** The lists of a page that a summary may leave to files of their own; only a list can be gone through (`map`). */
export const absent = (summary) => LISTS.filter((list) => !summary?.[list]?.map);

/**
 * The rank of the page's state in `STATES`, the incidents that are open, how many of them are mere notices, and whether
 * the source calls its page worse than all of its parts. `files`: the files of the lists that are absent, by list; `null` is
 * one that the page does not have. Undefined where it takes a file that was not read, or nothing is said of incidents, so
 * that nobody can tell.
 */
export function judge(summary, files = {}) {
  const lists = { ...summary };
  for (const list of absent(summary)) lists[list] = files[list] === null && list !== "incidents" ? [] : files[list]?.[list];
  if (absent(lists)[0]) return undefined;
  // An entry that is none says nothing, and is one all the same.
  const [components, incidents, planned] = LISTS.map((list) => lists[list].map(Object));
  // Planned work says so by its status: a time of work stands beside an incident too.
  const told = incidents.filter((each) => !PLANNED.includes(each.status));
  // Of an incident that is listed twice, what was changed later counts, else what stands first. Only a text has letters, one
  // that is empty has none; another value is no id.
  const open = told.filter((each, at) => !OVER.includes(status(each)) && !told.some((other, place) =>
    other.id === each.id && other.id?.[0] && (moment(other.updated_at) - moment(each.updated_at) || at - place) > 0));
  const worst = Math.min(5, Math.max(
    ...planned.map((each) => rankOfWork(each.status)),
    ...components.map((each) => rank(COMPONENT, each.status)),
    // A notice tells of no part.
    ...open.map((each) => rank(IMPACT, each.impact) || -1),
  ));
  const sum = worst < 0 ? UNKNOWN : worst;
  return {
    rank: sum,
    open,
    notices: open.filter((each) => each.impact === "none").length,
    // To the worse a sum may be rough; that there is trouble at all is another matter.
    disputed: sum < UNKNOWN && rank(IMPACT, summary.status?.indicator) > UNKNOWN,
  };
}
