// axe finds nothing in any state of the console. Structure does not depend on the theme or the size: all of axe once
// for each state, in the light; the dark is judged by its contrast, and a phone by the size of its targets and by what
// is wider than it is.
import { ADDRESS, declared, keep } from "./log.mjs";
import { channel, duty, publish, tellTeam } from "./responder.mjs";
import { axeClean, expect, fitsThumbs, open, PHONE, test } from "./support.mjs";

/** The first act of each channel. */
const ACTS = /^(Publish to status page|Send email to|Open X$|Open LinkedIn$|Notify team$)/;

/** Whoever has read a channel's preview to its end has its first act in the thumb's reach, however much follows it. */
async function inReach(messages) {
  await messages.getByRole("region", { name: "Preview" }).evaluate((preview) => preview.scrollIntoView({ block: "end" }));
  await expect(messages.getByRole("button", { name: ACTS })).toBeInViewport({ ratio: 1 });
}

/** Goes through every state of an incident's pages, and looks at each. `look` is given the messages of a channel. */
async function throughAnIncident({ page, context, clock }, look) {
  await keep(context, declared());
  await open(page, ADDRESS);
  for (const name of ["Status page", "Email", "X", "LinkedIn", "Internal team"]) {
    const messages = await channel(page, name);
    for (const summary of await messages.locator("summary").all()) await summary.click();
    await look(messages);
  }
  await tellTeam(page);
  await publish(page, clock);
  await clock.pass(17);
  await expect(duty(page, "Status page: update")).toContainText("Overdue");
  await look();
  const dialog = async (button) => {
    await button.click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await look();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  };
  for (const name of ["Change severity", "Change type", "Change services", "Correct times", "Declared in error"]) {
    await dialog(page.getByRole("button", { name, exact: true }));
  }
  for (const name of ["Skip", "Posted by hand"]) {
    await dialog(duty(page, "Email: first message").getByRole("button", { name }));
  }
  await publish(page, clock, { status: "Resolved", facts: { "Cause and resolution": "A bad deploy was rolled back" } });
  await look();
  for (const paper of ["report", "postmortem"]) {
    await open(page, `${ADDRESS}/${paper}`);
    await look();
  }
}

test("the board, declaring and what is refused there, and an unknown address", async ({ page }) => {
  await open(page, "/console/");
  await axeClean(page);
  await open(page, "/console/declare");
  for (const summary of await page.locator("summary").all()) await summary.click();
  await axeClean(page);
  const refused = async (words) => {
    await page.getByRole("button", { name: "Declare", exact: true }).click();
    await expect(page.getByRole("alert")).toContainText(words);
    await axeClean(page);
  };
  const service = page.getByRole("combobox", { name: "Service" });
  await expect(service).toHaveAttribute("aria-required", "true");
  await refused("Choose the service");
  await expect(service, "what is missing is gone to").toBeFocused();
  await expect(service).toHaveAttribute("aria-invalid", "true");
  await expect(service).toHaveAccessibleDescription("Choose the service that is affected.");
  await service.selectOption({ label: "API" });
  await expect(service).not.toHaveAttribute("aria-invalid");
  await page.getByRole("textbox", { name: "Symptom" }).fill("errors");
  await refused("You are");
  await page.getByLabel("Impact started").fill("2026-03-11T15:00");
  await refused("future");
  await expect(page.getByRole("textbox", { name: "Symptom" }), "nothing typed is lost").toHaveValue("errors");
  await open(page, "/console/no/such/page");
  await axeClean(page);
});

test("an incident with every channel, every dialog and its papers", async ({ page, context, clock }) => {
  await throughAnIncident({ page, context, clock }, () => axeClean(page));
});

test("the lock of a breach", async ({ page, context }) => {
  await keep(context, declared({ kind: "breach" }));
  await open(page, ADDRESS);
  await expect(page.getByRole("region", { name: "Approval" })).toBeVisible();
  await axeClean(page);
});

test("the papers, in the light and in the dark, at a desk and on a phone", async ({ page }) => {
  const desk = page.viewportSize();
  for (const [path, heading] of [["readiness", "Readiness"], ["settings", "Settings"], ["sop", "SOP"], ["sop/messages", "All messages"], ["outbox", "Outbox"]]) {
    await open(page, `/console/${path}`);
    await expect(page.getByRole("heading", { level: 1, name: heading, exact: true })).toBeVisible();
    await expect(page.getByText("Loading…")).toHaveCount(0);
    await axeClean(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await axeClean(page, ["color-contrast"]);
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize(PHONE.viewport);
    await fitsThumbs(page);
    await page.setViewportSize(desk);
  }
});

test.describe("in the dark", () => {
  test.use({ colorScheme: "dark" });

  test("everything of an incident stands out from its ground", async ({ page, context, clock }) => {
    await throughAnIncident({ page, context, clock }, () => axeClean(page, ["color-contrast"]));
  });
});

test.describe("on a phone", () => {
  test.use(PHONE);

  test("everything of an incident fits, and can be met with a thumb", async ({ page, context, clock }) => {
    await throughAnIncident({ page, context, clock }, async (messages) => {
      await fitsThumbs(page);
      if (messages) await inReach(messages);
    });
  });
});
