// What dist/ weighs, by file, and how far each app's first visit is from its budget. The numbers are kB (1000
// bytes) as a browser receives them from a host that compresses with Brotli.
//
// `ceiling` is what an app weighs today and a little, `later` the same of what it fetches later: the command fails when
// one of them grows. A ceiling is lowered with what it holds, and raised only for a feature, which is named beside it.
// Both ceilings are on their way down to the budgets. `make build` ends with this command.
import { readFileSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { filesBelow, isTwin } from "./lib/files.mjs";

/** The status page holds the script of its theme in itself. */
const isConsoles = (file) => file.startsWith("console/") || file === "theme.js";
/** First visit: the page, its script, its WASM, its styles, its data. */
const BUDGETS = [
  // `ceiling` fell from 159 when what follows signals got one type (`src/ui/reactive.rs`), and what only the console or a
  // later part needs left the first; it rose from 148 for what goes on, which stands before the app does
  // (`first/going-on.mjs`), and fell from 150 when alike functions came to stand beside each other (`tools/lib/alike.mjs`),
  // even with what draws the page in turns. `later` rose from 105 for a history that is drawn in portions, and found again
  // where it was left, from a list that was asked for before the app had begun. Both rose, from 147 and 106, for a source of
  // which a part is old or silent, and for pages of thousands whose parts stand in groups; `later` from 107 for bars that
  // stand while something else is told. `ceiling` fell from 149 with what stands behind a pointer (`src/ui/remote.rs`); `later`
  // rose from 108 for all that was said of planned work, and for words that are found again on the way back. `ceiling` rose
  // from 148 for a list that is older than its summary, an end that is told late, and bars from an incident's beginning; from
  // 149.5 for a light that goes out though no script of the app's arrives, and for texts of a megabyte that end nowhere. Both
  // fell, from 149.9 and 109, with functions that are copied nowhere and with what compression finds by itself
  // (`tools/lib/wasm.mjs`); `ceiling` rose from 148.6 for planned work among what was told since a reader last looked.
  // Both fell again, from 149 and 108.4, as nothing is computed ahead (`tools/build.mjs`).
  { app: "Status page", inside: (file) => !isConsoles(file), budget: 150, ceiling: 148, later: 107.5 },
  // What asks the services moved from the first visit to what comes with an incident's pages. Since then `ceiling` rose for
  // drafts that are a login's and incidents that stay deleted, `later` for what others did on the page meanwhile,
  // suppressions from a file, old incidents that are deleted, and evidence that is chained and checked. Both fell, from 327
  // and 523, with the order of the functions. `ceiling` rose from 318 for files that are asked for together, `later` from 509
  // for choices that a post which did not arrive gives back, and times that are judged together, and from 511 for dialogs that
  // follow what other consoles do, a readiness that is asked again, and batches without what SendGrid refuses; from 515 for sendings that are
  // ended, left or gone on with only as the incident lets them, and a ledger that tells who did not get a mail; from 520 for what
  // is met and unfinished and hides nothing that is owed, and can be closed by other consoles; `ceiling` from 319 for lengths
  // that consoles share, and settings that could not be read; `later` from 522 for a resolution that is recorded by hand, a
  // drill that is judged by its own page, and lists for another report. Both rose, from 320 and 525: `ceiling` for messages that
  // are told of by their names and times, drills that come after what is real, and incidents that no playbook can show; `later`
  // for a regulator's notification at any time, reasons that are for what was asked, and entries that are stored once they can
  // be. Both fell, from 322.5 and 530, as the status page's did; `ceiling` rose from 318.5 for what tabs tell each other of
  // what is typed, `later` from 522 for an incident that is handed over as text and put into a calendar. Both fell
  // again, from 319.5 and 528.5.
  { app: "Console", inside: isConsoles, budget: 350, ceiling: 318, later: 523 },
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
