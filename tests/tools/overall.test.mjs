// The rule for the page's state as the badge and the first-state script run it: the same cases as
// `tests/api/overall.rs`, and how much a reader downloads for it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { brotliCompressSync } from "node:zlib";
import { absent, judge, STATES } from "../../first/judge.mjs";
import { scripts } from "../../tools/lib/scripts.mjs";

const cases = JSON.parse(readFileSync(new URL("../golden/overall.json", import.meta.url), "utf8"));

for (const { name, summary, files = {}, at_a_glance: glance, disputed = false, ...told } of cases) {
  test(`the overall state: ${name}`, () => {
    const lacking = absent(summary);
    // Who has the summary alone says nothing where it leaves a list to a file of its own.
    if (lacking.length > 0) assert.equal(judge(summary), undefined);
    // A list that the summary has is not asked for again: what the list of incidents adds to it, the page alone tells.
    const { state, notices } = glance ?? told;
    const { open, ...found } = judge(summary, Object.fromEntries(lacking.map((list) => [list, files[list]])));
    assert.ok(open.length >= notices);
    assert.deepEqual(found, { rank: STATES.indexOf(state), notices, disputed });
  });
}

test("nobody can tell from what is no page", () => {
  for (const nothing of [null, [], "<html>", {}, { components: [] }, { incidents: [] }, { components: {}, incidents: [] }]) {
    assert.equal(judge(nothing), undefined);
  }
});

test("the shapes are those of the app", async () => {
  const { SHAPES } = await import("../../first/shapes.mjs");
  const drawn = readFileSync(new URL("../../src/ui/shape.rs", import.meta.url), "utf8");
  for (const [fill, lines] of SHAPES) {
    for (const path of [fill, lines].filter(Boolean)) assert.ok(drawn.includes(`"${path}"`), path);
  }
});

test("the first-state script and the badge are at most 2 kB each", async () => {
  const { first, badge } = await scripts();
  const weigh = (text) => brotliCompressSync(Buffer.from(text)).length;
  assert.ok(weigh(first) <= 2_000, `first: ${weigh(first)} bytes`);
  assert.ok(weigh(badge) <= 2_000, `badge: ${weigh(badge)} bytes`);
});
