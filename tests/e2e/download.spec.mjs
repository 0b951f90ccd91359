// The status page as a stranger's browser gets it: its own addresses, its own code, and words without any code.
import { answersForItsOwn } from "./addresses.mjs";
import { expect, open, test } from "./support.mjs";

/** A control that only responders have. */
const RESPONDERS = "Declare incident";

test("the status page answers for its own addresses and downloads nothing of the console; without scripts it says that it needs them and leads on", async ({ page, context, browser, request }) => {
  const program = async (page, home) => {
    const asked = page.waitForRequest(/_bg\.wasm$/);
    await open(page, home);
    return (await request.get((await asked).url())).body();
  };
  // In a page of its own: what comes later of the console is asked for while the other page is open.
  expect((await program(await context.newPage(), "/console/")).includes(RESPONDERS)).toBe(true);
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  expect((await program(page, "/")).includes(RESPONDERS)).toBe(false);
  expect(asked.length).toBeGreaterThan(3);
  await answersForItsOwn(page, { home: "/", deep: "/incidents/abc?from=link" });
  expect(asked.filter((path) => path.startsWith("/console"))).toEqual([]);

  await needsScripts(browser);
});

/** It does not say that it checks, where it cannot. */
async function needsScripts(browser) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/");
  // Looked for by place: by text and by role Playwright looks into no such element.
  const said = page.locator("noscript p");
  await expect(said.first()).toBeVisible();
  await expect(said.first()).toHaveText("This page needs JavaScript to show the current status.");
  // A page that this browser keeps is at no provider: support is left.
  await expect(said.nth(2)).toHaveText("");
  await expect(said.nth(3).locator("a")).toHaveAttribute("href", /^mailto:/);
  await expect(page.getByText("Checking")).toBeHidden();
  await context.close();
}
