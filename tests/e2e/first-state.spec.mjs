// The state's words before the app: written by the page itself, taken over by the app without a flicker, and
// told to other sites by the badge under the same rules (`tests/tools/overall.test.mjs`).
import { readFileSync } from "node:fs";
import { CONFIG, PAGE, serveSource, summary } from "./page-source.mjs";
import { SOON, unanswered, until } from "./passing.mjs";
import { holdApp, laidOut, seenSince, watchState } from "./state-watch.mjs";
import { complaints, expect, test } from "./support.mjs";

const hosted = (context, status = "major_outage", incidents = []) =>
  serveSource(context, { "summary.json": { ...summary(status), incidents, status: { indicator: incidents[0]?.impact ?? "none", description: "" } }, "incidents.json": { page: PAGE, incidents } });
/** An outage that goes on, long enough to fill two lines of a phone. */
const OUTAGE = {
  id: "api-is-down", name: "API requests fail", status: "identified", impact: "critical", created_at: "2026-03-10T13:40:00Z", components: [{ id: "api" }],
  incident_updates: [
    { id: "u2", status: "identified", display_at: "2026-03-10T13:55:00Z", body: "A change that we made this morning is the cause. We are taking it back, region by region.\n\nNext update by 15:20 UTC." },
    { id: "u1", status: "investigating", display_at: "2026-03-10T13:41:00Z", body: "We look into errors." },
  ],
};
const overall = (page, name = "Overall status") => page.getByRole("status", { name });
const light = (page) => page.locator(".state");

test("the state's words stand before the app does, and stay when it comes, and nothing moves; later what was heard before, with its age", async ({ page, context, clock }) => {
  const asked = await hosted(context);
  const letGo = await holdApp(context);
  await page.goto("/", { waitUntil: "commit" });
  await expect(overall(page)).toHaveText("Major outage");
  await expect(light(page)).toHaveAttribute("data-state", "major");
  // Everything that is said there from now on.
  await watchState(page);
  letGo();
  await expect(page.getByRole("region", { name: "Components" })).toContainText("API");
  await expect(overall(page)).toHaveText("Major outage");
  expect(await seenSince(page)).toEqual({ said: ["Major outage"], moved: [] });
  expect(asked.filter((name) => name === "summary.json"), "the app takes over what was fetched").toHaveLength(1);

  // At a repeated visit what was heard before stands at once with its age, until something is heard or known to be lost:
  // the app begins out of sight.
  const silent = (route) => route.request();
  await context.route("**/api/v2/*.json", silent);
  unanswered(context, () => true);
  const comeAgain = await holdApp(context);
  const parts = [];
  page.on("request", (request) => /\.wasm$/.test(request.url()) && parts.push(request.url()));
  await page.goto("/", { waitUntil: "load" });
  await expect(page.getByText(/^Last known: Major outage\. As of 10 Mar 2026, 15:\d\d/)).toBeVisible();
  expect(parts, "beside the state nothing of the app is asked for").toEqual([]);
  await expect(overall(page)).toHaveText("Checking");
  await expect(light(page)).toHaveAttribute("data-state", "unknown");
  comeAgain();
  await until(clock, () => expect(page.locator("#app[hidden] .state")).toHaveCount(1, SOON));
  await expect(page.getByText(/^Last known: Major outage\. As of 10 Mar 2026, 15:\d\d/)).toBeVisible();
  await expect(overall(page)).toHaveText("Checking");
  // It is never the state: a source that does not answer makes it the last that was known, and no more.
  await until(clock, () => expect(page.getByText(/^Source unreachable since /)).toBeVisible(SOON), { step: 12 });
  await expect(overall(page)).toHaveText("Last known: Major outage");
  await expect(page.locator(".state-age")).toHaveText(/^As of 10 Mar 2026, 15:\d\d CET/);
  await clock.pass(10);
  await expect(overall(page)).toHaveText(/^Not known since 15:\d\d CET \(14:\d\d UTC\)Last known: Major outage$/);
  await expect(light(page)).toHaveAttribute("data-state", "unknown");
  await context.unroute("**/api/v2/*.json", silent);
  unanswered(context, () => false);
  await until(clock, () => expect(overall(page)).toHaveText("Major outage", SOON), { step: 60, most: 1_200 });
  await expect(page.getByText(/^Last known:/)).toHaveCount(0);
});

