// What went wrong on the way to the page: the ledger says what is known, nothing is sent twice by itself, and what was
// said in public is taken back there. Which failure means what is a matter of `tests/web/failures.rs`.
import { ADDRESS, declared, keep, posted } from "./log.mjs";
import { channel, duty, leave, publish, sent } from "./responder.mjs";
import { expect, open, test } from "./support.mjs";

test("a lost answer is unknown, is never repeated by itself, and is offered again with the words", async ({ page, context, clock }) => {
  await keep(context, declared(), { chaos: "lose-answer" });
  await open(page, ADDRESS);
  await expect(page.getByText("The embedded provider is set to fail")).toBeVisible();
  await publish(page, clock);
  await expect(sent(page)).toContainText("Unknown");
  await expect(sent(page)).toContainText("may already have been delivered");
  await clock.pass(5);
  await expect(sent(page).getByRole("row")).toHaveCount(2);
  const messages = await channel(page, "Status page");
  await expect(messages.getByRole("list", { name: "Before you send" })).toContainText("may already have been delivered");
  // It had been delivered: the status page shows it once.
  const status = await context.newPage();
  await open(status, "/");
  await expect(status.getByRole("region", { name: "Active incidents" }).getByRole("article")).toHaveCount(1);
});

test("an update without a change is one press; an incident that is reopened owes the page a message, with its own text", async ({ page, context, clock }) => {
  await keep(context, posted());
  await open(page, ADDRESS);
  await channel(page, "Status page");
  await expect(page.getByText("“No change” posts: “We are continuing to work on this. There is no change")).toBeVisible();
  await page.getByRole("button", { name: "No change" }).click();
  await leave(page, clock);
  await expect(sent(page).getByRole("row").nth(1)).toContainText("There is no change since our last update.");
  await publish(page, clock, { status: "Resolved", facts: { "Cause and resolution": "It was a bad deploy" } });
  await page.getByRole("button", { name: "Reopen" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Reopen the incident" }).click();
  await expect(duty(page, "Status page: reopened")).toContainText("Due");
  // The status of the last post is still chosen.
  await publish(page, clock, { status: "Investigating" });
  await expect(duty(page, "Status page: reopened")).toContainText("Done");
  await expect(sent(page)).toContainText("API - Issue Has Returned");
});

test("an incident declared in error is taken back where it was public", async ({ page, context, clock }) => {
  await keep(context, posted());
  await open(page, ADDRESS);
  await page.getByRole("button", { name: "Declared in error" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "It was no incident" })).toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("a false alarm");
  await dialog.getByRole("button", { name: "It was no incident" }).click();
  // There is no status to choose, whatever was chosen before.
  const messages = await channel(page, "Status page");
  await expect(messages.getByText("Status: Resolved", { exact: true })).toBeVisible();
  await expect(messages.getByRole("radiogroup", { name: "Status" })).toHaveCount(0);
  await publish(page, clock);
  await expect(page.getByRole("region", { name: "Next due" })).toContainText("Nothing is due");
  const status = await context.newPage();
  await open(status, "/");
  await expect(status.getByRole("status", { name: "Overall status" })).toHaveText("All systems operational");
});
