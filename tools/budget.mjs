// What dist/ weighs, by file, and how far each app's first visit is from its budget. The numbers are kB (1000
// bytes) as a browser receives them from a host that compresses with Brotli.
//
// `ceiling` is what an app weighs today and a little, `later` the same of what it fetches later: the command fails when
// one of them grows. A ceiling is lowered with what it holds, half a kB above it, as any change moves the functions about;
// it is raised only for a feature, which the commit names. docs/speed-log.md tells what each step gave. `make build` ends
// with this command.
import { readFileSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { filesBelow, isTwin } from "./lib/files.mjs";

/** The status page holds the script of its theme in itself. */
const isConsoles = (file) => file.startsWith("console/") || file === "theme.js";
/** First visit: the page, its script, its WASM, its styles, its data. */
const BUDGETS = [
  { app: "Status page", inside: (file) => !isConsoles(file), budget: 150, ceiling: 148, later: 107.5 },
  { app: "Console", inside: isConsoles, budget: 350, ceiling: 329.2, later: 546 },
];
/** Parts that are fetched when they are asked for, or once the first page stands. */
const LATER = /(^|\/)((split|chunk)_\w+-[0-9a-f]+\.wasm|renewal-[0-9a-f]+\.js)$/;
const FIRST_VISIT = /\.(html|js|css|wasm|json|toml)$/;
const NOT_VISITED = /(^|\/)(404\.(html|js)|sw\.js|badge\.js|\w+\.template\.js)$/;

const { values } = parseArgs({ options: { dist: { type: "string", default: "dist" } } });
const size = (file) => statSync(`${values.dist}/${file}`, { throwIfNoEntry: false })?.size;
const kB = (bytes) => (bytes / 1000).toFixed(1).padStart(9);

const files = filesBelow(values.dist).filter((file) => !isTwin(file));
let grown = 0;
for (const { app, inside, budget, ceiling, later: ceilingLater } of BUDGETS) {
  const visited = files.filter((file) => inside(file) && FIRST_VISIT.test(file) && !NOT_VISITED.test(file));
  const weigh = (file) => {
    const raw = size(file);
    return { file, raw, gz: size(`${file}.gz`) ?? raw, br: size(`${file}.br`) ?? raw };
  };
  const sum = (file, rows) => {
    const of = (key) => rows.reduce((total, row) => total + row[key], 0);
    return { file, raw: of("raw"), gz: of("gz"), br: of("br") };
  };
  const rows = visited.filter((file) => !LATER.test(file)).map(weigh);
  const later = visited.filter((file) => LATER.test(file)).map(weigh);
  const total = sum("first visit", rows);
  console.log(`\n${app.padEnd(44)}${["raw kB", "gz", "br"].map((head) => head.padStart(9)).join("")}`);
  const totalLater = sum("fetched later", later);
  const extra = later.length > 0 ? [...later, totalLater] : [];
  for (const row of [...rows, total, ...extra]) console.log(`  ${row.file.padEnd(42)}${kB(row.raw)}${kB(row.gz)}${kB(row.br)}`);
  const weighs = rows.length > 0 ? total.br / 1000 : Infinity;
  if (weighs <= budget) console.log(`  within the budget of ${budget} kB br`);
  else console.log(`  OVER the budget of ${budget} kB br by ${(weighs - budget).toFixed(1)} kB`);
  if (weighs > ceiling) {
    console.log(`  and over the ceiling of ${ceiling} kB br: it has grown`);
    grown += 1;
  }
  if (totalLater.br / 1000 > ceilingLater) {
    console.log(`  what is fetched later is OVER its ceiling of ${ceilingLater} kB br: it has grown`);
    grown += 1;
  }
}

/** What stands before the first state has to come with the page's first packets. */
const page = readFileSync(`${values.dist}/index.html`);
const first = [...page.toString().matchAll(/<script data-(?:source|first)[^>]*>([\s\S]*?)<\/script>/g)].map(([, text]) => text);
const FIRST = [
  { what: "the page with its styles, as gzip makes it", bytes: gzipSync(page, { level: 9 }).length, budget: 14_000 },
  { what: "the first-state script, as Brotli makes it", bytes: first.length === 2 ? brotliCompressSync(first.join("\n")).length : Infinity, budget: 2_000 },
];
console.log("\nBefore the first state");
for (const { what, bytes, budget } of FIRST) {
  console.log(`  ${what.padEnd(44)}${kB(bytes)} of ${(budget / 1000).toFixed(1)} kB${bytes > budget ? ": OVER" : ""}`);
  if (bytes > budget) grown += 1;
}
process.exitCode = grown === 0 ? 0 : 1;
