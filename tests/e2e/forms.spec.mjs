// What a person says in a form, and what it means: times that are none, drafts of another day, lists with mistakes.
import { ADDRESS, declared, keep, posted } from "./log.mjs";
import { channel, duty, item, leave, publish } from "./responder.mjs";
import { expect, open, test } from "./support.mjs";

const declareButton = (page) => page.getByRole("button", { name: "Declare", exact: true });
const wrong = (field) => expect(field).toHaveAttribute("aria-invalid", "true");

test("declaring takes a time that is one, now as now, and says how old a draft is", async ({ page, clock }) => {
  // The name is kept when its field is left, and what is pressed instead of "Save name" stays where it is until then.
  await open(page, "/console/");
  await page.getByRole("textbox", { name: "You are" }).fill("Ada");
  await page.getByRole("link", { name: "Declare incident" }).click();
  await expect(page.getByText("You are Ada")).toBeVisible();
  await expect(page.getByRole("form", { name: "Who is here" })).toHaveCount(0);
  const form = page.getByRole("form", { name: "Declare incident" });
  const started = form.getByLabel("Impact started");
  await form.getByRole("combobox", { name: "Service" }).selectOption({ label: "API" });
  await form.getByRole("textbox", { name: "Symptom" }).fill("errors");
  for (const [text, words] of [["", "Give the day and the time"], ["0202-03-09T14:05", "The year cannot be right"], ["2024-12-01T09:00", "more than a year ago"]]) {
    await started.fill(text);
    await declareButton(page).click();
    await expect(form.getByRole("alert")).toContainText(words);
    await wrong(started);
    await expect(started).toBeFocused();
    await expect(page).toHaveURL(/declare$/);
  }
  // What was typed is of a moment ago, then of another day.
  await page.reload();
  await expect(started).toHaveValue("2024-12-01T09:00");
  await clock.pass(2 * 24 * 60);
  await open(page, "/console/");
  await page.getByRole("button", { name: "Start a drill" }).click();
  await expect(page.getByText("Kept from 10 Mar 2026, 15:00 CET. Start afresh?")).toBeVisible();
  await expect(form.getByRole("textbox", { name: "Symptom" })).toHaveValue("errors");
  await expect(started, "no old time comes back").toHaveValue("2026-03-12T15:00");
  await page.getByRole("button", { name: "Start afresh" }).click();
  await expect(form.getByRole("textbox", { name: "Symptom" })).toHaveValue("");
  await expect(page.getByText("Start afresh?")).toBeHidden();
  // A form that is begun anew is a drill as long as nobody says that it is real.
  await expect(page.getByRole("button", { name: "Declare the drill" })).toBeVisible();
  await page.getByRole("button", { name: "It is real: no drill" }).click();

  // The form stands for six hours, and nobody touches the time.
  await clock.pass(6 * 60);
  await expect(started).toHaveValue("2026-03-12T21:00");
  await form.getByRole("combobox", { name: "Service" }).selectOption({ label: "API" });
  await declareButton(page).click();
  await expect(page.getByText("Impact since")).toContainText("21:00 CET");
});

test.describe("when the clocks are put back", () => {
  test.use({ start: "2026-10-25T06:00:05Z" });

  test("an hour that comes twice is asked about; the times stay until another one is said", async ({ page, context }) => {
    await keep(context, declared({ at: "2026-10-25T05:50:40Z" }));
    await open(page, ADDRESS);
    const dialog = page.getByRole("dialog", { name: "Correct times" });
    const save = dialog.getByRole("button", { name: "Save the times" });
    const started = dialog.getByLabel("Impact started");
    await page.getByRole("button", { name: "Correct times" }).click();
    await expect(dialog.getByLabel("Impact ended"), "what is not known is not made up").toHaveValue("");
    await started.fill("");
    await wrong(started);
    await expect(save).toBeDisabled();
    await started.fill("2026-03-29T02:30");
    await expect(dialog.getByText("There was no such time").first()).toBeVisible();
    await started.fill("2026-10-25T02:30");
    await expect(save).toBeDisabled();
    const which = dialog.getByRole("radiogroup", { name: "Which of the two" });
    await expect(which.getByRole("radio")).toHaveCount(2);
    await which.getByRole("radio", { name: "02:30 CET (01:30 UTC)" }).check();
    await save.click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText("Impact since").locator("time")).toHaveAttribute("datetime", "2026-10-25T01:30:00Z");
  });
});

