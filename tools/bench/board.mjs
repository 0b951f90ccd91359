// What years of incidents cost the console: a thousand finished ones of fifty events, and one that is open. Until the
// open one stands, the longest task, and what a second costs from then on, on a phone and beside a console with none.
import { phone, visit } from "./phone.mjs";

const FINISHED = 1_000;
const EVENTS = 50;
/** So many seconds are watched once everything is read. */
const WATCHED = 10;
/** Milliseconds: until the open incident stands, of one task, and of a second beside one without old incidents. */
const BARS = { stands: 3_000, task: 50, second: 10 };

/** Writes the logs as the console keeps them (`src/console/desk/kept/event_store.rs`). */
async function fill(page, finished) {
  await page.evaluate(async ({ finished, EVENTS }) => {
    localStorage.setItem("allclear:/:who", "Ada");
    localStorage.setItem("allclear:/:open", "open00000000");
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const opening = indexedDB.open("allclear:/:desk", 1);
    opening.onupgradeneeded = () => ["events", "drafts"].forEach((store) => opening.result.createObjectStore(store));
    const database = await done(opening);
    const change = database.transaction("events", "readwrite");
    const store = change.objectStore("events");
    const log = (run, began, last) => {
      const at = (number) => new Date(began + number * 1_000).toISOString();
      const facts = { service: "API", symptom: "errors", impact: "all calls", description: "Errors." };
      const put = (number, event, fields) => {
        const id = `${(began + number * 1_000).toString(16).padStart(12, "0")}-0000-gggghhhhjjjj`;
        store.put(JSON.stringify({ id, at: at(number), who: "Ada", event, ...fields }), `${run}/${id}`);
      };
      put(0, "declared", { impact_started: at(0), severity: "P1", kind: "outage", components: ["api"], facts, sop_version: "1.0", drill: false });
      if (!last) return;
      for (let number = 1; number < EVENTS - 1; number += 1) {
        put(number, "skipped", { duty: { episode: 1, kind: "update", channel: "page", seq: number }, reason: "Nothing new." });
      }
      put(EVENTS - 1, "declared-in-error", { reason: "A false alarm." });
    };
    const now = Date.now();
    for (let number = 0; number < finished; number += 1) {
      log(`over${String(number).padStart(8, "0")}`, now - (number + 2) * 86_400_000, true);
    }
    log("open00000000", now - 60_000, false);
    await new Promise((resolve, reject) => {
      change.oncomplete = resolve;
      change.onabort = () => reject(change.error);
    });
    database.close();
  }, { finished, EVENTS });
}

/** One console: what it took. */
async function measured(browser, address, finished) {
  const context = await phone(browser);
  const page = await context.newPage();
  await page.goto(`${address}robots.txt`);
  await fill(page, finished);
  await page.close();
  const seen = await visit(context, { address: `${address}console/`, selector: "main article", words: "", settled: "main:has(article):not(:has(.late))" });
  const session = await context.newCDPSession(seen.page);
  await session.send("Performance.enable");
  const busy = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration").value * 1_000;
  };
  const before = await busy();
  await seen.page.waitForTimeout(WATCHED * 1_000);
  const second = (await busy() - before) / WATCHED;
  await context.close();
  return { stands: seen.time, read: seen.settled, longest: seen.longest, second };
}

/** `address` serves both apps. */
export async function years(browser, address) {
  const none = await measured(browser, address, 0);
  const many = await measured(browser, address, FINISHED);
  const ms = (number) => `${Math.round(number)} ms`;
  console.log(`\nThe console with ${FINISHED} finished incidents of ${EVENTS} events, and with none, at phone profile`);
  console.log(`  the open incident stands after        ${ms(many.stands)} (${ms(none.stands)})`);
  console.log(`  everything is read after              ${ms(many.read)} (${ms(none.read)})`);
  console.log(`  the longest task                      ${ms(many.longest)} (${ms(none.longest)})`);
  console.log(`  a second costs                        ${ms(many.second)} (${ms(none.second)})`);
  const missed = [];
  const extra = many.second - none.second;
  if (many.stands - none.stands > BARS.stands) missed.push(`board: the open incident stands ${ms(many.stands - none.stands)} later than without old ones (${BARS.stands})`);
  if (many.longest > Math.max(BARS.task, none.longest * 1.1)) missed.push(`board: a task of ${ms(many.longest)} (${BARS.task}, or what it is without old incidents)`);
  if (extra > BARS.second) missed.push(`board: a second costs ${ms(extra)} more (${BARS.second})`);
  return missed;
}
