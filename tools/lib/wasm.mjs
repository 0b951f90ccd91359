// What makes WASM smaller, for both apps and for every part of them.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { namedByLikeness } from "./alike.mjs";
import { must } from "./run.mjs";
import { emptied } from "./wasm-bytes.mjs";

/** What rustc may use of WASM: a part does not say so by itself, and more would shut browsers out. */
const FEATURES = ["bulk-memory", "bulk-memory-opt", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "call-indirect-overlong", "sign-ext"];
const ENABLED = FEATURES.map((feature) => `--enable-${feature}`);
/**
 * What makes the code shorter by a name for what it says twice, or by one end for two branches, makes it longer once it is
 * compressed: that finds what is said twice by itself. A function with one caller is put into it only where it is short, as a
 * long one has others like it beside it. The first 1,024 bytes of memory are the end of the stack, which nobody reaches alive.
 */
const PASSES = [
  "--skip-pass=local-cse", "--skip-pass=code-folding", "--one-caller-inline-max-function-size=60", "--low-memory-unused",
  "-Os", "--gufa", "-Os", "--converge",
];

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
