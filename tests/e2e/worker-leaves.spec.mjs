// What the service workers never take for theirs, and how they go: a login in the place of a file, old versions, and
// the kill switch of the console.
import { cacheNames, expect, kept, keptWords, LOGIN, look, registrations, test, visit, WITH_WORKER } from "./worker-site.mjs";

test.use({ ...WITH_WORKER, allowed: /Failed to load resource|net::ERR|40[134]|Failed to fetch|not valid JSON|config\.json/ });

const SYMPTOM = "errors when signing in";

test("a login in the place of anything is kept nowhere, and a new version that meets one does not become one; of old versions nothing stays", async ({ page, site }) => {
  const place = await site({ source: "same" });
  await visit(page, place.home);
  place.source.how = "login";
  place.says["/config.json"] = LOGIN;
  for (const path of ["", "history"]) {
    await page.goto(place.home + path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  expect(await keptWords(page, "Please log in")).toEqual([]);
  delete place.says["/config.json"];
  place.down = true;
  await page.goto(place.home);
  await expect(page.getByRole("status", { name: "Overall status" })).toHaveText("Last known: All systems operational");
  Object.assign(place, { down: false });
  place.source.how = "well";

  const files = async () => (await cacheNames(page)).filter((name) => name.startsWith("allclear:/:console:files:"));
  await visit(page, `${place.home}console/`);
  const [first] = await files();
  place.release();
  place.says["/console/"] = LOGIN;
  await look(page).catch(() => {});
  await expect.poll(() => place.sent.some((each) => each.path === "/console/")).toBe(true);
  await page.waitForFunction(() => navigator.serviceWorker.getRegistration().then((found) => !found.installing));
  expect(await page.evaluate(() => navigator.serviceWorker.getRegistration().then((found) => Boolean(found.waiting)))).toBe(false);
  expect(await keptWords(page, "Please log in")).toEqual([]);
  expect(await files()).toContain(first);
  await page.goto(`${place.home}console/`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Incidents");

  delete place.says["/console/"];
  place.release();
  await look(page);
  const button = page.getByRole("button", { name: "Reload now" });
  await expect(button).toBeVisible();
  await Promise.all([page.waitForEvent("load"), button.click()]);
  await visit(page, `${place.home}console/`);
  await expect.poll(files).toHaveLength(1);
  expect(await files()).not.toContain(first);
  expect(await kept(page, ".toml")).toHaveLength(2);
});

test("switched off, the console's worker goes with all that it kept, takes no draft along, and can come back", async ({ page, site }) => {
  const place = await site({ source: "same" });
  const others = ["allclear:/:status:files:0123456789abcdef", "somebody else's"];
  const symptom = page.getByRole("textbox", { name: "Symptom" });
  await visit(page, `${place.home}console/declare`);
  await symptom.fill(SYMPTOM);
  await page.evaluate(async (others) => {
    for (const name of others) await caches.open(name);
    globalThis.sameDocument = true;
  }, others);

  place.build({ worker: "off" });
  await look(page);
  await expect.poll(() => cacheNames(page), "its own, and nobody else's").toEqual(others);
  expect(await page.evaluate(() => globalThis.sameDocument), "nothing reloads").toBe(true);
  await expect(symptom).toHaveValue(SYMPTOM);

  // The next visits come from the network, and bring no worker back.
  for (let visits = 0; visits < 2; visits += 1) {
    place.sent.length = 0;
    await page.goto(`${place.home}console/declare`);
    await expect(symptom).toHaveValue(SYMPTOM);
    expect(place.sent.map(({ path }) => path)).toContain("/console/declare");
    expect(await registrations(page)).toEqual([]);
  }
  expect(await kept(page, ".toml")).toEqual([]);

  place.build();
  await visit(page, `${place.home}console/`);
  expect(await registrations(page)).toEqual(["/console/"]);
});
