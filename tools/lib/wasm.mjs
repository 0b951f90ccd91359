// What makes WASM smaller, for both apps and for every part of them.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { must } from "./run.mjs";

/** What rustc may use of WASM: a part does not say so by itself, and more would shut browsers out. */
const FEATURES = ["bulk-memory", "bulk-memory-opt", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "call-indirect-overlong", "sign-ext"];
const ENABLED = FEATURES.map((feature) => `--enable-${feature}`);
/** Functions in the order of their names stand beside their likes, which compresses better. */
const PASSES = ["-Os", "--gufa", "-Os", "--converge", "--reorder-functions-by-name"];

/** Streams made in Rust, for server functions: Leptos brings their classes along, and no app of ours makes one. */
const UNUSED = /^(__wbg_)?intounderlying(bytesource|sink|source)_/;

/** Takes from a module what it offers to JavaScript and nobody asks for, with all that only this needs. */
export async function withoutUnused(file) {
  const offered = WebAssembly.Module.exports(await WebAssembly.compile(readFileSync(file))).map(({ name }) => name);
  const wanted = offered.filter((name) => !UNUSED.test(name));
  const graph = `${file}.graph.json`;
  writeFileSync(graph, JSON.stringify([
    { name: "outside", root: true, reaches: wanted },
    ...wanted.map((name) => ({ name, export: name })),
  ]));
  // The names stay, as functions are put in their order later. It lists what it takes away, by thousands of lines.
  await must("wasm-metadce", ["-g", ...ENABLED, file, "-o", file, "--graph-file", graph], { quiet: true });
  rmSync(graph);
}

/** Writes `from` to `to`, smaller; they may be the same file. */
export async function optimise(from, to) {
  await must("wasm-opt", [...ENABLED, ...PASSES, "--quiet", from, "-o", to]);
}
