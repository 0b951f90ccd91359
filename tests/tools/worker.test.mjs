// What the console's service worker answers, and what it leaves to the network: the worker as it is built, with
// as much of a browser around it as it uses.
import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { scripts } from "../../tools/lib/scripts.mjs";

const HOME = "https://status.example.com/";
const PLAYBOOK = `${HOME}console/sop.toml`;
const WHOAMI = `${HOME}api/whoami`;
const SETTINGS = {
  app: "console",
  site: "/",
  version: "v1",
  files: ["./"],
  settings: ["../config.json"],
  source: [],
  playbook: ["sop.toml", "team.toml"],
};
const { worker } = await scripts();

/** The caches of a browser, as far as the worker uses them. */
function caches() {
  const all = new Map();
  const cache = () => {
    const kept = new Map();
    return {
      kept,
      put: async (key, value) => kept.set(key, value),
      match: async (key) => kept.get(key)?.clone(),
      delete: async (key) => kept.delete(key),
    };
  };
  return {
    open: async (name) => all.get(name) ?? all.set(name, cache()).get(name),
    keys: async () => [...all.keys()],
    delete: async (name) => all.delete(name),
  };
}

/** Starts a worker; `host.answer` is what the network gives. */
function started() {
  const host = { asked: [], answer: () => new Response("the playbook", { headers: { "Content-Type": "text/plain" } }) };
  const heard = {};
  const store = caches();
  vm.runInNewContext(worker.replace("__SETTINGS__", JSON.stringify(JSON.stringify(SETTINGS)).slice(1, -1)), {
    URL, Response, ReadableStream, Blob, setTimeout, clearTimeout,
    // Node makes no request of another one's relative redirect mode: the worker needs no more than its address.
    Request: class { constructor(request) { Object.assign(this, { url: request.url }); } },
    registration: { scope: `${HOME}console/` },
    caches: store,
    clients: { matchAll: async () => [], get: async () => undefined, claim: async () => {} },
    fetch: async (request) => {
      host.asked.push(request.url ?? request);
      return host.answer();
    },
    addEventListener: (name, on) => { heard[name] = on; },
    skipWaiting: () => {},
  });
  /** What the worker gives for a request; nothing where it leaves it to the network. */
  const ask = async (url, credentials = "same-origin") => {
    let given;
    const waited = [];
    heard.fetch({
      request: { url, method: "GET", mode: "cors", credentials, headers: new Headers() },
      respondWith: (answer) => { given = answer; },
      waitUntil: (each) => waited.push(each),
    });
    const answer = await given;
    await Promise.all(waited);
    return answer;
  };
  const kept = async () => [...(await store.open("allclear:/:console:answers")).kept.keys()];
  return { host, ask, kept };
}

const refusal = () => new Response(null, { status: 401 });

test("who asks without a login gets no answer of the worker, and a refusal takes nothing away", async () => {
  const { host, ask, kept } = started();
  assert.equal(await (await ask(PLAYBOOK)).text(), "the playbook");
  assert.deepEqual(await kept(), [PLAYBOOK]);
  for (const answer of [refusal, () => Promise.reject(new TypeError("no network"))]) {
    host.answer = answer;
    host.asked = [];
    assert.equal(await ask(PLAYBOOK, "omit"), undefined);
    assert.equal(await ask(WHOAMI, "omit"), undefined);
    assert.equal(await ask(`${HOME}config.json`, "omit"), undefined);
    assert.deepEqual(host.asked, []);
    assert.deepEqual(await kept(), [PLAYBOOK]);
  }
});

test("with the login that this browser has, a refusal says that it is gone, and the playbook goes too", async () => {
  for (const address of [PLAYBOOK, WHOAMI]) {
    const { host, ask, kept } = started();
    await ask(PLAYBOOK);
    host.answer = () => Promise.reject(new TypeError("no network"));
    assert.equal(await (await ask(PLAYBOOK)).text(), "the playbook");
    host.answer = refusal;
    assert.equal((await ask(address)).status, 401);
    assert.deepEqual(await kept(), []);
  }
});
