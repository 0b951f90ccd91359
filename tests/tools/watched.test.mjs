// What `make serve` builds anew for.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { ROOT } from "../../tools/lib/run.mjs";
import { WATCHED } from "../../tools/lib/watched.mjs";

test("make serve looks at the folder of every script that is bundled, and at nothing that is not there", () => {
  const bundled = [...readFileSync(`${ROOT}/tools/lib/scripts.mjs`, "utf8").matchAll(/bundled\("(\w+)\/\w+"/g)].map(([, folder]) => folder);
  assert.ok(bundled.length >= 9, `${bundled}`);
  assert.deepEqual([...new Set(bundled)].filter((folder) => !WATCHED.includes(folder)), []);
  assert.deepEqual(WATCHED.filter((path) => !existsSync(`${ROOT}/${path}`)), []);
});
