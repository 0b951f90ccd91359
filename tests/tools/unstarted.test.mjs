// What a page says of an app that does not start: the scripts as they stand in the two pages, with as much of a browser
// around them as they use. The script that starts the app is never there.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";
import { ROOT } from "../../tools/lib/run.mjs";
import { scripts } from "../../tools/lib/scripts.mjs";

const { unstarted } = await scripts();
const ASKED = Date.UTC(2026, 2, 10, 14, 0, 5);
const START = "https://status.example.com/start-0123456789abcdef.js";

/** Lets everything run that waits for nothing from outside. */
const settled = () => new Promise((done) => setImmediate(done));

/** A page of an app; `first` is what the first-state script left, none where the page has no state. */
function opened(app, { first, readyState = "interactive" } = {}) {
  const spans = ["As of {0}", "Not known since {0}", "Last known:"].map((textContent) => ({ textContent, hidden: true }));
  const say = { textContent: "All systems operational" };
  const gone = [];
  const main = { querySelector: (selector) => ({ remove: () => gone.push(selector) }) };
  const frame = { dataset: { state: "operational" }, isConnected: true, parentNode: main, querySelector: () => say, querySelectorAll: () => spans };
  const sentence = { hidden: true, parentNode: main };
  const page = { frame, sentence, gone, timers: [], window: new EventTarget(), now: ASKED };
  const document = {
    readyState, documentElement: { lang: "en" },
    querySelector: () => (page.frame?.isConnected ? page.frame : null),
    getElementById: () => (page.frame?.isConnected ? sentence : null),
  };
  vm.runInNewContext(unstarted[app], {
    document,
    self: { allclearFirst: first },
    Date: class extends Date { static now() { return page.now; } },
    addEventListener: page.window.addEventListener.bind(page.window),
    setTimeout: (then, after) => page.timers.push({ then, after }),
  });
  /** What a browser tells of something that went wrong: of an element, or of a script that was read. */
  const hear = (told) => page.window.dispatchEvent(Object.defineProperties(new Event("error"),
    Object.fromEntries(Object.entries(told).map(([name, value]) => [name, { value }]))));
  const shown = () => [frame.dataset.state, ...spans.filter((each) => !each.hidden).map((each) => each.textContent), sentence.hidden ? "" : "could not start"];
  return Object.assign(page, { document, hear, shown });
}

const LIT = ["operational", ""];
const AGED = (shown) => {
  assert.equal(shown[0], "unknown");
  assert.match(shown[1], /^As of 10 Mar 2026, \d\d:00 /);
};
const lit = () => ({ asked: ASKED, rank: 0, done: Promise.resolve() });
const MODULE = { target: { type: "module" } };

test("a state that no app has taken over in a minute loses its light and says its age, though nothing has failed", () => {
  const { timers: [{ then, after }], shown, gone } = opened("status", { first: lit() });
  assert.equal(after, 60_000);
  assert.deepEqual(shown(), LIT);
  then();
  AGED(shown());
  assert.equal(shown().at(-1), "", "it may still come");
  assert.deepEqual(gone, [".promise-rest"]);
});

for (const [what, told] of Object.entries({
  "does not arrive": MODULE,
  "cannot be read": { target: globalThis, filename: START },
  "needs one that cannot be read": { target: globalThis, filename: START.replace("start", "status") },
})) {
  test(`where the script that starts the app ${what}, the page says so, and the state has no light`, async () => {
    const { hear, shown, gone } = opened("status", { first: lit() });
    hear(told);
    await settled();
    AGED(shown());
    assert.equal(shown().at(-1), "could not start");
    assert.ok(gone.includes(".late:not(.state-say)"), "nothing is loading any more");
    const [once] = [shown()];
    hear(told);
    await settled();
    assert.deepEqual(shown(), once, "it is said once");
  });
}

test("an app that came and cannot go on is heard as well", async () => {
  for (const app of ["status", "console"]) {
    const { window, shown } = opened(app, { first: lit() });
    window.dispatchEvent(new Event("startfailed"));
    await settled();
    assert.equal(shown().at(-1), "could not start", app);
  }
});

test("a state that comes after the failure is without a light too", async () => {
  let come;
  const first = { asked: ASKED, done: new Promise((done) => { come = done; }) };
  const { hear, shown } = opened("status", { first });
  hear(MODULE);
  await settled();
  assert.deepEqual(shown(), ["operational", "could not start"]);
  first.rank = 0;
  come();
  await settled();
  AGED(shown());
});

test("what fails while the page arrives is said when the sentence is there", async () => {
  const { hear, window, shown, document } = opened("status", { first: lit(), readyState: "loading" });
  hear(MODULE);
  await settled();
  assert.deepEqual(shown(), LIT);
  document.readyState = "interactive";
  window.dispatchEvent(new Event("DOMContentLoaded"));
  await settled();
  AGED(shown());
});

test("what other scripts, pictures and an app that stands get wrong is no failed start", async () => {
  const page = opened("status", { first: lit() });
  for (const told of [{ target: {} }, { target: globalThis, filename: "chrome-extension://abc/start.js" }, { target: globalThis, filename: "" }]) page.hear(told);
  await settled();
  assert.deepEqual(page.shown(), LIT);
  page.frame.isConnected = false;
  page.hear({ target: globalThis, filename: START });
  page.timers[0].then();
  await settled();
  assert.deepEqual([page.shown(), page.gone], [LIT, []]);
});

test("a page without a state says its sentence, and no age", async () => {
  for (const first of [undefined, { asked: ASKED }]) {
    const { hear, shown, timers } = opened("status", { first });
    hear(MODULE);
    await settled();
    timers[0].then();
    assert.deepEqual(shown(), ["operational", "could not start"]);
  }
});

test("the console says its sentence, and has no state to age", async () => {
  const { hear, shown, timers, gone } = opened("console");
  assert.deepEqual(timers, []);
  hear(MODULE);
  await settled();
  assert.deepEqual([shown(), gone], [["operational", "could not start"], [".late:not(.state-say)"]]);
});

test("both pages' sentences are told to whoever does not see them come", () => {
  for (const page of ["index.html", "console/index.html"]) {
    assert.match(readFileSync(`${ROOT}/${page}`, "utf8"), /<p id="start-failed"[^>]* role="alert"[^>]* hidden>/, page);
  }
});

test("a browser that cannot read what starts the app reads what says so", () => {
  for (const text of Object.values(unstarted)) assert.doesNotMatch(text, /\?\.|\?\?|\|\|=|#\w+\s*[=(;]|\bawait\b|\bglobalThis\b/);
});
