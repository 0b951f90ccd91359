// The README's pictures, made anew by `make screenshots`: both apps during an outage, at a fixed time.
import { expect, open, test } from "./support.mjs";
import { channel, declare, email, publish, signIn, tellTeam } from "./responder.mjs";

const FOLDER = "docs/screenshots";

test("the pictures of the README", async ({ page, context, clock }) => {
  await signIn(page);
  await declare(page);
  await tellTeam(page);
  await publish(page, clock);
  await email(page, clock, { to: "grace@example.com\nlin@example.com" });
  await clock.pass(8);
  const messages = await channel(page, "Status page");
  await messages.getByRole("radio", { name: "Identified" }).check();
  await messages.getByRole("textbox", { name: "Progress" }).fill("A bad deploy is the cause; we are rolling it back");
  await expect(page.getByRole("region", { name: "Preview" })).toContainText("rolling it back");
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.screenshot({ path: `${FOLDER}/console.png`, animations: "disabled" });
  const status = await context.newPage();
  await open(status, "/");
  await expect(status.getByRole("status", { name: "Overall status" })).toContainText("Major outage");
  await status.screenshot({ path: `${FOLDER}/status.png`, animations: "disabled" });
});
