// Makes the icons of public/icons/: PNGs from allclear.svg, with the browser that the tests use, the discs with a number
// that a tab of the console shows while duties ask for something, and the shapes of the states, for tabs of the status page.
// Its results are committed; run it when a drawing was changed:
//
//   node tools/icons.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import { STATES } from "../first/judge.mjs";
import { SHAPES } from "../first/shapes.mjs";
import { ROOT } from "./lib/run.mjs";

const FOLDER = `${ROOT}/public/icons`;
/** A launcher cuts its own shape out of a `whole` icon: no corner of ours may show. */
const ICONS = [["allclear-180", 180, true], ["allclear-192", 192], ["allclear-512", 512], ["allclear-maskable-512", 512, true]];

/** A disc with a number, which is read on light and on dark tabs. */
const due = (words) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="15" fill="#b0122a"/>`
  + `<text x="16" y="22.5" fill="#fff" font-family="sans-serif" font-size="18" font-weight="700" text-anchor="middle">${words}</text></svg>\n`;
for (let count = 1; count <= 9; count += 1) writeFileSync(`${FOLDER}/due-${count}.svg`, due(count));
writeFileSync(`${FOLDER}/due-more.svg`, due("9+"));

/** The states' colours, between those of the light and the dark page: at least 3 : 1 on light and on dark tabs. */
const COLOURS = ["#2e9e5b", "#4a7ddb", "#80858f", "#b97f00", "#d9651a", "#e5484d"];
const shape = ([fill, lines = "", width = 0, gaps = 0], colour) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none"><path fill="${colour}" d="${fill}"/>`
  + `<path stroke="${colour}" d="${lines}" stroke-width="${width}" stroke-dasharray="${gaps}"/></svg>\n`;
STATES.forEach((state, rank) => writeFileSync(`${FOLDER}/state-${state}.svg`, shape(SHAPES[rank], COLOURS[rank])));

const drawing = readFileSync(`${FOLDER}/allclear.svg`, "utf8");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const [name, size, whole] of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${whole ? drawing.replace(/ rx="\d+"/, "") : drawing}`);
  await page.screenshot({ path: `${FOLDER}/${name}.png`, omitBackground: true });
  await page.close();
}
await browser.close();
