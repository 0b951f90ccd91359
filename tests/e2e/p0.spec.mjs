// A P0 outage from declaration to post-mortem, with the status page open beside the console.
import { channel, declare, duty, email, leave, publish, sent, signIn, social, tellTeam } from "./responder.mjs";
import { expect, test } from "./support.mjs";

/** What asks for the first message of each channel. */
const CLAUSES = [
  ["Status page", "Communication timeline, Critical (P0), 0-15 minutes: Initial status page update, email notification (if applicable)"],
  ["Email", "Communication timeline, Critical (P0), 0-15 minutes: Initial status page update, email notification (if applicable)"],
  ["X", "Communication timeline, Critical (P0), 30 minutes: Social media announcement (if critical)"],
  ["LinkedIn", "Communication timeline, Critical (P0), 30 minutes: Social media announcement (if critical)"],
  ["Internal team", "Checklist: Internal team notified"],
];

test("a P0 outage runs from declare to post-mortem, and the status page follows @phone", async ({ page, context, clock }) => {
  await signIn(page);
  const status = await context.newPage();
  await status.goto("/");
  const overall = status.getByRole("status", { name: "Overall status" });
  await expect(overall).toContainText("All systems operational");
  // A tab in the background is drawn once a second: whoever presses has the front.
  await page.bringToFront();

  await declare(page);
  const next = page.getByRole("region", { name: "Next due" });
  await expect(next).toContainText("Internal team");
  await expect(next.locator("time").first()).toHaveAttribute("datetime", "2026-03-10T14:15:05Z");
  // Each channel says why the SOP asks for its message, beside the text.
  for (const [name, clause] of CLAUSES) {
    await expect((await channel(page, name)).getByText(/^The SOP asks for it: /)).toHaveText(`The SOP asks for it: ${clause}.`);
  }
  await tellTeam(page);
  await expect(duty(page, "Internal team: first message")).toContainText("Done");
  await expect(next).toContainText("Status page");
  // On paper what is still to be done has its name, though no button, and no clock runs.
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("list", { name: "Duties" }).getByText("Email: first message", { exact: true }).filter({ visible: true })).toHaveCount(1);
  await expect(page.getByRole("timer")).toHaveCount(0);
  await page.emulateMedia({ media: "screen" });

  // The first post: its exact text stands in the preview, and appears on the page in the other tab.
  await channel(page, "Status page");
  const preview = page.getByRole("region", { name: "Preview" });
  await expect(preview).toContainText("We're currently investigating an issue affecting API.");
  await expect(preview).toContainText("every 15 minutes");
  await publish(page, clock);
  await expect(duty(page, "Status page: first message")).toContainText("Done");
  await expect(page.getByText(/^The SOP asks for it: .*Status page update \(every 15 minutes\)\.$/)).toBeVisible();
  await expect(overall).toContainText("Major outage");
  const incident = status.getByRole("region", { name: "Active incidents" }).getByRole("article");
  await expect(incident.getByRole("heading")).toContainText("API - Investigating Issue");
  await expect(incident).toContainText("errors when signing in");
  await expect(incident.getByText(/^Next update by \d\d:\d\d UTC$/)).toBeVisible();

  await email(page, clock, { to: "Grace, grace@example.com\nlin@example.com" });
  await expect(duty(page, "Email: first message")).toContainText("Done");

  // A missed update is overdue on both.
  await clock.pass(17);
  await expect(duty(page, "Status page: update")).toContainText("Overdue");
  await expect(next).toContainText("overdue");
  await expect(incident.getByText(/^Update overdue/)).toBeVisible();
  await expect(page).toHaveTitle(/\(\d+\) overdue/);

  await publish(page, clock, { status: "Identified", facts: { Progress: "A bad deploy is being rolled back" } });
  await expect(incident).toContainText("A bad deploy is being rolled back");
  await expect(status.getByText(/^Update overdue/)).toHaveCount(0);

  // A text with a gap is not copied as if it were whole.
  const x = await channel(page, "X");
  const symptom = x.getByRole("textbox", { name: "Symptom" });
  const said = await symptom.inputValue();
  await symptom.fill("");
  await x.getByRole("button", { name: "Copy text" }).click();
  await expect(x.getByRole("status")).toHaveText("Not copied: “Symptom” is missing: fill it in.");
  await symptom.fill(said);
  await social(page, "X", "https://x.com/aias/status/1");
  await expect(duty(page, "X: first message")).toContainText("Done");
  await social(page, "LinkedIn", "https://www.linkedin.com/posts/1");
  await expect(duty(page, "LinkedIn: first message")).toContainText("Done");

  // Lowered: the wizard says what it changes before it is done.
  await page.getByRole("button", { name: "Change severity" }).click();
  const dialog = page.getByRole("dialog", { name: "Change severity" });
  await dialog.getByRole("radio", { name: "P1" }).check();
  await expect(dialog).toContainText("stays promised");
  await dialog.getByRole("button", { name: "Change the severity" }).click();
  await expect(page.getByText("P1 High").first()).toBeVisible();

  await publish(page, clock, { status: "Resolved", facts: { "Cause and resolution": "A bad deploy was rolled back" } });
  await expect(overall).toContainText("All systems operational");
  await expect(incident).toHaveCount(0);

  await email(page, clock, { facts: { "Description of incident and cause": "A deploy broke sign-in.", "Description of resolution": "We rolled it back." } });
  await expect(duty(page, "Email: resolved")).toContainText("Done");
  await social(page, "X", "https://x.com/aias/status/2");
  await social(page, "LinkedIn", "https://www.linkedin.com/posts/2");

  const address = page.url();
  await next.getByRole("link", { name: "Write the report" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Incident report" })).toBeVisible();
  for (const [name, text] of [["Brief description of incident", "Sign-in failed for 20 minutes."], ["Root cause", "A deploy without a migration."], ["Steps taken to prevent future incidents", "Deploys now wait for migrations."]]) {
    await page.getByRole("textbox", { name }).fill(text);
  }
  await page.getByRole("button", { name: /^Send email/ }).click();
  await leave(page, clock);
  await expect(page.getByRole("status", { name: "Last message" })).toHaveText(/^Email: incident report\. Sent at \d\d:\d\d UTC\.$/);
  // What was sent is written a second time only where somebody asks for that.
  const report = page.getByRole("region", { name: "Messages" });
  await expect(report.getByRole("heading", { name: /^Done/ })).toBeVisible();
  await expect(report.getByRole("textbox")).toHaveCount(0);
  await report.getByRole("button", { name: "Write another report" }).click();
  await expect(report.getByRole("textbox", { name: "Root cause" })).toBeVisible();
  // A list for it is there until it is used.
  const csv = { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from("email\nlin@example.com\nbo@example.com\n") };
  await report.getByLabel("Recipients CSV").setInputFiles(csv);
  const list = report.getByRole("region", { name: "Recipients" }).getByText("2 people.", { exact: true });
  await expect(list).toBeVisible();
  await clock.pass(2);
  await expect(list).toBeVisible();

  await page.goto(address);
  await expect(duty(page, "Email: incident report")).toContainText("Done");
  await next.getByRole("link", { name: "Write the post-mortem" }).click();
  await expect(page.getByRole("textbox", { name: "Post-mortem" })).not.toBeEmpty();
  await page.getByRole("textbox", { name: "Participants" }).fill("Lovelace, Ada; Hopper, Grace");
  await page.getByRole("button", { name: "Record post-mortem" }).click();
  await expect(page.getByRole("region", { name: "Recorded post-mortem" })).toContainText("Took part: Lovelace, Ada; Hopper, Grace.");
  // What readers get is a text of its own, seen as they see it, with its own press and its own window.
  const readers = page.getByRole("region", { name: "Public post-mortem" });
  await expect(readers).toContainText("Nothing is published yet.");
  const text = readers.getByRole("textbox", { name: "Public text" });
  expect(await text.inputValue()).not.toMatch(/Ada|Grace|Declared/);
  await text.fill("## What happened\n\n1. A **bad** deploy, below <5%.\n\nSee [the graph](https://example.com/graph).");
  await expect(readers.getByRole("region", { name: "Preview" }).getByRole("heading", { name: "What happened", level: 3 })).toBeVisible();
  await readers.getByRole("button", { name: "Publish post-mortem" }).click();
  await expect(page.getByRole("status", { name: "About to leave" })).toContainText("Status page, post-mortem");
  await page.getByRole("status", { name: "About to leave" }).getByRole("button", { name: "Undo" }).click();
  await expect(readers).toContainText("Nothing is published yet.");
  await readers.getByRole("button", { name: "Publish post-mortem" }).click();
  await leave(page, clock);
  await expect(readers).toContainText("Published: readers have had it since");
  await expect(readers.getByRole("button", { name: "Publish post-mortem" })).toHaveAttribute("aria-disabled", "true");
  // On paper it is a document: rendered, and without a form.
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("textbox")).toHaveCount(0);
  await expect(page.getByRole("button")).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Root cause" })).toBeVisible();
  await page.emulateMedia({ media: "screen" });
  await page.goto(address);
  await expect(next).toContainText("Nothing is due");
  const after = page.getByRole("list", { name: "After incident" });
  for (const box of await after.getByRole("checkbox").all()) await expect(box).toBeChecked();

  // One promise of two was broken, and the console says so.
  await expect(page.getByText("Promised updates: 1 of 2 kept")).toBeVisible();
  await expect(page.getByText("First public update: less than a minute after the declaration")).toBeVisible();

  // The record: every message with its receipt, and the mails as they arrived.
  await expect(sent(page).getByRole("row")).toHaveCount(13);
  await page.getByRole("link", { name: "Outbox" }).click();
  await expect(page.getByText("grace@example.com").first()).toBeVisible();

  // The incident has its permalink, with its post-mortem.
  await status.bringToFront();
  await status.getByRole("link", { name: "Incident history" }).click();
  await status.getByRole("link", { name: "API - Resolved", exact: true }).click();
  await expect(status).toHaveURL(/\/incidents\//);
  await expect(status.getByText("A bad deploy was rolled back").first()).toBeVisible();
  const learned = status.getByRole("region", { name: "Post-mortem" });
  await expect(learned.getByRole("heading", { name: "What happened", level: 3 })).toBeVisible();
  await expect(learned.getByRole("listitem")).toHaveText("A bad deploy, below <5%.");
  await expect(learned.getByRole("link", { name: "the graph" })).toHaveAttribute("href", "https://example.com/graph");
  await expect(learned).not.toContainText("Lovelace");
});
