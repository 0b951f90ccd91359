// What 10,000 incidents cost: the home page with 10 and with 10,000 in its source, and the history page against
// one static page that holds them all.
import { phone, visit } from "./phone.mjs";
import { STATE } from "./page.mjs";
import { median, spread } from "./numbers.mjs";

const RUNS = 5;
const BARS = { slope: 0.01, share: 0.25, nodes: 2_000, key: 50, task: 50 };

async function once(browser, what) {
  const context = await phone(browser);
  const { page, ...seen } = await visit(context, what);
  await context.close();
  return seen;
}

const middle = (found) => (key) => median(found.map((each) => each[key]));

async function several(browser, what) {
  const found = [];
  for (let run = 0; run < RUNS; run += 1) found.push(await once(browser, what));
  return middle(found);
}

/** Two pages in turns, now the one first and now the other: what comes first finds the machine in another mood. */
async function inTurns(browser, one, other) {
  const found = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    for (const at of run % 2 === 0 ? [0, 1] : [1, 0]) found[at].push(await once(browser, [one, other][at]));
  }
  const ratio = spread(found[0].map(({ time }, run) => time / found[1][run].time));
  return { one: middle(found[0]), other: middle(found[1]), ratio };
}

/** Milliseconds that the slowest keystroke in the search takes; nothing where there is no search. */
async function keystroke(page) {
  const search = page.getByRole("searchbox");
  if ((await search.count()) === 0) return undefined;
  await search.focus();
  let longest = 0;
  for (const key of "webhook") {
    longest = Math.max(longest, await page.evaluate((key) => new Promise((done) => {
      const field = document.activeElement;
      const start = performance.now();
      field.value += key;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      // What follows from it is drawn before the next task.
      setTimeout(() => done(performance.now() - start));
    }), key));
  }
  return longest;
}

/** `few` and `many` are the addresses of the app and the bare page with 10 and with 10,000 incidents. */
export async function tenThousand(browser, { few, many }) {
  const home = (address) => several(browser, { address, selector: "[role=status]", words: STATE, settled: ".components" });
  const [ten, all] = [await home(few.app), await home(many.app)];
  const slope = (key) => (all(key) - ten(key)) / ten(key);
  const words = { selector: "h3", words: "(0)" };
  const bare = await several(browser, { ...words, address: `${many.bare}history.html` });
  // A static page shows its beginning while the rest is on its way; it is open when it holds them all.
  const last = { ...words, words: "(9999)", address: `${many.bare}history.html` };
  const { one: ours, other: whole, ratio } = await inTurns(browser, { ...words, address: `${many.app}history` }, last);
  const context = await phone(browser);
  const { page, nodes } = await visit(context, { ...words, address: `${many.app}history` });
  // With the end of a long body the browser is busy for whoever measures (`phone.mjs`), and no key of a reader's waits for that.
  await page.getByText("The rest of the list is still being read.").waitFor({ state: "detached", timeout: 120_000 });
  const key = await keystroke(page);
  await context.close();

  console.log("\n10,000 incidents in the source");
  console.log(`  home: ${(ten("bytes") / 1000).toFixed(1)} kB and ${ten("time").toFixed(0)} ms with 10, ${(all("bytes") / 1000).toFixed(1)} kB and ${all("time").toFixed(0)} ms with all: slope ${slope("bytes").toFixed(3)} and ${slope("time").toFixed(3)}, bar ${BARS.slope}`);
  console.log(`  history: ${ours("time").toFixed(0)} ms against ${whole("time").toFixed(0)} ms of one static page with all of them, which shows its first after ${bare("time").toFixed(0)} ms: ratio ${ratio.median.toFixed(2)} (${ratio.from.toFixed(2)} to ${ratio.to.toFixed(2)}) of ${RUNS} pairs, bar ${BARS.share}; ${nodes} elements, bar ${BARS.nodes}; longest task ${ours("task").toFixed(0)} ms`);
  console.log(`  search: ${key === undefined ? "there is none" : `${key.toFixed(0)} ms at most for a keystroke`}, bar ${BARS.key} ms`);
  return [
    slope("bytes") > BARS.slope && `home page, bytes by incidents: ${slope("bytes").toFixed(3)}`,
    slope("time") > BARS.slope && `home page, time by incidents: ${slope("time").toFixed(3)}`,
    ratio.median > BARS.share && `history's opening: ${ratio.median.toFixed(2)} of the static page`,
    nodes > BARS.nodes && `history's elements: ${nodes}`,
    Math.max(all("task"), ours("task")) > BARS.task && `a task after the first state: ${Math.max(all("task"), ours("task")).toFixed(0)} ms`,
    (key === undefined || key > BARS.key) && `search in the history: ${key === undefined ? "there is none" : `${key.toFixed(0)} ms`}`,
  ].filter(Boolean);
}
