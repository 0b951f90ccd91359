// The harness itself: what the browser complains of is heard and fails a test, and time stands until a test moves it.
import { axeClean, complaints, expect, fitsThumbs, open, START, test } from "./support.mjs";

/** What is provoked on a page, and what is said of it. */
const PROVOKED = [
  [/something is wrong/, () => console.error("something is wrong")],
  [/nobody catches this/, () => queueMicrotask(() => { throw new Error("nobody catches this"); })],
  [/inline style/, () => document.body.setAttribute("style", "color: red")],
  [/example\.invalid/, () => void fetch("https://example.invalid/").catch(() => {})],
];

test.describe("a test that provokes complaints", () => {
  test.use({ allowed: /./ });

  test("hears each of them, and axe; its clock stands in every page until it is moved", async ({ page, context, clock }) => {
    const now = (of) => of.evaluate(() => Date.now());
    await open(page, "/console/");
    expect(await now(page)).toBe(Date.parse(START));
    await clock.pass(15);
    const other = await context.newPage();
    await open(other, "/");
    for (const each of [page, other]) expect(await now(each)).toBe(Date.parse(START) + 15 * 60_000);

    const found = complaints(context);
    for (const [words, provoke] of PROVOKED) {
      await page.evaluate(provoke);
      await expect.poll(() => found.join("\n")).toMatch(words);
    }
    await other.evaluate(() => {
      const [picture, grey, one, two] = ["img", "p", "button", "button"].map((name) => document.createElement(name));
      Object.assign(grey, { textContent: "grey on grey" });
      Object.assign(grey.style, { color: "#777", background: "#888" });
      for (const small of [one, two]) Object.assign(small.style, { width: "9px", height: "9px", minWidth: "0", minHeight: "0", padding: "0" });
      document.querySelector("main").append(picture, grey, one, two);
    });
    await expect(axeClean(other)).rejects.toThrow(/image-alt/);
    await expect(axeClean(other, ["color-contrast"])).rejects.toThrow(/color-contrast/);
    await expect(fitsThumbs(other)).rejects.toThrow(/target-size/);
  });
});

test.fail("a complaint that was not allowed fails the test", async ({ page }) => {
  await open(page, "/");
  const heard = page.waitForEvent("console");
  await page.evaluate(() => console.error("something is wrong"));
  await heard;
});
