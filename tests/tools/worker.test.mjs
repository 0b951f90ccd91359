// What a service worker answers, and what it leaves to the network: the console's, the status page's and what takes their
// place when they must go, as they are built, with as much of a browser around them as they use.
import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { scripts } from "../../tools/lib/scripts.mjs";

const HOME = "https://status.example.com/";
const PLAYBOOK = `${HOME}console/sop.toml`;
const WHOAMI = `${HOME}api/whoami`;
const CONSOLE = {
  app: "console",
  site: "/",
  version: "v1",
  files: ["./"],
  settings: ["../config.json"],
  source: [],
  playbook: ["sop.toml", "team.toml"],
};
const STATUS = {
  ...CONSOLE,
  app: "status",
  settings: ["config.json"],
  source: ["summary", "incidents"].map((file) => `https://source.example/api/v2/${file}.json`),
  playbook: [],
};
const { worker, off } = await scripts();

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

/** What a damaged storage says. */
const broken = async () => { throw new DOMException("Unexpected internal error.", "UnknownError"); };

/** Starts a worker; `host.answer` is what the network gives. */
function started({ settings = CONSOLE, store = caches(), script = worker } = {}) {
  const host = { asked: [], open: {}, answer: () => new Response("the playbook", { headers: { "Content-Type": "text/plain" } }) };
  const heard = {};
  const registration = { scope: settings === CONSOLE ? `${HOME}console/` : HOME, unregister: async () => { host.unregistered = true; } };
  vm.runInNewContext(script.replace("__SETTINGS__", JSON.stringify(JSON.stringify(settings)).slice(1, -1)), {
    URL, Response, ReadableStream, Blob, setTimeout, clearTimeout,
    // Node makes no request of another one's relative redirect mode: the worker needs no more than its address.
    Request: class { constructor(request) { Object.assign(this, { url: request.url }); } },
    registration,
    caches: store,
    clients: { matchAll: async () => Object.entries(host.open).map(([id, { url }]) => ({ id, url })), get: async (id) => host.open[id], claim: async () => {} },
    fetch: async (request) => {
      host.asked.push(request.url ?? request);
      return host.answer(request.url ?? request);
    },
    addEventListener: (name, on) => { heard[name] = on; },
    skipWaiting: () => {},
  });
  /** What the worker gives for a request; nothing where it leaves it to the network. */
  const ask = async (url, { credentials = "same-origin", mode = "cors", ...ids } = {}) => {
    let given;
    const waited = [];
    heard.fetch({
      request: { url, method: "GET", mode, credentials, headers: new Headers() },
      ...ids,
      respondWith: (answer) => { given = answer; },
      waitUntil: (each) => waited.push(each),
    });
    const answer = await given;
    await Promise.all(waited);
    return answer;
  };
  /** Lives through a moment of a worker's life: `install`, `activate`. */
  const live = async (name) => {
    const waited = [];
    heard[name]({ waitUntil: (each) => waited.push(each) });
    await Promise.all(waited);
  };
  const kept = async () => [...(await store.open("allclear:/:console:answers")).kept.keys()];
  return { host, ask, live, kept, store };
}

const refusal = () => new Response(null, { status: 401 });

