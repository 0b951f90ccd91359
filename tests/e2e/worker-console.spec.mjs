// The console with its service worker: it opens while the host is down, loses nothing that was typed, and keeps
// no playbook for somebody who is not logged in.
import { item } from "./responder.mjs";
import { expect, gives, kept, keptWords, LOGIN, look, registrations, test, visit, WITH_WORKER } from "./worker-site.mjs";

test.use({ ...WITH_WORKER, allowed: /Failed to load resource|net::ERR|40[134]|Failed to fetch/ });

const SYMPTOM = "errors when signing in";
const symptom = (page) => page.getByRole("textbox", { name: "Symptom" });

/** Begins to declare an incident, and stops before the end. */
async function draft(page, home) {
  await page.goto(`${home}console/declare`);
  await symptom(page).fill(SYMPTOM);
}

test("without a network the console opens with its playbook and the draft; when the login is gone, the playbook goes too", async ({ page, site }) => {
  const place = await site();
  await visit(page, `${place.home}console/`);
  await draft(page, place.home);
  place.down = true;
  await page.goto(`${place.home}console/declare`);
  await expect(symptom(page)).toHaveValue(SYMPTOM);
  await expect(page.getByRole("radiogroup", { name: "Severity" }).getByRole("radio", { name: "P0 Critical" })).toBeVisible();
  place.down = false;
  expect(await kept(page, "sop.toml")).toHaveLength(1);
  // A page that asks for a login, with a status of 200.
  place.loggedOut = "login";
  await page.goto(`${place.home}console/sop`);
  await expect.poll(() => kept(page, ".toml")).toEqual([]);
  // Whoever opens the console now is told why nothing can be sent, and finds the way to the login.
  await page.reload();
  const ended = page.getByRole("alert").filter({ hasText: "Nothing is posted or mailed until you have logged in" });
  await expect(ended.getByRole("button", { name: "Log in" })).toBeVisible();
  place.loggedOut = false;
  await ended.getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => kept(page, ".toml")).toHaveLength(2);
  await expect(ended).toHaveCount(0);
  place.loggedOut = "login";
  await page.goto(`${place.home}console/sop`);
  await expect.poll(() => kept(page, ".toml")).toEqual([]);
  // What "Log in" opens is the login, and not the console that is kept.
  const login = await page.context().newPage();
  await login.goto(`${place.home}console/?login`);
  await expect(login.getByRole("heading", { name: "Please log in" })).toBeVisible();
  await login.close();
  place.down = true;
  expect(await page.evaluate(() => fetch("sop.toml").then(() => "given", () => "gone"))).toBe("gone");
});

test("a new version interrupts no draft, and the draft survives the reload", async ({ page, site }) => {
  const place = await site();
  await visit(page, `${place.home}console/`);
  await draft(page, place.home);
  place.release();
  await look(page);
  const button = page.getByRole("button", { name: "Reload now" });
  await expect(button).toBeVisible();
  await expect(symptom(page)).toBeFocused();
  // Who reloads by themselves stays on the old version, and loses nothing of the new one.
  await page.reload();
  await expect(button).toBeVisible();
  await Promise.all([page.waitForEvent("load"), button.click()]);
  await expect(symptom(page)).toHaveValue(SYMPTOM);
  place.down = true;
  await page.goto(`${place.home}console/declare`);
  await expect(symptom(page)).toHaveValue(SYMPTOM);
});

test("who is logged in is never kept, a stranger's question takes nothing away, and the two workers keep apart", async ({ page, context, site }) => {
  const place = await site({ source: "same" });
  await visit(page, place.home);
  place.loggedOut = "strangers";
  await context.addCookies([{ name: "login", value: "ada", url: place.home }]);
  await visit(page, `${place.home}console/`);
  expect(await registrations(page)).toEqual(["/", "/console/"]);
  expect(await kept(page, ".toml")).toHaveLength(2);
  place.says["/api/whoami"] = { type: "application/json", text: '{"name":"Ada, who is logged in"}' };
  for (let times = 0; times < 2; times += 1) expect(await gives(page, "/api/whoami")).toBe(place.says["/api/whoami"].text);
  expect(place.sent.filter((each) => each.path === "/api/whoami").length).toBeGreaterThanOrEqual(2);
  expect(await keptWords(page, "Ada, who is logged in")).toEqual([]);

  // Asking whether strangers can read the playbook; a kept copy is no answer to that.
  const readiness = async (found) => {
    await page.goto(`${place.home}console/readiness`);
    await expect(item(page.getByRole("list", { name: "Checks" }), "Playbook behind a login")).toContainText(found);
    expect(await kept(page, ".toml")).toHaveLength(2);
  };
  await readiness("Without a login it cannot be read.");
  place.leads = true;
  await readiness("Without a login it cannot be read.");
  place.says["/console/"] = { type: "text/html", text: '<!DOCTYPE html><base href="/console/">' };
  await readiness("the console’s own page is given to whoever asks");
  delete place.says["/console/"];
  place.down = true;
  await readiness("Whether strangers can read it is not known");
  expect(await gives(page, "/api/whoami")).toBe("nothing");

  // The status page's worker has nothing of the console's, and stands in for nothing of it.
  const outer = await page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.includes(":status:"));
    const all = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
    return all.flat();
  });
  expect(outer.filter((url) => url.includes("/console/"))).toEqual([]);
  expect(outer.length).toBeGreaterThan(4);

  // A login in the place of who is logged in takes the playbook away.
  place.down = false;
  place.says["/api/whoami"] = LOGIN;
  expect(await gives(page, "/api/whoami")).toBe(LOGIN.text);
  expect(await kept(page, ".toml")).toEqual([]);
});
