// What the home page does for one reader: the last ninety days, what is new, what is theirs, and where to hear of it.
import { CALM, hosted, update } from "./served-page.mjs";
import { expect, open, test } from "./support.mjs";

const overall = (page) => page.getByRole("status", { name: "Overall status" });
const part = (page, name) => page.getByRole("region", { name });
const to = (state) => [{ code: "api", name: "API", old_status: "operational", new_status: state }];

/** Two hours of a major outage on 1 March, in which the last half hour was only partial. */
const OUTAGE = {
  id: "past1", name: "API - Resolved", status: "resolved", impact: "critical",
  created_at: "2026-03-01T10:00:00Z", updated_at: "2026-03-01T12:00:00Z", resolved_at: "2026-03-01T12:00:00Z",
  incident_updates: [
    update("p3", "resolved", "2026-03-01T12:00:00Z", "Over.", to("operational")),
    update("p2", "monitoring", "2026-03-01T11:30:00Z", "Better.", to("partial_outage")),
    update("p1", "investigating", "2026-03-01T10:00:00Z", "We look.", to("major_outage")),
  ],
};
const OPEN = {
  id: "now1", name: "API - Investigating Issue", status: "investigating", impact: "major",
  created_at: "2026-03-10T13:58:00Z", updated_at: "2026-03-10T13:58:00Z",
  incident_updates: [update("n1", "investigating", "2026-03-10T13:58:00Z", "We look.", to("partial_outage"))],
};
const DOWN = {
  ...CALM,
  components: [{ ...CALM.components[0], status: "partial_outage" }],
  incidents: [OPEN],
  status: { indicator: "major", description: "Partial System Outage" },
};

/** How often a file was asked for. */
const times = (asked, file) => asked.filter((request) => request.url().endsWith(`/${file}.json`)).length;

test.describe("the last ninety days", () => {
  test.use({ allowed: /Failed to load resource/ });

  test("stand under each component, stay open while the page is read again, and say where nothing is known", async ({ page, context, clock }) => {
    const files = { summary: CALM, incidents: { incidents: [OUTAGE] } };
    const asked = await hosted(context, files);
    await open(page, "/");
    const api = part(page, "Components").getByRole("listitem");
    // 90 minutes whole and 30 at 30 %, of 89 days, 14 hours and 5 seconds.
    await api.getByText("99.92 % of 90 days").click();
    await expect(api.getByRole("row")).toHaveText([/Day \(UTC\)/, /^1 March 2026\s*Major outage\s*2 hours$/]);
    await clock.pass(1.25);
    await expect(page.getByText(/^As of 10 Mar 2026, 15:01 CET/)).toBeVisible();
    await expect(page.getByRole("table")).toBeVisible();
    // What is known is not asked for again; what changed is.
    expect([times(asked, "summary"), times(asked, "incidents")]).toEqual([2, 1]);
    Object.assign(files, { summary: DOWN, incidents: { incidents: [OPEN, OUTAGE] } });
    await clock.pass(1.25);
    await expect(overall(page)).toHaveText("Partial outage");
    await expect(page.getByText(/The source of this page says|is called an outage/), "it does not contradict itself").toHaveCount(0);
    await expect.poll(() => times(asked, "incidents")).toBe(2);
    // During an incident every half minute.
    const before = times(asked, "summary");
    await clock.pass(0.65);
    await expect.poll(() => times(asked, "summary")).toBe(before + 1);
    await page.getByRole("link", { name: "How the 90 days are counted" }).first().click();
    await expect(page.getByRole("heading", { level: 1, name: "How the 90 days are counted" })).toBeFocused();

    // Before the oldest of fifty nothing is known, and without a list nothing at all.
    Object.assign(files, { summary: CALM, incidents: { incidents: Array.from({ length: 50 }, (_, number) => ({ ...OUTAGE, id: `i${number}` })) } });
    await open(page, "/");
    await page.getByText("% of 9 days").click();
    await expect(page.getByText("Nothing is known of 81 of the days.")).toBeVisible();
    files.incidents = (route) => route.fulfill({ status: 500, body: "" });
    await open(page, "/");
    await expect(overall(page)).toHaveText("All systems operational");
    await expect(page.getByText("Nothing is known of these days")).toBeVisible();
  });
});

