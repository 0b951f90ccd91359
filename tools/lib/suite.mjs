// Runs layers of checks one after the other, all of them even when one fails, and says what became of them.
import { count, named, none, slowest, sum } from "./counts.mjs";
import { run } from "./run.mjs";

/** How many of the slowest tests are named. */
const SLOWEST = 10;

const oneCheck = (passed) => ({ ...none, [passed ? "passed" : "failed"]: 1 });
const atLeastOneFailed = (result) => ({ ...result, failed: Math.max(result.failed, 1) });

/** Runs one layer; whatever goes wrong is at least one failure, and has a name. */
async function runLayer({ name, title, command, env, counts, only, mayBeEmpty, before, limit, report, notes }, grep) {
  before?.(grep);
  const [program, ...args] = command;
  const picked = grep && only ? only(grep) : [];
  const start = performance.now();
  const { code, output, late } = await run(program, [...args, ...picked], { keep: true, env, limit }).catch((error) => {
    console.error(`${program} could not be started: ${error.message}`);
    return { code: 1, output: "", late: false };
  });
  const seconds = (performance.now() - start) / 1000;
  const ended = { name, title, limit, seconds };
  const passed = code === 0 && !late;
  const lateWords = late ? [`${title}: ended after ${limit} s, its limit, with all that it had started`] : [];
  if (!counts) {
    return { ...ended, ...oneCheck(passed), failures: passed ? [] : [lateWords[0] ?? title], slow: [] };
  }
  const told = report ? report() : output;
  const counted = count[counts](told);
  const empty = counted.passed + counted.failed === 0;
  // With a pattern, a layer without a test of that name is no failure.
  const result = passed && !(empty && !mayBeEmpty && picked.length === 0) ? counted : atLeastOneFailed(counted);
  const failures = result.failed > 0 ? [...lateWords, ...new Set(named[counts](told))] : [];
  return {
    ...ended,
    ...result,
    failures: result.failed > 0 && failures.length === 0 ? [empty ? `${title}: no test ran` : title] : failures,
    slow: slowest[counts](told).map((each) => ({ ...each, layer: name })),
    notes: notes?.() ?? [],
  };
}

/**
 * Runs `layers` in their order; with `grep`, only tests whose name holds these words, in the layers that know names. A layer that
 * `needs` one that failed is not run and counts as one failure: what an earlier build left behind proves nothing.
 */
export async function runLayers(layers, { grep } = {}) {
  const results = [];
  for (const layer of layers) {
    console.log(`\n=== ${layer.title} (${layer.name})\n`);
    const lacking = results.find(({ name, failed }) => name === layer.needs && failed > 0);
    if (lacking) console.log(`Not run: "${lacking.title}" failed.`);
    results.push(
      lacking
        ? { ...layer, ...oneCheck(false), seconds: 0, failures: [`${layer.title}: not run, "${lacking.title}" failed`], slow: [] }
        : await runLayer(layer, grep),
    );
  }
  return results;
}

const row = (title, ...cells) => title.padEnd(38) + cells.map((cell) => String(cell).padStart(8)).join("");

/** What is printed at the end: a line a layer, the slowest tests, the names of what failed, and the sum. */
export function account(results) {
  const lines = ["", row("Layer", "passed", "failed", "seconds", "limit")];
  for (const { title, passed, failed, seconds, limit } of results) lines.push(row(title, passed, failed, seconds.toFixed(1), limit));
  const seconds = results.reduce((all, each) => all + each.seconds, 0);
  const total = sum(results);
  lines.push(row("All", total.passed, total.failed, seconds.toFixed(1), ""));

  const notes = results.flatMap((each) => each.notes ?? []);
  if (notes.length > 0) lines.push("", ...notes);
  const slow = results.flatMap((each) => each.slow).sort((a, b) => b.seconds - a.seconds).slice(0, SLOWEST);
  if (slow.length > 0) lines.push("", "The slowest tests:", ...slow.map((each) => `${each.seconds.toFixed(1).padStart(8)} s  ${each.layer}: ${each.name}`));
  const failures = results.flatMap((each) => each.failures);
  if (failures.length > 0) lines.push("", "Failed:", ...failures.map((name) => `  ${name}`));
  return { text: lines.join("\n"), closing: `${total.passed} passed, ${total.failed} failed`, ok: total.failed === 0 && total.passed > 0 };
}
