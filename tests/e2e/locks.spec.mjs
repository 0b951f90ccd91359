// What must not leave the browser, does not: approval, gaps, contradictions, undo, and what is typed.
import { expect, test } from "./support.mjs";
import { channel, declare, duty, leave, publish, signIn, tellTeam } from "./responder.mjs";

test("a data breach stays locked until a named approver is recorded", async ({ page, clock }) => {
  await signIn(page);
  await declare(page, { type: "Data Breach" });
  await tellTeam(page);
  await expect(duty(page, "Internal team")).toContainText("Done");
  const messages = await channel(page, "Status page");
  const button = messages.getByRole("button", { name: "Publish to status page" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(messages.getByRole("list", { name: "Before you send" })).toContainText(/approver/i);
  await button.dispatchEvent("click");
  await expect(page.getByRole("button", { name: "Undo" })).toHaveCount(0);
  await expect(duty(page, "Notify the regulator")).toBeVisible();

  const approval = page.getByRole("region", { name: "Approval" });
  await approval.getByRole("textbox", { name: "Approver" }).fill("Ada");
  await expect(approval).toContainText("alone on duty");
  await approval.getByRole("textbox", { name: "Approver" }).fill("Grace");
  await approval.getByRole("button", { name: "Record approval" }).click();
  await expect(approval).toContainText("Grace");
  await publish(page, clock);
  await expect(duty(page, "Status page: first message")).toContainText("Done");
});

test("a message with a gap cannot leave, and the list leads to the gap", async ({ page }) => {
  await signIn(page);
  await declare(page, { symptom: "" });
  const messages = await channel(page, "Status page");
  const list = messages.getByRole("list", { name: "Before you send" });
  await expect(list).toContainText("Symptom");
  await expect(messages.getByRole("region", { name: "Preview" })).toContainText("[symptom]");
  await expect(messages.getByRole("button", { name: "Publish to status page" })).toHaveAttribute("aria-disabled", "true");
  await list.getByRole("button", { name: "Fill it in" }).first().click();
  await expect(messages.getByRole("textbox", { name: "Symptom" })).toBeFocused();
  await messages.getByRole("textbox", { name: "Symptom" }).fill("[Name] **x** ${y}");
  await expect(messages.getByRole("region", { name: "Preview" })).toContainText("[Name] **x** ${y}");
  await expect(messages.getByRole("button", { name: "Publish to status page" })).not.toHaveAttribute("aria-disabled", "true");
});

test("Undo takes a message back, and a reload before it left means not sent", async ({ page, clock }) => {
  await signIn(page);
  await declare(page);
  const messages = await channel(page, "Status page");
  const publish = messages.getByRole("button", { name: "Publish to status page" });
  await publish.click();
  // Pressed twice, it still leaves once.
  await expect(publish).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByRole("button", { name: "Undo" })).toHaveCount(1);
  await page.getByRole("button", { name: "Undo" }).click();
  await clock.run(0.5);
  await expect(page.getByText("Nothing was sent yet.")).toBeVisible();
  await messages.getByRole("button", { name: "Publish to status page" }).click();
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("region", { name: "Next due" })).toBeVisible();
  await clock.run(0.5);
  await expect(page.getByText("Nothing was sent yet.")).toBeVisible();
});

test("what is typed survives a reload", async ({ page }) => {
  await signIn(page);
  await page.getByRole("link", { name: "Declare incident" }).click();
  const symptom = page.getByRole("textbox", { name: "Symptom" });
  await page.getByLabel("Impact started").fill("2026-03-10T14:30");
  await symptom.fill("typed at three in the morning");
  await page.reload();
  await expect(symptom).toHaveValue("typed at three in the morning");
  await expect(page.getByLabel("Impact started")).toHaveValue("2026-03-10T14:30");
  await declare(page);
  const messages = await channel(page, "Status page");
  await messages.getByRole("textbox", { name: "Symptom" }).fill("typed again");
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Symptom" })).toHaveValue("typed again");
  await duty(page, "Email: first message").getByRole("button", { name: "Skip" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Reason" }).fill("half a reason");
  await page.reload();
  await duty(page, "Email: first message").getByRole("button", { name: "Skip" }).click();
  await expect(page.getByRole("dialog").getByRole("textbox", { name: "Reason" })).toHaveValue("half a reason");
});

test("a promised update cannot be skipped, and a skip needs a reason", async ({ page, clock }) => {
  await signIn(page);
  await declare(page);
  await publish(page, clock);
  await duty(page, "Status page: update").getByRole("button", { name: "Skip" }).click();
  let dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("tired");
  await expect(dialog.getByRole("button", { name: "Skip this duty" })).toHaveAttribute("aria-disabled", "true");
  await expect(dialog).toContainText("promised in public");
  await page.keyboard.press("Escape");
  await duty(page, "Email: first message").getByRole("button", { name: "Skip" }).click();
  dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Skip this duty" })).toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("no list");
  await dialog.getByRole("button", { name: "Skip this duty" }).click();
  await expect(duty(page, "Email: first message")).toContainText("Skipped: no list");
});

test("No change posts an update in one tap", async ({ page, clock }) => {
  await signIn(page);
  await declare(page);
  await publish(page, clock);
  const messages = await channel(page, "Status page");
  await messages.getByRole("button", { name: "No change" }).click();
  await leave(page, clock);
  await expect(page.getByRole("table", { name: "Sent" }).getByRole("row")).toHaveCount(3);
});

test("two questions suggest a severity, and the responder takes it", async ({ page }) => {
  await signIn(page);
  await page.getByRole("link", { name: "Declare incident" }).click();
  await page.getByText("Not sure how severe? Two questions").click();
  await page.getByRole("radio", { name: "Something small or slow" }).check();
  await page.getByRole("radio", { name: "Not sure" }).check();
  await page.getByRole("button", { name: "Take P1" }).click();
  await expect(page.getByRole("radiogroup", { name: "Severity" }).getByRole("radio", { name: "P1 High" })).toBeChecked();
});
