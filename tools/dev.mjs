// `make serve`: a development build of both apps behind the same server and headers as in production,
// built again when a source changes. A build that fails leaves the last good one standing.
import { statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { filesBelow, isFolder } from "./lib/files.mjs";
import { ROOT } from "./lib/run.mjs";
import { WATCHED } from "./lib/watched.mjs";
import { serve } from "./serve.mjs";

const OUT = ".stage/served";
/** Looking at a few hundred files costs little, and misses nothing that a file watcher may miss. */
const LOOK_EVERY_MS = 400;

const { values } = parseArgs({ options: { port: { type: "string", default: "8080" } } });

/** All watched files with their times, as one text to compare. */
function sources() {
  const paths = WATCHED.flatMap((path) =>
    isFolder(`${ROOT}/${path}`) ? filesBelow(`${ROOT}/${path}`).map((file) => `${path}/${file}`) : [path]);
  return paths.map((path) => {
    const stat = statSync(`${ROOT}/${path}`, { throwIfNoEntry: false });
    return `${path} ${stat?.mtimeMs} ${stat?.size}`;
  }).join("\n");
}

async function rebuild(address) {
  const start = performance.now();
  try {
    await build({ out: OUT });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`\nBuilt in ${seconds} s.\n  Status page  ${address}/\n  Console      ${address}/console/\n`);
  } catch (error) {
    console.error(`\nThe build failed: ${error.message}\nWhat was built before is still served; waiting for a change.\n`);
  }
}

const server = await serve({ dir: `${ROOT}/${OUT}`, port: Number(values.port) }).catch((error) => {
  console.error(error.code === "EADDRINUSE" ? `Port ${values.port} is taken: try make serve PORT=8081` : error.message);
  process.exit(1);
});
const address = `http://127.0.0.1:${server.address().port}`;

let built;
for (;;) {
  const seen = sources();
  if (seen !== built) {
    await sleep(LOOK_EVERY_MS / 2);
    // Editors write in bursts: build what stands when they are done.
    if (sources() !== seen) continue;
    built = seen;
    await rebuild(address);
  }
  await sleep(LOOK_EVERY_MS);
}
