// The list of incidents that is asked for before the app does: kept for the app a while, then let go.
import assert from "node:assert/strict";
import test, { mock } from "node:test";
import { askForList } from "../../first/list.mjs";

/** Asks for a list whose answer is `answer`; gives how, and what the app finds at first. */
function ask(answer) {
  const asked = [];
  mock.method(globalThis, "fetch", (...how) => {
    asked.push(how);
    return answer;
  });
  const first = {};
  askForList("/api/v2", first);
  return { asked, first, list: first.list };
}

test("a list is asked for anew, and is the app's for ten seconds", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const { asked, first, list } = ask(Promise.resolve());
    const [[address, { cache, signal }], ...more] = asked;
    assert.deepEqual([address, cache, more], ["/api/v2/incidents.json", "no-cache", []]);
    mock.timers.tick(9_999);
    assert.equal(first.list, list);
    assert.equal(signal.aborted, false);
    mock.timers.tick(1);
    assert.equal(first.list, undefined);
    assert.equal(signal.aborted, true, "nobody wants it");
  } finally {
    mock.reset();
    mock.timers.reset();
  }
});

test("a list that the app has taken is the app's to end, and one that fails is nobody's error", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const loud = [];
  const hear = (why) => loud.push(why);
  process.on("unhandledRejection", hear);
  try {
    const { asked: [[, { signal }]], first } = ask(Promise.reject(new Error("the network is gone")));
    delete first.list;
    mock.timers.tick(60_000);
    assert.equal(signal.aborted, false);
    await new Promise((done) => setImmediate(done));
    assert.deepEqual(loud, []);
  } finally {
    process.off("unhandledRejection", hear);
    mock.reset();
    mock.timers.reset();
  }
});
