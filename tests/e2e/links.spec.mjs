// Links of an app's own are followed without a reload, and otherwise as the browser would follow them.
import { expect, open, test } from "./support.mjs";

const APPS = [
  ["/console/", ["Incidents", "Readiness", "Settings"]],
  // Its navigation has no link to where one is.
  ["/history", ["Incident history", "Current status", "Incident history"], "leads on only"],
];

test("the pages of both apps are steps of the browser's history, each once, and take the focus; a link opens beside where that is asked for", async ({ page, context }) => {
  const heading = (of, name) => of.getByRole("heading", { level: 1, name });
  const link = (name) => page.getByRole("navigation").getByRole("link", { name });
  const steps = () => page.evaluate(() => history.length);
  for (const [address, [here, first, second], onlyOn] of APPS) {
    await open(page, address);
    await expect(heading(page, here)).toBeVisible();
    const opened = context.waitForEvent("page");
    await link(first).click({ modifiers: ["ControlOrMeta"] });
    const beside = await opened;
    await expect(heading(beside, first)).toBeVisible();
    await beside.close();
    await expect(heading(page, here)).toBeVisible();

    await page.evaluate(() => { globalThis.stayed = true; });
    const before = await steps();
    await link(first).click();
    await expect(heading(page, first)).toBeFocused();
    // Whoever is on a page already makes no step by its link.
    if (!onlyOn) await link(first).click();
    await link(second).click();
    await expect(heading(page, second)).toBeFocused();
    expect(await steps()).toBe(before + 2);
    await page.goBack();
    await expect(heading(page, first)).toBeFocused();
    await page.goForward();
    await expect(heading(page, second)).toBeFocused();
    expect(await page.evaluate(() => globalThis.stayed), "the page was not loaded anew").toBe(true);
  }
  // What is no page of an app's own is the host's: a file that stands beside it.
  await open(page, "/");
  // A text names no icon, and the browser looks for one.
  await context.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
  await page.evaluate(() => {
    document.querySelector("main").insertAdjacentHTML("beforeend", `<a href="robots.txt">Rules</a>`);
  });
  await page.getByRole("link", { name: "Rules" }).click();
  await expect(page.getByText("User-agent:")).toBeVisible();
});
