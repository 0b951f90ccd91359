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

/**
 * Keeps components and incidents in the store of `page`'s origin; `page` must stand on that origin. `chaos`: the word
 * of what goes wrong there from now on (`src/api/embedded/failure.rs`).
 */
export async function seed(page, { components, incidents, chaos }) {
  await page.evaluate(async ({ DATABASE, STORES, components, incidents, chaos }) => {
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
    for (const each of incidents ?? []) {
      const key = `${new Date(each.started_at ?? each.created_at).toISOString()}|${each.id}`;
      const over = ["resolved", "postmortem"].includes(each.updates[0].status);
      kept.put(JSON.stringify(each), each.id);
      order.put(over ? "over" : "open", key);
      if (!over) open.push(key);
    }
    if (components) {
      meta.put(JSON.stringify(components), "components");
      meta.put(JSON.stringify(open), "open");
    }
    if (chaos) meta.put(chaos, "chaos");
    await new Promise((resolve, reject) => {
      change.oncomplete = resolve;
      change.onabort = () => reject(change.error);
    });
    database.close();
    new BroadcastChannel(DATABASE).postMessage("changed");
  }, { DATABASE, STORES, components, incidents, chaos });
}

/** Seeds from a page of the same origin that runs no app, before the app starts; `and` does more there. */
export async function beforehand(context, what, and = async () => {}) {
  const page = await context.newPage();
  const body = "<!DOCTYPE html><title>Before</title><link rel=icon href=data:,>";
  await page.route("**/before", (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto("/before");
  await seed(page, what);
  await and(page);
  await page.close();
}

/** The addresses of the mails in the embedded provider's outbox. */
export const outbox = (page) => page.evaluate(async (DATABASE) => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const database = await done(indexedDB.open(DATABASE));
  const mails = await done(database.transaction("outbox").objectStore("outbox").getAll());
  database.close();
  return mails.map((mail) => JSON.parse(mail).mail.to).sort();
}, DATABASE);
