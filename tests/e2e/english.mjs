// Finds English where German is spoken.
import { PRIMITIVES, TABLES } from "../tools/tables.mjs";

/** What of the English tables can be read or heard on the page. */
export async function english(page) {
  const heard = await page.evaluate(() => {
    const labels = [...document.querySelectorAll("[aria-label]")].map((each) => each.getAttribute("aria-label"));
    const body = document.body.cloneNode(true);
    // What the source says is shown as it came, and what is for whoever runs the page is English.
    body.querySelectorAll("script, noscript, option, [lang=en], .timeline-text").forEach((each) => each.remove());
    return [document.title, body.textContent, ...labels].join("\n");
  });
  const said = [...Object.values(TABLES.en), ...Object.values(PRIMITIVES.en)];
  const pieces = said.flatMap((words) => words.split(/\{\d\}/)).map((piece) => piece.trim().replace(/^[^\p{L}]+|[^\p{L}]+$/gu, ""));
  const german = [...Object.values(TABLES.de), ...Object.values(PRIMITIVES.de)].join("\n");
  const whole = (piece) => new RegExp(`(?<![\\p{L}-])${piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}-])`, "u");
  return pieces.filter((piece) => piece.length > 3 && !whole(piece).test(german) && whole(piece).test(heard));
}
