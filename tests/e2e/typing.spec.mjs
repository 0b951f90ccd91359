// Handlers that read what is gone (X1): another tab ends what this one is typing into. A panic is a complaint of the browser,
// which fails the test.
import { ADDRESS, keep, posted } from "./log.mjs";
import { channel, publish } from "./responder.mjs";
import { expect, open, test } from "./support.mjs";

test("X1: another tab resolves what this one is typing into, and what was typed is kept", async ({ page, context, clock }) => {
  await keep(context, posted());
  await open(page, ADDRESS);
  const messages = await channel(page, "Status page");
  await messages.getByRole("radio", { name: "Identified" }).check();
  await messages.getByRole("textbox", { name: "Progress" }).fill("half a sentence");
  const other = await context.newPage();
  await open(other, ADDRESS);
  await publish(other, clock, { status: "Resolved", facts: { "Cause and resolution": "A bad deploy was rolled back" } });
  await page.bringToFront();
  await expect(page.getByText("Resolved").first()).toBeVisible();
  await page.keyboard.type(" and more");
  await page.reload();
  await expect(page.getByRole("region", { name: "Next due" })).toBeVisible();
});
