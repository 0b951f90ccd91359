// Every payload of a real page, shown on a phone: its state, its components, its open incidents. What each of them
// says is a matter of `tests/api/public_page_real.rs`. And pages larger than these.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { CALM, hosted, update } from "./served-page.mjs";
import { expect, open, PHONE, test } from "./support.mjs";

const FIXTURES = new URL("../../../shared/contracts/fixtures/", import.meta.url);
const HERE = existsSync(FIXTURES);

/** When the payload was taken, from its name. */
const taken = (name) => {
  const date = /(\d{4})(?:-(\d\d))?/.exec(name);
  return date ? `${date[1]}-${date[2] ?? "12"}-28T12:00:05Z` : "2022-03-28T12:00:05Z";
};
const names = HERE ? readdirSync(FIXTURES).filter((name) => name.endsWith(".json") && !name.startsWith("statuspage-manage")) : [];
// The oldest first: for a reader no time goes back.
names.sort((one, other) => taken(one).localeCompare(taken(other)));

/** Three groups of seven components, in one of which something is wrong. */
const GROUPS = ["Voice", "Messaging", "Video"];
const LONG = {
  ...CALM,
  components: [
    ...GROUPS.map((name, group) => ({ id: `g${group}`, name, status: "operational", position: group, group: true, group_id: null, description: null })),
    ...GROUPS.flatMap((_, group) => [1, 2, 3, 4, 5, 6, 7].map((number) => ({
      id: `${group}${number}`, name: `${GROUPS[group]} ${number}`, status: group === 1 && number === 2 ? "partial_outage" : "operational",
      position: number, group: false, group_id: `g${group}`, description: null,
    }))),
  ],
  status: { indicator: "none", description: "" },
};

/** Thousands of components and of incidents, one of which has thousands of updates and a million letters. */
function thousands(clock) {
  const at = new Date(clock.now - 1_800_000).toISOString();
  const component = (number) => ({ id: `k${number}`, name: `Part ${number}`, status: "operational", group: false, group_id: null, position: number });
  const incident = (number) => ({
    id: `o${number}`, name: `Trouble ${number}`, status: "investigating", impact: "minor", created_at: at, updated_at: at, components: [],
    incident_updates: Array.from({ length: number === 0 ? 10_000 : 1 }, (_, one) => update(`u${number}-${one}`, "investigating", at, number + one === 0 ? "word ".repeat(200_000) : "We look into it.")),
  });
  return { ...CALM, components: Array.from({ length: 5_000 }, (_, number) => component(number)), incidents: Array.from({ length: 1_000 }, (_, number) => incident(number)) };
}

/** Fifty groups of a hundred components, in one of which something is wrong. */
const COUNTLESS = {
  ...CALM,
  components: Array.from({ length: 50 }, (_, group) => [
    { id: `g${group}`, name: `Region ${group}`, status: "operational", position: group, group: true, group_id: null, description: null },
    ...Array.from({ length: 100 }, (_, number) => ({
      id: `${group}-${number}`, name: `Part ${group}-${number}`, status: group === 7 && number === 3 ? "major_outage" : "operational",
      position: number, group: false, group_id: `g${group}`, description: null,
    })),
  ]).flat(),
};

test.use({ ...PHONE, start: "2016-01-01T12:00:05Z", allowed: /Failed to load resource/ });

test("each real page shows everything that it names; a long one closes the groups in which all works; p9: one of thousands is drawn in part, and more when asked", async ({ page, context, clock }) => {
  await context.addInitScript(() => {
    globalThis.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => globalThis.violations.push(event.violatedDirective));
  });
  const files = {};
  await hosted(context, files);
  const state = page.getByRole("status", { name: "Overall status" });
  test.info().annotations.push({ type: "real pages", description: HERE ? `${names.length}` : `none: ${FIXTURES.pathname} is not here` });
  if (HERE) expect(names.length).toBeGreaterThan(5);
  for (const name of names) {
    const file = JSON.parse(readFileSync(new URL(name, FIXTURES), "utf8"));
    await page.goto("about:blank");
    await clock.set(taken(name));
    Object.assign(files, { summary: file, incidents: { incidents: file.incidents ?? [] } });
    await open(page, "/");
    await expect(state, name).not.toHaveText(/Checking/);
    const components = (file.components ?? []).filter((each) => !each.group && !each.only_show_if_degraded);
    if (components.length === 0 || components.some((each) => each.status !== "operational")) {
      await expect(state, name).not.toHaveText("All systems operational");
    }
    const shown = await page.locator(".component-name").allTextContents();
    for (const each of components) expect(shown, name).toContain(each.name);
    const open_ = (file.incidents ?? []).filter((each) => !["resolved", "postmortem", "scheduled", "in_progress", "verifying", "completed"].includes(each.status));
    const headings = await page.getByRole("region", { name: "Active incidents" }).getByRole("heading").allTextContents();
    for (const each of open_) expect(headings, name).toContain(each.name);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), name).toBe(true);
    const [first] = file.incidents ?? [];
    if (!first) continue;
    await open(page, `/incidents/${first.id}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(first.name);
    for (const text of await page.locator(".timeline-text").allTextContents()) expect(text, name).not.toMatch(/<\/?\w+[^>]*>|&(amp|lt|gt|quot|nbsp|#\d+);|\*\*/);
    expect(await page.evaluate(() => globalThis.violations), name).toEqual([]);
  }

  for (const [summary, shown] of [[LONG, closesGroups], [COUNTLESS, drawsGroupsThatAreOpened], [thousands(clock), isDrawnInPart]]) {
    Object.assign(files, { summary, incidents: { incidents: [] } });
    await open(page, "/");
    await shown(page);
  }
});

/** Where something is wrong, it is in sight; the rest is, once it is asked for. */
async function closesGroups(page) {
  const components = page.getByRole("region", { name: "Components" });
  const named = (name) => components.locator(".component-name", { hasText: new RegExp(`^${name}$`) });
  await expect(named("Messaging 2")).toBeVisible();
  await expect(named("Messaging 7")).toBeVisible();
  await expect(named("Voice 1")).toBeHidden();
  const group = (name) => components.locator("summary", { has: page.getByRole("heading", { name, exact: true }) });
  await expect(group("Voice")).toContainText("7 components");
  await group("Voice").click();
  await expect(named("Voice 1")).toBeVisible();
  await group("Video").focus();
  await page.keyboard.press("Enter");
  await expect(named("Video 7")).toBeVisible();
}

/** Of thousands, what works is not even drawn before it is asked for. */
async function drawsGroupsThatAreOpened(page) {
  const components = page.getByRole("region", { name: "Components" });
  const rows = components.locator(".component-name");
  await expect(rows.filter({ hasText: /^Part 7-3$/ })).toBeVisible();
  await expect(rows).toHaveCount(100);
  await components.locator("summary", { has: page.getByRole("heading", { name: "Region 49", exact: true }) }).click();
  await expect(rows.filter({ hasText: /^Part 49-99$/ })).toBeVisible();
  await expect(rows).toHaveCount(200);
}

async function isDrawnInPart(page) {
  const cards = page.getByRole("region", { name: "Active incidents" });
  await expect(cards.getByRole("article")).toHaveCount(30);
  const rows = page.getByRole("region", { name: "Components" }).getByRole("listitem").filter({ hasText: /^Part / });
  await expect(rows).toHaveCount(100);
  await page.getByRole("region", { name: "Components" }).getByRole("button", { name: "Show more" }).click();
  await expect(rows).toHaveCount(200);
  expect(await page.evaluate(() => document.body.textContent.length)).toBeLessThan(200_000);
}
