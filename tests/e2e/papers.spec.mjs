// The papers of the console: readiness, settings, the SOP and its messages, the outbox.
import { readFileSync } from "node:fs";
import { ADDRESS, declared, FACTS, keep } from "./log.mjs";
import { email, item } from "./responder.mjs";
import { expect, open, START, test } from "./support.mjs";

test("readiness ticks what it can check and says what it found; other boxes are ticked by hand, and stay so", async ({ page, context }) => {
  const added = '[[checklist.before]]\nid = "phones"\ntext = "Phone numbers printed"\n\n[[checklist.during]]';
  const sop = readFileSync("dist/console/sop.toml", "utf8").replace("[[checklist.during]]", added);
  await page.route("**/console/sop.toml", (route) => route.fulfill({ contentType: "text/plain", body: sop }));
  await keep(context, declared());
  await open(page, "/console/readiness");
  const list = page.getByRole("list", { name: "Before incident" });
  for (const box of [
    "Status page configured (status.aias-platform.com)",
    "Email templates prepared",
    "Social media accounts set up",
    "Incident response team identified",
  ]) {
    await expect(list.getByRole("checkbox", { name: box })).toBeChecked();
  }
  // What a check decides, no hand changes.
  await list.getByRole("checkbox", { name: "Email templates prepared" }).click();
  await expect(list.getByRole("checkbox", { name: "Email templates prepared" })).toBeChecked();
  const checks = page.getByRole("list", { name: "Checks" });
  await expect(item(checks, "Status page")).toContainText("6 components");
  await expect(item(checks, "Email sender")).toContainText("support@aias-platform.com");
  await expect(item(checks, "Storage of this browser")).toContainText(/promised/);
  await expect(item(checks, "Review of the SOP")).toContainText("April 15, 2024");
  await expect(page.getByRole("main")).toContainText("The console can run the SOP.");

  const box = page.getByRole("checkbox", { name: "Phone numbers printed" });
  await expect(box).not.toBeChecked();
  await box.check();
  await expect(page.getByText("Ticked by Ada on 10 March 2026")).toBeVisible();
  await page.reload();
  await expect(box).toBeChecked();
  await box.uncheck();
  await page.reload();
  await expect(box).not.toBeChecked();
});

test("settings: name, theme, failure switch, demonstration, an old incident, and everything as a file", async ({ page, context }) => {
  const past = declared({ at: new Date(Date.parse(START) - 100 * 86_400_000).toISOString(), facts: { ...FACTS, symptom: "old trouble" } });
  past.add("declared-in-error", { reason: "a false alarm" });
  const more = Object.fromEntries(past.events.map((event) => [`ooooppppqqqq/${event.id}`, JSON.stringify(event)]));
  await keep(context, declared(), { more });
  await open(page, "/console/settings");
  await page.getByRole("textbox", { name: "You are" }).fill("Grace");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByRole("banner")).toContainText("You are Grace");

  await page.getByRole("radiogroup", { name: "Theme" }).getByRole("radio", { name: "Dark" }).check();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");

  const switches = page.getByRole("radiogroup", { name: "Failure switch" });
  await expect(switches.getByRole("radio", { name: "Everything works" })).toBeChecked();
  await switches.getByRole("radio", { name: "Answers are lost" }).check();
  await expect(page.getByText("The failure switch is on, in every tab")).toBeVisible();

  await expect(page.getByText("No demonstration is on the status page.")).toBeVisible();
  await page.getByRole("button", { name: "Add the demonstration" }).click();
  await expect(page.getByText("A year of made-up incidents is on the status page")).toBeVisible();

  await page.reload();
  await expect(page.getByRole("banner")).toContainText("You are Grace");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(switches.getByRole("radio", { name: "Answers are lost" })).toBeChecked();
  await page.getByRole("link", { name: "Readiness", exact: true }).click();
  await expect(item(page.getByRole("list", { name: "Checks" }), "Failure switch")).toContainText("On: “Answers are lost”");

  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await switches.getByRole("radio", { name: "Everything works" }).check();
  await expect(page.getByText("The failure switch is on, in every tab")).toHaveCount(0);
  await page.getByRole("button", { name: "Remove the demonstration" }).click();
  await expect(page.getByText("No demonstration is on the status page.")).toBeVisible();
  await expect(page.getByText("A message waits 15 seconds before it leaves")).toBeVisible();
  await expect(page.getByRole("link", { name: "Open the status page" })).toHaveAttribute("href", "/");

  // What is old is offered with its evidence first, and stays deleted.
  const old = page.getByRole("region", { name: "Old incidents" });
  await old.getByRole("button", { name: "Delete “API P0, old trouble”" }).click();
  const sure = page.getByRole("dialog", { name: "Delete “API P0, old trouble”?" });
  const [evidence] = await Promise.all([page.waitForEvent("download"), sure.getByRole("button", { name: "Download its evidence first" }).click()]);
  await sure.getByRole("button", { name: "Delete from this browser" }).click();
  await expect(old).toContainText("None is that old.");
  await page.getByLabel("Evidence file", { exact: true }).setInputFiles(await evidence.path());
  await expect(page.getByRole("list", { name: "Evidence check" })).toContainText("incident ooooppppqqqq: the chain of its 2 entries holds.");
  await page.reload();
  await expect(old).toContainText("None is that old.");

  await expect(page.getByText(/1 incident with \d+ entr/)).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download everything" }).click()]);
  const files = JSON.parse(readFileSync(await download.path(), "utf8"));
  expect(files).toHaveLength(1);
  expect(JSON.stringify(files)).toContain("errors when signing in");

  // Whoever gives the device away leaves nothing on it, in whichever tab.
  const beside = await context.newPage();
  await open(beside, ADDRESS);
  await page.getByRole("button", { name: "Forget this browser" }).click();
  const ask = page.getByRole("dialog", { name: "Forget this browser?" });
  await expect(ask).toContainText("Incidents that are not finished yet: 1.");
  await Promise.all([page.waitForEvent("load"), beside.waitForEvent("load"), ask.getByRole("button", { name: "Delete everything" }).click()]);
  await expect(page.getByText("No incident yet")).toBeVisible();
  await expect(page.getByText("You are Grace")).toHaveCount(0);
  await expect(beside.getByText("This incident is not in this browser.", { exact: false })).toBeVisible();
  expect(await page.evaluate(async () => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const found = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) found.push(...await done(database.transaction(store).objectStore(store).getAll()));
      database.close();
    }
    return JSON.stringify([found, { ...localStorage }]);
  })).not.toMatch(/errors when|Grace|Ada|dark/);
});

