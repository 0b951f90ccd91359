// A word without an end makes no page wider than a phone, in both apps; and a dialog on the smallest window can be used.
import { tooWide } from "./hard-to-fit.mjs";
import { ADDRESS, FACTS, keep, posted } from "./log.mjs";
import { expect, open, PHONE, test } from "./support.mjs";

test.use(PHONE);

const WORD = "Donaudampfschifffahrt".repeat(6).slice(0, 120);

test("a word of 120 letters wraps, and what a dialog asks can be seen", async ({ page, context }) => {
  const log = posted({ who: WORD, facts: { ...FACTS, service: WORD, symptom: WORD, impact: WORD, description: WORD } });
  log.page.components = [
    { id: "api", name: WORD, state: "major_outage", description: WORD, group: WORD },
    { id: "web", name: `${WORD}2`, state: "operational", group: null },
  ];
  Object.assign(log.page.incidents[0], { name: WORD });
  log.page.incidents[0].updates[0].body = `${WORD} ${WORD}`;
  await keep(context, log);
  for (const address of ["/", "/history", `/incidents/${log.page.incidents[0].id}`, "/console/", "/console/declare", ADDRESS, `${ADDRESS}/report`, `${ADDRESS}/postmortem`]) {
    await open(page, address);
    await expect(page.getByText(WORD).first()).toBeAttached();
    for (const summary of await page.locator("summary").all()) await summary.click();
    expect(await tooWide(page), address).toEqual([]);
  }
  await open(page, ADDRESS);
  for (const name of ["Status page", "Email", "X", "LinkedIn", "Internal team"]) {
    await page.getByRole("tab", { name, exact: true }).click();
    expect(await tooWide(page), name).toEqual([]);
  }

  await page.setViewportSize({ width: 320, height: 256 });
  await page.getByRole("button", { name: "Change severity" }).click();
  const dialog = page.getByRole("dialog");
  // Where the foot stays, it covers what is chosen.
  for (const radio of await dialog.getByRole("radio").all()) {
    await radio.scrollIntoViewIfNeeded();
    const hidden = await radio.evaluate((each) => {
      const { x, y, width, height } = each.getBoundingClientRect();
      return !each.closest("label").contains(document.elementFromPoint(x + width / 2, y + height / 2));
    });
    expect(hidden).toBe(false);
  }
  const foot = dialog.locator(".dialog-foot");
  expect(await foot.evaluate((each) => getComputedStyle(each).position)).toBe("static");
});
