// Makes the PNG icons of public/icons/ from allclear.svg, with the browser that the tests use. Their results are
// committed; run it when the drawing was changed:
//
//   node tools/icons.mjs
import { readFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import { ROOT } from "./lib/run.mjs";

const FOLDER = `${ROOT}/public/icons`;
/** A launcher cuts its own shape out of a `whole` icon: no corner of ours may show. */
const ICONS = [["allclear-180", 180, true], ["allclear-192", 192], ["allclear-512", 512], ["allclear-maskable-512", 512, true]];

const drawing = readFileSync(`${FOLDER}/allclear.svg`, "utf8");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const [name, size, whole] of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${whole ? drawing.replace(/ rx="\d+"/, "") : drawing}`);
  await page.screenshot({ path: `${FOLDER}/${name}.png`, omitBackground: true });
  await page.close();
}
await browser.close();
