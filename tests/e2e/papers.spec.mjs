// The papers of the console: readiness, settings, the SOP, all messages, the outbox.
import { axeClean, expect, open, test } from "./support.mjs";
import { declare, email, signIn } from "./responder.mjs";

const PAPERS = [
  { path: "/console/readiness", heading: "Readiness" },
  { path: "/console/settings", heading: "Settings" },
  { path: "/console/sop", heading: "SOP" },
  { path: "/console/sop/messages", heading: "All messages" },
  { path: "/console/outbox", heading: "Outbox" },
];

for (const { path, heading } of PAPERS) {
  for (const colorScheme of ["light", "dark"]) {
    test.describe(colorScheme, () => {
      test.use({ colorScheme });

      test(`${heading}: has its heading, and no accessibility problem that axe knows @phone`, async ({ page }) => {
        await open(page, path);
        await expect(page.getByRole("heading", { level: 1, name: heading, exact: true })).toBeVisible();
        await expect(page.getByText("Loading…")).toHaveCount(0);
        await axeClean(page);
        const [inner, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        expect(inner, "nothing is wider than the screen").toBeLessThanOrEqual(width);
      });
    });
  }
}

test("readiness ticks what it can check and says what it found", async ({ page }) => {
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
  await expect(checks.getByRole("listitem").filter({ hasText: "Status page" })).toContainText("6 components");
  await expect(checks.getByRole("listitem").filter({ hasText: "Email sender" })).toContainText("support@aias-platform.com");
  await expect(checks.getByRole("listitem").filter({ hasText: "Storage of this browser" })).toContainText(/promised/);
  await expect(checks.getByRole("listitem").filter({ hasText: "Review of the SOP" })).toContainText("April 15, 2024");
  await expect(page.getByRole("main")).toContainText("The console can run the SOP.");
});

test("a box without a check is ticked by hand, and stays ticked in this browser", async ({ page }) => {
  const added = '[[checklist.before]]\nid = "phones"\ntext = "Phone numbers printed"\n\n[[checklist.during]]';
  await page.route("**/console/sop.toml", async (route) => {
    const text = await (await route.fetch()).text();
    await route.fulfill({ body: text.replace("[[checklist.during]]", added) });
  });
  await signIn(page);
  await page.getByRole("link", { name: "Readiness" }).first().click();
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

test("settings: name, theme, failure switch and demonstration", async ({ page }) => {
  await signIn(page);
  await page.getByRole("link", { name: "Settings" }).click();
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
  await page.getByRole("link", { name: "Readiness" }).first().click();
  await expect(page.getByRole("list", { name: "Checks" }).getByRole("listitem").filter({ hasText: "Failure switch" })).toContainText("On: “Answers are lost”");

  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await switches.getByRole("radio", { name: "Everything works" }).check();
  await expect(page.getByText("The failure switch is on, in every tab")).toHaveCount(0);
  await page.getByRole("button", { name: "Remove the demonstration" }).click();
  await expect(page.getByText("No demonstration is on the status page.")).toBeVisible();
  await expect(page.getByText("A message waits 15 seconds before it leaves")).toBeVisible();
  await expect(page.getByRole("link", { name: "Open the status page" })).toHaveAttribute("href", "/");
});

test("settings: everything can be downloaded", async ({ page }) => {
  await signIn(page);
  await declare(page);
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByText(/1 incident with \d+ entries/)).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download everything" }).click(),
  ]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  const files = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  expect(files).toHaveLength(1);
  expect(JSON.stringify(files)).toContain("errors when signing in");
});

test("the SOP reads as the playbook has it, the windows beside its words", async ({ page }) => {
  await open(page, "/console/sop");
  const main = page.getByRole("main");
  await expect(main).toContainText("SOP: Incident Communication — AIAS Platform");
  await expect(main).toContainText("April 15, 2024 (Quarterly), overdue");
  const high = page.getByRole("region", { name: "High (P1)" });
  await expect(high).toContainText("Service degraded, major features unavailable");
  await expect(high).toContainText("Within 1 hour");
  await expect(high).toContainText("Every 1 hour");
  await expect(page.getByRole("region", { name: "Low (P3)" })).toContainText("Within 24 hours, optional");
  await expect(main).toContainText("Social media announcement (if critical)");
  for (const [name, count] of [["Before incident", 4], ["During incident", 5], ["After incident", 5]]) {
    await expect(page.getByRole("list", { name }).getByRole("listitem")).toHaveCount(count);
  }
  await expect(main).toContainText("48 hours after resolution");
  await expect(main).toContainText("72 hours after becoming aware");

  const messages = page.getByRole("list", { name: "Messages" });
  await expect(messages.getByRole("listitem").filter({ hasText: "Incident Reopened Notification" })).toContainText("Addition");
  await expect(messages.getByRole("listitem").filter({ hasText: "Critical Incident Notification" })).not.toContainText("Addition");
  await messages.getByRole("link", { name: "Incident Report Template" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "All messages" })).toBeVisible();
  await expect(page.getByRole("article", { name: "Incident Report Template" })).toBeInViewport();
});