test("the SOP reads as the playbook has it, and all its messages stand there with sample facts, to be printed and signed", async ({ page }) => {
  await open(page, "/console/sop");
  const main = page.getByRole("main");
  await expect(main).toContainText("SOP: Incident Communication — AIAS Platform");
  await expect(main).toContainText("April 15, 2024 (Quarterly), overdue");
  const high = page.getByRole("region", { name: "High (P1)" });
  await expect(high).toContainText("Service degraded, major features unavailable");
  await expect(high).toContainText("Within 1 hour");
  await expect(high).toContainText("Every 1 hour");
  for (const [name, count] of [["Before incident", 4], ["During incident", 5], ["After incident", 5]]) {
    await expect(page.getByRole("list", { name }).getByRole("listitem")).toHaveCount(count);
  }
  await expect(main).toContainText("48 hours after resolution");
  await page.getByRole("list", { name: "Messages" }).getByRole("link", { name: "Incident Report Template" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "All messages" })).toBeVisible();
  await expect(page.getByRole("article", { name: "Incident Report Template" })).toBeInViewport();

  const own = page.getByRole("region", { name: "The SOP’s own messages" });
  await expect(own.getByRole("article")).toHaveCount(8);
  await expect(own.getByRole("article", { name: "Incident Started" })).toContainText("We're currently investigating an issue affecting Checkout.");
  const mail = own.getByRole("article", { name: "Critical Incident Notification" });
  await expect(mail).toContainText("[URGENT] Service Incident - Checkout");
  await expect(mail.getByRole("group", { name: "Text part" })).toContainText("Hi there,");
  await expect(mail.getByRole("group", { name: "HTML part" }).locator("strong").first()).toHaveText("What's Happening:");
  const added = page.getByRole("region", { name: "Additions to approve" });
  await expect(added.getByRole("article", { name: "Incident Reopened Notification" })).toContainText("Addition");

  await page.evaluate(() => {
    globalThis.printed = 0;
    globalThis.print = () => { globalThis.printed += 1; };
  });
  await page.getByRole("button", { name: "Print" }).click();
  expect(await page.evaluate(() => globalThis.printed)).toBe(1);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("Signature")).toBeVisible();
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
  await expect(page.getByRole("navigation")).toBeHidden();
  // The owner signs what goes out: no address stands there that the mail does not have.
  const link = mail.getByRole("group", { name: "HTML part" }).getByRole("link", { name: /^https:/ });
  expect(await link.evaluate((each) => getComputedStyle(each, "::after").content)).toBe("none");
  await page.emulateMedia({ media: "screen", forcedColors: "active" });
  const marked = main.getByText("Marked so", { exact: true });
  expect(await marked.evaluate((mark) => getComputedStyle(mark).textDecoration), "what was given is marked without colours, too").toMatch(/^underline dotted/);
});

test("the outbox is empty, then shows a mail with both parts as they arrive, and is emptied", async ({ page, context, clock }) => {
  await keep(context, declared());
  await open(page, "/console/outbox");
  await expect(page.getByText("Nothing here left this browser.")).toBeVisible();
  await expect(page.getByText("No mail was sent yet.")).toBeVisible();

  await open(page, ADDRESS);
  await email(page, clock, { to: "Grace & Co, grace@example.com" });
  await page.getByRole("link", { name: "Outbox" }).click();
  const mails = page.getByRole("list", { name: "Mails" });
  await expect(mails.getByRole("article")).toHaveCount(1);
  const mail = mails.getByRole("article", { name: "[URGENT] Service Incident - API" });
  await expect(mail).toContainText("AIAS Platform Team <support@aias-platform.com>");
  await expect(mail).toContainText("grace@example.com");
  await expect(mail.locator("time")).toHaveAttribute("datetime", /^2026-03-10T14:00/);
  await expect(mail.getByRole("group", { name: "Text part" })).toContainText("Hi Grace & Co,");
  const frame = mail.frameLocator("iframe[title='HTML part']");
  await expect(frame.getByText("Hi Grace & Co,")).toBeVisible();
  await expect(frame.locator("strong").first()).toHaveText("What's Happening:");
  expect(await mail.locator("iframe").getAttribute("sandbox")).toBe("");

  await page.getByRole("button", { name: "Empty the outbox" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Throw the mails away" }).click();
  await expect(page.getByText("No mail was sent yet.")).toBeVisible();
});