test("who asks without a login gets no answer of the worker, and a refusal takes nothing away", async () => {
  const { host, ask, kept } = started();
  assert.equal(await (await ask(PLAYBOOK)).text(), "the playbook");
  assert.deepEqual(await kept(), [PLAYBOOK]);
  for (const answer of [refusal, () => Promise.reject(new TypeError("no network"))]) {
    host.answer = answer;
    host.asked = [];
    assert.equal(await ask(PLAYBOOK, { credentials: "omit" }), undefined);
    assert.equal(await ask(WHOAMI, { credentials: "omit" }), undefined);
    assert.equal(await ask(`${HOME}config.json`, { credentials: "omit" }), undefined);
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

test("a login in the playbook's place is none of it, also as JSON or under no name: the page hears that nobody is logged in", async () => {
  for (const login of [() => Response.json({ error: "login required" }), () => new Response(new TextEncoder().encode("<html>")), () => new Response("<html>", { headers: { "Content-Type": "text/html" } })]) {
    const { host, ask, kept } = started();
    await ask(PLAYBOOK);
    host.answer = login;
    assert.equal((await ask(PLAYBOOK)).status, 401);
    assert.deepEqual(await kept(), []);
  }
});

test("the page's routes are the page's, and what else stands below it is the host's: its login, a second page", async () => {
  const { host, ask } = started({ settings: STATUS });
  host.answer = () => new Response("<!doctype html>", { headers: { "Content-Type": "text/html" } });
  for (const own of ["", "history", "bars", "incidents/abc", "incidents/abc/"]) {
    assert.ok(await ask(`${HOME}${own}`, { mode: "navigate" }), own);
  }
  for (const other of ["oauth2/sign_in", "oauth2/callback", "cdn-cgi/access/authorized", "team/", "team/history", "incidents", "console"]) {
    assert.equal(await ask(`${HOME}${other}`, { mode: "navigate" }), undefined, other);
  }
});

test("a storage that is damaged keeps no page, no state and no setting from a reader whose network is well", async () => {
  const { host, ask, live } = started({ settings: STATUS, store: { open: broken, keys: broken, delete: broken } });
  host.answer = () => Response.json({ page: {} });
  for (const address of [HOME, `${HOME}history`]) assert.equal((await ask(address, { mode: "navigate" })).status, 200, address);
  for (const address of [STATUS.source[0], `${HOME}config.json`, `${HOME}part-0123456789abcdef.wasm`]) {
    const answer = await ask(address);
    assert.deepEqual([await answer.json(), answer.headers.get("Allclear-As-Of")], [{ page: {} }, null], address);
  }
  await live("activate");
  // A version of which nothing is kept does not become one.
  await assert.rejects(live("install"), /Unexpected internal error/);
});

test("a storage that is damaged keeps no playbook and no login from a responder", async () => {
  const { host, ask } = started({ store: { open: broken, keys: broken, delete: broken } });
  assert.equal(await (await ask(PLAYBOOK)).text(), "the playbook");
  host.answer = () => Response.json({ login: "ada" });
  assert.deepEqual(await (await ask(WHOAMI)).json(), { login: "ada" });
  host.answer = refusal;
  for (const address of [PLAYBOOK, WHOAMI]) assert.equal((await ask(address)).status, 401, address);
});

/** A page of a release, with its policy in itself. */
const pageOf = (names, policy = "script-src 'self' 'sha256-new'; style-src 'self'; connect-src 'self' https://source.example") =>
  `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; ${policy}">${names.map((name) => `<script src="./${name}"></script>`).join("")}`;
const [START, LANGUAGES] = ["start-0123456789abcdef.js", "languages-0123456789abcdef.js"];

/** Whether a worker of the status page takes over when its page is this one, under this policy of the host's. */
async function installs(html, policy) {
  const { host, live } = started({ settings: { ...STATUS, files: ["./", START, LANGUAGES] } });
  host.answer = (address) => (address === HOME
    ? new Response(html, { headers: { "Content-Type": "text/html", ...(policy && { "Content-Security-Policy": policy }) } })
    : new Response("{}", { headers: { "Content-Type": "text/javascript" } }));
  return live("install").then(() => true, (error) => {
    assert.match(error.message, /cannot be kept/);
    return false;
  });
}

test("a page under the policy of another release is not kept: its scripts, its styles or its source would be refused", async () => {
  const html = pageOf([START]);
  const ours = (script, style = "", source = " https://source.example") => `default-src 'none'; script-src 'self' ${script}; style-src 'self'${style}; connect-src 'self'${source}; frame-ancestors 'none'`;
  for (const [policy, whole] of [
    [ours("'sha256-new'"), true],
    [undefined, true],
    ["frame-ancestors 'none', upgrade-insecure-requests", true],
    ["script-src 'self' 'unsafe-inline'; connect-src *", true],
    [ours("'sha256-old'"), false],
    [ours("'sha256-new'", "", " https://other.example"), false],
    [`frame-ancestors 'none', ${ours("'sha256-old'")}`, false],
  ]) assert.equal(await installs(html, policy), whole, policy);
  const styled = pageOf([START], "script-src 'self'; style-src 'self' 'sha256-new'; connect-src 'self'");
  assert.equal(await installs(styled, ours("", " 'sha256-old'")), false);
});

test("the page of another release is not kept, though files of ours have the same name in both; nor is a login", async () => {
  for (const [names, whole] of [
    [[START, LANGUAGES], true],
    [["start-fedcba9876543210.js", LANGUAGES], false],
    [[START, "part-fedcba9876543210_bg.wasm"], false],
    [[], false],
  ]) assert.equal(await installs(pageOf(names)), whole, String(names));
});

/** A status page's worker that was installed when its page was read at `STATUS.source`; `host.config` is what the host has. */
async function visited() {
  const worker = started({ settings: { ...STATUS, files: ["./", START] } });
  const { host } = worker;
  Object.assign(host, { config: { source: { kind: "statuspage", url: "https://source.example/api/v2/" } }, page: pageOf([START]), loads: [] });
  host.answer = (address) => {
    if (host.isDown) throw new TypeError("no network");
    if (address === `${HOME}config.json`) return Response.json(host.config);
    return new Response(address.endsWith(".js") ? "" : host.page, { headers: { "Content-Type": address.endsWith(".js") ? "text/javascript" : "text/html" } });
  };
  await worker.live("install");
  let tabs = 0;
  /** Opens an address, whose page asks for its settings; gives what it was given. */
  const visit = async (url = HOME) => {
    const id = `tab-${tabs += 1}`;
    const page = await (await worker.ask(url, { mode: "navigate", resultingClientId: id })).text();
    host.open[id] = { url, navigate: async (to) => host.loads.push(to) };
    await worker.ask(`${HOME}config.json`, { clientId: id }).catch(() => {});
    return page;
  };
  return { ...worker, visit };
}

test("files of the version before stay while another tab shows it, and go when none does", async () => {
  const { host, visit, ask, live, store } = await visited();
  const [before, others] = ["allclear:/:status:files:v0", "allclear:/:console:files:v0"];
  for (const name of [before, others, "somebody else's"]) await store.open(name);
  const has = async () => (await store.keys()).includes(before);
  host.open.old = { url: HOME };
  host.open.console = { url: `${HOME}console/` };
  await live("activate");
  assert.ok(await has(), "a tab still shows it");
  // A new tab, which the browser does not list before it stands.
  await visit(`${HOME}history`);
  assert.ok(await has(), "the other tab still shows it");
  // One that this version has taken in, and not given, may show the one before.
  delete host.open["tab-1"];
  await ask(`${HOME}config.json`, { clientId: "old" });
  assert.ok(await has(), "it shows it itself");
  delete host.open.old;
  await visit();
  assert.equal(await has(), false);
  assert.deepEqual((await store.keys()).filter((name) => [others, "somebody else's"].includes(name)), [others, "somebody else's"]);
});

test("a source that has moved is read from the next page on: the one that is kept is loaded anew, once", async () => {
  const { host, visit } = await visited();
  const old = host.page;
  assert.equal(await visit(), old);
  assert.deepEqual(host.loads, []);
  host.config = { source: { kind: "statuspage", url: "https://other.example/api/v2" } };
  host.page = `${old}<!-- of the next release -->`;
  assert.equal(await visit(`${HOME}history#main`), old);
  assert.deepEqual(host.loads, [`${HOME}history`]);
  // Also where the host still gives the page of before, or there is no host: nothing is loaded twice.
  for (const [page, isDown] of [[host.page, false], [old, false], [old, true]]) {
    Object.assign(host, { page, isDown });
    assert.equal(await visit(), page);
    assert.deepEqual(host.loads, [`${HOME}history`]);
  }
  Object.assign(host, { isDown: false, config: { source: { kind: "statuspage", url: "https://source.example/api/v2" } }, page: "not asked for" });
  await visit();
  assert.equal(await visit(), old, "it has come back");
});

test("where the new settings cannot be kept nothing is loaded anew: the next page would be the same again", async () => {
  const { host, visit, store } = await visited();
  const { open } = store;
  store.open = async (name) => ({ ...(await open(name)), put: broken });
  host.config = { source: { kind: "statuspage", url: "https://other.example/api/v2" } };
  for (let visits = 0; visits < 2; visits += 1) await visit();
  assert.deepEqual(host.loads, []);
});

test("settings in which no source can be read load nothing anew", async () => {
  const { host, visit } = await visited();
  for (const config of [{}, { source: null }, { source: { kind: "statuspage" } }, []]) {
    host.config = config;
    assert.equal(await visit(), host.page);
  }
  assert.deepEqual(host.loads, []);
});

test("switched off, a worker goes though what it kept cannot be removed", async () => {
  for (const store of [{ keys: broken }, { keys: async () => ["allclear:/:status:answers"], delete: broken }]) {
    const { host, live } = started({ settings: STATUS, store, script: off });
    await live("activate");
    assert.equal(host.unregistered, true);
  }
});
