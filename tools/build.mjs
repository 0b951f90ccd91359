// Builds both apps: styles, two Trunk builds, one folder that any static host can serve.
//
//   node tools/build.mjs --release [--base /x/] [--host HOST]     the production dist/ (see assemble.mjs)
//   node tools/build.mjs --out FOLDER                             a development build
import { homedir } from "node:os";
import { parseArgs } from "node:util";
import { build as bundle } from "esbuild";
import { assemble } from "./assemble.mjs";
import { must, ROOT } from "./lib/run.mjs";
import { split } from "./split.mjs";
import { replaceFolder, stage } from "./stage.mjs";

const CARGO_HOME = process.env.CARGO_HOME ?? `${homedir()}/.cargo`;
/** Cargo adds these to the flags of .cargo/config.toml: no path of the machine, and names that say of what they are. */
const RELEASE = `--remap-path-prefix=${CARGO_HOME}/registry/src= --remap-path-prefix=${ROOT}= -Csymbol-mangling-version=v0`;
/** Where cargo puts what it builds. */
const TARGET = process.env.CARGO_TARGET_DIR ?? `${ROOT}/target`;

export const APPS = ["status", "console"];

/** One style sheet an app, with what it imports: Trunk takes a single file, and a page should ask once. */
async function styles() {
  for (const app of APPS) {
    await bundle({
      absWorkingDir: ROOT,
      entryPoints: [`style/${app}.css`],
      outfile: `.stage/styles/${app}.css`,
      bundle: true,
      minify: true,
      // Fonts and pictures would come from public/, by their address.
      external: ["*.svg", "*.png", "*.woff2"],
      logLevel: "warning",
    });
  }
}

/** Builds into `out`, which always holds either the last whole build or the new one. */
export async function build({ release = false, out = "dist", base = "/", host = "any" }) {
  await styles();
  // Trunk's own stack says nothing about our sources; the compiler's messages stand above it.
  // A release says nothing of the machine that it was built on.
  const env = { RUST_BACKTRACE: "0", ...(release ? { CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS: RELEASE } : {}) };
  // Both apps side by side: each is linked by one core for minutes. Trunk then finds them built.
  if (release) await must("cargo", ["build", "--release", "--locked", "--target", "wasm32-unknown-unknown", "--bins"], { env });
  for (const config of ["Trunk.toml", "console/Trunk.toml"]) {
    await must("trunk", ["build", "--config", config, ...(release ? ["--release"] : [])], { env });
  }
  if (release) {
    for (const app of APPS) {
      await split({ wasm: `${TARGET}/wasm32-unknown-unknown/release/${app}.wasm`, folder: `${ROOT}/.stage/${app}` });
    }
  }
  const fresh = `${ROOT}/.stage/fresh`;
  await stage({ from: `${ROOT}/.stage`, publicFolder: `${ROOT}/public`, to: fresh, minify: release });
  assemble({ dist: fresh, base, host, compress: release });
  replaceFolder(fresh, `${ROOT}/${out}`);
}

if (import.meta.filename === process.argv[1]) {
  const { values } = parseArgs({
    options: {
      release: { type: "boolean", default: false },
      out: { type: "string", default: "dist" },
      base: { type: "string", default: "/" },
      host: { type: "string", default: "any" },
    },
  });
  try {
    await build(values);
    console.log(`Built ${values.out}/ for ${values.base}`);
  } catch (error) {
    console.error(`The build failed: ${error.message}`);
    process.exitCode = 1;
  }
}
