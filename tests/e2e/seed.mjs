// Puts a page into the embedded provider's store as the provider itself keeps it (`src/api/embedded/records.rs`),
// and tells the other tabs. For what takes too long to make in the console: years, storms, broken records.

const DATABASE = "allclear:/:provider";
const STORES = ["incidents", "order", "meta", "operations", "outbox", "batches"];

/** A component of the page. */
export const component = (id, name, state = "operational", more = {}) => ({ id, name, state, ...more });

/** An update of an incident. */
export const update = (id, status, at, body) => ({ id, status, created_at: at, body, affected: [] });

/** An incident; `updates` newest first. */
export const incident = (id, name, impact, updates, more = {}) => ({
  id,
  name,
  impact,
  created_at: updates.at(-1).created_at,
  started_at: null,
  components: [],
  postmortem: null,
  demo: false,
  updates,
  ...more,
});

/** Keeps components and incidents in the store of `page`'s origin; `page` must stand on that origin. */
export async function seed(page, { components = [], incidents = [] }) {
  await page.evaluate(async ({ DATABASE, STORES, components, incidents }) => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => STORES.forEach((store) => opening.result.createObjectStore(store));
    const database = await done(opening);
    const change = database.transaction(["incidents", "order", "meta"], "readwrite");
    const [kept, order, meta] = ["incidents", "order", "meta"].map((store) => change.objectStore(store));
    const open = [];
    for (const each of incidents) {
      const key = `${new Date(each.started_at ?? each.created_at).toISOString()}|${each.id}`;
      const over = ["resolved", "postmortem"].includes(each.updates[0].status);
      kept.put(JSON.stringify(each), each.id);
      order.put(over ? "over" : "open", key);
      if (!over) open.push(key);
    }
    meta.put(JSON.stringify(components), "components");
    meta.put(JSON.stringify(open), "open");
    await new Promise((resolve, reject) => {
      change.oncomplete = resolve;
      change.onabort = () => reject(change.error);
    });
    database.close();
    new BroadcastChannel(DATABASE).postMessage("changed");
  }, { DATABASE, STORES, components, incidents });
}

/** A page of the same origin that runs no app: somewhere to seed from before the app starts. */
export async function beforehand(context, what) {
  const page = await context.newPage();
  const body = "<!DOCTYPE html><title>Before</title><link rel=icon href=data:,>";
  await page.route("**/before", (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto("/before");
  await seed(page, what);
  await page.close();
}
