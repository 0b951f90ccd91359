// Numbers and names that the browser's scripts write down anew, held to the Rust that has them first.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

/** What stands at the one place of a file that a pattern finds. */
function found(path, pattern) {
  const all = [...read(path).matchAll(pattern)];
  assert.equal(all.length, 1, `${path}: ${pattern}`);
  return all[0][1];
}

const number = (path, pattern) => Number(found(path, pattern).replaceAll("_", ""));

/** A constant of Rust, in milliseconds. */
const rust = {
  ms: (path, name) => number(path, new RegExp(`\\bconst ${name}: [iu]\\d+ = ([\\d_]+);`, "g")),
  seconds: (path, name) => 1_000 * number(path, new RegExp(`\\bconst ${name}: TimeDelta = TimeDelta::seconds\\((\\d+)\\);`, "g")),
  minutes: (path, name) => 60_000 * number(path, new RegExp(`\\bconst ${name}: TimeDelta = TimeDelta::minutes\\((\\d+)\\);`, "g")),
};
/** A constant of a script. */
const script = (path, name) => number(path, new RegExp(`\\bconst ${name} = ([\\d_]+);`, "g"));

const RHYTHM = "src/api/public_page/rhythm.rs";
const FIRST = "src/platform/first.rs";

test("a state of which nobody hears is none any more, for the page, its frame and the badge alike", () => {
  const gone = rust.minutes("src/domain/knowledge.rs", "GONE");
  assert.equal(number("first/aged.mjs", /asked \+ ([\d_]+) - Date\.now\(\)/g), gone);
  assert.equal(script("badge/badge.mjs", "OLD"), gone);
});

test("the badge looks as often as the page does", () => {
  assert.equal(script("badge/badge.mjs", "CALM"), rust.seconds(RHYTHM, "CALM"));
  assert.equal(script("badge/badge.mjs", "CALM") / number("badge/badge.mjs", /\? CALM \/ (\d)/g), rust.seconds(RHYTHM, "DURING"));
  assert.equal(script("badge/badge.mjs", "OLD"), rust.seconds(RHYTHM, "LONGEST"));
});

test("what the scripts have asked for is waited for and kept as long as the app takes it", () => {
  assert.equal(script("first/ask.mjs", "LONGEST"), rust.ms(FIRST, "LONGEST_MS"));
  assert.equal(script("first/list.mjs", "KEPT"), rust.ms(FIRST, "FRESH_MS"));
});

test("the console forgets what both service workers keep, by their very names", () => {
  const prefix = found("src/platform/page.rs", /format!\("(allclear:[^"]*)"/g);
  const ours = found("worker/worker.mjs", /const OURS = `([^`]+)`/g);
  const answers = found("worker/worker.mjs", /`\$\{OURS\}(answers)`/g);
  const kept = found("src/console/desk/kept/forgetting.rs", /const KEPT_ANSWERS: \[&str; 2\] = \["([^\]]+)"\];/g).split('", "');
  const path = (text) => text.replace(/\{[^}]*\}/, "/");
  const named = ["console", "status"].map((app) => ours.replace("${SETTINGS.site}", "/").replace("${SETTINGS.app}", app) + answers);
  assert.deepEqual(kept.map((each) => path(prefix) + each), named);
});

test("whoever reads a kept answer knows it by the header that the service worker writes", () => {
  const written = found("worker/answers.mjs", /const AS_OF = "([^"]+)";/g);
  assert.equal(found("src/api/public_page/client.rs", /const KEPT_SINCE: &str = "([^"]+)";/g), written.toLowerCase());
  for (const script of ["first/ask.mjs", "badge/badge.mjs"]) {
    assert.equal(found(script, /headers\.has\("([^"]+)"\)/g), written, script);
  }
});
