// `make test`: every layer of checks, a table with the seconds of each, the slowest tests, and the closing line
// `N passed, N failed`. A check without a count of its own counts as one.
//
//   node tools/test.mjs [LAYER ...] [--grep WORDS]      only these layers, by the short name in the table; only
//                                                       tests whose name holds these words
import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { LAYERS } from "./lib/layers.mjs";
import { account, runLayers } from "./lib/suite.mjs";

const { values, positionals: asked } = parseArgs({ allowPositionals: true, options: { grep: { type: "string" } } });
const strange = asked.filter((name) => !LAYERS.some((layer) => layer.name === name));
if (strange.length > 0) {
  console.error(`No such layer: ${strange.join(", ")}. There are ${LAYERS.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}

// With words to look for, only the layers that know tests by name have anything to say, and what those need.
const known = LAYERS.filter(({ only }) => !values.grep || only);
const wanted = asked.length > 0 ? asked : known.flatMap(({ name, needs }) => [name, needs]);
const picked = LAYERS.filter(({ name }) => wanted.includes(name));
const { text, closing, ok } = account(await runLayers(picked, { grep: values.grep }));
console.log(text);
console.log(`\nLoad of the machine over the last 1, 5 and 15 minutes: ${loadavg().map((each) => each.toFixed(1)).join(", ")}`);
if (process.env.ALLCLEAR_SUMMARY) writeFileSync(process.env.ALLCLEAR_SUMMARY, `${closing}\n`);
else console.log(`\n${closing}`);
process.exitCode = ok ? 0 : 1;
