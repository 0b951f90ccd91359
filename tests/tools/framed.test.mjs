// The console within a frame: which frames it starts in, and what it says in the others.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isFramed, sayFramed } from "../../first/framed.mjs";
import { ROOT } from "../../tools/lib/run.mjs";
import { scripts } from "../../tools/lib/scripts.mjs";

/** Windows, the innermost first, each shown by the next one, by their origins; of another origin's nothing can be read. */
function innermost([own, ...others]) {
  const windows = [own, ...others].map((origin) => (origin === own ? { location: { origin } } : { get location() { throw new DOMException("Blocked", "SecurityError"); } }));
  windows.forEach((window, place) => { window.parent = windows[place + 1] ?? window; });
  return windows[0];
}
const [OURS, THEIRS] = ["https://user.github.io", "https://evil.example"];

test("the console starts by itself and in our own frames, and in none that another origin shows, however far up", () => {
  for (const [origins, framed] of [[[OURS], false], [[OURS, OURS], false], [[OURS, THEIRS], true], [[OURS, OURS, THEIRS], true], [[OURS, THEIRS, OURS], true]]) {
    assert.equal(isFramed(innermost(origins)), framed, origins.join());
  }
  // A page without an origin, whose address may be read all the same.
  const srcdoc = { location: { origin: "null" } };
  srcdoc.parent = srcdoc;
  assert.equal(isFramed({ location: { origin: OURS }, parent: srcdoc }), true);
});

test("in another's frame it says so, and opens the same address by itself", () => {
  const gone = [];
  const link = {};
  const main = { querySelector: (selector) => ({ remove: () => gone.push(selector) }) };
  const sentence = { hidden: true, parentNode: main, querySelector: () => link };
  const address = `${OURS}/repo/console/incidents/a`;
  sayFramed({ document: { getElementById: (id) => (id === "framed" ? sentence : assert.fail(id)) }, location: { href: address } });
  assert.deepEqual([sentence.hidden, link.href, gone], [false, address, [".late"]]);
  assert.match(readFileSync(`${ROOT}/console/index.html`, "utf8"), /<p class="late">[^]*<p id="framed" role="alert" hidden>[^<]*<a href="\.\/" target="_blank" rel="noopener noreferrer">/);
});

test("the console's starting script looks before it starts anything, and the status page's carries none of it", async () => {
  const { status, console } = await scripts();
  assert.match(console, /\.parent/);
  assert.doesNotMatch(status, /"framed"|\.parent\b/);
});
