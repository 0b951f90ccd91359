// The harness itself: what the browser complains of fails a test, and what a test allows does not.
import { axeClean, open, test } from "./support.mjs";

test.describe("a complaint fails the test:", () => {
  test.fail("an error on the console", async ({ page }) => {
    await open(page, "/");
    await page.evaluate(() => console.error("something is wrong"));
  });

  test.fail("an error that nobody caught", async ({ page }) => {
    await open(page, "/");
    await page.evaluate(() => setTimeout(() => { throw new Error("nobody catches this"); }, 0));
    await page.waitForFunction(() => true);
  });

  test.fail("a style that the policy refuses", async ({ page }) => {
    await open(page, "/console/");
    await page.evaluate(() => document.body.setAttribute("style", "color: red"));
  });

  test.fail("a request to somebody else", async ({ page }) => {
    await open(page, "/");
    await page.evaluate(() => fetch("https://example.invalid/").catch(() => {}));
  });

  test.fail("a picture without a text", async ({ page }) => {
    await open(page, "/");
    await page.evaluate(() => document.querySelector("main").append(document.createElement("img")));
    await axeClean(page);
  });
});

test.describe("a complaint that was allowed", () => {
  test.use({ allowed: /something is wrong/ });

  test("does not", async ({ page }) => {
    await open(page, "/");
    await page.evaluate(() => console.error("something is wrong"));
  });
});
