// No rule of `style/` waits for something that nobody draws: every class and every attribute of a selector, with its
// value, stands in the apps, in the scripts before them, or in their pages; and no selector is written twice.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { filesBelow } from "../../tools/lib/files.mjs";
import { ROOT } from "../../tools/lib/run.mjs";

/** What no source spells as the selector does, and who makes it. */
const COMPOSED = {
  '[href^="https:"]': "an address, as texts and settings have it",
};

const read = (path) => readFileSync(`${ROOT}/${path}`, "utf8");
const below = (folder, ending) => filesBelow(`${ROOT}/${folder}`)
  .filter((path) => ending.test(path)).map((path) => `${folder}/${path}`);

const DRAWN = [...below("src", /\.rs$/), ...["first", "worker", "public"].flatMap((folder) => below(folder, /\.m?js$/)), "index.html", "console/index.html"].map(read).join("\n");
/** What stands in quotes and is one word or several, as classes and values are: a sentence is neither. */
const QUOTED = [...DRAWN.matchAll(/"([\w -]+)"/g)].map(([, words]) => words);
const WORDS = new Set(QUOTED.flatMap((words) => words.split(" ")));
const WHOLE = new Set(QUOTED);

/** The rules of a file: the selectors of each, and what they stand in. */
function rules(css) {
  const found = [];
  const within = [];
  let said = "";
  for (const letter of css.replace(/\/\*[^]*?\*\//g, " ")) {
    if (letter === "{") {
      const head = said.trim().replace(/\s+/g, " ");
      if (!head.startsWith("@")) found.push({ selectors: head, within: within.join(" ") });
      within.push(head);
    }
    if (letter === "}") within.pop();
    said = "{};".includes(letter) ? "" : said + letter;
  }
  return found;
}

/** The classes and attributes that a selector asks for, each as it is written. */
const parts = (selectors) => [...selectors.matchAll(/\.[a-z][\w-]*|\[[^\]]+\]/gi)].map(([part]) => part);

/** Whether something may be drawn that this part of a selector finds. */
function isDrawn(part) {
  if (part in COMPOSED) return true;
  if (part.startsWith(".")) return WORDS.has(part.slice(1));
  const [, name, value] = part.match(/^\[([\w-]+)(?:[~|^$*]?="([^"]*)")?\]$/);
  // In scripts, `data-page` is `dataset.page`.
  const inScripts = name.replace(/^data-(.*)/, (_, rest) => `dataset.${rest.replace(/-(.)/g, (_, letter) => letter.toUpperCase())}`);
  const isSet = [name, inScripts].some((each) => new RegExp(`(?<![\\w-])${each.replace(".", "\\.")}(?![\\w-])`).test(DRAWN));
  return isSet && (value === undefined || WHOLE.has(value));
}

const STYLES = below("style", /\.css$/).map((path) => ({ path, rules: rules(read(path)) }));

test("every class and every attribute that a selector asks for is drawn by somebody", () => {
  const asked = STYLES.flatMap(({ path, rules }) => rules.flatMap(({ selectors }) => parts(selectors).map((part) => `${path}: ${part}`)));
  assert.ok(asked.length > 500, "the styles were read");
  assert.deepEqual([...new Set(asked)].filter((each) => !isDrawn(each.split(": ")[1])), []);
});

test("what is composed is asked for", () => {
  const asked = new Set(STYLES.flatMap(({ rules }) => rules.flatMap(({ selectors }) => parts(selectors))));
  assert.deepEqual(Object.keys(COMPOSED).filter((part) => !asked.has(part)), []);
});

test("no file has two rules for one selector", () => {
  for (const { path, rules } of STYLES) {
    const seen = rules.map(({ selectors, within }) => `${within} ${selectors}`);
    assert.deepEqual(seen.filter((each, place) => seen.indexOf(each) !== place), [], path);
  }
});

test("a word of a sentence is no class", () => {
  for (const part of [".nobody-draws-this", '[data-state="nobody"]', "[data-nobody]"]) assert.ok(!isDrawn(part), part);
  assert.ok(isDrawn(".next-due") && isDrawn('[data-kind="primary"]') && isDrawn("[data-scripted]"));
});
