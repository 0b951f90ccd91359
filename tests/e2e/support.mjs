// What every end-to-end test stands on: a fresh context that fails the test on anything the browser
// complains of, a clock that stands until the test moves it, and axe.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as base, expect } from "@playwright/test";
import { Clock } from "./passing.mjs";

export { expect };

/** When tests begin, unless they say otherwise: an ordinary Tuesday, five seconds past the minute. */
export const START = "2026-03-10T14:00:05Z";

/** For `test.use`: what runs at phone size and nowhere else. */
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Collects whatever the browser complains of on any page of the context, from now on. */
export function complaints(context) {
  const found = [];
  context.on("console", (message) => {
    // The harness puts its clock into every frame; the sandboxed frame of a mail rightly refuses scripts.
    if (/^Blocked script execution in 'about:srcdoc'/.test(message.text())) return;
    if (message.type() === "error") found.push(`${message.page()?.url()}: console: ${message.text()}`);
  });
  context.on("weberror", (error) => {
    found.push(`${error.page()?.url()}: not caught: ${error.error().stack || error.error()}`);
  });
  return found;
}

export const test = base.extend({
  /** Complaints that a test provokes on purpose: `test.use({ allowed: /404|refused/ })`. */
  allowed: [null, { option: true }],

  /** When the test begins; `null` leaves the machine's clock alone. */
  start: [START, { option: true }],

  /** The context's clock: it stands, and `pass` and `run` move it by minutes. */
  clock: async ({ start }, use) => use(start === null ? null : new Clock(Date.parse(start))),

  context: async ({ context, allowed, clock }, use) => {
    const found = complaints(context);
    await clock?.stand(context);
    await use(context);
    const unexpected = found.filter((each) => !allowed?.test(each));
    expect(unexpected, "the browser complained").toEqual([]);
  },
});

/** Waits until the app of the page has started. */
export async function open(page, address) {
  const answer = await page.goto(address);
  // The frame, which stands before the app, may have a heading too.
  await expect(page.locator("#main").getByRole("heading", { level: 1 })).toBeVisible();
  return answer;
}

/** Fails with one line per accessibility problem that axe finds on the page as it stands: by all of its rules, or by some. */
export async function axeClean(page, rules) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  const problems = await page.evaluate(async (rules) => {
    // Half-way between two colours there is no contrast to judge.
    const ending = document.getAnimations().filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime));
    await Promise.all(ending.map(({ finished }) => finished.catch(() => {})));
    // A mail in its frame is not ours to change.
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"], iframes: false, ...(rules && { runOnly: { type: "rule", values: rules } }) });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(" ")}: ${failureSummary}`));
  }, rules);
  expect(problems, `axe on ${page.url()}`).toEqual([]);
}

/** What is wrong with a page at phone size: targets that are too small for a thumb, and what is wider than the screen. */
export async function fitsThumbs(page) {
  await axeClean(page, ["target-size"]);
  const [inner, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(inner, `${page.url()} is no wider than the screen`).toBeLessThanOrEqual(width);
}
