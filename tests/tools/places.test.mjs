// Where the project lies, whatever the folder is called.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { filesBelow } from "../../tools/lib/files.mjs";
import { ROOT } from "../../tools/lib/run.mjs";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "allclear-places-")));
const here = join(folder, "a b ü");
mkdirSync(here);
after(() => rmSync(folder, { recursive: true }));

/** The scripts of the tools and of their tests that hold something. */
const holding = (pattern) => ["tools", "tests"]
  .flatMap((top) => filesBelow(`${ROOT}/${top}`).filter((path) => path.endsWith(".mjs")).map((path) => `${top}/${path}`))
  .filter((path) => pattern.test(readFileSync(`${ROOT}/${path}`, "utf8")));

test("the root is found below a folder with a space and a letter beyond ASCII", async () => {
  cpSync(`${ROOT}/tools/lib`, join(here, "tools/lib"), { recursive: true });
  const copied = await import(pathToFileURL(join(here, "tools/lib/run.mjs")));
  assert.equal(copied.ROOT, here);
  assert.deepEqual(holding(/import\.meta\.url\)\.pathname/), [], "an address is no path");
});

test("setup stops where a space in the folder's name would break a release or nginx, and says so", () => {
  cpSync(`${ROOT}/tools/setup.sh`, join(here, "tools/setup.sh"));
  for (const part of ["release", "edge"]) {
    const { status, stderr } = spawnSync(join(here, "tools/setup.sh"), [part], { encoding: "utf8" });
    assert.equal(status, 1, part);
    assert.ok(stderr.startsWith(`setup: there is a space in ${here},`), stderr);
  }
});

test("a program that is started runs in a Node before 20.11, and by another name too; one that is read does not", () => {
  assert.deepEqual(holding(/import\.meta\.(filename|dirname)/), [], "Node knows it since 20.11 alone");
  cpSync(`${ROOT}/tools/lib`, join(here, "tools/lib"), { recursive: true });
  writeFileSync(join(here, "tools/it.mjs"), 'import { isMain } from "./lib/main.mjs";\nif (isMain(import.meta)) console.log("runs");\n');
  symlinkSync(here, join(folder, "other"));
  const said = (...args) => spawnSync(process.execPath, args, { encoding: "utf8" }).stdout;
  for (const path of [here, join(folder, "other")]) assert.equal(said(join(path, "tools/it.mjs")), "runs\n", path);
  writeFileSync(join(here, "reads.mjs"), 'import "./tools/it.mjs";\n');
  assert.equal(said(join(here, "reads.mjs")), "");
  assert.equal(said("--input-type=module", "-e", `import ${JSON.stringify(pathToFileURL(join(here, "reads.mjs")))};`, "word"), "");
});
