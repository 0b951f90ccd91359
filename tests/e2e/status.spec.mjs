// The public page: what readers see of a calm page, of an incident, of the past, and of what went wrong.
import { ADDRESS, copiesAsText, keepsPassedOn, PASSED_ON, printsWhole, shares } from "./passing-on.mjs";
import { beforehand, component, incident, seed, update } from "./seed.mjs";
import { hosted } from "./served-page.mjs";
import { axeClean, complaints, expect, fitsThumbs, open, PHONE, test } from "./support.mjs";

// Tests begin at 14:00:05 UTC, which Berlin calls 15:00:05.
const CALM = {
  components: [
    component("site", "Website", "operational", { description: "The public site" }),
    component("pay", "Checkout", "operational", { group: "Commerce" }),
    component("api", "API", "operational", { group: "Platform" }),
  ],
};
const FIRST = update("u1", "investigating", "2026-03-10T13:40:00Z",
  "We're currently investigating an issue affecting Checkout.\n\nNext update by 13:55 UTC.");
const SECOND = update("u2", "identified", "2026-03-10T13:54:00Z",
  "Update: The fault is found.\n\nNext update by 14:09 UTC.");
const THIRD = update("u3", "monitoring", "2026-03-10T14:15:00Z",
  "Update: A cure is in place.\n\nNext update by 14:18 UTC.");
const OVER = update("u4", "resolved", "2026-03-10T14:15:00Z", "The issue has been resolved.");
const OUTAGE = incident("inc-1", "Checkout - Update", "critical", [SECOND, FIRST], {
  started_at: "2026-03-10T13:30:00Z",
  components: ["pay"],
});
const DOWN = {
  components: CALM.components.map((each) => (each.id === "pay" ? { ...each, state: "major_outage" } : each)),
  incidents: [OUTAGE],
};
const PAST = [
  incident("old-1", "API - Resolved", "minor", [
    update("o2", "resolved", "2026-02-03T11:00:00Z", "The issue has been resolved."),
    update("o1", "investigating", "2026-02-03T09:30:00Z", "We're currently investigating an issue."),
  ], {
    demo: true,
    components: ["api"],
    postmortem: { body: "What happened\n\n<script>alert(1)</script> A certificate expired.", published_at: "2026-02-09T10:00:00Z" },
  }),
];
const ROUTES = ["/", "/history", "/incidents/old-1", "/incidents/inc-1", "/incidents/nobody", "/bars", "/nowhere/at/all"];
const DESK = { width: 1280, height: 800 };

const overall = (page) => page.getByRole("status", { name: "Overall status" });

