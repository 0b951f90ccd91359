// What a responder does in the console, by role and name: the words of the product's contract.
import { expect, open } from "./support.mjs";

/** Opens the console and says who is here. */
export async function signIn(page, name = "Ada") {
  await open(page, "/console/");
  await page.getByRole("textbox", { name: "You are" }).fill(name);
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByText(`You are ${name}`)).toBeVisible();
}

/** Declares an incident and waits for its page. */
export async function declare(page, { severity = "P0", type, service = "API", started, symptom = "errors when signing in", impact = "sign-in and all API calls", description = "Our API has been returning errors since 13:52 UTC." } = {}) {
  await page.getByRole("link", { name: "Incidents" }).first().click();
  await page.getByRole("link", { name: "Declare incident" }).click();
  const form = page.getByRole("form", { name: "Declare incident" });
  await form.getByRole("combobox", { name: "Service" }).selectOption({ label: service });
  if (type) await form.getByRole("radio", { name: type }).check();
  await form.getByRole("radiogroup", { name: "Severity" }).getByRole("radio", { name: severity }).check();
  await form.getByRole("textbox", { name: "Symptom" }).fill(symptom);
  await form.getByRole("textbox", { name: "Affected users or features" }).fill(impact);
  await form.getByRole("textbox", { name: "What is happening" }).fill(description);
  if (started) await form.getByLabel("Impact started").fill(started);
  await form.getByRole("button", { name: "Declare", exact: true }).click();
  await expect(page.getByRole("region", { name: "Next due" })).toBeVisible();
  await expect(page).toHaveURL(/\/console\/incidents\/[a-z0-9]+$/);
}

/** Opens a channel's section of the composer. */
export async function channel(page, name) {
  const messages = page.getByRole("region", { name: "Messages" });
  await messages.getByRole("tab", { name, exact: false }).click();
  return messages;
}

/** Lets the undo window close. */
export async function leave(page, clock) {
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await clock.run(0.3);
  await expect(page.getByRole("button", { name: "Undo" })).toBeHidden();
}

/** Publishes on the status page; `facts` are filled in first. */
export async function publish(page, clock, { status, facts = {} } = {}) {
  const messages = await channel(page, "Status page");
  if (status) await messages.getByRole("radio", { name: status }).check();
  for (const [name, text] of Object.entries(facts)) {
    await messages.getByRole("textbox", { name }).fill(text);
  }
  await messages.getByRole("button", { name: "Publish to status page" }).click();
  await leave(page, clock);
}

/** Sends the email that is owed. */
export async function email(page, clock, { facts = {}, to } = {}) {
  const messages = await channel(page, "Email");
  for (const [name, text] of Object.entries(facts)) {
    await messages.getByRole("textbox", { name }).fill(text);
  }
  if (to) await messages.getByRole("textbox", { name: "Paste recipients" }).fill(to);
  await messages.getByRole("button", { name: "Send email" }).click();
  await leave(page, clock);
}

/** Records a social post with its link. */
export async function social(page, name, link) {
  const messages = await channel(page, name);
  await messages.getByRole("textbox", { name: "Link to the post" }).fill(link);
  await messages.getByRole("button", { name: "Posted", exact: true }).click();
}

/** Tells the team. */
export async function tellTeam(page) {
  const messages = await channel(page, "Internal team");
  await messages.getByRole("button", { name: "Notify team" }).click();
}

/** A duty of the list "Duties" by its words. */
export function duty(page, words) {
  return page.getByRole("list", { name: "Duties" }).getByRole("listitem").filter({ hasText: words });
}
