// What a responder does in the console of hosted services, where messages leave at once (`undo_seconds = 0`).
import { expect } from "./hosted.mjs";
import { SOON, unanswered, until } from "./passing.mjs";
import { channel, sent } from "./responder.mjs";

/** The row of the ledger that was written last: the newest stands on top, below the heads of the columns. */
export const lastSent = (page) => sent(page).getByRole("row").nth(1);

/** What an incident's page says of the sharing with other consoles. */
const card = (page) => page.getByRole("region", { name: "Shared with the other consoles" });

/** Whether the other consoles have all of it. */
export const shared = (page) => expect(card(page)).toContainText("Everything that counts is shared.", SOON);

/** Presses Publish; `facts` are filled in first. */
export async function press(page, { status, facts = {} } = {}) {
  const messages = await channel(page, "Status page");
  if (status) await messages.getByRole("radio", { name: status }).check();
  for (const [name, text] of Object.entries(facts)) await messages.getByRole("textbox", { name }).fill(text);
  await messages.getByRole("button", { name: "Publish to status page" }).click();
}

/** Posts, and waits until the page has it. */
export async function post(page, clock, what) {
  const rows = sent(page).getByRole("row");
  // Below the heads of the columns, which come with the first.
  const before = Math.max(await rows.count(), 1);
  await press(page, what);
  await until(clock, async () => {
    await expect(rows).toHaveCount(before + 1, SOON);
    await expect(lastSent(page).getByText("Sent", { exact: true })).toBeVisible(SOON);
  });
}

/** Sends the email that is owed, once nothing stands in its way: to whom, as pasted. */
export async function mail(page, clock, { facts = {}, to, people } = {}) {
  const messages = await channel(page, "Email");
  for (const [name, text] of Object.entries(facts)) await messages.getByRole("textbox", { name }).fill(text);
  if (to) await messages.getByRole("textbox", { name: "Paste recipients" }).fill(to);
  const send = messages.getByRole("button", { name: people ? `Send email to ${people}` : /^Send email to/ });
  await until(clock, () => expect(send).toHaveAccessibleDescription("", SOON));
  await send.click();
}

/** Changes the severity. */
export async function grade(page, severity) {
  await page.getByRole("button", { name: "Change severity" }).click();
  await page.getByRole("dialog").getByRole("radio", { name: severity }).check();
  await page.getByRole("dialog").getByRole("button", { name: "Change the severity" }).click();
}

/**
 * From now on the requests of a page that are so wait at the door. `came` lets time pass until one is there; `letIn` lets
 * through all that are there and those that come; `reach` lets the service have them, and their page no answer.
 */
export async function door(page, clock, isSo) {
  const waiting = [];
  let open;
  const opened = new Promise((done) => { open = done; });
  unanswered(page.context(), (request) => isSo.test(request.url()));
  await page.route(isSo, async (route) => {
    waiting.push(route);
    if ((await opened) === "in") await route.continue();
    else {
      // What the browser says beyond this door of where the call comes from; the edge asks for it.
      const { origin } = new URL(route.request().url());
      const headers = { ...route.request().headers(), origin, "sec-fetch-site": "same-origin" };
      // Where its page is closed meanwhile, nobody waits for it.
      await route.fetch({ headers }).catch(() => {});
    }
  });
  return {
    came: () => until(clock, () => expect(waiting.length, "it is at the door").toBeGreaterThan(0)),
    reach: () => open("reached"),
    letIn: () => {
      open("in");
      unanswered(page.context(), () => false);
    },
  };
}

/** Everything that the browser keeps for the page's origin, as one text. */
export const storage = (page) => page.evaluate(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const all = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      all.push(JSON.stringify(await done(database.transaction(store).objectStore(store).getAll())));
    }
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      all.push(`${request.url} ${JSON.stringify([...answer.headers])} ${await answer.text()}`);
    }
  }
  return all.join("\n");
});
