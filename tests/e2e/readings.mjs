// Readings of the public page one by one: the pause before each is known, and each has its end.
import { expect } from "./support.mjs";

/** Counts the readings of a context's pages from now on. To be called before they open. */
export const counted = (context) => context.addInitScript(() => {
  globalThis.readings = 0;
  const ask = globalThis.fetch;
  globalThis.fetch = (what, ...more) => {
    if (String(what.url ?? what).endsWith("/summary.json")) globalThis.readings += 1;
    return ask.call(globalThis, what, ...more);
  };
});

/** How often a page has asked for its summary. */
export const count = (page) => page.evaluate(async () => {
  // A reading rests between its steps: it has its turns first.
  for (let turn = 0; turn < 10; turn += 1) await globalThis.scheduler.yield();
  return globalThis.readings;
});

/** Lets time pass until the page reads once more, and gives the seconds of the pause, to the `step`; Infinity where it does not. */
export async function pause(page, clock, { most = 900, step = 5 } = {}) {
  const before = await count(page);
  for (let seconds = step; seconds <= most; seconds += step) {
    await clock.pass(step / 60);
    if ((await count(page)) > before) return seconds;
  }
  return Infinity;
}

/** Waits until the reading that has begun is over, a success, and on screen. */
export async function settled(page) {
  const now = await page.evaluate(() => `${new Date().toISOString().slice(0, 19)}Z`);
  await expect(page.getByText(/^As of /).locator("time")).toHaveAttribute("datetime", now);
}

/** Lets so many readings of the home page pass, each to its end, and each a success. */
export async function read(page, clock, times = 1) {
  for (let left = times; left > 0; left -= 1) {
    expect(await pause(page, clock), "the page reads again").toBeLessThan(Infinity);
    await settled(page);
  }
}
