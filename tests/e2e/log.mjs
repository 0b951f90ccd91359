// An incident that is under way when a test begins: its log as the console itself keeps it in the browser
// (`src/console/desk/kept/event_store.rs`, `src/sop/event.rs`), with who is here, and what stands on the browser's own status page.
// Nothing is clicked, and no test waits for the form.
import { beforehand } from "./seed.mjs";
import { START } from "./support.mjs";

/** The incident's id in the console. */
const RUN = "aaaabbbbcccc";
/** Its address there. */
export const ADDRESS = `/console/incidents/${RUN}`;
/** Its id on the status page, once it stands there. */
const ON_PAGE = "ddddeeeeffff";
/** The device that wrote the log: the browser's own from then on. */
const DEVICE = "gggghhhhjjjj";

export const FACTS = {
  service: "API",
  symptom: "errors when signing in",
  impact: "sign-in and all API calls",
  description: "Our API has been returning errors since 13:52 UTC.",
};

/** Declared a moment ago: nothing in a log lies in the future. */
const BEGAN = 5;

/** A moment so many seconds after another. */
const after = (at, seconds) => new Date(Date.parse(at) + seconds * 1000).toISOString();

/** Writes a log entry by entry, each a second after the one before. */
class Log {
  events = [];

  constructor({ at, who }) {
    Object.assign(this, { at, who });
  }

  add(event, fields) {
    const at = after(this.at, this.events.length);
    const place = Date.parse(at).toString(16).padStart(12, "0");
    this.events.push({ id: `${place}-0000-${DEVICE}`, at, who: this.who, event, ...fields });
    return this;
  }
}

/** A declared incident that nobody was told of. `drill`, `kind`, `severity` and the rest as the event has them. */
export function declared({ at = after(START, -BEGAN), who = "Ada", severity = "P0", kind = "outage", components = ["api"], facts = FACTS, ...more } = {}) {
  const since = after(at, 0);
  return new Log({ at: since, who }).add("declared", { impact_started: since, severity, kind, components, facts, sop_version: "1.0", drill: false, ...more });
}

/** The same once its first message stands on the browser's own status page. */
export function posted(options = {}) {
  const log = declared(options);
  const text = "We're currently investigating an issue affecting API. Users may experience errors when signing in.\n\n" +
    `Impact: ${FACTS.impact}`;
  const page = {
    status: "investigating", severity: "P0", promise: after(log.at, 15 * 60), impact: "critical",
    components: [{ id: "api", state: "major_outage" }], notified_subscribers: true,
  };
  log
    .add("send-started", { op: "op-first", message: { channel: "page", kind: "first", title: "API - Investigating Issue", text, page } })
    .add("send-answered", { op: "op-first", outcome: "accepted", receipt: { vendor_id: "up1" } })
    .add("page-incident", { page_incident: ON_PAGE });
  const update = { id: "up1", status: "investigating", created_at: after(log.at, 1), body: text, affected: [] };
  log.page = {
    components: [{ id: "api", name: "API", state: "major_outage" }],
    incidents: [{
      id: ON_PAGE, name: "API - Investigating Issue", impact: "critical", created_at: update.created_at, started_at: log.at,
      components: ["api"], postmortem: null, demo: false, updates: [update],
    }],
  };
  return log;
}

/** The same once it is resolved there: the report and the post-mortem are owed. */
export function resolved(options = {}) {
  const page = { status: "resolved", severity: "P0", impact: "critical", components: [{ id: "api", state: "operational" }], notified_subscribers: true };
  return posted(options)
    .add("send-started", { op: "op-resolved", message: { channel: "page", kind: "resolved", title: "API - Resolved", text: "The issue affecting API has been resolved.", page } })
    .add("send-answered", { op: "op-resolved", outcome: "accepted", receipt: { vendor_id: "up2" } });
}

/**
 * Keeps a log in the browser of a context, before an app is opened there. `more`: further entries of the store by their
 * keys; `chaos`: how the embedded provider fails from the beginning.
 */
export async function keep(context, log, { more = {}, chaos } = {}) {
  const rows = { ...Object.fromEntries(log.events.map((event) => [`${RUN}/${event.id}`, JSON.stringify(event)])), ...more };
  await beforehand(context, { ...log.page, chaos }, async (page) => {
    await page.evaluate(async ({ who, device, rows }) => {
      localStorage.setItem("allclear:/:who", who);
      localStorage.setItem("allclear:/:device", device);
      const done = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const opening = indexedDB.open("allclear:/:desk", 1);
      opening.onupgradeneeded = () => ["events", "drafts"].forEach((store) => opening.result.createObjectStore(store));
      const database = await done(opening);
      const change = database.transaction("events", "readwrite");
      for (const [key, row] of Object.entries(rows)) change.objectStore("events").put(row, key);
      await new Promise((resolve, reject) => {
        change.oncomplete = resolve;
        change.onabort = () => reject(change.error);
      });
      database.close();
    }, { who: log.who, device: DEVICE, rows });
  });
}
