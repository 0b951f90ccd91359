// The budgets: what outgrows its ceiling fails the command, and with it the production build.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { ROOT } from "../../tools/lib/run.mjs";

const HASH = "0123456789abcdef";
const PAGE = '<script data-source="">ask()</script><script data-first>first()</script>';
let dist;

/** A file of which `kB` arrive. */
function weighs(file, kB) {
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  writeFileSync(join(dist, file), "x");
  writeFileSync(join(dist, `${file}.br`), Buffer.alloc(kB * 1000));
}

const budget = () => {
  const { status, stdout } = spawnSync("node", [`${ROOT}/tools/budget.mjs`, "--dist", dist], { encoding: "utf8" });
  return [status, stdout];
};

beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), "allclear-budget-"));
  writeFileSync(join(dist, "index.html"), PAGE);
  weighs(`status-${HASH}_bg.wasm`, 100);
  weighs(`console/console-${HASH}_bg.wasm`, 300);
  weighs(`split_rest-${HASH}.wasm`, 107.5);
  weighs(`console/split_rest-${HASH}.wasm`, 546);
});
afterEach(() => rmSync(dist, { recursive: true }));

test("what keeps its budgets passes, up to the last byte", () => {
  assert.equal(budget()[0], 0, budget()[1]);
});

for (const [what, file] of [
  ["the status page's first visit", `late-${HASH}.js`],
  ["the console's first visit", `console/late-${HASH}.js`],
  ["what the status page fetches later", `split_more-${HASH}.wasm`],
  ["what the console fetches later", `console/chunk_7-${HASH}.wasm`],
]) {
  test(`${what} fails above its ceiling`, () => {
    weighs(file, /split|chunk/.test(file) ? 1 : 250);
    const [status, text] = budget();
    assert.deepEqual([status, text.match(/it has grown/g)?.length], [1, 1], text);
  });
}

test("a page too large for its first packets fails", () => {
  writeFileSync(join(dist, "index.html"), PAGE + randomBytes(20_000).toString("base64"));
  assert.equal(budget()[0], 1);
});

test("the production build ends with the budgets, and serving does not wait for them", () => {
  const recipe = (target) => execFileSync("make", ["--no-print-directory", "-n", target], { cwd: ROOT, encoding: "utf8" }).trim().split("\n");
  const build = recipe("build");
  assert.match(build.at(-2), /tools\/build\.mjs --release/);
  assert.match(build.at(-1), /^node tools\/budget\.mjs .*exit 1/);
  assert.doesNotMatch(recipe("serve").join("\n"), /budget/);
});
