// Time to state: the app against the bare page, in turns, first visit and repeat visit.
import { phone, visit } from "./phone.mjs";
import { STATE } from "./page.mjs";
import { spread } from "./numbers.mjs";

/** At most so many times the bare page's time. */
const BARS = { first: 1.15, repeat: 1 };
const MOST_TASK = 50;

/** At a repeated visit the last known words count too: they stand in the state's block, with their age. */
const WATCH = { first: { selector: "[role=status]", words: STATE }, repeat: { selector: ".state", words: STATE } };

/** One pair in one order or the other: what comes first finds the machine in another mood. */
async function pair(browser, sites, bareFirst) {
  const found = {};
  for (const [name, address, settled] of bareFirst ? [...sites].reverse() : sites) {
    const context = await phone(browser);
    const first = await visit(context, { ...WATCH.first, address, settled });
    await first.page.close();
    const repeat = await visit(context, { ...WATCH.repeat, address, settled });
    found[name] = { first, repeat };
    await context.close();
  }
  return found;
}

/**
 * Runs so many pairs of visits, prints them under how the pages are served, and gives what is over its bar. One pair more goes before them: it
 * warms the machine up and counts for nothing.
 */
export async function timeToState(browser, { app, bare }, count, how) {
  const sites = [["app", app, ".components"], ["bare", bare]];
  const pairs = [];
  for (let run = 0; run <= count; run += 1) pairs.push(await pair(browser, sites, run % 2 === 1));
  const counted = pairs.slice(1);
  const missed = [];
  console.log(`\nTime to state, ${how}, ${count} pairs of visits on a slow phone (150 ms, 1.6 Mbit/s, a quarter of the CPU)`);
  for (const kind of ["first", "repeat"]) {
    const of = (name, key) => spread(counted.map((each) => each[name][kind][key]));
    const ratio = spread(counted.map(({ app, bare }) => app[kind].time / bare[kind].time));
    const [ours, theirs] = [of("app", "time"), of("bare", "time")];
    const [bytes, shift, task] = ["bytes", "shift", "task"].map((key) => Math.max(...counted.map(({ app }) => app[kind][key])));
    console.log(`  ${kind.padEnd(7)} ${ours.median.toFixed(0)} ms to ${theirs.median.toFixed(0)} ms: ratio ${ratio.median.toFixed(2)} (${ratio.from.toFixed(2)} to ${ratio.to.toFixed(2)}), bar ${BARS[kind].toFixed(2)}`);
    console.log(`          at most ${(bytes / 1000).toFixed(1)} kB over the network, layout shift ${shift.toFixed(4)}, longest task after the state ${task.toFixed(0)} ms`);
    if (ratio.median > BARS[kind]) missed.push(`time to state, ${how}, ${kind} visit: ${ratio.median.toFixed(2)}`);
    if (shift > 0) missed.push(`layout shift, ${how}, ${kind} visit: ${shift.toFixed(4)}`);
    if (task > MOST_TASK) missed.push(`a task after the state, ${how}, ${kind} visit: ${task.toFixed(0)} ms`);
  }
  return missed;
}