test("what goes on stands before the app does, where and as the app says it, in either language; so does the heading of its page and of the history", async ({ page, context }) => {
  const asked = await hosted(context, "major_outage", [OUTAGE]);
  const lists = () => asked.filter((name) => name === "incidents.json").length;
  const active = (name) => page.getByRole("region", { name });
  await page.setViewportSize({ width: 390, height: 844 });
  for (const [language, title, promise] of [
    ["en", "Active incidents", "Next update by 15:20 UTC 16:20 CET, in 1 hour 19 minutes"],
    ["de", "Aktuelle Störungen", "Nächste Meldung bis 15:20 UTC 16:20 MEZ, noch 1 Stunde 19 Minuten"],
  ]) {
    const letGo = await holdApp(context);
    await page.goto("/", { waitUntil: "commit" });
    await expect(active(title).getByRole("article")).toBeVisible();
    const before = await laidOut(active(title));
    expect(before[3]).toContain(promise);
    await expect(active(title).getByText("We look into errors.")).toHaveCount(0);
    letGo();
    await expect(active(title).getByText("We look into errors.")).toBeVisible();
    expect(await laidOut(active(title)), language).toEqual(before);
    await expect(page.locator("#frame")).toHaveCount(0);
    await page.evaluate(() => localStorage.setItem("allclear:/:language", "de"));
  }

  for (const [address, title] of [["/history", "Störungsverlauf"], ["/incidents/api-is-down", OUTAGE.name]]) {
    const letGo = await holdApp(context);
    const before = lists();
    await page.goto(address, { waitUntil: "commit" });
    const heading = page.getByRole("heading", { name: title, level: 1 });
    await expect(heading).toBeVisible();
    // What draws it was asked for while the page itself arrived.
    await expect(page.locator("script ~ link[rel=preload]")).toHaveCount(2);
    const place = await heading.boundingBox();
    letGo();
    await expect(page.locator("#main").getByRole("heading", { name: title, level: 1 })).toBeVisible();
    expect(await heading.boundingBox(), address).toEqual(place);
    await expect(page.locator("#main").getByText("Ursache gefunden").first()).toBeVisible();
    expect(lists() - before, `the list of incidents is asked for once, at ${address}`).toBe(1);
  }

  // An app that has begun and waits for a part of it has its list asked for, and does not keep a reader who goes on.
  await holdApp(context, "**/split_rest-*.wasm");
  const before = lists();
  await page.goto("/history", { waitUntil: "commit" });
  await expect.poll(() => lists() - before).toBe(1);
  await expect(page.locator("#app[hidden] #main")).toHaveCount(1);
  await page.evaluate(() => { globalThis.isSamePage = true; });
  await page.getByRole("link", { name: "Aktueller Status" }).click();
  await expect(page.getByRole("heading", { name: "Aktueller Status", level: 1 })).toBeFocused();
  await expect(overall(page, "Gesamtstatus")).toHaveText("Schwerer Ausfall");
  expect(await page.evaluate(() => globalThis.isSamePage)).toBe(true);
});

test.describe("a frame to which nothing comes", () => {
  test.use({ allowed: /ERR_FAILED|Failed to (fetch|load)/ });

  test("waits a moment for the state and no longer, and its source is read again; without the app it leaves the state with its time and without a light, and gives a page without a state none", async ({ page, context, clock }) => {
    const found = complaints(context);
    await withoutASource(page, context, clock);
    expect(found, "only an app that does not come is complained of").toEqual([]);

    await hosted(context, "operational");
    const refused = (route) => route.abort();
    const wasm = "**/*_bg.wasm";
    // Whichever of its files it is that does not arrive.
    for (const part of [wasm, "**/status-*.js", "**/start-*.js"]) {
      await context.route(part, refused);
      await page.goto("/", { waitUntil: "commit" });
      await expect(page.getByText("This page could not start in your browser")).toBeVisible();
      await expect(overall(page)).toHaveText("All systems operational");
      await expect(light(page)).toHaveAttribute("data-state", "unknown");
      const minute = new Date(clock.now).getUTCMinutes();
      await expect(page.getByText(`As of 10 Mar 2026, 15:${String(minute).padStart(2, "0")} CET`, { exact: true })).toBeVisible();
      await context.unroute(part, refused);
    }
    const start = "**/console/start-*.js";
    await context.route(start, refused);
    await page.goto("/console/", { waitUntil: "commit" });
    await expect(page.getByText("The console could not start.")).toBeVisible();
    await expect(page.getByText("Opening the console")).toHaveCount(0);
    await context.unroute(start, refused);

    // One that is long in coming leaves it so, too.
    await context.route(wasm, () => {});
    unanswered(context, () => true);
    await page.goto("/", { waitUntil: "commit" });
    await expect(light(page)).toHaveAttribute("data-state", "operational");
    await expect(page.getByText("As of")).toBeHidden();
    await until(clock, () => expect(light(page)).toHaveAttribute("data-state", "unknown", SOON), { step: 15 });
    await expect(page.getByText(/^As of 10 Mar 2026, 15:\d\d CET$/)).toBeVisible();
    await expect(page.getByText("This page could not start in your browser")).toBeHidden();

    await page.goto("/history", { waitUntil: "commit" });
    await expect(page.getByRole("navigation", { name: "Pages" })).toBeVisible();
    await page.waitForFunction(() => globalThis.allclearFirst !== undefined);
    await page.evaluate(async () => globalThis.allclearFirst.done ?? globalThis.allclearFirst.text);
    await expect(page.getByRole("heading", { name: "Incident history", level: 1 })).toBeVisible();
    await expect(overall(page)).toHaveCount(0);
  });
});

