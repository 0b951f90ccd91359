// The order of a module's functions, and those that nobody calls (`tools/lib/alike.mjs`, `tools/lib/wasm-bytes.mjs`), on
// modules made by hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { alike, namedByLikeness } from "../../tools/lib/alike.mjs";
import { CODE, CUSTOM, emptied, FUNCTIONS, section, sized, text, written } from "../../tools/lib/wasm-bytes.mjs";

const [TYPES, IMPORTS, FUNCTION, EXPORTS] = [1, 2, 3, 7];
const bytes = (...numbers) => Buffer.from(numbers);
const list = (entries) => Buffer.concat([written(entries.length), ...entries]);
/** A function that gives its argument and a number more. */
const adds = (number) => bytes(0, 0x20, 0, 0x41, number, 0x6a, 0x0b);

/** A module that asks for one function, and offers functions of these bodies by these names. */
function module(functions) {
  const names = Object.keys(functions);
  const offered = names.map((name, place) => Buffer.concat([text(name), bytes(0), written(place + 1)]));
  const called = names.map((name, place) => Buffer.concat([written(place + 1), text(name)]));
  return Buffer.concat([
    bytes(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0),
    section(TYPES, list([bytes(0x60, 1, 0x7f, 1, 0x7f)])),
    section(IMPORTS, list([Buffer.concat([text("env"), text("ask"), bytes(0, 0)])])),
    section(FUNCTION, list(names.map(() => bytes(0)))),
    section(EXPORTS, list(offered)),
    section(CODE, list(Object.values(functions).map(sized))),
    section(CUSTOM, Buffer.concat([text("other"), bytes(1, 2, 3)])),
    section(CUSTOM, Buffer.concat([text("name"), bytes(0), sized(text("module")), bytes(FUNCTIONS), sized(list(called))])),
  ]);
}

const run = (wasm) => new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { ask: (n) => n } }).exports;
const custom = (wasm, name) => WebAssembly.Module.customSections(new WebAssembly.Module(wasm), name);

test("a function that is named so stops when it is called, and every other runs", () => {
  const made = module({ adds_one: adds(1), "streams::close": adds(2), adds_three: adds(3) });
  const { adds_one, adds_three, ...rest } = run(emptied(made, /\bstreams::/));
  assert.deepEqual([adds_one(1), adds_three(1)], [2, 4]);
  assert.throws(() => rest["streams::close"](1), WebAssembly.RuntimeError);
  assert.equal(run(emptied(made, /nobody/))["streams::close"](1), 3);
  // What has no names has none that read so.
  assert.equal(run(emptied(namedByLikeness(made), /streams/))["streams::close"](1), 3);
});

test("functions that share much stand beside each other, whatever stands between them", () => {
  const word = (letter, times = 12) => Buffer.from(letter.repeat(times));
  const [a, b] = [word("abcdefg"), word("hijklmn")];
  const bodies = [a, b, Buffer.concat([a, word("x")]), Buffer.concat([b, word("y")]), word("z", 3)];
  assert.deepEqual(alike(bodies), [0, 2, 1, 3, 4]);
  assert.deepEqual(alike([]), []);
});

test("the names say that order, other names are gone, and the module does what it did", () => {
  const long = (number) => Buffer.concat([bytes(0), ...Array.from({ length: 9 }, () => bytes(0x20, 0, 0x41, number, 0x6a, 0x1a)), adds(number).subarray(1)]);
  const made = namedByLikeness(module({ first: long(1), between: adds(5), second: long(1) }));
  const [named] = custom(made, "name");
  assert.equal(Buffer.from(named).toString("latin1"), `\x01\x0a\x03\x01\x010\x02\x012\x03\x011`);
  assert.equal(custom(made, "other").length, 0);
  const { first, between, second } = run(made);
  assert.deepEqual([first(1), between(1), second(1)], [2, 6, 2]);
});
