// Short names for what a module asks of its glue (`tools/lib/short-names.mjs`), on a module made by hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { shorten } from "../../tools/lib/short-names.mjs";

const GLUE = "./app_bg.js";
const said = (text) => [text.length, ...Buffer.from(text)];
const section = (id, ...entries) => {
  const body = [entries.length, ...entries.flat()];
  // The length in two bytes, as a linker may write it.
  return [id, (body.length & 0x7f) | 0x80, body.length >> 7, ...body];
};
const [FUNCTION, TABLE, MEMORY, GLOBAL] = [0, 1, 2, 3];

/** A module that asks for one of each kind, and offers `go`, which calls its first import. */
function module(first = "__wbg_log_0123456789abcdef") {
  return Buffer.from([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, [0x60, 1, 0x7f, 1, 0x7f]), // a number to a number
    ...section(
      2,
      [...said(GLUE), ...said(first), FUNCTION, 0],
      [...said(GLUE), ...said("__wbg_table_00"), TABLE, 0x70, 1, 1, 0x80, 1],
      [...said(GLUE), ...said("__wbg_memory_00"), MEMORY, 0, 1],
      [...said(GLUE), ...said("__wbindgen_global"), GLOBAL, 0x7f, 0],
      [...said("env"), ...said("named"), FUNCTION, 0],
    ),
    ...section(3, [0]),
    ...section(7, [...said("go"), FUNCTION, 2], [...said("__wbg_kept"), FUNCTION, 2], [...said("wasm_bindgen_01___invoke__true_"), FUNCTION, 2]),
    ...section(10, [6, 0, 0x20, 0, 0x10, 0, 0x0b]), // call 0 with the argument
  ]);
}

const names = (wasm) => WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map(({ name }) => name);

test("every import of wasm-bindgen's has a short name, in the module and in the glue, and it still runs", () => {
  const glue = `const imports = { __wbg_log_0123456789abcdef: (n) => n + 1, __wbg_logger: 2 }; wasm.__wbg_kept();`;
  const short = shorten(module(), glue);
  assert.deepEqual(names(short.wasm), ["_0", "_1", "_2", "_3", "named"]);
  assert.equal(short.glue, "const imports = { _0: (n) => n + 1, __wbg_logger: 2 }; wasm.__wbg_kept();");
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(short.wasm), {
    [GLUE]: {
      _0: (n) => n + 1,
      _1: new WebAssembly.Table({ element: "anyfunc", initial: 1, maximum: 128 }),
      _2: new WebAssembly.Memory({ initial: 1 }),
      _3: 7,
    },
    env: { named: (n) => n },
  });
  assert.equal(exports.go(41), 42);
});

test("a closure that the glue calls has a short name, too", () => {
  const short = shorten(module(), "function wasm_bindgen_01___invoke__true_(n) { return wasm.wasm_bindgen_01___invoke__true_(n); }");
  const offered = WebAssembly.Module.exports(new WebAssembly.Module(short.wasm)).map(({ name }) => name);
  assert.deepEqual(offered, ["go", "__wbg_kept", "_4"]);
  assert.equal(short.glue, "function _4(n) { return wasm._4(n); }");
});

test("what is asked for and offered under one name keeps it", () => {
  const short = shorten(module("__wbg_kept"), "({ __wbg_kept: 1 })");
  assert.equal(names(short.wasm)[0], "__wbg_kept");
  assert.equal(short.glue, "({ __wbg_kept: 1 })");
});

test("a glue that has such a name of its own is not built", () => {
  assert.throws(() => shorten(module(), "const _1 = 0;"), /a name _1 of its own/);
  shorten(module(), "const a_1 = $_1;");
});
