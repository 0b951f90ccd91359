// Bad input and bad days: nothing is lost, and what is wrong is said.
import { ADDRESS, declared, FACTS, keep } from "./log.mjs";
import { channel, declare, duty, leave, sent, signIn } from "./responder.mjs";
import { expect, open, test } from "./support.mjs";

const HOSTILE = `<img src=x onerror="window.hit=1"><script>window.hit=1</script> [Name] **b** \u202Etxt\u202C 🧯 & ${"x".repeat(200)}`;

test("hostile text is text everywhere", async ({ page, context, clock }) => {
  await keep(context, declared({ who: "Ada <b>", facts: { ...FACTS, symptom: HOSTILE, impact: HOSTILE, description: HOSTILE } }));
  await open(page, ADDRESS);
  await expect(page.getByText("You are Ada <b>")).toBeVisible();
  await channel(page, "Status page");
  // What looks like a placeholder is asked about, and leaves with a reason.
  await expect(page.getByRole("button", { name: "Publish to status page" })).toBeDisabled();
  await page.getByRole("button", { name: "Send anyway" }).click();
  const dialog = page.getByRole("dialog", { name: "Send anyway" });
  await dialog.getByRole("textbox", { name: "Reason" }).fill("it is what users see");
  await dialog.getByRole("button", { name: "Send it as it stands" }).click();
  await leave(page, clock);
  await expect(sent(page)).toContainText("API - Investigating Issue");
  // On a network it is opened with its text, and counts as posted when somebody says so, who is not asked once more.
  await page.evaluate(() => { globalThis.open = (address) => { globalThis.opened = decodeURIComponent(address); }; });
  const networks = await channel(page, "LinkedIn");
  await expect(networks.getByRole("button", { name: "Open LinkedIn" })).toBeDisabled();
  await networks.getByRole("button", { name: "Send anyway" }).click();
  await dialog.getByRole("textbox", { name: "Reason" }).fill("it is what users see");
  await dialog.getByRole("button", { name: "Send it as it stands" }).click();
  expect(await page.evaluate(() => globalThis.opened)).toContain("[Name] **b**");
  await expect(duty(page, "LinkedIn: first message")).not.toContainText("Done");
  await expect(networks.getByRole("button", { name: "Send anyway" })).toHaveCount(0);
  await networks.getByRole("button", { name: "Posted", exact: true }).click();
  await expect(duty(page, "LinkedIn: first message")).toContainText("Done");
  const status = await context.newPage();
  await open(status, "/");
  await expect(status.getByRole("region", { name: "Active incidents" })).toContainText("txt 🧯 &");
  for (const each of [page, status]) expect(await each.evaluate(() => window.hit)).toBeUndefined();
});

// Where nothing can be kept, there is no log to begin with: it is declared by hand.
test("denied storage is said on screen, the incident still runs, and the export is offered; once it is allowed, all is stored", async ({ page, context, clock }) => {
  await context.addInitScript(() => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (...given) {
      if (!sessionStorage.allowed) throw new DOMException("denied", "SecurityError");
      return open.apply(this, given);
    };
  });
  await signIn(page);
  await expect(page.getByText("Nothing is being saved.")).toBeVisible();
  await declare(page);
  await expect(duty(page, "Internal team: first message")).toContainText("Due");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download everything" }).click();
  expect((await download).suggestedFilename()).toBe("allclear-all.json");
  await page.evaluate(() => { sessionStorage.allowed = "yes"; });
  await clock.pass(0.2);
  await expect(page.getByText("Nothing is being saved.")).toHaveCount(0);
  await page.reload();
  await expect(duty(page, "Internal team: first message")).toContainText("Due");
});

test("a corrupted entry of the log is named, kept and offered; the rest runs", async ({ page, context }) => {
  await keep(context, declared(), { more: { "somewhere/000000000000-0000-x": '{"half": ' } });
  await open(page, ADDRESS);
  await expect(page.getByText("1 stored entry could not be read and was left out;")).toBeVisible();
  await expect(page.getByRole("region", { name: "Next due" })).toContainText("Internal team");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the raw entries" }).click();
  expect((await download).suggestedFilename()).toBe("allclear-unreadable.json");
});

test("two consoles in one browser share the log, and what is about to leave in one binds the other", async ({ page, context, clock }) => {
  await keep(context, declared());
  await open(page, ADDRESS);
  const other = await context.newPage();
  await open(other, ADDRESS);
  await channel(other, "Internal team");
  await other.getByRole("button", { name: "Notify team" }).click();
  await expect(duty(page, "Internal team: first message")).toContainText("Done");

  const publish = (tab) => tab.getByRole("button", { name: "Publish to status page" });
  await channel(page, "Status page");
  await publish(page).click();
  for (const tab of [page, other]) {
    await channel(tab, "Status page");
    await expect(tab.getByRole("status", { name: "About to leave" })).toContainText("Status page, first message · API P0");
    await expect(publish(tab)).toBeDisabled();
  }
  // Taken back in the tab where it was not pressed.
  await other.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Undo" })).toBeHidden();
  await expect(publish(page)).toBeEnabled();
  await publish(page).click();
  await expect(other.getByRole("button", { name: "Undo" })).toBeVisible();
  await clock.pass(0.3);
  for (const tab of [page, other]) {
    await expect(sent(tab).getByRole("row")).toHaveCount(3);
    await expect(tab.getByRole("button", { name: "Undo" })).toBeHidden();
  }
});
