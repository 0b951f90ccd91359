// What becomes of the first state where the app never starts. The frame is played: three sentences and a state.
import assert from "node:assert/strict";
import test, { mock } from "node:test";
import { aged } from "../../first/aged.mjs";
import { TABLES } from "./tables.mjs";

const ASKED = Date.UTC(2026, 2, 10, 14, 0, 5);

/** A frame in a language, as `index.html` has it after the first state was written. */
function frame(lang) {
  const { as_of, not_known_since, last_known, partial_outage } = TABLES[lang];
  const spans = [as_of, not_known_since, last_known].map((textContent) => ({ textContent, hidden: true }));
  const say = { textContent: partial_outage };
  const found = { dataset: { state: "partial" }, isConnected: true };
  found.querySelector = () => say;
  found.querySelectorAll = () => spans;
  const shown = () => [say, ...spans].filter((each) => !each.hidden).map((each) => each.textContent);
  return { found, shown };
}

/** Ages a frame `after` so many milliseconds; gives what it shows then, and when ten minutes are over. */
function age(lang, after) {
  mock.timers.enable({ apis: ["Date", "setTimeout"], now: ASKED + after });
  try {
    const { found, shown } = frame(lang);
    aged(found, ASKED, lang);
    assert.equal(found.dataset.state, "unknown");
    const now = shown();
    const left = Math.max(1, 600_000 - after);
    mock.timers.tick(left - 1);
    if (after < 600_000) assert.deepEqual(shown(), now);
    mock.timers.tick(1);
    return [now, shown()];
  } finally {
    mock.timers.reset();
  }
}

test("a first state that grows old says its day, its time and its zone, and is no state after ten minutes", () => {
  const [then, later] = age("en", 60_000);
  assert.match(then[1], /^As of 10 Mar 2026, \d\d:00 \S+/);
  assert.equal(then[0], "Partial outage");
  assert.match(later[0], /^Not known since \d\d:00 \S+/);
  assert.deepEqual(later.slice(1), ["Last known: Partial outage"]);
});

test("one that was asked for yesterday says the day, in the language of the page", () => {
  const [then, later] = age("de", 86_400_000);
  assert.match(then[1], /^Stand: 10\. März 2026(,| um) \d\d:00 \S+/);
  assert.match(later[0], /^Nicht bekannt seit 10\. März 2026/);
  assert.deepEqual(later.slice(1), ["Zuletzt bekannt: Teilausfall"]);
});

test("a frame that the app has replaced is left alone", () => {
  mock.timers.enable({ apis: ["Date", "setTimeout"], now: ASKED });
  try {
    const { found, shown } = frame("en");
    aged(found, ASKED, "en");
    found.isConnected = false;
    mock.timers.tick(600_000);
    assert.equal(shown()[0], "Partial outage");
  } finally {
    mock.timers.reset();
  }
});
