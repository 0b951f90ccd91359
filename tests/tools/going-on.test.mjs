// What goes on, as the frame says it before the app: the same cases as `tests/api/going_on.rs`, where the app's own
// reader finds what is told here.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { goingOn, INCIDENTS, STATUSES } from "../../first/going-on.mjs";
import { judge, STATES } from "../../first/judge.mjs";

const cases = JSON.parse(readFileSync(new URL("../golden/going-on.json", import.meta.url), "utf8"));

for (const { name, now, summary, told } of cases) {
  test(`what goes on: ${name}`, () => {
    const found = goingOn(summary, judge(summary), Date.parse(now));
    if (!told) return assert.equal(found, undefined);
    const { state, status, since, at, next, ...same } = told;
    const times = { since: Date.parse(since), at: Date.parse(at), next: next ? Date.parse(next) : 0 };
    return assert.deepEqual(found, { ...same, ...times, rank: STATES.indexOf(state), status: STATUSES.indexOf(status) });
  });
}

test("of a page of thousands nothing is looked through twice", () => {
  const [{ summary, now }] = cases;
  const [incident] = summary.incidents;
  const thousands = (make) => Array.from({ length: 5_000 }, (_, number) => make(number));
  const components = thousands((number) => ({ ...summary.components[0], id: `c${number}`, name: `C ${number}`, group_id: "g" }));
  for (const large of [
    { ...summary, incidents: thousands((number) => ({ ...incident, id: `i${number}` })).slice(0, 200) },
    { ...summary, incidents: [{ ...incident, incident_updates: thousands(() => incident.incident_updates[0]) }] },
    { ...summary, components, incidents: [{ ...incident, components }] },
  ]) {
    assert.equal(goingOn(large, judge(large), Date.parse(now)), undefined);
  }
  // Many components beside those that it touches are no reason to be silent.
  const wide = { ...summary, components: [...summary.components, ...components] };
  assert.equal(goingOn(wide, judge(wide), Date.parse(now)).title, incident.name);
});

test("of so many open incidents that the app shows the worst first, it has to tell", () => {
  const pages = new URL("../../src/status_page/pages/", import.meta.url);
  const app = readFileSync(new URL("home/mod.rs", pages), "utf8");
  assert.equal(app.match(/const INCIDENTS: usize = (\d+);/)[1], String(INCIDENTS));
  const [{ summary, now }] = cases;
  const [incident] = summary.incidents;
  const open = (count) => {
    const created = (number) => new Date(Date.parse(incident.created_at) - number * 60_000).toISOString();
    const incidents = Array.from({ length: count }, (_, number) => ({ ...incident, id: `i${number}`, created_at: created(number) }));
    const page = { ...summary, incidents };
    return goingOn(page, judge(page), Date.parse(now));
  };
  assert.equal(open(INCIDENTS).id, "i0");
  assert.equal(open(INCIDENTS + 1), undefined);
});

test("what is no list of incidents is told of by nobody, and breaks nothing", () => {
  for (const strange of [[null], [[]], ["x"], [{}], [{ created_at: 1 }], [{ created_at: "2026-03-10T13:58:00Z", incident_updates: [null] }]]) {
    const judged = judge({ components: [], incidents: strange, scheduled_maintenances: [] });
    let found;
    // The frame is then left as it is (`first/start.mjs`).
    try { found = goingOn({ components: [] }, judged, 0); } catch (error) { assert.ok(error instanceof TypeError); }
    assert.equal(found, undefined);
  }
});
