// How many journeys run in a browser: each costs seconds, and what can be proved below is proved there.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { ROOT } from "../../tools/lib/run.mjs";

/** Runs of any kind. */
const MOST = 93;
/** Those that concern the status page alone. */
const MOST_OF_THE_STATUS_PAGE = 30;
/** Files about the console, about both apps or about the harness; every other file is the status page's. */
const OTHERS = [
  "a11y", "bad-days", "bad-input", "board", "breach", "failures", "forms", "harness", "hosted", "hosted-mail", "hosted-p0", "hosted-two",
  "keyboard", "later", "links", "locks", "long-words", "mailing", "p0", "papers", "papers-broken", "readiness-hosted", "sandbox-command",
  "smoke", "typing", "worker-console", "worker-leaves",
].map((name) => `${name}.spec.mjs`);

/** How many runs each file has: a test that runs at two sizes counts twice. */
function runs() {
  // Nothing is started: any program does for the browser.
  const env = { ...process.env, ALLCLEAR_SCREENSHOTS: "", CHROMIUM: process.execPath };
  const list = execFileSync("playwright", ["test", "--list", "--reporter=json"], { cwd: ROOT, encoding: "utf8", env });
  const within = ({ specs = [], suites = [] }) => [...specs.map(({ tests }) => tests.length), ...suites.map(within)].reduce((sum, each) => sum + each, 0);
  return new Map(JSON.parse(list).suites.map((file) => [file.file, within(file)]));
}

test("the browser has at most so many journeys to run, and at most thirty that concern the status page alone", () => {
  const all = runs();
  assert.deepEqual(OTHERS.filter((file) => !all.has(file)), [], "files that are not there");
  const sum = (files) => files.reduce((sum, [, count]) => sum + count, 0);
  const status = [...all].filter(([file]) => !OTHERS.includes(file));
  assert.ok(sum([...all]) <= MOST, `${sum([...all])} runs`);
  assert.ok(status.length > 0 && sum(status) <= MOST_OF_THE_STATUS_PAGE, `${sum(status)} runs of the status page: ${status.join("; ")}`);
});
