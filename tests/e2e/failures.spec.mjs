// The provider fails: the ledger says what is known, nothing is sent twice by itself, nothing is lost.
import { expect, test } from "./support.mjs";
import { channel, declare, duty, publish, signIn } from "./responder.mjs";

/** Sets the embedded provider to fail, in Settings, and comes back. */
async function fail(page, how) {
  const back = page.url();
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByRole("radiogroup", { name: "Failure switch" }).getByRole("radio", { name: how }).check();
  if (how !== "Everything works") await expect(page.getByText("The embedded provider is set to fail")).toBeVisible();
  await page.goto(back);
  await expect(page.getByRole("region", { name: "Next due" })).toBeVisible();
}

const sent = (page) => page.getByRole("table", { name: "Sent" });

for (const how of ["Requests are refused", "No network", "Storage is full"]) {
  test(`${how}: the post failed, nobody got it, the duty stands and it can be sent again`, async ({ page, clock }) => {
    await signIn(page);
    await declare(page);
    await fail(page, how);
    await publish(page, clock);
    await expect(sent(page)).toContainText("Failed");
    await expect(page.getByRole("alert")).toContainText("Nobody got it");
    await expect(duty(page, "Status page: first message")).not.toContainText("Done");
    await fail(page, "Everything works");
    await publish(page, clock);
    await expect(duty(page, "Status page: first message")).toContainText("Done");
  });
}

test("a lost answer is unknown, is never repeated by itself, and is offered again with the words", async ({ page, context, clock }) => {
  await signIn(page);
  await declare(page);
  await fail(page, "Answers are lost");
  await publish(page, clock);
  await expect(sent(page)).toContainText("Unknown");
  await expect(sent(page)).toContainText("may already have been delivered");
  await clock.run(5);
  await expect(sent(page).getByRole("row")).toHaveCount(2);
  const messages = await channel(page, "Status page");
  await expect(messages.getByRole("list", { name: "Before you send" })).toContainText("may already have been delivered");
  // It had been delivered: the status page shows it once.
  const status = await context.newPage();
  await status.goto("/");
  await expect(status.getByRole("region", { name: "Active incidents" }).getByRole("article")).toHaveCount(1);
});

test("a post on the page by hand is recorded with its time and link", async ({ page }) => {
  await signIn(page);
  await declare(page);
  await duty(page, "Status page: first message").getByRole("button", { name: "Posted by hand" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Link" }).fill("https://status.aias-platform.com/incidents/abc");
  await dialog.getByRole("button", { name: "Record it" }).click();
  await expect(duty(page, "Status page: first message")).toContainText("Done");
  await expect(sent(page)).toContainText("Sent by hand");
  await expect(sent(page).getByRole("link")).toHaveAttribute("href", "https://status.aias-platform.com/incidents/abc");
  await expect(duty(page, "Status page: update")).toBeVisible();
});

test("an incident that is reopened owes the page a message, with its own text", async ({ page, clock }) => {
  await signIn(page);
  await declare(page);
  await publish(page, clock);
  await publish(page, clock, { status: "Resolved", facts: { "Cause and resolution": "It was a bad deploy" } });
  await page.getByRole("button", { name: "Reopen" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Reopen the incident" }).click();
  await expect(duty(page, "Status page: reopened")).toContainText("Due");
  await publish(page, clock);
  await expect(duty(page, "Status page: reopened")).toContainText("Done");
});

test("an incident declared in error is taken back where it was public", async ({ page, clock }) => {
  await signIn(page);
  await declare(page);
  await publish(page, clock);
  await page.getByRole("button", { name: "Declared in error" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "It was no incident" })).toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("a false alarm");
  await dialog.getByRole("button", { name: "It was no incident" }).click();
  await publish(page, clock);
  await expect(page.getByRole("region", { name: "Next due" })).toContainText("Nothing is due");
});