test("a reader's own components come first, here and at the next visit; and what came since the last look is told", async ({ page, context, clock }) => {
  const two = (summary) => ({ ...summary, components: [...summary.components, { ...CALM.components[0], id: "web", name: "Website", position: 2 }] });
  const files = { summary: two(CALM), incidents: { incidents: [OUTAGE] } };
  await hosted(context, files);
  await open(page, "/");
  await expect(part(page, "Pinned")).toHaveCount(0);
  await expect(part(page, "Since you last looked")).toHaveCount(0);
  const pin = part(page, "Components").getByRole("button", { name: "Keep Website at the top" });
  await pin.press("Enter");
  await expect(pin).toBeFocused();
  await expect(pin).toHaveAttribute("aria-pressed", "true");
  await expect(part(page, "Pinned").getByRole("listitem")).toHaveText([/^Website Operational/]);
  await expect(page.getByText("99.92 % of 90 days").first()).toBeVisible();

  await page.goto("about:blank");
  await clock.pass(180);
  const late = { ...OPEN, id: "late", incident_updates: [update("l1", "investigating", "2026-03-10T16:30:00Z", "We look.")] };
  Object.assign(files, { summary: two({ ...DOWN, incidents: [late] }), incidents: { incidents: [late, OUTAGE] } });
  await open(page, "/");
  const since = part(page, "Since you last looked");
  await expect(since.getByRole("listitem")).toHaveText([/^API - Investigating Issue\s+Investigating$/]);
  await expect(since.locator("time[datetime^='2026-03-10T13:59']")).toBeVisible();
  await page.reload();
  await expect(since.getByRole("listitem")).toHaveCount(1);

  await expect(part(page, "Pinned").getByRole("listitem")).toHaveText([/^Website Operational/]);
  await part(page, "Pinned").getByRole("button", { name: "Keep Website at the top" }).press("Enter");
  await expect(part(page, "Pinned")).toHaveCount(0);
  // The button that was pressed is gone; the keyboard goes on where its list was.
  await expect(part(page, "Components").getByRole("button", { name: "Keep API at the top" })).toBeFocused();
  await page.reload();
  await expect(part(page, "Components").getByRole("listitem")).toHaveCount(2);
  await expect(part(page, "Pinned")).toHaveCount(0);
});

test("a page may leave out whole lists and contradict itself; subscriptions and feeds are the source's, or what the configuration says", async ({ page, context }) => {
  const asked = await hosted(context, {
    summary: { page: CALM.page, status: CALM.status, incidents: null },
    components: { components: [{ id: "api", name: "API", status: "partial_outage" }] },
    incidents: { incidents: [] },
    "scheduled-maintenances": { scheduled_maintenances: [{
      id: "m", name: "Database move", status: "scheduled", impact: "maintenance",
      scheduled_for: "2026-03-11T10:00:00.000+01:00", scheduled_until: "2026-03-11T12:00:00.000+01:00",
      incident_updates: [update("m1", "scheduled", "2026-03-01T09:00:00Z", "We move.<br />Nothing to do.")],
    }] },
  }, { links: { rss: "https://feeds.example.com/rss" } });
  await open(page, "/");
  await expect(overall(page)).toHaveText("Partial outage");
  // Which there are is a matter of `tests/api/overall.rs`, and what is said of each of `tests/web/page.rs`.
  await expect(page.getByText(/says “All Systems Operational”, but its parts are worse/)).toBeVisible();
  const planned = part(page, "Scheduled maintenance").getByRole("article");
  await expect(planned.getByRole("heading")).toHaveText("Database move");
  await expect(planned.getByRole("link", { name: "Database move" })).toHaveAttribute("href", "incidents/m");
  await expect(planned.locator("time[datetime='2026-03-11T09:00:00Z']")).toBeVisible();
  await expect(planned).toContainText("Nothing to do.");
  const links = part(page, "Get updates").getByRole("link");
  await expect(links).toHaveText(["Subscribe at the source", "Atom feed", "RSS feed"]);
  const addresses = await links.evaluateAll((all) => all.map((link) => link.href));
  expect(addresses).toEqual(["https://x.example/", "https://x.example/history.atom", "https://feeds.example.com/rss"]);
  // It is asked without a header of ours: whatever a browser sends by itself is allowed across origins.
  const OWN = /^(accept|accept-encoding|accept-language|cache-control|connection|host|pragma|referer|user-agent|sec-.*)$/;
  expect(asked.flatMap((request) => Object.keys(request.headers())).filter((name) => !OWN.test(name))).toEqual([]);

  // What the source leaves out is not made up, and a slip in settings that a hosted page does not need keeps nobody from it.
  const bare = { name: "Without a moment", status: "investigating", impact: "major" };
  await hosted(context, { summary: { ...CALM, incidents: [bare] }, incidents: { incidents: [] } }, { organisation: null, support: null, components: undefined });
  await open(page, "/");
  await expect(overall(page)).toHaveText("Partial outage");
  const told = part(page, "Active incidents").getByRole("article");
  await expect(told.getByRole("heading")).toHaveText(bare.name);
  await expect(told.locator("a[href], time")).toHaveCount(0);
  await expect(page.getByText("Times are in your time zone")).toBeVisible();
  await expect(page.locator("a[href^='mailto:']")).toHaveCount(0);
});
