// What must not leave the browser, does not, and says why; what was pressed can be taken back; what is typed stays.
// What locks a message is a matter of the rules: `tests/sop/decisions/locks.rs`, `tests/playbook/lint.rs`.
import { ADDRESS, declared, keep } from "./log.mjs";
import { channel, duty, publish } from "./responder.mjs";
import { expect, open, test } from "./support.mjs";

test("a data breach stays locked until a named approver is recorded, and the button says so", async ({ page, context, clock }) => {
  await keep(context, declared({ kind: "breach" }));
  await open(page, ADDRESS);
  const messages = await channel(page, "Status page");
  const button = messages.getByRole("button", { name: "Publish to status page" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button).toHaveAccessibleDescription(/approver/i);
  await expect(messages.getByRole("list", { name: "Before you send" })).toContainText(/approver/i);
  await button.dispatchEvent("click");
  await expect(page.getByRole("button", { name: "Undo" })).toHaveCount(0);
  // Much is due before the regulator, who is told all the same.
  const regulator = duty(page, "Notify the regulator");
  await regulator.getByRole("button", { name: "Record the notification" }).click();
  const notified = page.getByRole("dialog", { name: "Regulator notified" });
  await notified.getByRole("textbox", { name: "Reference" }).fill("REF-77");
  await notified.getByRole("button", { name: "Record it" }).click();
  await expect(regulator).toContainText("Done");
  await expect(regulator.getByRole("button")).toHaveCount(0);

  const approval = page.getByRole("region", { name: "Approval" });
  await approval.getByRole("textbox", { name: "Approver" }).fill("Grace");
  await approval.getByRole("button", { name: "Record approval" }).click();
  await expect(approval).toContainText("Grace");
  await publish(page, clock);
  await expect(duty(page, "Status page: first message")).toContainText("Done");
});

test("Undo takes a message back, a reload before it left means not sent, and what is typed survives it", async ({ page, context, clock }) => {
  await keep(context, declared({ facts: { service: "API" } }));
  await open(page, ADDRESS);
  const messages = await channel(page, "Status page");
  const button = messages.getByRole("button", { name: "Publish to status page" });
  const problems = messages.getByRole("list", { name: "Before you send" });
  const symptom = messages.getByRole("textbox", { name: "Symptom" });
  // A message with a gap cannot leave, and the list leads to the gap.
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await problems.getByRole("button", { name: "Fill it in" }).first().click();
  await expect(symptom).toBeFocused();
  await symptom.fill("**x** & <y");
  await expect(messages.getByRole("region", { name: "Preview" })).toContainText("**x** & <y");
  const identified = messages.getByRole("radio", { name: "Identified" });
  await identified.check();

  await button.click();
  // Pressed twice, it still leaves once.
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await button.dispatchEvent("click");
  await expect(page.getByRole("button", { name: "Undo" })).toHaveCount(1);
  await page.getByRole("button", { name: "Undo" }).click();
  await clock.pass(0.5);
  await expect(page.getByText("Nothing was sent yet.")).toBeVisible();
  // What was chosen for it is there again.
  await expect(identified).toBeChecked();

  await duty(page, "Email: first message").getByRole("button", { name: "Skip" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Reason" }).fill("half a reason");
  await page.keyboard.press("Escape");
  await button.click();
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await symptom.fill("typed at three in the morning");
  await page.reload();
  await expect(page.getByRole("region", { name: "Next due" })).toBeVisible();
  await expect(page.getByRole("alert")).toContainText("Status page, first message, was not sent. API P0");
  await clock.pass(0.5);
  await expect(page.getByText("Nothing was sent yet.")).toBeVisible();
  await channel(page, "Status page");
  await expect(symptom).toHaveValue("typed at three in the morning");
  await expect(identified).toBeChecked();
  await duty(page, "Email: first message").getByRole("button", { name: "Skip" }).click();
  await expect(page.getByRole("dialog").getByRole("textbox", { name: "Reason" })).toHaveValue("half a reason");
  await page.keyboard.press("Escape");
  await page.getByRole("alert").getByRole("button", { name: "Do not send it" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  // A phone drops the tab while its owner looks for the link: the time is not another one afterwards.
  const time = page.getByRole("dialog").getByRole("textbox", { name: "Time" });
  const byHand = duty(page, "Email: first message").getByRole("button", { name: "Posted by hand" });
  await byHand.click();
  await time.fill("2026-03-10T13:58");
  await page.reload();
  await byHand.click();
  await expect(time).toHaveValue("2026-03-10T13:58");
});
