// What every end-to-end test stands on: a fresh context that fails the test on anything the browser
// complains of, a clock in the test's hands, and axe.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as base, expect } from "@playwright/test";

export { expect };

/** When tests begin, unless they say otherwise: an ordinary Tuesday, five seconds past the minute. */
export const START = "2026-03-10T14:00:05Z";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Collects whatever the browser complains of on any page of the context, from now on. */
function complaints(context) {
  const found = [];
  context.on("console", (message) => {
    // The harness puts its clock into every frame; the sandboxed frame of a mail rightly refuses scripts.
    if (/^Blocked script execution in 'about:srcdoc'/.test(message.text())) return;
    if (message.type() === "error") found.push(`${message.page()?.url()}: console: ${message.text()}`);
  });
  context.on("weberror", (error) => {
    found.push(`${error.page()?.url()}: not caught: ${error.error().stack ?? error.error()}`);
  });
  return found;
}

export const test = base.extend({
  /** Complaints that a test provokes on purpose: `test.use({ allowed: /404|refused/ })`. */
  allowed: [null, { option: true }],

  /** When the test begins; `null` leaves the machine's clock alone. */
  start: [START, { option: true }],

  // One clock for every page of the context, those opened later included. It runs on by itself.
  context: async ({ context, allowed, start }, use) => {
    const found = complaints(context);
    if (start !== null) await context.clock.install({ time: new Date(start) });
    await use(context);
    const unexpected = found.filter((each) => !allowed?.test(each));
    expect(unexpected, "the browser complained").toEqual([]);
  },

  /** The context's clock, by minutes. */
  clock: async ({ context }, use) => {
    await use({
      /** Time passes as while a laptop sleeps: timers that are due fire once. */
      pass: (minutes) => context.clock.fastForward(Math.round(minutes * 60_000)),
      /** Time passes with every timer firing each time. */
      run: (minutes) => context.clock.runFor(Math.round(minutes * 60_000)),
    });
  },
});

/** Waits until the app of the page has started. */
export async function open(page, address) {
  const answer = await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  return answer;
}

/** Fails with one line per accessibility problem that axe finds on the page as it stands. */
export async function axeClean(page) {
  await page.evaluate(AXE);
  const problems = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(" ")}: ${failureSummary}`));
  });
  expect(problems, `axe on ${page.url()}`).toEqual([]);
}