test("all messages stand there with sample facts, the SOP's and ours apart", async ({ page }) => {
  await open(page, "/console/sop/messages");
  const own = page.getByRole("region", { name: "The SOP’s own messages" });
  await expect(own.getByRole("article")).toHaveCount(8);
  const first = own.getByRole("article", { name: "Incident Started" });
  await expect(first).toContainText("Checkout - Investigating Issue");
  await expect(first).toContainText("We're currently investigating an issue affecting Checkout.");
  await expect(first).toContainText("every 15 minutes");
  await expect(first).toContainText(/Next update by \d\d:\d\d UTC\./);

  const mail = own.getByRole("article", { name: "Critical Incident Notification" });
  await expect(mail).toContainText("[URGENT] Service Incident - Checkout");
  await expect(mail.getByRole("group", { name: "Text part" })).toContainText("Hi there,");
  const html = mail.getByRole("group", { name: "HTML part" });
  await expect(html.locator("strong").first()).toHaveText("What's Happening:");
  await expect(html.getByRole("link", { name: "https://status.aias-platform.com" })).toHaveAttribute("href", "https://status.aias-platform.com");

  const added = page.getByRole("region", { name: "Additions to approve" });
  await expect(added.getByRole("article", { name: "Critical Incident Notification, for P1" })).toContainText("Service Incident - Checkout");
  await expect(added.getByRole("article", { name: "Critical Incident Notification, for P1" })).not.toContainText("[URGENT]");
  await expect(added.getByRole("article", { name: "Incident Reopened Notification" })).toContainText("Addition");
  for (const article of await page.getByRole("article").filter({ hasText: "characters on X" }).all()) {
    await expect(article).toContainText(/\d+ of 280 characters on X/);
  }
});

test("all messages print, with lines to sign on", async ({ page }) => {
  await open(page, "/console/sop/messages");
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
});

test("the outbox is empty, then shows a mail with both parts as they arrive @phone", async ({ page, clock }) => {
  await signIn(page);
  await page.getByRole("link", { name: "Outbox" }).click();
  await expect(page.getByText("Nothing here left this browser.")).toBeVisible();
  await expect(page.getByText("No mail was sent yet.")).toBeVisible();

  await declare(page);
  await email(page, clock, { to: "Grace & Co, grace@example.com" });
  await page.getByRole("link", { name: "Outbox" }).click();
  const mails = page.getByRole("list", { name: "Mails" });
  await expect(mails.getByRole("article")).toHaveCount(1);
  const mail = mails.getByRole("article", { name: "[URGENT] Service Incident - API" });
  await expect(mail).toContainText("AIAS Platform Team <support@aias-platform.com>");
  await expect(mail).toContainText("grace@example.com");
  await expect(mail.locator("time")).toHaveAttribute("datetime", /^2026-03-10T14:0/);
  await expect(mail.getByRole("group", { name: "Text part" })).toContainText("Hi Grace & Co,");
  const frame = mail.frameLocator("iframe[title='HTML part']");
  await expect(frame.getByText("Hi Grace & Co,")).toBeVisible();
  await expect(frame.locator("strong", { hasText: "What's Happening:" })).toBeVisible();
  expect(await mail.locator("iframe").getAttribute("sandbox")).toBe("");
  await axeClean(page);

  await page.getByRole("button", { name: "Empty the outbox" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Throw the mails away" }).click();
  await expect(page.getByText("No mail was sent yet.")).toBeVisible();
});
