// What tools/setup.sh says where something is missing that it cannot install.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ROOT } from "../../tools/lib/run.mjs";

const folder = mkdtempSync(join(tmpdir(), "allclear-setup-"));
after(() => rmSync(folder, { recursive: true }));

/** A folder of programs for PATH: some of this machine's, and some that do nothing. */
function programs(name, real, idle) {
  const bin = join(folder, name);
  mkdirSync(bin);
  for (const each of real) symlinkSync(spawnSync("sh", ["-c", `command -v ${each}`], { encoding: "utf8" }).stdout.trim(), join(bin, each));
  for (const each of idle) {
    writeFileSync(join(bin, each), "#!/bin/sh\n");
    chmodSync(join(bin, each), 0o755);
  }
  return bin;
}

/** What the build's part of setup says with these programs alone. */
function said(PATH) {
  const { status, stderr } = spawnSync("/bin/bash", [`${ROOT}/tools/setup.sh`, "build"], { encoding: "utf8", env: { PATH, TOOLS: folder, HOME: folder } });
  return [status, stderr.split("\n")[0]];
}

test("without Rust or without a C compiler, which its programs are linked by, setup stops and says which", () => {
  assert.match(said(programs("bare", ["dirname"], []))[1], /^setup: Rust is missing: install rustup/);
  assert.deepEqual(said(programs("no-cc", ["dirname"], ["cargo", "rustc"])), [1, "setup: a C compiler is missing: apt-get install build-essential, then try again"]);
  assert.match(said(programs("with-cc", ["dirname"], ["cargo", "rustc", "cc"]))[1], /^setup: Rust's .* target is missing/);
});