test("the channel that is due, the focus in what comes next, every line of a list, and services that come later", async ({ page, context, clock }) => {
  const log = posted();
  log.page.components.push({ id: "billing", name: "Billing", state: "operational" });
  await keep(context, log);
  await open(page, ADDRESS);
  // The team is due first; after it was told, the promised update is, and a reload opens it.
  await expect(page.getByRole("tab", { name: "Internal team" })).toHaveAttribute("aria-selected", "true");
  await page.getByRole("button", { name: "Notify team" }).click();
  await expect(duty(page, "Internal team: first message")).toContainText("Done");
  await page.reload();
  await expect(page.getByRole("tab", { name: "Status page" })).toHaveAttribute("aria-selected", "true");
  await channel(page, "Email");

  const region = page.getByRole("region", { name: "Recipients" });
  const rows = Array.from({ length: 60 }, (_, at) => `Person ${at},person${at}${at % 2 ? " at " : "@"}example.com`);
  const file = (lines) => ({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(["Name,Email", ...lines].join("\n")) });
  const choose = region.getByLabel("Recipients CSV");
  await choose.setInputFiles(file(rows));
  await expect(region.getByText("30 people. 30 lines left out.")).toBeVisible();
  await expect(page.getByText("30 lines left out of the list")).toBeVisible();
  await region.getByRole("button", { name: "Show 10 more" }).click();
  await expect(region.getByRole("list", { name: "Lines left out" }).getByRole("listitem")).toHaveCount(30);
  await region.getByRole("button", { name: "Delete recipients now" }).click();
  await expect(region.getByText("No list yet")).toBeVisible();
  await choose.setInputFiles(file(rows));
  await expect(region.getByText("30 people. 30 lines left out.")).toBeVisible();

  // The email leaves while somebody types into it.
  await page.getByRole("button", { name: /^Send email/ }).click();
  const typing = page.getByRole("region", { name: "Messages" }).getByRole("textbox", { name: "What is happening" });
  await typing.focus();
  await leave(page, clock);
  await expect(typing).toBeHidden();
  // The list stands there still; the focus has not fallen to the page.
  await expect(page.getByRole("region", { name: "Messages" }).locator(":focus")).toHaveCount(1);
  await changeServices({ page, context, clock });
});

/** What is ticked outlives a reload and ends with the dialog, and the next post tells of what came. */
async function changeServices({ page, context, clock }) {
  const dialog = page.getByRole("dialog", { name: "Change services" });
  const box = (name) => dialog.getByRole("checkbox", { name, exact: true });
  const ask = () => page.getByRole("button", { name: "Change services" }).click();
  const change = dialog.getByRole("button", { name: "Change the services" });
  await ask();
  await expect(box("API")).toBeChecked();
  await expect(change).toBeDisabled();
  await box("Billing").check();
  await page.reload();
  await ask();
  await expect(box("Billing")).toBeChecked();
  await expect(dialog).toContainText("Messages call it “API and Billing” from now on.");
  await change.click();
  await expect(dialog).toBeHidden();
  const messages = await channel(page, "Status page");
  await expect(messages).toContainText("Billing becomes major outage.");
  await publish(page, clock, { facts: { Progress: "We look into both" } });
  // What is taken out stays as it is, and that is said before; what is ticked ends with the dialog.
  await ask();
  await box("API").uncheck();
  await expect(dialog).toContainText("API stays on the page as it is, major outage, and no post from here changes it any more.");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await ask();
  await expect(box("API")).toBeChecked();
  const status = await context.newPage();
  await open(status, "/");
  await expect(item(status.getByRole("region", { name: "Components" }), "Billing")).toContainText("Major outage");
  await expect(status.getByRole("region", { name: "Active incidents" }).getByRole("article")).toContainText("API and Billing");
}

test("a storage that somebody empties is said, and what was in memory is stored again", async ({ page, context, clock }) => {
  await keep(context, posted());
  await open(page, ADDRESS);
  await clock.pass(0.2);
  const other = await context.newPage();
  await other.route("**/before", (route) => route.fulfill({ contentType: "text/html", body: "<!DOCTYPE html><link rel=icon href=data:,>" }));
  await other.goto("/before");
  await other.evaluate(async () => {
    localStorage.clear();
    await new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase("allclear:/:desk");
      request.onsuccess = resolve;
      request.onerror = reject;
    });
  });
  await clock.pass(0.2);
  const alarm = page.getByRole("alert").filter({ hasText: "The storage of this browser was emptied" });
  await expect(alarm).toContainText("4 entries are stored again");
  const download = page.waitForEvent("download");
  await alarm.getByRole("button", { name: "Download everything" }).click();
  expect((await download).suggestedFilename()).toBe("allclear-all.json");
  await alarm.getByRole("button", { name: "Close" }).click();
  await expect(alarm).toBeHidden();
  await page.reload();
  await expect(page.getByText("You are Ada")).toBeVisible();
  await expect(page.getByRole("region", { name: "Next due" })).toBeVisible();
  await channel(page, "Status page");
});
