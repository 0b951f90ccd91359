// What the service worker gives for an answer, and what it keeps of it.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { freshOr, upTo } from "../../worker/answers.mjs";
import { store } from "../../worker/store.mjs";

const ADDRESS = "https://status.example.com/x.json";
const json = (value, more = {}) => new Response(JSON.stringify(value), { headers: { "Content-Type": "application/json" }, ...more });
const never = new Promise(() => {});
let answers;
let waited;

/** A cache, as far as the worker uses one. */
function cache() {
  const kept = new Map();
  return { put: async (key, value) => kept.set(key, value), match: async (key) => kept.get(key)?.clone(), kept };
}
const ask = (asked, kind = "dated", patience = 60_000, long = false) =>
  freshOr({ asked: Promise.resolve(asked), answers, address: ADDRESS, kind, patience, long, event: { waitUntil: (each) => waited.push(each) } });
const askLong = (asked, patience) => ask(asked, "dated", patience, true);
const down = () => Promise.reject(new TypeError("no network"));

beforeEach(() => {
  answers = cache();
  waited = [];
});

test("an answer of the network comes as it is, and is kept with its time", async () => {
  const before = new Date().toISOString();
  assert.equal((await ask(json({ a: 1 }))).headers.get("Allclear-As-Of"), null);
  const old = await ask(down());
  assert.deepEqual(await old.json(), { a: 1 });
  const asOf = old.headers.get("Allclear-As-Of");
  assert.match(asOf, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.ok(asOf >= before && asOf <= new Date().toISOString());
});

test("a source that refuses or answers no JSON gives the kept state, and never replaces it", async () => {
  await ask(json({ a: 1 }));
  const bad = [new Response("busy", { status: 503 }), new Response("none", { status: 404 }), new Response("<html>"), json("a text"), json(null)];
  for (const answer of bad) {
    const given = await ask(answer);
    assert.deepEqual(await given.json(), { a: 1 });
    assert.notEqual(given.headers.get("Allclear-As-Of"), null);
  }
});

/** An answer that came by way of a redirect, as browsers mark it. */
const moved = (answer) => Object.defineProperties(answer, { redirected: { value: true }, clone: { value: () => moved(Response.prototype.clone.call(answer)) } });

test("a source that has moved is read where it is now, and what it says there is never kept", async () => {
  await ask(json({ a: 1 }));
  const there = { page: { id: "p" }, a: 2 };
  for (const given of [await ask(moved(json(there))), await askLong(moved(json(there)))]) {
    assert.deepEqual([await given.json(), given.headers.get("Allclear-As-Of")], [there, null]);
  }
  await waited.at(-1);
  assert.deepEqual(await (await ask(down())).json(), { a: 1 });
  // A login in its place, and a file of the host's own behind one.
  for (const login of [new Response("<html>"), json({ error: "login_required" })]) {
    assert.deepEqual(await (await ask(moved(login))).json(), { a: 1 });
  }
  const kept = answers.kept.size;
  assert.deepEqual(await (await ask(moved(json({ a: 2 })), "json")).json(), { a: 2 });
  await ask(moved(new Response("words", { headers: { "Content-Type": "text/plain" } })), "text");
  assert.equal(answers.kept.size, kept);
  assert.deepEqual(await (await ask(down())).json(), { a: 1 });
});

test("where nothing is kept, the answer or the failure is the page's to read", async () => {
  assert.equal((await ask(new Response("busy", { status: 503 }))).status, 503);
  await assert.rejects(ask(down()), /no network/);
});

test("a file of the host's own: what is not there or broken is said, an outage gives the kept copy", async () => {
  await ask(json({ a: 1 }), "json");
  assert.equal((await ask(new Response("", { status: 404 }), "json")).status, 404);
  assert.equal(await (await ask(new Response("{"), "json")).text(), "{");
  for (const each of [new Response("", { status: 502 }), down()]) {
    const given = await ask(each, "json");
    assert.deepEqual([await given.json(), given.headers.get("Allclear-As-Of")], [{ a: 1 }, null]);
  }
});

/** What a login answers in a file's place, with a status of 200. */
const LOGINS = [
  ["<html>", "text/html"], ["<!DOCTYPE html>", null], ["\ufeff \n<html>", "application/toml"], ["playbook", "text/html; charset=utf-8"],
  ['{"error":"login required"}', "application/json"], [' {"error":"login required"}', null], ['["login required"]', "text/plain"], ['"login required"', "text/plain"], ["playbook", "application/problem+json"],
];

test("a login is no text to keep, whatever it is called, and takes no kept one away", async () => {
  for (const before of [undefined, "playbook = 1", "[playbook]\nname = 1"]) {
    if (before) await ask(new Response(before, { headers: { "Content-Type": "application/toml" } }), "text");
    for (const [text, type] of LOGINS) {
      await ask(new Response(new TextEncoder().encode(text), { headers: type === null ? {} : { "Content-Type": type } }), "text");
      if (before) assert.equal(await (await ask(down(), "text")).text(), before, text);
      else assert.equal(answers.kept.size, 0, text);
    }
  }
});

test("nobody waits for long where a copy is kept, and what comes late is kept for the next time", async () => {
  await ask(json({ a: 1 }));
  assert.deepEqual(await (await ask(never, "dated", 1)).json(), { a: 1 });
  let come;
  const late = new Promise((done) => { come = done; });
  await ask(late, "dated", 1);
  come(json({ a: 2 }));
  await waited.at(-1);
  assert.deepEqual(await (await ask(down())).json(), { a: 2 });
});

test("a storage that is full or damaged takes no good answer away, and makes none of its copies the answer", async (context) => {
  const full = new DOMException("Quota exceeded.", "QuotaExceededError");
  const old = json({ a: 1 }, { headers: { "Allclear-As-Of": "2026-03-10T14:00:00.000Z" } });
  context.after(() => { delete globalThis.caches; });
  for (const [what, open] of Object.entries({
    "keeps nothing more": async () => ({ put: async () => { throw full; }, match: async () => undefined }),
    "keeps nothing more and has a copy": async () => ({ put: async () => { throw full; }, match: async () => old.clone() }),
    "cannot be opened": async () => { throw new DOMException("Unexpected internal error.", "UnknownError"); },
    "cannot be read": async () => ({ put: async () => {}, match: async () => { throw full; } }),
  })) {
    globalThis.caches = { open };
    answers = store("answers");
    for (const [kind, text] of [["dated", '{"a":2}'], ["json", '{"a":2}'], ["text", "a = 2"]]) {
      const given = await ask(new Response(text), kind);
      assert.deepEqual([await given.text(), given.headers.get("Allclear-As-Of")], [text, null], `${what}: ${kind}`);
    }
    const given = await askLong(long(3).answer);
    assert.equal(await given.text(), LIST, what);
    await waited.at(-1);
    if (!what.includes("copy")) await assert.rejects(ask(down()), /no network/, what);
  }
});

/** A list of so many entries, which notes how many were asked for and whether the rest was given up. */
function long(count) {
  const seen = { given: 0, cancelled: false };
  const body = new ReadableStream({
    pull(out) {
      if (seen.given > count) return out.close();
      const text = seen.given === count ? "0]}" : `${seen.given === 0 ? '{"incidents":[' : ""}${seen.given},`;
      seen.given += 1;
      out.enqueue(new TextEncoder().encode(text));
    },
    cancel() {
      seen.cancelled = true;
    },
  }, { highWaterMark: 0 });
  return { seen, answer: new Response(body, { headers: { "Content-Type": "application/json" } }) };
}
const LIST = '{"incidents":[0,1,2,0]}';

test("a long list is handed on as it arrives, and kept when it was read to its end", async () => {
  const given = await askLong(long(3).answer);
  assert.equal(answers.kept.size, 0, "nobody has read it yet");
  assert.equal(await given.text(), LIST);
  await waited.at(-1);
  const old = await askLong(down());
  assert.equal(await old.text(), LIST);
  assert.notEqual(old.headers.get("Allclear-As-Of"), null);
});

test("what its reader does not want of a long list is not downloaded, and the piece is not kept for the whole", async () => {
  const { answer, seen } = long(1_000);
  const reader = (await askLong(answer)).body.getReader();
  await reader.read();
  await reader.cancel();
  await waited.at(-1);
  assert.equal(seen.cancelled, true);
  assert.ok(seen.given < 5, `${seen.given}`);
  assert.equal(answers.kept.size, 0);
});

test("a long list that breaks off fails its reader, and is not kept", async () => {
  const body = new ReadableStream({ pull: (out) => out.error(new Error("broke off")) });
  await assert.rejects((await askLong(new Response(body))).text(), /broke off/);
  await waited.at(-1);
  assert.equal(answers.kept.size, 0);
});

test("a login page, a refusal and an answer that is late give the kept list; nobody downloads the late one", async () => {
  await (await askLong(long(3).answer)).text();
  await waited.at(-1);
  const login = new Response("<html>", { headers: { "Content-Type": "text/html; charset=utf-8" } });
  for (const answer of [login, new Response("", { status: 503 }), down()]) assert.equal(await (await askLong(answer)).text(), LIST);
  const { answer, seen } = long(1_000);
  let come;
  const given = await askLong(new Promise((done) => { come = done; }), 1);
  assert.equal(await given.text(), LIST);
  come(answer);
  await waited.at(-1);
  assert.equal(seen.cancelled, true);
  assert.ok(seen.given < 5, `${seen.given}`);
});

test("at install a list is read up to a bound", async () => {
  assert.equal(await upTo(100, long(3).answer), LIST);
  const { answer, seen } = long(1_000);
  assert.equal(await upTo(30, answer), undefined);
  assert.equal(seen.cancelled, true);
  assert.ok(seen.given < 20, `${seen.given}`);
});
