// An incident with the keyboard alone: nothing is reached by a pointer.
import { press, reach, type } from "./keyboard.mjs";
import { ADDRESS, keep, posted } from "./log.mjs";
import { channel, duty } from "./responder.mjs";
import { expect, open, test } from "./support.mjs";

test("declare, tell the team, publish and undo, skip and go back", async ({ page, clock }) => {
  await open(page, "/console/");
  await type(page, page.getByRole("textbox", { name: "You are" }), "Ada");
  await page.keyboard.press("Enter");
  await expect(page.getByText("You are Ada")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Incidents" }), "the form took the focus with it").toBeFocused();

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
  const told = page.getByRole("status", { name: "Waits to leave" });
  await expect(told).toContainText(/^Status page, first message: leaves at \d\d:\d\d:\d\d UTC\./);
  await press(page, page.getByRole("button", { name: "Undo" }));
  await expect(page.getByRole("button", { name: "Undo" })).toBeHidden();
  await expect(told).toBeEmpty();
  await expect(page.getByRole("status", { name: "Last message" })).toHaveText("Taken back: nothing was sent.");
  await expect(page.getByRole("heading", { name: "Messages", exact: true })).toBeFocused();
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

test("the skip link leads past the navigation; on a phone the button that sends stays at hand with a line of its reason, lies over nothing that has the focus, and stays nowhere on a low screen", async ({ page, context }) => {
  await keep(context, posted({ at: "2026-03-10T13:40:00Z" }));
  await open(page, "/console/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();

  await page.setViewportSize({ width: 360, height: 640 });
  await open(page, ADDRESS);
  const messages = await channel(page, "Status page");
  await messages.getByRole("radio", { name: "Resolved" }).check();
  const publish = page.getByRole("button", { name: "Publish to status page" });
  const bar = publish.locator("xpath=..");
  const reason = bar.getByText("is missing");
  const cutOff = () => reason.evaluate((words) => words.scrollWidth > words.clientWidth);

  await messages.getByRole("region", { name: "Preview" }).evaluate((preview) => preview.scrollIntoView());
  const { y, height } = await bar.boundingBox();
  expect(y + height, "at the lower edge").toBe(640);
  expect(height, "a button and a line").toBeLessThan(100);
  expect(await cutOff()).toBe(true);

  const behind = [];
  const met = new Set();
  while (!(await publish.evaluate((button) => button === document.activeElement))) {
    // The next one lies behind the button, as it may after a scroll by hand.
    await page.evaluate(() => {
      const all = [...document.querySelectorAll("main :is(a, button, input, textarea, summary)")];
      const [next] = all.slice(all.indexOf(document.activeElement) + 1).filter((each) => each.checkVisibility());
      scrollBy(0, next.getBoundingClientRect().bottom - innerHeight + 50);
    });
    await page.keyboard.press("Tab");
    const { name, covered } = await bar.evaluate((bar) => {
      const has = document.activeElement;
      const { x, y, width, height } = has.getBoundingClientRect();
      const covered = [y + 1, y + height - 1].some((at) => bar.contains(document.elementFromPoint(x + width / 2, at)));
      return { name: has.textContent.trim() || has.tagName, covered: covered && !bar.contains(has) };
    });
    met.add(name);
    if (covered) behind.push(name);
  }
  expect(met, "what is missing is led to").toContain("Fill it in");
  expect(behind).toEqual([]);
  expect(await cutOff(), "all of the reason is there for whoever stays").toBe(false);

  // A dialog's foot stays as well, and lies over no field.
  await page.setViewportSize({ width: 360, height: 500 });
  await duty(page, "Email: first message").getByRole("button", { name: "Posted by hand" }).click();
  const dialog = page.getByRole("dialog");
  expect(await dialog.evaluate(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight), "it scrolls").toBe(true);
  const foot = dialog.getByRole("button", { name: "Record it" }).locator("xpath=../..");
  for (const name of ["Text", "Link"]) {
    const field = dialog.getByRole("textbox", { name });
    await reach(page, field);
    const [{ y, height }, edge] = [await field.boundingBox(), await foot.boundingBox()];
    expect(y + height, name).toBeLessThanOrEqual(edge.y);
  }
  await page.keyboard.press("Escape");

  await page.setViewportSize({ width: 640, height: 360 });
  await expect(bar).toHaveCSS("position", "static");
});
