// The page that is measured: one in the Statuspage format, with an outage going on and as many incidents in its
// history as are asked for; and the same words as one plain HTML file, to be measured against.

const COMPONENTS = ["Web application", "API", "Workflow execution", "Integrations", "Authentication", "Billing", "Webhooks", "Search"];
const DAY = 86_400_000;
/** The newest incident begins this long before the page is read. */
const AGO = 20 * 60_000;
const TITLES = ["Elevated error rates", "Slow responses", "Delayed webhooks", "Sign-in failures", "Search is behind"];
/** The words of the state, as both pages say them. */
export const STATE = "Partial outage";

const iso = (at) => new Date(at).toISOString();

function incident(number, now, open) {
  const at = now - AGO - number * DAY / 3;
  const name = `${TITLES[number % TITLES.length]} (${number})`;
  const component = number % COMPONENTS.length;
  const affected = (from, to) => [{ code: `c${component}`, name: COMPONENTS[component], old_status: from, new_status: to }];
  const update = (status, minutes, body, change) => ({
    id: `u${number}-${minutes}`, incident_id: `i${number}`, status, body, created_at: iso(at + minutes * 60_000),
    updated_at: iso(at + minutes * 60_000), display_at: iso(at + minutes * 60_000), affected_components: change,
  });
  const first = update("investigating", 0, "We are looking into reports of errors.\n\nNext update by 23:45 UTC.", affected("operational", "partial_outage"));
  const last = update("resolved", 52, "A change that we made was taken back. Everything works again.", affected("partial_outage", "operational"));
  return {
    id: `i${number}`, name, status: open ? "investigating" : "resolved", impact: open ? "major" : "minor", shortlink: null,
    created_at: iso(at), started_at: iso(at), updated_at: iso(at), monitoring_at: null,
    resolved_at: open ? null : iso(at + 52 * 60_000), page_id: "p", incident_updates: open ? [first] : [last, first],
    components: [],
  };
}

/** The files of the page's folder, by name. */
export function files({ incidents, now }) {
  const page = { id: "p", name: "Example", url: "https://status.example.com", time_zone: "Etc/UTC", updated_at: iso(now) };
  const components = COMPONENTS.map((name, place) => ({
    id: `c${place}`, name, status: place === 0 ? "partial_outage" : "operational", position: place + 1, description: null,
    group: false, group_id: null, showcase: true, only_show_if_degraded: false, created_at: iso(now - 900 * DAY), updated_at: iso(now), page_id: "p",
  }));
  const all = Array.from({ length: incidents }, (_, number) => incident(number, now, number === 0));
  return {
    "summary.json": {
      page, components, incidents: all.slice(0, 1), scheduled_maintenances: [],
      status: { indicator: "major", description: "Partial System Outage" },
    },
    "incidents.json": { page, incidents: all },
  };
}

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const updates = (each) => each.incident_updates
  .map((told) => `<li><strong>${told.status}</strong> <time>${told.created_at}</time><p>${escape(told.body)}</p></li>`).join("");

/** One plain file with its style in it, no script and nothing to fetch: what a page can need at least. */
function plain(title, css, body) {
  return `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="icon" href="data:,"><style>${css}</style></head><body><div class="sheet"><main>${body}</main></div></body></html>\n`;
}

/** The home page's words: the state, the components, what goes on. */
export function bareHome({ "summary.json": { components, incidents } }, css) {
  const list = components.map(({ name, status }) => `<li class="component">${name} ${status.replaceAll("_", " ")}</li>`).join("");
  const active = incidents.map((each) => `<h3>${escape(each.name)}</h3><ul>${updates(each)}</ul>`).join("");
  return plain("Example status", css, `<div class="state"><div role="status"><p class="state-say">${STATE}</p></div></div><h1>Current status</h1><section class="section"><h2>Active incidents</h2>${active}</section><section class="section"><h2>Components</h2><ul class="components">${list}</ul></section>`);
}

/** Every incident of the page in one file. */
export function bareHistory({ "incidents.json": { incidents } }, css) {
  const rows = incidents.map((each) => `<li><h3>${escape(each.name)}</h3><ul>${updates(each)}</ul></li>`).join("");
  return plain("Incident history", css, `<h1>Incident history</h1><ul class="past">${rows}</ul>`);
}