test.describe("a calm page", () => {
  test.use(PHONE);

  test("says so in one sentence, with each component and the page's age, and nothing moves while it loads, on a phone and at a desk", async ({ page, context }) => {
    await beforehand(context, CALM);
    await page.addInitScript(() => {
      globalThis.moved = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) globalThis.moved += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    for (const size of [PHONE.viewport, DESK]) {
      await page.setViewportSize(size);
      await open(page, "/");
      await expect(overall(page)).toHaveText("All systems operational");
      const components = page.getByRole("region", { name: "Components" }).getByRole("listitem");
      await expect(components).toHaveText([/^Website Operational/, /^Checkout Operational/, /^API Operational/]);
      await expect(page.getByText(/^As of 10 Mar 2026, 15:00 CET \(14:00 UTC\)$/)).toBeVisible();
      await expect(page.getByText("As of").locator("time")).toHaveAttribute("datetime", "2026-03-10T14:00:05Z");
      await expect(page.getByRole("region", { name: "Active incidents" })).toHaveCount(0);
      await expect(page.getByText("Shows data of this browser only.")).toBeVisible();
      await expect(page).toHaveTitle("All systems operational · AIAS Platform status");
      expect(await page.evaluate(() => globalThis.moved), `${size.width} pixels wide`).toBe(0);
    }
  });
});

test("a reader walks the page by keyboard and is told where they arrived; the theme that they choose is there from the first paint on", async ({ page, context }) => {
  await beforehand(context, CALM);
  await open(page, "/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Incident history" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Incident history" })).toBeFocused();
  await expect(page).toHaveURL("/history");
  await expect(page).toHaveTitle("Incident history · AIAS Platform status");
  await page.goBack();
  await expect(overall(page)).toHaveText("All systems operational");

  const theme = page.getByRole("button", { name: "Theme" });
  await theme.click();
  await theme.click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  // Without the app: what stands is the script's doing.
  await page.route(/\.wasm$/, () => {});
  await page.reload({ waitUntil: "commit" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test.describe("what is missing", () => {
  test.use({ allowed: /config\.json|Failed to load resource/ });

  test("is Unknown or the last that was known, and never green: what was never published, a storage, a source, the configuration", async ({ page, context, clock }) => {
    const found = complaints(context);
    await open(page, "/");
    await expect(overall(page)).toHaveText("Unknown");
    await expect(page.getByText("Nothing has been published in this browser yet.")).toBeVisible();
    await deniedStorage(await context.newPage());

    await seed(page, CALM);
    await lostSource(page, clock);
    expect(found, "only what comes now is complained of").toEqual([]);
    await brokenConfiguration(page, context, "Last known: All systems operational");
    await page.evaluate(() => localStorage.clear());
    await brokenConfiguration(page, context, "Unknown");
  });
});

/** A browser that denies its storage. */
async function deniedStorage(page) {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => { throw new DOMException("denied", "SecurityError"); };
  });
  await open(page, "/");
  await expect(page.getByText(/^Source unreachable since/)).toBeVisible();
  await expect(overall(page)).toHaveText("Unknown");
  await page.close();
}

/** A calm page whose source is lost while it is open: the last state stays, with the time since when. */
async function lostSource(page, clock) {
  await open(page, "/");
  await expect(overall(page)).toHaveText("All systems operational");
  await page.evaluate(() => {
    IDBDatabase.prototype.transaction = () => { throw new DOMException("gone", "InvalidStateError"); };
    IDBFactory.prototype.open = () => { throw new DOMException("gone", "SecurityError"); };
  });
  await clock.pass(2);
  await expect(page.getByText(/^Source unreachable since 10 Mar 2026, 15:02 CET/)).toBeVisible();
  await expect(page.getByText(/^As of 10 Mar 2026, 15:00 CET/)).toBeVisible();
  await expect(overall(page)).toHaveText("Last known: All systems operational");
  await expect(page.locator(".state")).toHaveAttribute("data-state", "unknown");
}

/** Settings that cannot be read: said kindly, with no more than what was heard at an earlier visit, and never a demonstration. */
async function brokenConfiguration(page, context, state) {
  for (const [answer, words] of [
    [{ status: 404, body: "" }, /could not load its settings/],
    [{ status: 200, body: "{ not json" }, /settings of this page have a mistake/],
  ]) {
    await context.route("**/config.json", (route) => route.fulfill(answer));
    await open(page, "/");
    await expect(page.getByText(words)).toBeVisible();
    await expect(overall(page)).toHaveText(state);
    await expect(page.locator(".state")).toHaveAttribute("data-state", "unknown");
    await expect(page.getByRole("region", { name: "Components" })).toHaveCount(0);
    await expect(page.getByText("Demonstration")).toHaveCount(0);
  }
}

test("an incident is told newest first and with when more comes, overdue from the first second after it; what is new stands in every tab without a reload", async ({ page, context, clock }) => {
  await beforehand(context, DOWN);
  // A tab that hears nothing of the others.
  const deaf = await context.newPage();
  await deaf.addInitScript(() => (globalThis.BroadcastChannel.prototype.addEventListener = () => {}));
  for (const each of [page, deaf]) {
    await open(each, "/");
    await expect(overall(each)).toHaveText("Major outage");
  }
  await keepsPromise(page, clock);

  await page.evaluate(() => (globalThis.stayed = true));
  await seed(page, { ...DOWN, incidents: [{ ...OUTAGE, updates: [THIRD, SECOND, FIRST] }] });
  const newest = page.getByRole("article").getByRole("listitem").first();
  await expect(newest).toContainText("A cure is in place.");
  await expect(page.getByText("Next update by 14:18 UTC", { exact: true })).toBeVisible();
  await expect(page.locator("[aria-live=polite]", { hasText: "Checkout - Update: Monitoring" })).toHaveCount(1);
  await seed(page, { ...CALM, incidents: [{ ...OUTAGE, updates: [OVER, THIRD, SECOND, FIRST] }] });
  await expect(overall(page)).toHaveText("All systems operational");
  expect(await page.evaluate(() => globalThis.stayed)).toBe(true);
  // By itself it reads again within ten seconds.
  await expect(overall(deaf)).toHaveText("Major outage");
  await clock.pass(0.2);
  await expect(overall(deaf)).toHaveText("All systems operational");
});

/** What is known of the incident, and what becomes of the time that it names for the next update. */
async function keepsPromise(page, clock) {
  const article = page.getByRole("region", { name: "Active incidents" }).getByRole("article");
  await expect(article.getByRole("heading")).toHaveText("Checkout - Update");
  await expect(article.getByRole("listitem")).toHaveText([/^Identified.*The fault is found/s, /^Investigating/]);
  await expect(article.locator("time[datetime='2026-03-10T13:54:00Z']")).toBeVisible();
  const promise = article.locator("time[datetime='2026-03-10T14:09:00Z']");
  await expect(promise).toHaveText("14:09 UTC");
  await expect(promise.locator("xpath=..")).toHaveText("Next update by 14:09 UTC");
  await clock.pass(8.9);
  await expect(article.getByText("Next update by 14:09 UTC", { exact: true })).toBeVisible();
  await clock.pass(0.05);
  await expect(article.getByText("Update overdue", { exact: true })).toBeVisible();
  await expect(article.getByText("Next update by 14:09 UTC", { exact: true })).toHaveCount(0);
  await clock.pass(6);
  await expect(article.getByText("Update overdue by 6 minutes", { exact: true })).toBeVisible();
}

test("the past stands by month, each incident under its own address with its whole story, to be copied, shared and printed; other addresses are met kindly", async ({ page, context, baseURL }) => {
  await beforehand(context, { ...CALM, incidents: [OUTAGE, ...PAST] });
  await keepsPassedOn(context);
  // Whose days are made up says so, and nobody else's do.
  await open(page, "/");
  const days = page.getByRole("region", { name: "Components" }).getByRole("listitem");
  await expect(days.filter({ hasText: "Demonstration" })).toHaveText([/^API .*Today Demonstration$/]);
  await open(page, "/history");
  await expect(page.getByRole("heading", { level: 2 })).toHaveText(["March 2026", "February 2026", "January 2026"]);
  await expect(page.getByText("No incidents.")).toHaveCount(1);
  await expect(page.getByText("Demonstration")).toBeVisible();
  await page.getByRole("button", { name: "Show earlier months" }).click();
  await expect(page.getByRole("heading", { level: 2 })).toHaveCount(6);
  await page.getByRole("link", { name: "API - Resolved" }).click();
  await expect(page).toHaveURL("/incidents/old-1");
  await expect(page.getByRole("heading", { level: 1, name: "API - Resolved" })).toBeFocused();
  await expect(page.getByText("1 hour 30 minutes")).toBeVisible();
  await page.getByRole("button", { name: "Copy as text" }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  const [, state] = await page.evaluate(() => globalThis.copied[0].split("\n"));
  expect(state).toBe("Resolved · Degraded performance · Demonstration");
  await expect(page.getByRole("region", { name: "Updates" }).getByRole("listitem")).toHaveCount(2);
  await expect(page.getByRole("region", { name: "Post-mortem" })).toContainText("A certificate expired.");
  await expect(page.getByText("Next update by")).toHaveCount(0);
  await open(page, "/incidents/nobody");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no incident at this address");
  await open(page, "/nowhere/at/all");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no page here");
  await page.getByRole("link", { name: "Major outage" }).click();
  await expect(overall(page)).toHaveText("Major outage");

  await hosted(context, PASSED_ON);
  await open(page, ADDRESS);
  await copiesAsText(page, baseURL + ADDRESS);
  await shares(page, baseURL + ADDRESS);
  await printsWhole(page);
});

test("no address has a problem that axe knows; each stands out in the dark, fits 320 pixels, and can be met with a thumb", async ({ page, context }) => {
  await beforehand(context, { ...DOWN, incidents: [OUTAGE, ...PAST] });
  for (const path of ROUTES) {
    await page.setViewportSize(DESK);
    await page.emulateMedia({ colorScheme: "light" });
    await open(page, path);
    // The last of it to stand.
    await expect(page.getByRole("link", { name: "support@aias-platform.com" })).toBeVisible();
    await axeClean(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await axeClean(page, ["color-contrast"]);
    await page.setViewportSize({ width: 320, height: 700 });
    await fitsThumbs(page);
  }
});
