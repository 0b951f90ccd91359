// Takes an app's parts out of its WASM (`src/bin/` names them), so that a phone gets the board or the state
// first: what Trunk made of the whole is replaced, in its folder, by the first part, its glue, and the others.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build as bundle } from "esbuild";
import { must, ROOT } from "./lib/run.mjs";
import { shorten } from "./lib/short-names.mjs";
import { optimise, withoutUnused } from "./lib/wasm.mjs";

const WORK = `${ROOT}/.stage/split`;
/** Trunk renames by content later; any hash will do here, the final names are given by tools/stage.mjs. */
const NAME = (part) => `${part.replace(/\.wasm$/, "")}-000000000000.wasm`;
/** Splits `wasm`, the linker's output, into `folder`, where Trunk's page for it stands. */
export async function split({ wasm, folder }) {
  rmSync(WORK, { recursive: true, force: true });
  mkdirSync(WORK, { recursive: true });
  await must("wasm-split-cli", ["--target", "web", wasm, WORK]);
  await must("wasm-bindgen", ["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-dir", WORK, "--out-name", "main", `${WORK}/main.wasm`]);

  const files = readdirSync(folder);
  const glue = files.find((file) => file.endsWith(".js"));
  const first = files.find((file) => file.endsWith("_bg.wasm"));
  const parts = readdirSync(WORK).filter((file) => /^(split|chunk)_\w+\.wasm$/.test(file));
  if (!glue || !first || parts.length === 0) throw new Error(`${folder}: there is nothing to split`);
  // The two scripts need each other: as one file, its name can follow from its content.
  const { outputFiles: [script] } = await bundle({
    // Nothing but what starts the app is asked for: what else the glue offers stays behind.
    stdin: { contents: `export { default } from "./main.js";`, resolveDir: WORK },
    bundle: true,
    format: "esm",
    write: false,
    // wasm-bindgen names the one script once for each part that it loads.
    logOverride: { "duplicate-object-key": "silent" },
    logLevel: "warning",
  });
  const renamed = parts.reduce((text, part) => text.replaceAll(`./${part}`, `./${NAME(part)}`), script.text);
  await withoutUnused(`${WORK}/main_bg.wasm`);
  await optimise(`${WORK}/main_bg.wasm`, `${folder}/${first}`);
  const short = shorten(readFileSync(`${folder}/${first}`), renamed);
  writeFileSync(`${folder}/${first}`, short.wasm);
  writeFileSync(`${folder}/${glue}`, short.glue);
  for (const part of parts) await optimise(`${WORK}/${part}`, `${folder}/${NAME(part)}`);
}
