// Short names for what a module asks of its glue, and for the closures that the glue calls. wasm-bindgen gives each a name
// with a hash in it, in the WASM and once more in the script: kilobytes that no compression takes away.

import { changed, EXPORTS, IMPORTS, number, text, written } from "./wasm-bytes.mjs";

/** Where the description of an import ends: of which kind it is, and what of that kind. */
function pastDescription(bytes, at) {
  const kind = bytes[at];
  const limits = (from) => {
    const [flags, afterFlags] = number(bytes, from);
    const [, afterLeast] = number(bytes, afterFlags);
    return flags & 1 ? number(bytes, afterLeast)[1] : afterLeast;
  };
  switch (kind) {
    case 0: // a function: its type
      return number(bytes, at + 1)[1];
    case 1: // a table: of what, how large
      return limits(at + 2);
    case 2: // memory: how large
      return limits(at + 1);
    case 3: // a global: of what, whether it changes
      return at + 3;
    default:
      throw new Error(`an import of kind ${kind} is not known here`);
  }
}

/** Where the description of an export ends: of which kind it is, and which of that kind. */
const pastOffer = (bytes, at) => number(bytes, at + 1)[1];

/** The module with the names in it exchanged for those that `short` gives. */
function renamed(bytes, short) {
  return changed(bytes, (id, body) => {
    if (id !== IMPORTS && id !== EXPORTS) return body;
    let [count, place] = number(body, 0);
    const section = [written(count)];
    const read = () => {
      const [size, from] = number(body, place);
      place = from + size;
      return body.toString("utf8", from, place);
    };
    for (; count > 0; count -= 1) {
      if (id === IMPORTS) section.push(text(read()));
      const name = read();
      const described = place;
      place = id === IMPORTS ? pastDescription(body, place) : pastOffer(body, place);
      section.push(text(short.get(name) ?? name), body.subarray(described, place));
    }
    return Buffer.concat(section);
  });
}

/** Gives each name of wasm-bindgen's among a module's imports and closures a short one, in the module and in its glue. */
export function shorten(wasm, glue) {
  const module = new WebAssembly.Module(wasm);
  // A name that is offered too would be exchanged in two meanings.
  const offered = new Set(WebAssembly.Module.exports(module).map(({ name }) => name));
  const names = WebAssembly.Module.imports(module).map(({ name }) => name);
  const asked = names.filter((name) => /^__wb(g|indgen)_\w+$/.test(name) && !offered.has(name));
  const called = [...offered].filter((name) => /^wasm_bindgen_\w+$/.test(name) && !names.includes(name));
  const ours = new Set([...asked, ...called]);
  const short = new Map([...ours].map((name, place) => [name, `_${place.toString(36)}`]));
  const taken = [...short.values()].find((name) => new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(glue));
  if (taken) throw new Error(`the glue has a name ${taken} of its own`);
  return {
    wasm: renamed(wasm, short),
    glue: glue.replace(/(?<![\w$])(?:__wb(?:g|indgen)|wasm_bindgen)_\w+/g, (name) => short.get(name) ?? name),
  };
}
