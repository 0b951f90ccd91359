// What is said aloud to people who do not see the page: each change once, and nothing where nothing changed.
import { counted, pause, read } from "./readings.mjs";
import { CALM, hosted, update } from "./served-page.mjs";
import { complaints, expect, open, test } from "./support.mjs";

const OPEN = {
  id: "now1", name: "API is slow", status: "investigating", impact: "major",
  created_at: "2026-03-10T13:58:00Z", updated_at: "2026-03-10T13:58:00Z",
  incident_updates: [update("n1", "investigating", "2026-03-10T13:58:00Z", "We look.")],
};
const again = (...more) => ({ ...OPEN, status: more[0].status, incident_updates: [...more, ...OPEN.incident_updates] });
const STILL = again(update("n2", "investigating", "2026-03-10T14:03:00Z", "We still look."));
const OVER = again(update("n4", "resolved", "2026-03-10T14:05:00Z", "Over."), STILL.incident_updates[0]);

/** The page's files, with an incident or in calm. */
const during = (incident) => ({
  summary: { ...CALM, components: [{ ...CALM.components[0], status: "partial_outage" }], incidents: [incident] },
  incidents: { incidents: [incident] },
});
const after = (incident) => ({ summary: CALM, incidents: { incidents: [incident] } });
/** Two components, of which the second is so, beside the incident. */
const beside = (status) => {
  const { summary, incidents } = during(OPEN);
  return { incidents, summary: { ...summary, components: [...summary.components, { ...CALM.components[0], id: "web", name: "Website", position: 2, status }] } };
};
const CALM_FILES = { summary: CALM, incidents: { incidents: [] } };

const overall = (page) => page.getByRole("status", { name: "Overall status" });

