// The closing line is only as honest as its sums: what each runner prints is read right.
import assert from "node:assert/strict";
import { test } from "node:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cases, count, named, slowest, sum } from "../../tools/lib/counts.mjs";

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

test("the cases of matrices are gathered from their notes", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "allclear-cases-"));
  t.after(() => rmSync(folder, { recursive: true }));
  assert.deepEqual(cases(folder), []);
  assert.deepEqual(cases(join(folder, "none")), []);
  writeFileSync(join(folder, "b"), "20 every fault of an update\n");
  writeFileSync(join(folder, "a"), "300 every fault of a first post");
  assert.deepEqual(cases(folder), ["320 cases in 2 matrices:", "  300 every fault of a first post", "  20 every fault of an update"]);
});

test("sums", () => {
  assert.deepEqual(sum([{ passed: 1, failed: 2 }, { passed: 3, failed: 4 }]), { passed: 4, failed: 6 });
});

test("what failed, by name", () => {
  const at = (projectName, status) => ({ projectName, status });
  const report = {
    suites: [{
      title: "status.spec.mjs",
      specs: [{ title: "stands", tests: [at("desktop", "expected"), at("phone", "skipped")] }, { title: "breaks", tests: [at("desktop", "unexpected")] }],
      // Playwright calls this title well, because one of its runs was.
      suites: [{ title: "at both sizes", specs: [{ title: "breaks once", ok: true, tests: [at("desktop", "expected"), at("phone", "flaky")] }] }],
    }],
  };
  assert.deepEqual(named.playwright(JSON.stringify(report)), ["[desktop] status.spec.mjs \u203a breaks", "[phone] status.spec.mjs \u203a at both sizes \u203a breaks once"]);
  assert.deepEqual(named.playwright("{}"), []);
  assert.deepEqual(named.cargo("test one::stands ... ok\ntest one::breaks ... FAILED\n"), ["one::breaks"]);
  assert.deepEqual(named.nextest("        PASS [   0.01s] allclear::sop stands\n        FAIL [   0.02s] allclear::sop breaks\n"), ["allclear::sop breaks"]);
  assert.deepEqual(named.node("ok 1 - stands\nnot ok 2 - breaks\n"), ["breaks"]);
  assert.deepEqual(named.node("\u2714 stands (1.2ms)\n\u2716 breaks (3.4ms)\n"), ["breaks"]);
});

test("what each test took", () => {
  assert.deepEqual(slowest.nextest("        PASS [   0.012s] allclear::sop stands\n        SLOW [> 60.000s] allclear::sop crawls\n        PASS [  61.500s] (3/9) allclear::sop crawls\n"), [
    { name: "allclear::sop stands", seconds: 0.012 },
    { name: "allclear::sop crawls", seconds: 61.5 },
  ]);
  assert.deepEqual(slowest.node("# Subtest: stands\nok 1 - stands\n  ---\n  duration_ms: 1500\n  ...\n    ok 2 - within\n      ---\n      duration_ms: 20\n      ...\n"), [
    { name: "stands", seconds: 1.5 },
    { name: "within", seconds: 0.02 },
  ]);
  const tests = [{ projectName: "desktop", status: "expected", results: [{ duration: 2500 }] }];
  const report = JSON.stringify({ suites: [{ title: "a.spec.mjs", specs: [{ title: "stands", tests }] }] });
  assert.deepEqual(slowest.playwright(report), [{ name: "[desktop] a.spec.mjs \u203a stands", seconds: 2.5 }]);
  assert.deepEqual(slowest.playwright("{}"), []);
});
