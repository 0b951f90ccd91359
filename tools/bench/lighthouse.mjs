// Lighthouse as it judges phones, the median of five, on the three kinds of page.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { median } from "./numbers.mjs";

const RUNS = 5;
const WANTED = ["performance", "accessibility", "best-practices", "seo"];

/** Judges each `[name, address]`, prints the scores, and gives what is below 100. */
export async function judged(pages, chromePath) {
  const missed = [];
  console.log(`\nLighthouse, phone, median of ${RUNS}`);
  const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"] });
  try {
    for (const [name, address] of pages) {
      const runs = [];
      for (let run = 0; run < RUNS; run += 1) {
        const { lhr } = await lighthouse(address, { port: chrome.port, onlyCategories: WANTED, logLevel: "error" });
        runs.push(lhr);
      }
      const scores = WANTED.map((category) => [category, median(runs.map(({ categories }) => Math.round(categories[category].score * 100)))]);
      console.log(`  ${name.padEnd(9)} ${scores.map(([category, score]) => `${category} ${score}`).join(", ")}`);
      for (const [category, score] of scores.filter(([, each]) => each < 100)) {
        missed.push(`Lighthouse, ${name}: ${category} ${score}`);
        const { categories, audits } = runs[0];
        const lost = categories[category].auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1);
        for (const { id } of lost) console.log(`            ${id}: ${audits[id].displayValue ?? audits[id].title}`);
      }
    }
  } finally {
    await chrome.kill();
  }
  return missed;
}
