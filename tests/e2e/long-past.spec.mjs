// A source with more incidents than anybody waits for: what the home page takes of them, and what stands while the
// rest is on its way. How a list is cut is a matter of `tests/api/cut.rs` and `tests/web/public_page.rs`.
import { expect } from "./support.mjs";
import { test } from "./worker-site.mjs";

// A real server holds back the rest of a list: what it says passes no route of the page's.
test.use({ start: null, allowed: /Failed to load resource|ERR_/ });

test("the home page takes the beginning of a long list and lets go; the history shows what is there, and leads nobody on before the rest is", async ({ page, site }) => {
  const { home, source } = await site({ source: "same" });
  Object.assign(source, { count: 10_000, holdsAfter: 55 });
  await page.goto(home);
  await expect(page.getByText(/ % of \d+ days$/).first()).toBeVisible();
  await expect.poll(() => source.letGo, "the rest is not waited for").toBe(true);
  expect(source.asked.filter((name) => name === "incidents")).toHaveLength(1);
  expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(2_000);

  const said = page.getByText("The rest of the list is still being read.");
  const earlier = page.getByRole("button", { name: "Show earlier months" });
  source.count = 200;
  for (const end of ["goOn", "breakOff"]) {
    await page.goto(`${home}history`);
    await expect(page.getByRole("main").getByRole("heading", { level: 3 }).first()).toBeVisible();
    await expect(said).toBeVisible();
    await expect(earlier).toHaveCount(0);
    source[end]();
    await expect(said).toHaveCount(0);
    const broken = page.getByText(/^The rest of the list could not be read: /);
    // Of months of which nothing was read nobody says that they were quiet.
    await expect(end === "goOn" ? earlier : broken).toBeVisible();
    await expect(end === "goOn" ? broken : earlier).toHaveCount(0);
  }
  // What came stands, and is not called the whole.
  await expect(page.getByText("No incidents.")).toHaveCount(0);
});
