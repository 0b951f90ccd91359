// Bad input and bad days: nothing is lost, and what is wrong is said.
import { expect, open, test } from "./support.mjs";
import { channel, declare, duty, publish, signIn } from "./responder.mjs";

const HOSTILE = `<img src=x onerror="window.hit=1"><script>window.hit=1</script> [Name] **b** \u202Etxt\u202C 🧯 & ${"x".repeat(200)}`;

test("hostile text is text everywhere", async ({ page, context, clock }) => {
  await signIn(page, "Ada <b>");
  await declare(page, { symptom: HOSTILE, impact: HOSTILE, description: HOSTILE });
  await publish(page, clock);
  await expect(page.getByRole("table", { name: "Sent" })).toContainText("API - Investigating Issue");
  const status = await context.newPage();
  await open(status, "/");
  await expect(status.getByRole("region", { name: "Active incidents" })).toContainText("onerror");
  for (const each of [page, status]) expect(await each.evaluate(() => window.hit)).toBeUndefined();
});

test("a megabyte in a field is kept, and refused with its reason before it is sent", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page);
  await declare(page);
  const messages = await channel(page, "Status page");
  await messages.getByRole("textbox", { name: "Symptom" }).fill("m".repeat(1_000_000));
  await expect(messages.getByRole("list", { name: "Before you send" })).toContainText(/25000/);
  await expect(messages.getByRole("button", { name: "Publish to status page" })).toHaveAttribute("aria-disabled", "true");
  await messages.getByRole("textbox", { name: "Symptom" }).fill("short again");
  await expect(messages.getByRole("button", { name: "Publish to status page" })).not.toHaveAttribute("aria-disabled", "true");
});

test("empty and future are refused with the place and the cure", async ({ page }) => {
  await signIn(page);
  await page.getByRole("link", { name: "Declare incident" }).click();
  await page.getByRole("button", { name: "Declare", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("Choose the service");
  await page.getByRole("combobox", { name: "Service" }).selectOption({ label: "API" });
  await page.getByLabel("Impact started").fill("2026-03-11T15:00");
  await page.getByRole("button", { name: "Declare", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("future");
});

test("without a name nothing is declared, and nothing typed is lost", async ({ page }) => {
  await open(page, "/console/declare");
  await page.getByRole("combobox", { name: "Service" }).selectOption({ label: "API" });
  await page.getByRole("textbox", { name: "Symptom" }).fill("errors");
  await page.getByRole("button", { name: "Declare", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("You are");
  await expect(page.getByRole("textbox", { name: "Symptom" })).toHaveValue("errors");
});

test("denied storage is said on screen, the incident still runs, and the export is offered", async ({ page, context }) => {
  await context.addInitScript(() => {
    IDBFactory.prototype.open = () => { throw new DOMException("denied", "SecurityError"); };
  });
  await open(page, "/console/");
  await expect(page.getByText("Nothing is being saved.")).toBeVisible();
  await page.getByRole("textbox", { name: "You are" }).fill("Ada");
  await page.getByRole("button", { name: "Save name" }).click();
  await declare(page);
  await expect(duty(page, "Internal team")).toContainText("Due");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download everything" }).click();
  expect((await download).suggestedFilename()).toBe("allclear-all.json");
});

test("a corrupted entry of the log is named, kept and offered; the rest runs", async ({ page }) => {
  await signIn(page);
  await declare(page);
  const address = page.url();
  await page.evaluate(async () => {
    const { name } = (await indexedDB.databases()).find((each) => each.name.endsWith("desk"));
    await new Promise((done, failed) => {
      const opening = indexedDB.open(name);
      opening.onerror = failed;
      opening.onsuccess = () => {
        const change = opening.result.transaction("events", "readwrite");
        change.objectStore("events").put('{"half": ', "somewhere/000000000000-0000-x");
        change.oncomplete = () => { opening.result.close(); done(); };
      };
    });
  });
  await page.goto(address);
  await expect(page.getByText("1 stored entries could not be read")).toBeVisible();
  await expect(page.getByRole("region", { name: "Next due" })).toContainText("Internal team");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the raw entries" }).click();
  expect((await download).suggestedFilename()).toBe("allclear-unreadable.json");
});

test("a clock that jumps undoes nothing", async ({ page, context, clock }) => {
  await signIn(page);
  await declare(page);
  await publish(page, clock);
  await expect(duty(page, "Status page: first message")).toContainText("Done");
  await context.clock.setSystemTime(new Date("2026-03-10T13:00:00Z"));
  await clock.run(0.05);
  await page.reload();
  await expect(page.getByRole("region", { name: "Next due" })).toBeVisible();
  await context.clock.setSystemTime(new Date("2026-03-10T14:30:00Z"));
  await clock.run(0.05);
  await expect(duty(page, "Status page: first message")).toContainText("Done");
  await expect(duty(page, "Status page: update")).toContainText("Overdue");
});

test("two consoles in one browser share the log", async ({ page, context }) => {
  await signIn(page);
  await declare(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByRole("tab", { name: "Internal team" }).click();
  await other.getByRole("button", { name: "Notify team" }).click();
  await expect(duty(page, "Internal team")).toContainText("Done");
});
