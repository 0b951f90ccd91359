// How often one open page asks its source, in the app as it is built: what `docs/load.md` promises. The rule itself is
// `src/api/public_page/rhythm.rs`, its cases `tests/api/rhythm.rs`.
import { count, counted, pause, settled } from "./readings.mjs";
import { CALM, hosted } from "./served-page.mjs";
import { expect, open, test } from "./support.mjs";

test.use({ allowed: /Failed to load resource/ });

/** A pause that is measured in steps of five seconds, of a tick each. */
async function paused(page, clock, seconds, what) {
  const found = await pause(page, clock);
  expect(found, what).toBeGreaterThanOrEqual(seconds - 5);
  expect(found, what).toBeLessThanOrEqual(seconds + 10);
}

test("it asks every minute, less and less where the source fails, seldom while nobody sees it, and not at all while it is paused", async ({ page, context, clock }) => {
  // Each pause falls into the middle of its spread.
  await page.addInitScript(() => { Math.random = () => 0.5; });
  await counted(context);
  const files = { summary: CALM, incidents: { incidents: [] } };
  await hosted(context, files);
  await open(page, "/");
  await expect(page.getByText("100.00 % of 90 days")).toBeVisible();
  await paused(page, clock, 60, "calm");
  await settled(page);
  const bars = page.locator("details.bars").first();
  await bars.locator("summary").click();
  await expect(bars).toHaveAttribute("open", "");

  files.summary = (route) => route.fulfill({ status: 503, body: "" });
  await paused(page, clock, 60, "the first that fails");
  await expect(page.getByText(/^Source unreachable since /)).toBeVisible();
  await expect(bars, "what a reader opened stays open").toHaveAttribute("open", "");
  for (const seconds of [120, 240]) await paused(page, clock, seconds, `after failures: ${seconds}`);
  // What failed for the device's own network says nothing of the source: nobody waits for eight minutes more.
  files.summary = CALM;
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await paused(page, clock, 5, "the device is back");
  await settled(page);
  await expect(page.getByText(/^Source unreachable since /)).toHaveCount(0);
  await paused(page, clock, 60, "calm again");
  await settled(page);

  const show = (hidden) => page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
  await show(true);
  await paused(page, clock, 300, "hidden");
  await settled(page);
  expect(await pause(page, clock, { most: 120 })).toBe(Infinity);
  const before = await count(page);
  await show(false);
  await expect.poll(() => count(page), "seen, without a second passing").toBe(before + 1);
  await settled(page);

  await page.getByRole("button", { name: "Pause updates" }).click();
  await expect(page.getByText("Updates are paused")).toBeVisible();
  expect(await pause(page, clock, { most: 120 })).toBe(Infinity);
  // What is so old is only the last that was known.
  await clock.pass(10);
  await expect(page.getByRole("status", { name: "Overall status" })).toHaveText(/^Not known since .*Last known: All systems operational$/);
  await page.getByRole("button", { name: "Resume updates" }).click();
  await expect(page.getByRole("status", { name: "Overall status" })).toHaveText("All systems operational");
  // A night that nobody read of, and the morning after it.
  await settled(page);
  await page.getByRole("button", { name: "Pause updates" }).click();
  await clock.pass(12 * 60);
  await expect(page.getByText("100.00 % of 89 days")).toBeVisible();
  await page.getByRole("button", { name: "Resume updates" }).click();
  await settled(page);
  await clock.pass(0.1);
  await expect(page.getByText("100.00 % of 90 days")).toBeVisible();
});
