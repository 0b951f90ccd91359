// Bad days of hosted services: what the console says happened, what was and was not sent, and what to do. What an
// answer means is a matter of `tests/api/`.
import { readFileSync } from "node:fs";
import { ADDRESS, declared, keep } from "./log.mjs";
import { SOON, until } from "./passing.mjs";
import { channel, duty, sent } from "./responder.mjs";
import { check, scriptedEdge, troubles, writes } from "./scripted-edge.mjs";
import { expect, open, test } from "./support.mjs";

// The browser notes every answer of failure in its console; these days are made of them.
test.use({ allowed: /Failed to load resource|ERR_INTERNET_DISCONNECTED/ });

/** Ada is logged in, and her incident is open. */
async function underWay({ page, context, clock }, options) {
  const edge = await scriptedEdge(context, clock, options);
  const at = new Date(clock.now - 5_000).toISOString();
  await keep(context, declared({ who: "ada", components: ["api1"], at }));
  await open(page, ADDRESS);
  await expect(page.getByText("You are ada, from the login")).toBeVisible();
  // The rest of the console comes while it is quiet.
  await clock.pass(0.1);
  return edge;
}

/** Presses Publish in the status page's section. */
async function press(page) {
  const messages = await channel(page, "Status page");
  await messages.getByRole("button", { name: "Publish to status page" }).click();
}

test("offline: nothing is tried, nothing is sent by itself later, and it is said; what was typed is shown to no other login", async ({ page, context, clock }) => {
  const edge = await underWay({ page, context, clock });
  await context.setOffline(true);
  await expect(troubles(page)).toContainText("This device is offline");
  await press(page);
  await expect(page.getByText("held, and not sent")).toBeVisible();
  await expect(page.getByRole("region", { name: "Break glass" })).toBeVisible();
  await clock.pass(1.5);
  await context.setOffline(false);
  await expect(troubles(page)).not.toContainText("This device is offline");
  await until(clock, () => expect(troubles(page)).toContainText("Not sent: it waited for more than a minute", SOON));
  await expect(page.getByText("held, and not sent")).toHaveCount(0);
  expect(writes(edge)).toEqual([]);

  const symptom = page.getByRole("textbox", { name: "Symptom" });
  await open(page, "/console/declare");
  await expect(page.getByText("You are ada, from the login")).toBeVisible();
  await symptom.fill("what Ada alone knows");
  for (const [login, typed] of [["grace", ""], ["ada", "what Ada alone knows"]]) {
    edge.login = login;
    await page.reload();
    await expect(page.getByText(`You are ${login}, from the login`)).toBeVisible();
    await expect(symptom).toHaveValue(typed);
  }

  // What could not be read at the opening is read when the network is back, and nothing is said of it any more.
  edge.answer = async ({ pathname, json }) => {
    if (!pathname.endsWith("/components")) return false;
    await json(503, { error: "Busy" });
    return true;
  };
  await page.reload();
  const unread = page.getByText("The status page could not be read");
  await expect(unread).toBeVisible();
  edge.answer = null;
  await context.setOffline(true);
  await expect(troubles(page)).toContainText("This device is offline");
  await context.setOffline(false);
  await until(clock, () => expect(unread).toHaveCount(0, SOON));
});

