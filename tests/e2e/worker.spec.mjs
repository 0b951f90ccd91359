// The status page with its service worker: it opens when everything is down, says how old it is, costs nothing on a
// repeat visit, and goes when it is told to.
import { cacheNames, expect, kept, keptWords, look, test, visit, WITH_WORKER } from "./worker-site.mjs";

test.use({ ...WITH_WORKER, allowed: /Failed to load resource|net::ERR|503|Failed to fetch|not valid JSON|config\.json|localhost:\d+\/api\/v2/ });

const asked = (page) => page.evaluate(async () => {
  const answer = await fetch(document.querySelector("script[data-source]").dataset.source + "/summary.json", { cache: "no-cache" });
  return { status: answer.status, asOf: answer.headers.get("Allclear-As-Of"), type: answer.headers.get("Content-Type"), text: await answer.text() };
});

test("without a network the status page opens, and the kept state is marked as old; what is no page is not kept", async ({ page, site }) => {
  const place = await site({ source: "other" });
  const before = new Date().toISOString();
  await visit(page, place.home);
  expect((await asked(page)).asOf, "an answer of the network is not marked").toBeNull();
  const after = new Date().toISOString();
  place.source.status = "major_outage";
  for (const how of ["login", "refuses", "down"]) {
    place.source.how = how;
    const { asOf, status, type, text } = await asked(page);
    expect([status, type], how).toEqual([200, "application/json"]);
    expect(JSON.parse(text).components[0].status, how).toBe("operational");
    expect(asOf >= before && asOf <= after, `${how}: ${asOf}`).toBe(true);
  }
  place.down = true;
  for (const path of ["history", "incidents/abc?x=1", ""]) {
    await page.goto(place.home + path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  await expect(page.getByRole("status", { name: "Overall status" })).toHaveText("Last known: All systems operational");
  await expect(page.locator(".state")).toHaveAttribute("data-state", "unknown");
  await expect(page.getByText(/^As of /)).toBeVisible();
  await expect(page.getByText(/^Source unreachable since /)).toBeVisible();
  // The script before the app writes no green from a kept answer.
  expect(await page.evaluate(async () => [await globalThis.allclearFirst.text, globalThis.allclearFirst.rank])).toEqual([undefined, undefined]);

  place.down = false;
  place.source.how = "well";
  const { asOf, text } = await asked(page);
  expect([asOf, JSON.parse(text).components[0].status]).toEqual([null, "major_outage"]);
  expect(await keptWords(page, "<html>login")).toEqual([]);

  // A source that moves to another origin, which the kept page may not ask: the page is loaded anew by itself, once.
  const moved = place.move();
  const loads = [];
  page.on("request", (request) => request.isNavigationRequest() && loads.push(request.url()));
  await page.goto(place.home, { waitUntil: "commit" });
  await expect(page.locator("script[data-source]")).toHaveAttribute("data-source", moved);
  await expect(page.locator("#main").getByRole("status", { name: "Overall status" })).toHaveText("Major outage");
  await expect(page.getByText(/^Source unreachable since /)).toHaveCount(0);
  expect(loads).toEqual([place.home, place.home]);
});

test.describe("in German", () => {
  test.use({ locale: "de-DE" });

  test("a new version waits to be asked for, is told politely, and reloads only the tab that asked", async ({ page, context, site }) => {
    const place = await site();
    await visit(page, place.home);
    const other = await context.newPage();
    await visit(other, `${place.home}history`);
    for (const each of [page, other]) await each.evaluate(() => { globalThis.sameDocument = true; });
    const [old] = (await cacheNames(page)).filter((name) => name.startsWith("allclear:/:status:files:"));
    await page.evaluate(() => caches.open("somebody else's"));
    place.release();
    await look(page);
    for (const each of [page, other]) {
      await expect(each.getByRole("status").filter({ hasText: "Eine neue Fassung dieser Seite liegt bereit." })).toBeVisible();
    }
    expect(await page.evaluate(() => globalThis.sameDocument), "nothing reloads by itself").toBe(true);

    await page.bringToFront();
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Jetzt neu laden" }).click()]);
    await visit(page, place.home);
    await expect(page.getByRole("button", { name: "Jetzt neu laden" })).toHaveCount(0);
    expect(await other.evaluate(() => globalThis.sameDocument), "the other tab is left alone").toBe(true);
    expect(await cacheNames(page), "the other tab may still need its files").toContain(old);

    await other.bringToFront();
    await Promise.all([other.waitForEvent("load"), other.getByRole("button", { name: "Jetzt neu laden" }).click()]);
    await visit(other, `${place.home}history`);
    await page.close();
    await visit(other, place.home);
    await expect.poll(() => cacheNames(other)).not.toContain(old);
    expect(await cacheNames(other)).toContain("somebody else's");
  });
});

test("switched off, the worker removes what it kept and itself, offers nothing and reloads nothing", async ({ page, site }) => {
  const place = await site({ source: "same" });
  await visit(page, place.home);
  await page.evaluate(async () => {
    await caches.open("somebody else's");
    globalThis.sameDocument = true;
    globalThis.offers = 0;
    new MutationObserver(() => { globalThis.offers += document.querySelectorAll(".renewal").length; }).observe(document.body, { childList: true });
  });
  place.build({ worker: "off" });
  await look(page);
  await expect.poll(() => cacheNames(page)).toEqual(["somebody else's"]);
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.getRegistration().then(Boolean))).toBe(false);
  expect(await page.evaluate(() => globalThis.offers)).toBe(0);
  expect(await page.evaluate(() => globalThis.sameDocument)).toBe(true);
  // The next visits come from the network and bring no worker back.
  for (let visits = 0; visits < 2; visits += 1) {
    place.sent.length = 0;
    await page.goto(place.home, { waitUntil: "networkidle" });
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(place.sent.map(({ path }) => path)).toContain("/");
  }
  expect(await page.evaluate(() => navigator.serviceWorker.getRegistrations().then((all) => all.length))).toBe(0);
  expect(await kept(page, "summary.json")).toEqual([]);
});

