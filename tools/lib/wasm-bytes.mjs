// A WASM module as bytes: its sections, and the numbers and texts in them (WebAssembly Core Specification, 5.2 and 5.5).

const HEADER = 8;
/** The sections that are read here, by their numbers. */
export const [CUSTOM, IMPORTS, EXPORTS, CODE] = [0, 2, 7, 10];
/** The functions among the names of the custom section "name" (Appendix A.2). */
export const FUNCTIONS = 1;

/** Reads a number as WASM writes it (LEB128, unsigned); gives it and where it ends. */
export function number(bytes, at) {
  let [value, shift] = [0, 1];
  for (;;) {
    const byte = bytes[at];
    at += 1;
    value += (byte & 0x7f) * shift;
    shift *= 0x80;
    if (byte < 0x80) return [value, at];
  }
}

/** A number as WASM writes it. */
export function written(value) {
  const bytes = [];
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) | 0x80);
  bytes.push(value);
  return Buffer.from(bytes);
}

/** Something with its length before it. */
export const sized = (body) => Buffer.concat([written(body.length), body]);
export const text = (said) => sized(Buffer.from(said));
export const section = (id, body) => Buffer.concat([Buffer.from([id]), sized(body)]);

/** The module with each section exchanged for what `change` makes of its number and body; one of `null` is left out. */
export function changed(bytes, change) {
  const parts = [bytes.subarray(0, HEADER)];
  for (let at = HEADER; at < bytes.length;) {
    const id = bytes[at];
    const [length, start] = number(bytes, at + 1);
    const body = bytes.subarray(start, start + length);
    const fresh = change(id, body);
    if (fresh === body) parts.push(bytes.subarray(at, start + length));
    else if (fresh !== null) parts.push(section(id, fresh));
    at = start + length;
  }
  return Buffer.concat(parts);
}

/** Something of which a number says how often it stands there: every entry, each with its length before it. */
export function entries(body) {
  let [count, at] = number(body, 0);
  const found = [];
  for (; count > 0; count -= 1) {
    const [size, from] = number(body, at);
    at = from + size;
    found.push(body.subarray(from, at));
  }
  return found;
}

/** How many functions come from outside: those of the module itself are numbered after them. */
export const imported = (bytes) => WebAssembly.Module.imports(new WebAssembly.Module(bytes)).filter(({ kind }) => kind === "function").length;

/** The names of the functions by their numbers, where the module has them. */
function functionNames(bytes) {
  const names = new Map();
  changed(bytes, (id, body) => {
    let [length, at] = number(body, 0);
    if (id !== CUSTOM || body.toString("utf8", at, at + length) !== "name") return body;
    for (at += length; at < body.length;) {
      const kind = body[at];
      const [size, start] = number(body, at + 1);
      at = start + size;
      if (kind !== FUNCTIONS) continue;
      let [count, place] = number(body, start);
      for (; count > 0; count -= 1) {
        const [index, named] = number(body, place);
        [length, place] = number(body, named);
        names.set(index, body.toString("utf8", place, place + length));
        place += length;
      }
    }
    return body;
  });
  return names;
}

/** A function without variables, of which the first instruction is to stop. */
const STOPS = Buffer.from([0, 0x00, 0x0b]);

/**
 * The module in which every function with a name like that stops when it is called, as nobody calls it: the compiler keeps
 * whatever stands in a table, with all that it calls.
 */
export function emptied(bytes, name) {
  const [names, before] = [functionNames(bytes), imported(bytes)];
  return changed(bytes, (id, body) => {
    if (id !== CODE) return body;
    const all = entries(body).map((each, place) => (name.test(names.get(place + before) ?? "") ? STOPS : each));
    return Buffer.concat([written(all.length), ...all.map(sized)]);
  });
}