/** A source that does not answer is not waited for, and is read again. */
async function withoutASource(page, context, clock) {
  await hosted(context);
  const silent = (route) => route.request();
  await context.route("**/api/v2/*.json", silent);
  unanswered(context, () => true);
  await page.goto("/", { waitUntil: "commit" });
  await expect(page.locator("html[data-waiting] #app")).toBeHidden();
  await clock.pass(0.01);
  await expect(page.getByRole("link", { name: "Incident history" })).toBeVisible();
  await expect(page.locator("html")).not.toHaveAttribute("data-waiting");
  await until(clock, () => expect(page.getByText(/^Source unreachable since /)).toBeVisible(SOON), { step: 12 });
  await expect(overall(page)).toHaveText("Unknown");
  await context.unroute("**/api/v2/*.json", silent);
  unanswered(context, () => false);
  await until(clock, () => expect(overall(page)).toHaveText("Major outage", SOON), { step: 30 });
  await expect(page.getByText(/^Source unreachable since /)).toHaveCount(0);
}

test.describe("the badge on another site", () => {
  const SITE = "https://www.example.org/";
  const SOURCE = "https://status.example.com/api/v2";
  const headers = { "Access-Control-Allow-Origin": "*" };
  const told = (body) => (route) => route.fulfill({ json: body, headers });
  const link = (page, name) => page.getByRole("link", { name, exact: true });

  // The browser asks every site for its icon, and this one's policy refuses it.
  test.use({ allowed: /ERR_FAILED|404|CORS|img-src/ });

  async function visit(page, answer, html = `<html lang="en"><body><main><h1>Example</h1><allclear-badge></allclear-badge></main>`) {
    const template = readFileSync("dist/badge.template.js", "utf8");
    const badge = template.replaceAll("__SOURCE__", SOURCE).replaceAll("__PAGE__", CONFIG.status_url);
    await page.route(SITE, (route) => route.fulfill({
      contentType: "text/html; charset=utf-8",
      headers: { "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src https://status.example.com" },
      body: `<!DOCTYPE html>${html}<title>Example</title><link rel="icon" href="data:,"><script async src="badge.js"></script>`,
    }));
    await page.route(`${SITE}badge.js`, (route) => route.fulfill({ contentType: "text/javascript", body: badge }));
    await page.route(`${SOURCE}/summary.json`, answer);
    await page.goto(SITE);
  }

  test("says the page's state and leads to it, in the language of its place; old, unreachable, silent and without a list are never green", async ({ page, context, clock }) => {
    await visit(page, told(summary("operational")));
    await expect(link(page, "All systems operational")).toHaveAttribute("href", CONFIG.status_url);
    await page.route(`${SOURCE}/summary.json`, told(summary("partial_outage")));
    await clock.pass(1.3);
    await expect(link(page, "Partial outage")).toBeVisible();
    await expect(page.getByText(/^as of 15:01 (CET|GMT\+1)$/)).toBeVisible();
    await page.route(`${SOURCE}/summary.json`, (route) => route.abort());
    await clock.pass(1.3);
    await expect(link(page, "Unknown: its source cannot be reached")).toBeVisible();
    await page.route(`${SOURCE}/summary.json`, told(summary("operational")));
    await clock.pass(3);
    await expect(link(page, "All systems operational")).toBeVisible();
    // The device slept: the next look comes late, and says at once that it has to look; then nothing is answered.
    unanswered(context, () => true);
    await page.route(`${SOURCE}/summary.json`, () => {});
    await clock.pass(60);
    await expect(link(page, "Checking")).toBeVisible();
    await clock.pass(0.3);
    await expect(link(page, "Unknown: its source cannot be reached")).toBeVisible();
    unanswered(context, () => false);

    const { components } = summary("partial_outage");
    await page.route(`${SOURCE}/components.json`, told({ components }));
    await page.route(`${SOURCE}/scheduled-maintenances.json`, (route) => route.fulfill({ status: 404, headers, body: "" }));
    await visit(page, told({ incidents: [] }));
    await expect(link(page, "Partial outage")).toBeVisible();
    const status = { indicator: "critical", description: "Major System Outage" };
    await page.route(`${SOURCE}/summary.json`, told({ ...summary("operational"), status }));
    await clock.pass(1.3);
    await expect(link(page, "All systems operational, its source says worse")).toBeVisible();
    await page.route(`${SOURCE}/*.json`, (route) => route.fulfill({ contentType: "text/html", headers, body: "<html>login</html>" }));
    await clock.pass(1.3);
    await expect(link(page, "Unknown")).toBeVisible();
    await expect(page.getByText(/as of/)).toHaveCount(0);

    for (const html of [
      `<html lang="de-CH"><body><main><h1>X</h1><allclear-badge></allclear-badge></main>`,
      `<html lang="fr"><body><main><h1>X</h1><allclear-badge lang="de"></allclear-badge></main>`,
    ]) {
      await visit(page, told(summary("partial_outage")), html);
      await expect(link(page, "Teilausfall")).toBeVisible();
    }
  });
});
