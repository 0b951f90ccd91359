// What a responder does in the console, by role and name: the words of the product's contract.
import { expect, open } from "./support.mjs";

/** Opens the console and says who is here. */
export async function signIn(page, name = "Ada") {
  await open(page, "/console/");
  await page.getByRole("textbox", { name: "You are" }).fill(name);
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByText(`You are ${name}`)).toBeVisible();
}

/** Declares an incident by hand and waits for its page. Most tests begin with its log instead: `log.mjs`. */
export async function declare(page, said = {}) {
  await page.getByRole("link", { name: "Declare incident" }).click();
  await declared(page, "Declare", said);
}

/** Opens the form of a drill and declares one. */
export async function startDrill(page, said = {}) {
  await page.getByRole("button", { name: "Start a drill" }).click();
  await declared(page, "Declare the drill", said);
}

/** Fills the open form in, declares, and waits for the incident's page. */
async function declared(page, button, { severity = "P0 Critical", service = "API", symptom = "errors when signing in", impact = "sign-in and all API calls", description = "Our API has been returning errors since 13:52 UTC." } = {}) {
  const form = page.getByRole("form", { name: "Declare incident" });
  await form.getByRole("combobox", { name: "Service" }).selectOption({ label: service });
  await form.getByRole("radiogroup", { name: "Severity" }).getByRole("radio", { name: severity }).check();
  await form.getByRole("textbox", { name: "Symptom" }).fill(symptom);
  await form.getByRole("textbox", { name: "Affected users or features" }).fill(impact);
  await form.getByRole("textbox", { name: "What is happening" }).fill(description);
  await form.getByRole("button", { name: button, exact: true }).click();
  await expect(page.getByRole("region", { name: "Next due" })).toBeVisible();
  await expect(page).toHaveURL(/\/console\/incidents\/[a-z0-9]+$/);
}

/** Opens a channel's section of the composer. */
export async function channel(page, name) {
  const messages = page.getByRole("region", { name: "Messages" });
  await messages.getByRole("tab", { name, exact: true }).click();
  return messages;
}

/** Lets the undo window close. */
export async function leave(page, clock) {
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await clock.pass(0.3);
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
  await messages.getByRole("button", { name: /^Send email/ }).click();
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
  const button = messages.getByRole("button", { name: "Notify team" });
  await button.click();
  // It counts once the text is copied.
  await expect(button).toHaveCount(0);
}

/** The item of a list that holds exactly these words in one of its parts. */
export const item = (list, words) =>
  list.getByRole("listitem").filter({ has: list.page().getByText(words, { exact: true }) });

/** A duty of the list "Duties", by its name. */
export const duty = (page, name) => item(page.getByRole("list", { name: "Duties" }), name);

/** The ledger. */
export const sent = (page) => page.getByRole("table", { name: "Sent" });

/** The sendings of an email. */
export const sendings = (page) => page.getByRole("list", { name: "Sendings" });
