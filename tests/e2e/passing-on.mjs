// An incident under its own address, and the ways to pass it on: as a text, by a link, on paper.
import { CALM, update } from "./served-page.mjs";
import { expect } from "./support.mjs";

const OUTAGE = {
  id: "out 1", name: "API is slow", status: "identified", impact: "minor",
  created_at: "2026-03-10T14:30:00.000+01:00", updated_at: "2026-03-10T13:50:00Z", components: [{ id: "api" }],
  incident_updates: [
    update("u2", "identified", "2026-03-10T13:50:00Z", "We found it.<br />See <a href=\"https://example.com/n\">the notes</a>."),
    update("u1", "investigating", "2026-03-10T13:30:00Z", "First line.\r\n\r\nSecond line."),
  ],
};
/** A page on which it goes on, and its address there. */
export const PASSED_ON = { summary: { ...CALM, incidents: [OUTAGE] }, incidents: { incidents: [OUTAGE] } };
export const ADDRESS = "/incidents/out%201";

const TEXT = [
  "API is slow",
  "Identified · Degraded performance",
  "Affected: API",
  "Started: 10 Mar 2026, 13:30 UTC",
  "",
  "Identified · 10 Mar 2026, 13:50 UTC",
  "We found it.",
  "See the notes.",
  "",
  "Investigating · 10 Mar 2026, 13:30 UTC",
  "First line.",
  "",
  "Second line.",
];

/** What is copied and shared from now on is kept for the test; the system's own sheet and clipboard are left alone. */
export const keepsPassedOn = (context) => context.addInitScript(() => {
  globalThis.copied = [];
  globalThis.shared = [];
  Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => void copied.push(text) } });
  Object.defineProperty(navigator, "share", { configurable: true, value: async (what) => void globalThis.shared.push(what) });
});

/** It is copied as a text with its address. */
export async function copiesAsText(page, url) {
  await page.getByRole("button", { name: "Copy as text" }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  expect(await page.evaluate(() => globalThis.copied.splice(0))).toEqual([[...TEXT, "", url].join("\n")]);
}

/** It is shared by the system's sheet, and where there is none by its link. */
export async function shares(page, url) {
  const share = page.getByRole("button", { name: "Share" });
  await share.click();
  await expect.poll(() => page.evaluate(() => globalThis.shared)).toEqual([{ title: OUTAGE.name, text: OUTAGE.name, url }]);
  expect(await page.evaluate(() => globalThis.copied)).toEqual([]);
  await page.evaluate(() => Object.defineProperty(navigator, "share", { value: undefined }));
  await share.click();
  await expect(page.getByText("The link is copied.")).toBeVisible();
  expect(await page.evaluate(() => globalThis.copied)).toEqual([url]);
}

/** On paper there are the addresses of its links, and nothing that can only be pressed. */
export async function printsWhole(page) {
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("button", { name: "Share" })).toBeHidden();
  const link = page.getByRole("link", { name: "the notes" });
  expect(await link.evaluate((each) => getComputedStyle(each, "::after").content)).toContain("https://example.com/n");
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
}
