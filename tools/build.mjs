// Builds both apps: styles, two Trunk builds, one folder that any static host can serve.
//
//   node tools/build.mjs --release [--base /x/] [--host HOST]     the production dist/ (see assemble.mjs)
//   node tools/build.mjs --out FOLDER                             a development build
import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { parseArgs } from "node:util";
import { build as bundle } from "esbuild";
import { assemble } from "./assemble.mjs";
import { isMain } from "./lib/main.mjs";
import { must, ROOT } from "./lib/run.mjs";
import { split } from "./split.mjs";
import { replaceFolder, stage } from "./stage.mjs";

const CARGO_HOME = process.env.CARGO_HOME ?? `${homedir()}/.cargo`;
/** Where cargo unpacks the crates of each registry, in a folder that bears the name of the registry's host. */
const CRATES = `${CARGO_HOME}/registry/src`;
/** Where cargo puts what it builds. */
const TARGET = process.env.CARGO_TARGET_DIR ?? `${ROOT}/target`;

export const APPS = ["status", "console"];

/**
 * A function is copied into its callers only where the copy is no longer than the call; what is computed on one of two ways
 * is not computed ahead on the other, too, so that it need not be later; what a loop writes is not held back until its end.
 * 1.9 kB less to fetch.
 */
const SMALL = ["inline-threshold=0", "enable-pre=false", "enable-load-pre=false", "disable-licm-promotion"]
  .map((flag) => `-Cllvm-args=-${flag}`)
  .join(" ");

/**
 * Flags for the compiler, which cargo adds to those of .cargo/config.toml: a release says nothing of the machine that it was
 * built on, nor where its crates came from, and its names say of what they are. The crates must have been fetched.
 */
function releaseFlags() {
  const left = [`${ROOT}/`, ...readdirSync(CRATES).map((registry) => `${CRATES}/${registry}/`)];
  return [...left.map((folder) => `--remap-path-prefix=${folder}=`), "-Csymbol-mangling-version=v0", SMALL].join(" ");
}

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
  const env = { RUST_BACKTRACE: "0" };
  if (release) {
    const target = ["--locked", "--target", "wasm32-unknown-unknown"];
    await must("cargo", ["fetch", ...target]);
    env.CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS = releaseFlags();
    // Both apps side by side: each is linked by one core for minutes. Trunk then finds them built.
    await must("cargo", ["build", "--release", "--bins", ...target], { env });
  }
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

if (isMain(import.meta)) {
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
