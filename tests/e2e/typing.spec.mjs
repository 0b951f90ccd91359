// Handlers that read what is gone: Back while the caret is in a field, and another tab that ends what this one is
// typing into. A panic is a complaint of the browser, which fails the test. One press of Back is one step, whatever was typed.
import { ADDRESS, keep, posted, resolved } from "./log.mjs";
import { channel, publish } from "./responder.mjs";
import { expect, open, test } from "./support.mjs";

/** Follows a link within the app, so that Back stays within it. */
const follow = (page, path) => page.evaluate((path) => {
  const link = Object.assign(document.createElement("a"), { href: path });
  document.querySelector("main").append(link);
  link.click();
  link.remove();
}, path);

test("Back with the caret in any field breaks nothing, and what was typed is kept", async ({ page, context }) => {
  await keep(context, resolved());
  await open(page, "/console/");
  const board = page.getByRole("heading", { level: 1, name: "Incidents" });
  const pages = { "/console/declare": 4, [ADDRESS]: 1, [`${ADDRESS}/report`]: 3, [`${ADDRESS}/postmortem`]: 3, "/console/settings": 1 };
  for (const [path, least] of Object.entries(pages)) {
    await follow(page, path);
    await expect(board).toBeHidden();
    const fields = page.locator("main").locator("textarea, input:not([type=radio], [type=checkbox], [type=file], [type=hidden])").filter({ visible: true });
    await expect.poll(() => fields.count(), path).toBeGreaterThanOrEqual(least);
    const count = await fields.count();
    for (let at = 0; at < count; at += 1) {
      const field = fields.nth(at);
      await field.focus();
      if (await field.evaluate((field) => field.matches("textarea, [type=text], :not([type])") && !field.readOnly)) await page.keyboard.type("x");
      await page.evaluate(() => history.back());
      await expect(board, `${path}, field ${at}`).toBeVisible();
      await follow(page, path);
      await expect(fields.nth(at), path).toBeVisible();
    }
    await page.evaluate(() => history.back());
    await expect(board).toBeVisible();
  }
  // What was typed on the way is there.
  await follow(page, "/console/declare");
  await expect(page.getByRole("textbox", { name: "Symptom" })).toHaveValue("x");
});

test("another tab resolves what this one is typing into, and what was typed is kept", async ({ page, context, clock }) => {
  await keep(context, posted());
  await open(page, ADDRESS);
  const messages = await channel(page, "Status page");
  await messages.getByRole("radio", { name: "Identified" }).check();
  await messages.getByText("What the post does to the page").click();
  const promise = messages.getByRole("checkbox", { name: "Promise the next update in the last line" });
  await promise.uncheck();
  await messages.getByRole("textbox", { name: "Progress" }).fill("We know the cause");
  const other = await context.newPage();
  await open(other, ADDRESS);
  // What is read of what was sent is not another message under the reader.
  const sent = page.getByRole("table", { name: "Sent" }).locator("details");
  const count = await sent.count();
  await sent.first().locator("summary").click();
  const read = await sent.first().locator("pre").textContent();
  await publish(other, clock);
  await expect(sent).toHaveCount(count + 1);
  await expect(sent.and(page.locator("[open]")).locator("pre")).toHaveText(read);
  // What was chosen for that post is spent in every tab, and what was said is typed in none: what is said later is shown.
  await expect(promise).toBeChecked();
  const progress = messages.getByRole("textbox", { name: "Progress" });
  await publish(other, clock, { facts: { Progress: "It is mended" } });
  await expect(progress).toHaveValue("It is mended");
  // What was typed otherwise stays, also in the store, which the other tab has emptied.
  await progress.fill("half");
  await publish(other, clock, { facts: { Progress: "We watch it" } });
  await page.reload();
  await channel(page, "Status page");
  await expect(progress).toHaveValue("half");
  // Both tabs are typed into, and closed before the store has it.
  const described = (await channel(other, "Email")).getByRole("textbox", { name: "What is happening" });
  await progress.fill("half a sentence");
  await described.fill("typed beside it");
  for (const each of [page, other]) await each.reload();
  await channel(page, "Status page");
  await expect(progress).toHaveValue("half a sentence");
  await channel(other, "Email");
  await expect(described).toHaveValue("typed beside it");
  await publish(other, clock, { status: "Resolved", facts: { "Cause and resolution": "A bad deploy was rolled back" } });
  await page.bringToFront();
  await expect(page.getByText("Resolved").first()).toBeVisible();
  await page.keyboard.type(" and more");
  await page.reload();
  await expect(page.getByRole("region", { name: "Next due" })).toBeVisible();
});
