// How the app takes the frame's place (`first/frame.mjs`): with the focus, where somebody has tabbed into the frame.
import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.requestIdleCallback = (then) => then();
const { cover } = await import("../../first/frame.mjs");

const BASE = "https://status.example.com/";

/** A page whose frame and app have links to these addresses; `had` is which of the frame's has the focus when the app stands. */
function lifted(frames, apps, had) {
  const focused = [];
  const drawn = (name) => ({ name, focus: () => focused.push(name) });
  const links = frames.map((to) => ({ href: BASE + to }));
  const [own, heading] = [apps.map((to) => ({ ...drawn(to), href: BASE + to })), drawn("h1")];
  const room = { querySelectorAll: () => own, querySelector: (selector) => (selector === "h1" ? heading : selector === "[data-stands]") };
  const place = { after() {}, addEventListener() {}, remove() { globalThis.document.activeElement = null; }, contains: (each) => links.includes(each) };
  globalThis.document = { createElement: () => room, activeElement: links[had] ?? { href: BASE } };
  let seen;
  globalThis.MutationObserver = class {
    constructor(told) { seen = told; }
    observe() {}
    disconnect() {}
  };
  cover(place);
  seen();
  assert.equal(room.hidden, false);
  return focused;
}

test("whoever has tabbed to one of the frame's links has the focus on the app's", () => {
  assert.deepEqual(lifted(["", "history"], ["#main", "", "history"], 1), ["history"]);
});

test("where the app has no such link, its heading takes the focus", () => {
  assert.deepEqual(lifted(["incidents/over"], ["", "history"], 0), ["h1"]);
});

test("a focus that is not in the frame stays where it is", () => {
  assert.deepEqual(lifted(["history"], ["history"]), []);
});
