// The functions of a module in an order in which alike ones stand beside each other, as compression finds most of what it
// takes away close by. From one function it goes on to the one that shares most with it and with those just before it.
import { changed, CODE, CUSTOM, entries, FUNCTIONS, imported, section, sized, text, written } from "./wasm-bytes.mjs";

/** How many bytes are one trait of a function: about two instructions. */
const TRAIT = 4;
/** A trait of more functions than this says little of any of them. */
const COMMON = 400;
/** How many of the functions just before are asked, each counting less than the one after it. */
const BEFORE = 4;
/** How much a function's size counts against it: a large one shares more with any other. */
const AGAINST_SIZE = 1;

function traitsOf(body) {
  const traits = new Set();
  for (let at = 0; at + TRAIT <= body.length; at += 1) traits.add(body.readUIntBE(at, TRAIT));
  return traits;
}

/** The places of `bodies` in that order; it begins with the first one. */
export function alike(bodies) {
  const traits = bodies.map(traitsOf);
  const having = new Map();
  for (const [place, each] of traits.entries()) {
    for (const trait of each) having.get(trait)?.push(place) ?? having.set(trait, [place]);
  }
  const left = new Set(bodies.keys());
  const order = [];
  const shared = () => {
    const score = new Map();
    for (const [back, one] of order.slice(-BEFORE).reverse().entries()) {
      for (const trait of traits[one]) {
        const others = having.get(trait);
        if (others.length > COMMON) continue;
        const weight = 1 / (back + 1) / Math.log2(1 + others.length);
        for (const other of others) if (left.has(other)) score.set(other, (score.get(other) ?? 0) + weight);
      }
    }
    return score;
  };
  while (left.size > 0) {
    let [next] = left;
    let most = 0;
    for (const [place, score] of shared()) {
      const counts = score / (traits[place].size + TRAIT) ** AGAINST_SIZE;
      if (counts > most) [next, most] = [place, counts];
    }
    left.delete(next);
    order.push(next);
  }
  return order;
}

/**
 * The module with names that put its functions in that order when they are sorted (`wasm-opt --reorder-functions-by-name`);
 * other names are left out.
 */
export function namedByLikeness(wasm) {
  let bodies = [];
  const bare = changed(wasm, (id, body) => {
    if (id === CODE) bodies = entries(body);
    return id === CUSTOM ? null : body;
  });
  const before = imported(wasm);
  const digits = String(bodies.length).length;
  const names = [];
  for (const [rank, place] of alike(bodies).entries()) {
    names[place] = Buffer.concat([written(place + before), text(String(rank).padStart(digits, "0"))]);
  }
  const list = Buffer.concat([written(names.length), ...names]);
  return Buffer.concat([bare, section(CUSTOM, Buffer.concat([text("name"), Buffer.from([FUNCTIONS]), sized(list)]))]);
}
