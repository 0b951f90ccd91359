// The board of a team that has used the console for years: what is open is read and shown first, and nobody is told
// that nothing is open before all is known. What a look at the board folds is a matter of `tests/sop/board.rs`.
import { ADDRESS, declared, keep } from "./log.mjs";
import { expect, test } from "./support.mjs";

/** Events of so many incidents that were declared in error, by their keys in the store. */
function finished(count) {
  const rows = {};
  for (let number = 0; number < count; number += 1) {
    const run = `over${String(number).padStart(4, "0")}`;
    const log = declared({ at: new Date(Date.UTC(2025, 0, 1 + number, 12)).toISOString(), severity: "P2" })
      .add("declared-in-error", { reason: "A false alarm." });
    for (const event of log.events) rows[`${run}/${event.id}`] = JSON.stringify(event);
  }
  return rows;
}

test("the open incident stands first among three hundred, earlier ones come when asked for, and nothing is said to be open or not before it is known", async ({ page, context, clock }) => {
  await keep(context, declared(), { more: finished(300) });
  await page.addInitScript(() => {
    globalThis.said = [];
    new MutationObserver(() => {
      for (const { textContent } of document.querySelectorAll(".empty p")) globalThis.said.push(textContent);
    }).observe(document, { childList: true, subtree: true });
  });
  for (const visit of ["first", "again"]) {
    await page.goto("/console/");
    const cards = page.getByRole("main").getByRole("article");
    await expect(cards.first()).toContainText("Open");
    const earlier = page.getByRole("button", { name: "Show earlier incidents (270 more)" });
    await expect(earlier).toBeVisible();
    await expect(cards).toHaveCount(31);
    expect(await page.evaluate(() => globalThis.said.filter((words) => /No incident/.test(words))), visit).toEqual([]);
    // What is open is noted for the next visit, which reads it first.
    await expect.poll(() => page.evaluate(() => localStorage.getItem("allclear:/:open"))).toBe(ADDRESS.split("/").at(-1));
  }
  await page.getByRole("button", { name: "Show earlier incidents (270 more)" }).press("Enter");
  await expect(page.getByRole("main").getByRole("article")).toHaveCount(61);
  await expect(page.getByRole("button", { name: "Show earlier incidents (240 more)" })).toBeFocused();

  // What is overdue is told by weight, colour and shape beside the word.
  const card = page.getByRole("main").getByRole("article").first();
  const drawn = () => card.getByText(/ by .*UTC\)/).evaluate((words) => {
    const { fontWeight, color } = getComputedStyle(words);
    return { bold: fontWeight === "700", coloured: color !== getComputedStyle(words.closest("article")).color, shapes: words.parentElement.querySelectorAll("svg").length };
  });
  expect(await drawn()).toEqual({ bold: false, coloured: false, shapes: 0 });
  await clock.pass(20);
  await expect(card).toContainText("– overdue");
  expect(await drawn()).toEqual({ bold: true, coloured: true, shapes: 1 });
});
