// `make serve`: a development build of both apps behind the same server and headers as in production,
// built again when a source changes. A build that fails leaves the last good one standing.
import { existsSync, watch } from "node:fs";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { ROOT } from "./lib/run.mjs";
import { serve } from "./serve.mjs";

const OUT = ".stage/served";
const WATCHED = ["src", "style", "public", "console", "index.html", "Cargo.toml", "Cargo.lock", "Trunk.toml"];
/** Editors write in bursts. */
const SETTLE_MS = 150;

const { values } = parseArgs({ options: { port: { type: "string", default: "8080" } } });
const server = await serve({ dir: `${ROOT}/${OUT}`, port: Number(values.port) });
const address = `http://127.0.0.1:${server.address().port}`;

let building = false;
let again = false;
let timer;

async function rebuild() {
  if (building) {
    again = true;
    return;
  }
  building = true;
  do {
    again = false;
    const start = performance.now();
    try {
      await build({ out: OUT });
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`\nBuilt in ${seconds} s.\n  Status page  ${address}/\n  Console      ${address}/console/\n`);
    } catch (error) {
      console.error(`\nThe build failed: ${error.message}\nWhat was built before is still served; waiting for a change.\n`);
    }
  } while (again);
  building = false;
}

for (const path of WATCHED.filter((each) => existsSync(`${ROOT}/${each}`))) {
  watch(`${ROOT}/${path}`, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(rebuild, SETTLE_MS);
  });
}
await rebuild();
