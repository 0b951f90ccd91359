// axe finds nothing on any route or dialog of the console, in both themes, at both sizes.
import { axeClean, expect, open, test } from "./support.mjs";
import { channel, declare, duty, publish, signIn, tellTeam } from "./responder.mjs";

for (const scheme of ["light", "dark"]) {
  test.describe(`${scheme} theme`, () => {
    test.use({ colorScheme: scheme });

    test(`the board, declaring and unknown addresses, ${scheme} @phone`, async ({ page }) => {
      await open(page, "/console/");
      await axeClean(page);
      await signIn(page);
      await axeClean(page);
      await open(page, "/console/declare");
      for (const summary of await page.locator("summary").all()) await summary.click();
      await axeClean(page);
      await open(page, "/console/no/such/page");
      await axeClean(page);
    });

    test(`an incident with every channel and every dialog, ${scheme} @phone`, async ({ page, clock }) => {
      test.setTimeout(180_000);
      await signIn(page);
      await declare(page);
      for (const name of ["Status page", "Email", "X", "LinkedIn", "Internal team"]) {
        const messages = await channel(page, name);
        for (const summary of await messages.locator("summary").all()) await summary.click();
        await axeClean(page);
      }
      await tellTeam(page);
      await publish(page, clock);
      await clock.pass(17);
      await expect(duty(page, "Status page: update")).toContainText("Overdue");
      await axeClean(page);
      for (const name of ["Change severity", "Change type", "Correct times", "Declared in error"]) {
        await page.getByRole("button", { name, exact: true }).click();
        await expect(page.getByRole("dialog", { name })).toBeVisible();
        await axeClean(page);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toBeHidden();
      }
      for (const name of ["Skip", "Posted by hand"]) {
        await duty(page, "Email: first message").getByRole("button", { name }).click();
        await expect(page.getByRole("dialog")).toBeVisible();
        await axeClean(page);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toBeHidden();
      }
      await publish(page, clock, { status: "Resolved", facts: { "Cause and resolution": "A bad deploy was rolled back" } });
      const incident = page.url();
      await axeClean(page);
      await open(page, `${incident}/report`);
      await axeClean(page);
      await open(page, `${incident}/postmortem`);
      await axeClean(page);
    });

    test(`the lock of a breach, ${scheme}`, async ({ page }) => {
      await signIn(page);
      await declare(page, { type: "Data Breach" });
      await expect(page.getByRole("region", { name: "Approval" })).toBeVisible();
      await axeClean(page);
    });
  });
}
