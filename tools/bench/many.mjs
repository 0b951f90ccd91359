// An incident with 100,000 recipients in the real console, and what keeps its page busy meanwhile.
import { mkdirSync, writeFileSync } from "node:fs";

export const PEOPLE = 100_000;
/** Milliseconds of one task: a page that is busy longer does not answer its reader. The browser reports only longer ones. */
const LONGEST = 50;

/** Ends a phase, in the browser's own record. */
const PHASE = "bench-phase";

/** Notes what keeps the page busy from now on. */
async function watch(page) {
  await page.context().browser().startTracing(page, { categories: ["toplevel", "blink.user_timing"] });
  await page.evaluate(() => {
    globalThis.tasks = [];
    const note = (entries) => globalThis.tasks.push(...entries.map(({ duration }) => duration));
    const observer = new PerformanceObserver((list) => note(list.getEntries()));
    observer.observe({ type: "longtask" });
    globalThis.noteRest = () => note(observer.takeRecords());
  });
}

/** Ends a phase: what has kept the page busy in it. */
export const taken = (page) => page.evaluate((phase) => {
  performance.mark(phase);
  globalThis.noteRest();
  const tasks = globalThis.tasks.splice(0).sort((one, other) => other - one);
  return { longest: tasks[0] ?? 0, sum: tasks.reduce((sum, each) => sum + each, 0), count: tasks.length };
}, PHASE);

/**
 * Ends the watching: adds to each phase, in their order, the processor time of the task that took the most of it. A task
 * that is longer by the clock alone has waited for a core.
 */
export async function withProcessor(page, phases) {
  const { traceEvents } = JSON.parse(await page.context().browser().stopTracing());
  const ends = traceEvents.filter(({ name }) => name === PHASE);
  if (ends.length !== phases.length) throw new Error(`the browser's record has ${ends.length} phases, not ${phases.length}`);
  const [{ pid, tid }] = ends;
  const tasks = traceEvents.filter((each) => each.pid === pid && each.tid === tid && each.name === "ThreadControllerImpl::RunTask" && each.tdur);
  const most = (from, to) => tasks.reduce((most, { ts, tdur }) => (ts >= from && ts < to ? Math.max(most, tdur) : most), 0);
  phases.forEach((phase, at) => { phase.processor = most(ends[at - 1]?.ts ?? 0, ends[at].ts) / 1000; });
}

/** What was taken, in words. */
export const said = ({ longest, sum, count, processor }) => {
  const clock = count === 0 ? `no task of over ${LONGEST} ms` : `longest task ${longest.toFixed(0)} ms, bar ${LONGEST}; ${count} of more than that, ${sum.toFixed(0)} ms in all`;
  return `${clock}; at most ${processor.toFixed(0)} ms of processor time in one`;
};

/** The phases, by what is done in them, in which a task took too long. */
export const tooLong = (phases) => Object.entries(phases)
  .filter(([, { longest }]) => longest > LONGEST)
  .map(([doing, { longest }]) => `a task while ${doing}: ${longest.toFixed(0)} ms`);

export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;

/** Declares an incident, and shows its emails; `login` where somebody is known from there. */
export async function declare(page, address, login) {
  await page.goto(`${address}console/`);
  if (login) {
    await page.getByRole("banner").getByText(`You are ${login}, from the login`).waitFor();
  } else {
    await page.getByRole("textbox", { name: "You are" }).fill("Ada");
    await page.getByRole("button", { name: "Save name" }).click();
  }
  await page.getByRole("link", { name: "Declare incident" }).click();
  const form = page.getByRole("form", { name: "Declare incident" });
  await form.getByRole("combobox", { name: "Service" }).selectOption({ index: 1 });
  await form.getByRole("radiogroup", { name: "Severity" }).getByRole("radio", { name: "P0" }).check();
  const facts = { Symptom: "errors", "Affected users or features": "sign-in", "What is happening": "Our API returns errors." };
  for (const [name, text] of Object.entries(facts)) await form.getByRole("textbox", { name }).fill(text);
  await form.getByRole("button", { name: "Declare", exact: true }).click();
  await page.getByRole("region", { name: "Next due" }).waitFor();
  await page.getByRole("region", { name: "Messages" }).getByRole("tab", { name: /Email/ }).click();
}

/** Everybody on the list. */
export const everybody = () => Array.from({ length: PEOPLE }, (_, number) => ({ address: `person${number}@example.com`, name: `Person, ${number}` }));

/**
 * Loads the list, which is laid into the folder `work`: a file that lies there, as a person's does. A text that the page
 * is handed would be unpacked by the page itself. Gives the button that sends, how long it took, and what kept the page busy.
 */
export async function readList(page, work) {
  const rows = everybody().map(({ address, name }) => `${address},"${name}"`);
  const file = `${work}/everybody.csv`;
  mkdirSync(work, { recursive: true });
  writeFileSync(file, `email,name\n${rows.join("\n")}\n`);
  await watch(page);
  const start = Date.now();
  await page.getByLabel("Recipients CSV").setInputFiles(file);
  const button = page.getByRole("button", { name: `Send email to ${PEOPLE} people` });
  await button.waitFor({ timeout: 300_000 });
  return { button, read: Date.now() - start, reading: await taken(page) };
}

/** Presses the button; until its mails leave, how long it took and what kept the page busy. */
export async function begin(page, button) {
  const pressed = Date.now();
  await button.click();
  const bar = page.getByRole("progressbar", { name: "Sending email" });
  await bar.waitFor({ timeout: 120_000 });
  return { bar, began: Date.now() - pressed, beginning: await taken(page) };
}
