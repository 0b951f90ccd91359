// A layer of checks that hangs is ended in time, with all that it had started, and is named.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { run } from "../../tools/lib/run.mjs";
import { account, runLayers } from "../../tools/lib/suite.mjs";

let folder;
before(() => { folder = mkdtempSync(join(tmpdir(), "allclear-limits-")); });
after(() => rmSync(folder, { recursive: true, force: true }));

/** A program that writes down its process and those that it starts, and never ends. `setsid` leaves its group. */
function hangs(name, { deaf = false, leave = false } = {}) {
  const file = join(folder, name);
  const trap = deaf ? "trap '' TERM; " : "";
  const inner = `${trap}echo $$ >> ${file}; while :; do sleep 1; done`;
  const rest = leave ? "exit 0" : "wait";
  return { file, command: ["sh", "-c", `${trap}echo $$ >> ${file}; setsid sh -c '${inner}' & sh -c '${inner}' & until [ $(wc -l < ${file}) -eq 3 ]; do :; done; ${rest}`] };
}

const written = (file) => readFileSync(file, "utf8").trim().split("\n").map(Number);
const lives = (pid) => {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
};

for (const deaf of [false, true]) {
  test(`a program over its limit is ended with all that it started${deaf ? ", also where they do not listen" : ""}`, async () => {
    const { file, command: [program, ...args] } = hangs(`over-${deaf}`, { deaf });
    const { late } = await run(program, args, { quiet: true, limit: 1 });
    assert.equal(late, true);
    assert.equal(written(file).length, 3, "three had begun");
    assert.deepEqual(written(file).filter(lives), [], "of these some still run");
  });
}

test("what a program leaves behind in its group ends with it, and is no delay", async () => {
  const { file, command: [program, ...args] } = hangs("leaves", { leave: true });
  const { code, late } = await run(program, args, { quiet: true, limit: 60 });
  assert.deepEqual([code, late], [0, false]);
  const [first, ...rest] = written(file);
  assert.equal(lives(first), false);
  // The one that left the group on purpose is the system's now; the other went with its group.
  const left = rest.filter(lives);
  for (const pid of left) process.kill(pid, "SIGKILL");
  assert.ok(left.length <= 1);
});

test("a layer that hangs fails and is named, and the layers after it run", async () => {
  const layers = [
    { name: "good", title: "Good", limit: 60, command: ["true"] },
    { name: "hung", title: "Hung", limit: 1, command: ["sh", "-c", "echo ok 1 - began; sleep 600"], counts: "node" },
    { name: "after", title: "After", limit: 60, command: ["true"] },
    { name: "stands-on-it", title: "Stands on it", limit: 60, command: ["true"], needs: "hung" },
  ];
  const { text, closing, ok } = account(await runLayers(layers));
  assert.equal(closing, "2 passed, 2 failed");
  assert.equal(ok, false);
  assert.match(text, /^ {2}Hung: ended after 1 s, its limit/m);
  assert.match(text, /^ {2}Stands on it: not run, "Hung" failed/m);
});

test("a layer in which no test ran has failed, unless a pattern chose", async () => {
  const empty = { name: "empty", title: "Empty", limit: 60, command: ["true"], counts: "node", only: () => [] };
  assert.equal(account(await runLayers([empty])).closing, "0 passed, 1 failed");
  const filtered = { ...empty, only: () => ["--nothing"] };
  assert.equal(account(await runLayers([filtered], { grep: "words" })).closing, "0 passed, 0 failed");
});

test("a program that is not there is one failure", async () => {
  const layer = { name: "gone", title: "Gone", limit: 60, command: ["allclear-no-such-program"] };
  assert.equal(account(await runLayers([layer])).closing, "0 passed, 1 failed");
});
