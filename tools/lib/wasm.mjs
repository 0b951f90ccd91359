// What makes WASM smaller, for both apps and for every part of them.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { namedByLikeness } from "./alike.mjs";
import { must } from "./run.mjs";
import { emptied } from "./wasm-bytes.mjs";

/** What rustc may use of WASM: a part does not say so by itself, and more would shut browsers out. */
const FEATURES = ["bulk-memory", "bulk-memory-opt", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "call-indirect-overlong", "sign-ext"];
const ENABLED = FEATURES.map((feature) => `--enable-${feature}`);
const PASSES = ["-Os", "--gufa", "-Os", "--converge"];

/**
 * Streams made in Rust, for server functions: Leptos brings their classes along, and no app of ours makes one. `offered` is
 * how JavaScript calls them, `within` how the names of their functions, and of what is made for them, read.
 */
const UNUSED = { offered: /^(__wbg_)?intounderlying(bytesource|sink|source)_/, within: /\bwasm_streams\b.*\binto_underlying_|\bIntoUnderlying/ };

/** Takes from a module what it offers to JavaScript and nobody asks for, with all that only this needs. */
export async function withoutUnused(file) {
  writeFileSync(file, emptied(readFileSync(file), UNUSED.within));
  const offered = WebAssembly.Module.exports(await WebAssembly.compile(readFileSync(file))).map(({ name }) => name);
  const wanted = offered.filter((name) => !UNUSED.offered.test(name));
  const graph = `${file}.graph.json`;
  writeFileSync(graph, JSON.stringify([
    { name: "outside", root: true, reaches: wanted },
    ...wanted.map((name) => ({ name, export: name })),
  ]));
  // It lists what it takes away, by thousands of lines.
  await must("wasm-metadce", [...ENABLED, file, "-o", file, "--graph-file", graph], { quiet: true });
  rmSync(graph);
}

/** Writes `from` to `to`, smaller, alike functions beside each other; they may be the same file. */
export async function optimise(from, to) {
  await must("wasm-opt", [...ENABLED, ...PASSES, "--quiet", from, "-o", to]);
  writeFileSync(to, namedByLikeness(readFileSync(to)));
  await must("wasm-opt", [...ENABLED, "--reorder-functions-by-name", "--quiet", to, "-o", to]);
}
