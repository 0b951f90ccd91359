// What is linked and what is shipped: whence the crates come, under which licences, and that no file that is shipped tells
// where it was built. Known faults of crates need a list that is asked for elsewhere.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { describe, test } from "node:test";
import { filesBelow, isTwin } from "../../tools/lib/files.mjs";
import { ROOT } from "../../tools/lib/run.mjs";

const CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index";
/** Licences that let anybody use, change and pass on, and ask for no more than to be named. */
const PERMISSIVE = ["Apache-2.0", "BSL-1.0", "CC0-1.0", "ISC", "MIT", "Unicode-3.0", "Zlib"];

/** Whether a licence's words leave a choice that is permissive throughout; `/` is how older crates write OR. */
const isPermissive = (words) => words.replaceAll("/", " OR ").replaceAll(/[()]/g, " ").split(" AND ")
  .every((part) => part.split(" OR ").some((each) => PERMISSIVE.includes(each.trim())));

test("a licence is permissive where one choice of each of its parts is", () => {
  for (const good of ["MIT", "MIT/Apache-2.0", "Unlicense OR MIT", "(MIT OR Apache-2.0) AND Unicode-3.0", "MIT OR Apache-2.0 OR LGPL-2.1-or-later"]) assert.ok(isPermissive(good), good);
  for (const bad of ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Apache-2.0) AND LGPL-2.1-or-later", "Proprietary"]) assert.ok(!isPermissive(bad), bad);
});

const { status, stdout, stderr } = spawnSync("cargo", ["metadata", "--locked", "--offline", "--format-version", "1"], { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28 });

describe("the crates of Cargo.lock", { skip: status !== 0 && `the crates are not on this machine yet: ${stderr?.trim().split("\n")[0]}` }, () => {
  const { packages, workspace_members: ours } = status === 0 ? JSON.parse(stdout) : {};

  test("come from crates.io, but for our own", () => {
    assert.ok(packages.length > 50);
    for (const { id, name, source } of packages) assert.equal(source, ours.includes(id) ? null : CRATES_IO, name);
  });

  test("have a licence that is permissive", () => {
    const others = packages.filter(({ license }) => !isPermissive(license ?? ""));
    assert.deepEqual(others.map(({ name, license }) => `${name}: ${license}`), []);
  });
});

const dist = `${ROOT}/dist`;
test("no file that is shipped names a path of the machine that built it", { skip: !existsSync(dist) && "nothing is built here" }, () => {
  const paths = [ROOT, homedir(), process.env.CARGO_HOME, process.env.RUSTUP_HOME].filter((path) => path && path.length > 1).map((path) => Buffer.from(`${path}/`));
  for (const file of filesBelow(dist).filter((file) => !isTwin(file))) {
    const bytes = readFileSync(`${dist}/${file}`);
    for (const path of paths) assert.equal(bytes.indexOf(path), -1, `${file} names ${path}`);
  }
});
