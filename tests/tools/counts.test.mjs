// The closing line is only as honest as its sums: what each runner prints is read right.
import assert from "node:assert/strict";
import { test } from "node:test";
import { count, sum } from "../../tools/lib/counts.mjs";

test("cargo test prints a line a target", () => {
  const output = [
    "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s",
    "\u001b[1mtest result: FAILED. 3 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out\u001b[0m".replace("\u001b[1m", ""),
  ].join("\n");
  assert.deepEqual(count.cargo(output), { passed: 15, failed: 2 });
  assert.deepEqual(count.cargo("error: could not compile"), { passed: 0, failed: 0 });
});

test("nextest counts time-outs as failures", () => {
  const line = "     Summary [   0.5s] 20 tests run: 16 passed (1 slow), 3 failed, 1 timed out, 2 skipped";
  assert.deepEqual(count.nextest(line), { passed: 16, failed: 4 });
});

test("node's runner is read in both of its formats", () => {
  for (const sign of ["#", "\u2139"]) {
    assert.deepEqual(count.node(`${sign} tests 5\n${sign} pass 3\n${sign} fail 1\n${sign} cancelled 1\n`), { passed: 3, failed: 2 });
  }
});

test("Playwright's flaky tests and its own errors are failures", () => {
  const report = JSON.stringify({ stats: { expected: 7, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] });
  assert.deepEqual(count.playwright(report), { passed: 7, failed: 3 });
  assert.deepEqual(count.playwright("{}"), { passed: 0, failed: 0 });
});

test("sums", () => {
  assert.deepEqual(sum([{ passed: 1, failed: 2 }, { passed: 3, failed: 4 }]), { passed: 4, failed: 6 });
});