/** Begins to note what live regions say: every text that one of them is given, a rewritten one too. */
const listen = (page) => page.evaluate(() => {
  const LIVE = ":is([role=status], [role=alert], output, [aria-live]):not([aria-live=off])";
  globalThis.said = [];
  new MutationObserver((changes) => {
    const regions = changes.flatMap(({ target, addedNodes }) => {
      const inside = [...addedNodes].flatMap((node) => (node.querySelectorAll ? [...node.querySelectorAll(LIVE)] : []));
      return [(target.closest ? target : target.parentElement)?.closest(LIVE), ...inside];
    });
    for (const region of new Set(regions)) if (region?.textContent) globalThis.said.push(region.textContent);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
});

/** What was said since the last time it was asked. */
const said = (page) => page.evaluate(() => globalThis.said.splice(0).sort());

/** These texts are said, in any order and nothing else: what tells of a change has its turn after the reading. */
async function hears(page, texts, why) {
  await expect.poll(() => page.evaluate(() => globalThis.said.map((text) => text.trim()).sort()), why).toEqual(texts);
  await said(page);
}

/** Opens an address, waits for its first reading, and begins to listen. */
async function listening(page, address = "/") {
  await open(page, address);
  await expect(page.getByText("Times are in your time zone")).toBeVisible();
  if (address === "/") await expect(page.getByText(/of 90 days$/).first()).toBeVisible();
  await listen(page);
}

test.use({ allowed: /Failed to load resource/ });

test("each change is said once, and what stays the same is not said; a source that is lost is said once while it lasts, and its return once", async ({ page, context, clock }) => {
  const files = { ...CALM_FILES };
  const found = complaints(context);
  await counted(context);
  await hosted(context, files);
  await listening(page);
  await read(page, clock, 2);
  expect(await said(page)).toEqual([]);
  await saysAnIncident(page, clock, files);

  // A component that changes beside an open incident.
  Object.assign(files, beside("operational"));
  await listening(page);
  Object.assign(files, beside("degraded_performance"));
  await read(page, clock, 2);
  await expect(page.getByRole("region", { name: "Components" })).toContainText("Degraded performance");
  await hears(page, ["Website: Degraded performance"]);

  await saysTheStateElsewhere(page, clock, files);
  expect(found, "only a lost source is complained of").toEqual([]);
  await keepsWhatItTellsOf(page, clock, files);
  await saysALostSource(page, clock, files);
});

/** An incident from its beginning to its end, on the home page. */
async function saysAnIncident(page, clock, files) {
  Object.assign(files, during(OPEN));
  await read(page, clock);
  await expect(overall(page)).toHaveText("Partial outage");
  await hears(page, ["API is slow: Investigating", "Partial outage"], "the state, and the incident");
  await read(page, clock, 2);
  expect(await said(page)).toEqual([]);
  // An update is said even where it says the same as the one before, and leaves alone what it does not speak of.
  const bars = page.locator("details.bars").first();
  await bars.locator("summary").click();
  Object.assign(files, during(STILL));
  await read(page, clock, 2);
  await hears(page, ["API is slow: Investigating"]);
  await expect(bars).toHaveAttribute("open", "");
  await expect(bars.locator("summary")).toBeFocused();
  Object.assign(files, after(OVER));
  await read(page, clock, 2);
  await expect(overall(page)).toHaveText("All systems operational");
  await hears(page, ["API is slow: Resolved", "All systems operational"]);
}

/** A page without the state on it says the state with the incident, in one piece. */
async function saysTheStateElsewhere(page, clock, files) {
  Object.assign(files, CALM_FILES);
  await listening(page, "/history");
  for (let times = 0; times < 2; times += 1) expect(await pause(page, clock)).toBeLessThan(Infinity);
  expect(await said(page)).toEqual([]);
  Object.assign(files, during(OPEN));
  expect(await pause(page, clock)).toBeLessThan(Infinity);
  await expect(page.getByRole("link", { name: "API is slow" })).toBeVisible();
  expect(await pause(page, clock)).toBeLessThan(Infinity);
  await hears(page, ["Partial outage. API is slow: Investigating"]);
}

/** The page of an incident that has ended, while what became of it cannot be read yet. */
async function keepsWhatItTellsOf(page, clock, files) {
  Object.assign(files, during(OPEN));
  await listening(page, "/incidents/now1");
  files.summary = CALM;
  files.incidents = (route) => route.fulfill({ status: 503, body: "" });
  for (let times = 0; times < 2; times += 1) expect(await pause(page, clock)).toBeLessThan(Infinity);
  await expect(page.getByRole("heading", { level: 1, name: "API is slow" })).toBeVisible();
  await expect(page.getByText("We look.")).toBeVisible();
  files.incidents = after(OVER).incidents;
  // A list that failed twice is left alone for two minutes.
  for (let times = 0; times < 4; times += 1) expect(await pause(page, clock)).toBeLessThan(Infinity);
  await expect(page.getByText("Over.", { exact: true })).toBeVisible();
}

/** A source that is lost for three readings and more than ten minutes, and comes back. */
async function saysALostSource(page, clock, files) {
  Object.assign(files, CALM_FILES);
  await listening(page);
  const [utc, berlin] = [0, 3_600_000].map((ahead) => new Date(clock.now + ahead).toISOString().slice(11, 16));
  files.summary = (route) => route.fulfill({ status: 503, body: "" });
  for (let times = 0; times < 3; times += 1) expect(await pause(page, clock)).toBeLessThan(Infinity);
  await expect(page.getByText(/^Source unreachable since /)).toBeVisible();
  await hears(page, ["Last known: All systems operational"]);
  files.summary = CALM;
  await read(page, clock);
  await expect(page.getByText(/^Source unreachable since /)).toHaveCount(0);
  // Ten minutes without news passed on the way to the reading that brought some.
  await hears(page, ["All systems operational", `Not known since ${berlin} CET (${utc} UTC)Last known: All systems operational`]);
  await read(page, clock);
  expect(await said(page)).toEqual([]);
}