test("on a plain host below a path every address finds its app, before the worker and with it; a repeat visit downloads nothing of it", async ({ page, browser, site }) => {
  const base = "/repository/";
  const place = await site({ base, host: "github", plain: true, source: "same" });
  const addresses = ["history", "incidents/abc", "console/incidents/abc"];
  const stranger = await (await browser.newContext({ serviceWorkers: "block" })).newPage();
  for (const path of addresses) {
    const answer = await stranger.goto(place.home + path);
    expect(answer.status(), path).toBe(404);
    const app = place.home + (path.startsWith("console") ? "console/" : "");
    await stranger.waitForFunction((base) => document.baseURI === base, app);
    await expect(stranger).toHaveURL(place.home + path);
    await expect(stranger.getByRole("heading", { level: 1 })).toBeVisible();
  }
  await stranger.context().close();
  await visit(page, place.home);
  // A hosted page's reader downloads nothing that reads a browser's own page, for later visits either.
  await expect(page.getByText(/of 90 days$/).first()).toBeVisible();
  const parts = place.sent.map(({ path }) => path).filter((path) => /\/split_/.test(path));
  expect(parts.filter((path) => /split_rest/.test(path)).length).toBeGreaterThan(0);
  expect(parts.filter((path) => /split_kept/.test(path))).toEqual([]);
  place.sent.length = 0;
  await page.goto(place.home);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await look(page);
  const bodies = place.sent.filter(({ status }) => status === 200).map(({ path }) => path);
  expect(bodies.filter((path) => /\/$|\.(html|css|js|wasm)$/.test(path) && path !== `${base}sw.js`)).toEqual([]);

  await visit(page, `${place.home}console/`);
  place.down = true;
  for (const path of ["", ...addresses, "console/"]) {
    await page.goto(place.home + path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page).toHaveURL(place.home + path);
  }
  for (const name of await cacheNames(page)) expect(name.startsWith(`allclear:${base}:`), name).toBe(true);
});
