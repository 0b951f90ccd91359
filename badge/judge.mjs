// The one state that sums a page up, from its summary.json and, where that leaves a list to a file of its own, from
// those: the rule of `src/domain/page.rs`, run against the same cases (`tests/golden/overall.json`). Never greener
// than its parts.

/** Best first, worst last. */
export const STATES = ["operational", "maintenance", "unknown", "degraded", "partial", "major"];

const UNKNOWN = 2;
const COMPONENT = { operational: 0, under_maintenance: 1, degraded_performance: 3, partial_outage: 4, major_outage: 5 };
const IMPACT = { none: 0, maintenance: 1, minor: 3, major: 4, critical: 5 };
/** Planned work: -1 counts for nothing. */
const WORK = { scheduled: -1, completed: -1, resolved: -1, postmortem: -1, in_progress: 1, verifying: 1 };
const PLANNED = /^(scheduled|in_progress|verifying|completed)$/;

const rank = (table, word) => (Object.hasOwn(table, word ?? "") ? table[word] : UNKNOWN);
const when = (update) => Date.parse(update?.display_at ?? update?.created_at ?? update?.updated_at) || 0;

/** The status that an incident gives, else its newest update. */
function status(incident) {
  if (incident?.status) return incident.status;
  const told = [...(incident?.incident_updates ?? [])].filter((update) => update?.status !== "postmortem");
  return told.sort((one, other) => when(other) - when(one))[0]?.status;
}

const changed = (entry) => Date.parse(entry?.updated_at) || 0;
/** Whether an entry is the same thing as another and counts in its place: it was changed later, or stands before it. */
const supersedes = (other, each, before) =>
  other?.id && other.id === each?.id && (changed(other) > changed(each) || (before && changed(other) === changed(each)));

/** The lists of a page that a summary may leave to files of their own. */
export const absent = (summary) =>
  ["components", "incidents", "scheduled_maintenances"].filter((list) => !Array.isArray(summary?.[list]));

/**
 * The rank of the page's state in `STATES`, how many mere notices stand, and whether the source calls its page worse
 * than all of its parts. `files`: the files of the lists that are absent, by list; `null` is one that the page does not
 * have. Undefined where it takes a file that was not read, or nothing is said of incidents, so that nobody can tell.
 */
export function judge(summary, files = {}) {
  const lists = { ...summary };
  for (const list of absent(summary)) {
    const entries = files[list]?.[list];
    if (!Array.isArray(entries) && (list === "incidents" || files[list] !== null)) return undefined;
    lists[list] = entries ?? [];
  }
  const { components, incidents, scheduled_maintenances: planned } = lists;
  const told = incidents.filter((each) => !each?.scheduled_for && !PLANNED.test(each?.status));
  const open = told.filter((each, at) =>
    !/^(resolved|postmortem)$/.test(status(each)) && !told.some((other, place) => supersedes(other, each, place < at)));
  const ranks = [
    ...components.map((each) => rank(COMPONENT, each?.status)),
    ...open.map((each) => rank(IMPACT, each?.impact)),
    ...planned.map((each) => rank(WORK, each?.status)),
  ].filter((each) => each >= 0);
  const worst = Math.max(...ranks);
  return {
    rank: ranks.length > 0 ? worst : UNKNOWN,
    notices: open.filter((each) => each?.impact === "none").length,
    // To the worse a sum may be rough; that there is trouble at all is another matter.
    disputed: ranks.length > 0 && worst < UNKNOWN && rank(IMPACT, lists.status?.indicator) > UNKNOWN,
  };
}
