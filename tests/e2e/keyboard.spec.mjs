// An incident with the keyboard alone: nothing is reached by a pointer.
import { press, reach, type } from "./keyboard.mjs";
import { duty } from "./responder.mjs";
import { expect, open, test } from "./support.mjs";

test("declare, tell the team, publish and undo, skip and go back", async ({ page, clock }) => {
  await open(page, "/console/");
  await type(page, page.getByRole("textbox", { name: "You are" }), "Ada");
  await page.keyboard.press("Enter");
  await expect(page.getByText("You are Ada")).toBeVisible();

  await press(page, page.getByRole("link", { name: "Declare incident" }));
  await expect(page.getByRole("heading", { level: 1, name: "Declare incident" })).toBeFocused();
  const service = page.getByRole("combobox", { name: "Service" });
  await type(page, service, "API");
  await expect(service.getByRole("option", { name: "API", selected: true })).toBeAttached();
  await reach(page, page.getByRole("radiogroup", { name: "Severity" }).getByRole("radio", { checked: true }));
  await type(page, page.getByRole("textbox", { name: "Symptom" }), "errors");
  await type(page, page.getByRole("textbox", { name: "What is happening" }), "It is down.");
  await press(page, page.getByRole("button", { name: "Declare", exact: true }));

  const next = page.getByRole("region", { name: "Next due" });
  await expect(next).toContainText("Internal team");
  await press(page, next.getByRole("button", { name: "Tell the team" }));
  await press(page, page.getByRole("button", { name: "Notify team" }));
  await expect(next).toContainText("Status page");

  await press(page, next.getByRole("button", { name: "Write the post" }));
  await press(page, page.getByRole("button", { name: "Publish to status page" }));
  await press(page, page.getByRole("button", { name: "Undo" }));
  await expect(page.getByRole("button", { name: "Undo" })).toBeHidden();
  await press(page, page.getByRole("button", { name: "Publish to status page" }));
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await clock.pass(0.3);
  await expect(duty(page, "Status page: first message")).toContainText("Done");

  // Arrows move between tabs and radio buttons; a dialog keeps the focus and gives it back.
  await reach(page, page.getByRole("tab", { selected: true }));
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "Email" })).toHaveAttribute("aria-selected", "true");
  await press(page, duty(page, "Email: first message").getByRole("button", { name: "Skip" }));
  const dialog = page.getByRole("dialog");
  await type(page, dialog.getByRole("textbox", { name: "Reason" }), "no list");
  await press(page, dialog.getByRole("button", { name: "Skip this duty" }));
  await expect(duty(page, "Email: first message")).toContainText("Skipped: no list");

  await press(page, page.getByRole("button", { name: "Change severity" }));
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Change severity" })).toBeFocused();
});

test("the skip link leads past the navigation", async ({ page }) => {
  await open(page, "/console/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});