test("a wrong key: the ledger and readiness say it in plain words; break glass, and the post is recorded by hand", async ({ page, context, clock }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const edge = await underWay({ page, context, clock });
  const glass = page.getByRole("region", { name: "Break glass" });
  await expect(glass).toHaveCount(0);
  edge.answer = async ({ json }) => {
    await json(401, { error: "Could not authenticate" });
    return true;
  };
  await press(page);
  const words = "does not accept the key that the edge adds";
  await until(clock, () => expect(sent(page)).toContainText("Failed", SOON));
  await expect(sent(page)).toContainText(words);
  await expect(duty(page, "Status page: first message")).not.toContainText("Done");

  await expect(glass.getByRole("link", { name: "Open the service’s own console" })).toHaveAttribute("href", "https://manage.statuspage.io/");
  await glass.getByRole("button", { name: "Copy text" }).click();
  await expect(glass.getByText("Copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^API - Investigating Issue\n\n/);
  await glass.getByRole("button", { name: "Posted by hand" }).click();
  await expect(page.getByRole("dialog").getByRole("textbox", { name: "Text" }), "what was copied is what was posted").toHaveValue(/Next update by/);
  await page.getByRole("dialog").getByRole("textbox", { name: "Link" }).fill("https://stspg.io/byhand");
  await page.getByRole("dialog").getByRole("button", { name: "Record it" }).click();
  await expect(duty(page, "Status page: first message")).toContainText("Done");
  await expect(sent(page)).toContainText("Sent by hand");
  await expect(sent(page)).toContainText("We're currently investigating an issue affecting API.");
  await expect(sent(page).getByRole("link")).toHaveAttribute("href", "https://stspg.io/byhand");

  // The end, too, is recorded by hand, though no duty asks for it; and what it was is learned after it.
  const messages = await channel(page, "Status page");
  await messages.getByRole("radio", { name: "Resolved" }).check();
  await messages.getByRole("textbox", { name: "Cause and resolution" }).fill("The key was renewed");
  await press(page);
  await until(clock, () => glass.getByRole("button", { name: "Posted by hand" }).click({ timeout: 1_000 }));
  await expect(page.getByRole("dialog").getByRole("radio", { name: "Resolved" })).toBeChecked();
  await page.getByRole("dialog").getByRole("button", { name: "Record it" }).click();
  await expect(page.getByRole("button", { name: "Reopen" })).toBeVisible();
  await page.getByRole("button", { name: "Change type" }).click();
  await page.getByRole("dialog").getByRole("combobox", { name: "Type" }).selectOption({ label: "Data Breach" });
  await page.getByRole("dialog").getByRole("button", { name: "Change the type" }).click();
  await expect(duty(page, "Notify the regulator")).toBeVisible();

  // Whoever takes over gets what is owed as text, and in the calendar.
  await page.getByRole("button", { name: "Copy hand-over" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("- Notification of the regulator: due ");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download calendar (.ics)" }).click()]);
  expect(readFileSync(await file.path(), "utf8")).toContain("\r\nSUMMARY:Notification of the regulator: ");

  await page.getByRole("link", { name: "Readiness", exact: true }).click();
  await until(clock, () => expect(check(page, "Status page")).toContainText(words, SOON));
  await expect(check(page, "Status page")).toContainText("Failed");
});

test("a clock ten minutes off is said, and everything counts by the server's", async ({ page, context, clock }) => {
  await clock.set("2026-03-10T14:10:05Z");
  const edge = await scriptedEdge(context, clock, { aheadMinutes: 10 });
  // Declared by the server's clock a moment ago: due fifteen minutes later, and not twenty-five.
  await keep(context, declared({ who: "ada", components: ["api1"], at: "2026-03-10T14:00:00Z" }));
  await open(page, ADDRESS);
  await until(clock, () => expect(troubles(page)).toContainText("This device’s clock is 10 min ahead; Allclear counts by the server’s.", SOON));
  const next = page.getByRole("region", { name: "Next due" });
  await expect(next.locator("time").first()).toHaveAttribute("datetime", "2026-03-10T14:15:00Z");
  await expect(next.getByRole("timer")).toContainText(/14/);
  await press(page);
  await until(clock, () => expect(duty(page, "Status page: first message")).toContainText("Done", SOON));
  expect(edge.incidents[0].incident_updates[0].body).toMatch(/Next update by 14:1\d UTC/);
  await expect(sent(page).locator("time").first()).toHaveAttribute("datetime", /^2026-03-10T14:00/);
});
