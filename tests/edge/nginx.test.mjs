// The shipped nginx configuration in a real nginx.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { gunzipSync } from "node:zlib";
import { after, before, test } from "node:test";
import { PATIENT } from "../../tools/lib/hosted.mjs";
import { startNginx, VENDORS } from "../../tools/lib/nginx.mjs";
import { freePorts } from "../../tools/lib/ports.mjs";
import { ask, folder, smallDist } from "./ask.mjs";
import { basic, HERE, KEYS, LOGINS, MAIL, ODD_LOGINS, PAGE, WEBHOOK } from "./calls.mjs";
import { ALLOWED, CONSOLE_PATHS, ENCODED_PATHS, LAID_BY_HAND, PLAYBOOK_PATHS } from "./cases.mjs";
import { protects, runHeaders } from "./security.mjs";
import { PERSON, stateIn, SUMMARY } from "./state.mjs";
import { startStub } from "./stub.mjs";
import { runBelowPath, runConsole, runPublicPage, runTable } from "./table.mjs";

const FAST = [["rate=1r/s", "rate=1000r/s"], ["rate=2r/s", "rate=1000r/s"]];
let [stub, nginx, queued, two, below, stateful, hurried, dist, belowDist] = [];
let [nextAnswer, always] = [];

const start = async (more) => {
  const vendors = Object.fromEntries(Object.keys(VENDORS).map((vendor) => [vendor, stub.address]));
  const ports = await freePorts(more.site === "two-hosts" ? 2 : 1);
  return startNginx({ folder: folder("nginx"), ports, dist, page: PAGE, vendors, publicPage: stub.address, keys: KEYS, logins: { ...LOGINS, ...ODD_LOGINS }, mail: MAIL, webhook: stub.address + WEBHOOK.path, ...more });
};

before(async () => {
  dist = smallDist("nginx");
  stub = await startStub({
    answer: (asked) => {
      const now = nextAnswer ?? always?.(asked) ?? {};
      nextAnswer = undefined;
      return now;
    },
  });
  nginx = await start({ site: "one-host", adjust: { "common.conf": FAST } });
  queued = await start({ site: "one-host" });
  two = await start({ site: "two-hosts" });
  const [inner] = await freePorts(1);
  belowDist = smallDist("nginx", "/status/", "/status/api/v2");
  below = await start({ site: "sub-path", inner, dist: belowDist, adjust: { "common.conf": FAST, "state-in-page.conf": PATIENT } });
  stateful = await start({ site: "one-host", dist: smallDist("nginx", "/", "/api/v2"), adjust: { "state-in-page.conf": PATIENT } });
  hurried = await start({ site: "one-host", dist: smallDist("nginx", "/", "/api/v2") });
});
after(async () => {
  await Promise.all([nginx, queued, two, below, stateful, hurried].map((each) => each?.stop()));
  await stub?.stop();
});

const to = (port) => (path, headers = {}, method = "GET") => ask(port, { path, headers, method });
const ada = { authorization: basic("ada") };

runTable("nginx", () => ({
  ask: (each) => ask(nginx.ports[0], each),
  next: (answer) => { nextAnswer = answer; },
  written: () => ({ all: nginx.logs(), requests: nginx.logs("status.log") }),
  // By the address that it is told, which is this machine's here.
  webhook: stub.address.replace("http://", ""),
  stub,
}));

const saying = (answer) => { always = answer; };
runHeaders("nginx", ["page", "console", "edge", "data"], () => {
  const one = (each) => ask(nginx.ports[0], each);
  // Nothing is kept there of another test's.
  return { page: one, console: one, edge: one, data: (each) => ask(queued.ports[0], each), always: saying, dist };
}, { page: [[413, { method: "POST", path: "/", declared: 2_000_000 }]], console: [[413, { method: "POST", path: "/console/", headers: ada, declared: 2_000_000 }]] });
runHeaders("nginx on two hosts", ["page", "console", "edge"], () => {
  const [page, console] = two.ports.map((port) => (each) => ask(port, each));
  return { page, console, edge: console, always: saying, dist };
});
runHeaders("nginx below a path", ["page", "console", "edge"], () => {
  const one = (each) => ask(below.ports[0], { ...each, path: `/status${each.path}` });
  return { page: one, console: one, edge: one, always: saying, dist: belowDist };
});

runConsole("nginx", () => ({ ask: (each) => ask(nginx.ports[0], each), stub }));
runConsole("nginx's host for the console", () => ({ ask: (each) => ask(two.ports[1], each), stub }));
runConsole("nginx below a path", () => ({ ask: (each) => ask(below.ports[0], { ...each, path: `/status${each.path}` }), stub }));

test("nginx asks for a login at every spelling of the console's paths", async () => {
  for (const path of [...CONSOLE_PATHS, ...ENCODED_PATHS]) {
    const answer = await to(nginx.ports[0])(path);
    assert.equal(answer.status, 401, path);
    assert.doesNotMatch(String(answer.body), /SECRET/, path);
    assert.match(answer.headers["www-authenticate"], /^Basic /);
  }
});

test("nginx serves each app's deep links, and no file that is not there", async () => {
  const get = to(nginx.ports[0]);
  for (const path of ["/", "/history", "/incidents/a?x=1", "/consoles", "/icons/"]) assert.match(String((await get(path)).body), /status page/, path);
  for (const path of ["/console/", "/console/declare", "/console/incidents/a/report"]) assert.match(String((await get(path, ada)).body), /console page/, path);
  for (const path of ["/sop.toml", "/x/y.css", "/_headers", "/_nginx_page.conf", "/.hidden"]) assert.equal((await get(path)).status, 404, path);
  assert.equal((await get("/console/none.js", ada)).status, 404);
  const bare = await get("/console", ada);
  assert.deepEqual([bare.status, bare.headers.location], [308, "/console/"]);
  assert.match(String((await get("/console/sop.toml", ada)).body), /playbook/);
});

test("nginx gives nobody a console that was laid below a path by hand", async () => {
  for (const path of LAID_BY_HAND) {
    const { status, body } = await to(nginx.ports[0])(path);
    assert.equal(status, 404, path);
    assert.doesNotMatch(String(body), /SECRET/, path);
  }
});

test("nginx sends twins to who accepts them, and says how long each file may be kept", async () => {
  const get = to(nginx.ports[0]);
  const wasm = await get("/app-0123456789abcdef_bg.wasm", { "accept-encoding": "gzip" });
  assert.deepEqual([wasm.headers["content-type"], wasm.headers["content-encoding"]], ["application/wasm", "gzip"]);
  assert.equal(wasm.headers["cache-control"], "public, max-age=31536000, immutable");
  assert.equal((await get("/none-0123456789abcdef_bg.wasm")).headers["cache-control"], undefined);
  assert.equal((await get("/config.json")).headers["cache-control"], "no-cache");
  assert.match((await get("/console/sop.toml", ada)).headers["content-type"], /application\/toml/);
  for (const path of PLAYBOOK_PATHS) assert.deepEqual([(await get(path, ada)).headers["cache-control"], (await get(path)).status], ["no-store", 401], path);
  assert.equal((await get("/console/app-0123456789abcdef_bg.wasm", ada)).headers["cache-control"], "private, max-age=31536000, immutable");
  for (const path of ["/sw.js", "/console/sw.js"]) {
    const { status, headers } = await get(path, ada);
    assert.deepEqual([status, headers["content-type"], headers["cache-control"]], [200, "text/javascript; charset=utf-8", "no-cache"], path);
  }
  assert.match((await get("/manifest.webmanifest")).headers["content-type"], /application\/manifest\+json/);
});

/** What a vendor answers until something else is said. */
const publicPage = (port, off) => () => ({
  ask: (each) => ask(port(), each),
  off: (each) => ask(off(), each),
  next: (answer) => { nextAnswer = answer; },
  always: (answer) => { always = answer; },
  // Until the next stretch of five seconds has begun.
  fresh: () => new Promise((done) => setTimeout(done, 5_050 - (Date.now() % 5_000))),
  keeps: 5_000,
  host: "page.example",
  stub,
});
runPublicPage("nginx", publicPage(() => nginx.ports[0], () => two.ports[0]));

runBelowPath("nginx", () => {
  const here = (each) => ask(below.ports[0], each);
  return { page: here, console: here, stub };
});

const { fresh } = publicPage(() => 0)();

test("nginx writes the state into the page that a person opens, as data that no text of the vendor's can leave", async () => {
  const policy = readFileSync(`${dist}/_headers`, "utf8").match(/script-src 'self' 'wasm-unsafe-eval'/)[0];
  for (const [port, path] of [[stateful.ports[0], "/"], [below.ports[0], "/status/"]]) {
    await fresh();
    nextAnswer = { body: JSON.stringify(SUMMARY) };
    const { status, headers, body } = await to(port)(path, PERSON);
    const { at, summary } = stateIn(String(body));
    assert.equal(status, 200);
    assert.deepEqual(summary, SUMMARY);
    assert.ok(Math.abs(Date.now() / 1000 - at) < 5, `written at ${at}`);
    assert.match(String(body), /<script data-source="[\w/]+" data-within>ask\(\)<\/script>/);
    // A copy of it can be told from the page as it stands now by nothing: browsers must ask for it anew.
    assert.deepEqual([headers.etag, headers["last-modified"], headers["cache-control"]], [undefined, undefined, "no-cache"]);
    assert.ok(headers["content-security-policy"].includes(policy));
    const packed = await to(port)(path, { ...PERSON, "accept-encoding": "gzip" });
    assert.equal(packed.headers["content-encoding"], "gzip");
    assert.deepEqual(stateIn(String(gunzipSync(packed.body))).summary, SUMMARY);
  }
});

test("nginx writes no state into what a service worker keeps, into other pages, and for nobody from outside", async () => {
  const get = to(stateful.ports[0]);
  for (const [path, headers] of [["/", {}], ["/", { "sec-fetch-dest": "empty" }], ["/index.html", PERSON], ["/history", PERSON]]) {
    const answer = await get(path, headers);
    assert.match(stateIn(String(answer.body)), /"summary":<!--#include/, path);
    assert.ok(answer.headers.etag, path);
  }
  const before = stub.seen.length;
  for (const [path, refused] of [["/.with-state", 404], ["/.state", 204]]) {
    const { status, body } = await get(path, PERSON);
    assert.equal(status, refused, path);
    assert.doesNotMatch(String(body), /vendor|status page/, path);
  }
  assert.equal(stub.seen.length, before, "the vendor was not asked");
});

test("nginx leaves the state out where the vendor has none", async () => {
  for (const answer of [{ status: 500 }, { status: 404 }, { status: 302, headers: { location: "/" } }, { status: 0 }]) {
    await fresh();
    always = () => answer;
    const { status, body } = await to(stateful.ports[0])("/", PERSON);
    always = undefined;
    assert.deepEqual([status, /"summary":\}$/.test(stateIn(String(body)))], [200, true], JSON.stringify(answer));
  }
  await fresh();
  nextAnswer = { body: "<html><script>alert(1)</script>", headers: { "content-type": "text/html" } };
  const { body } = await to(stateful.ports[0])("/", PERSON);
  assert.match(stateIn(String(body)), /"summary":\\u003chtml>\\u003cscript>alert\(1\)\\u003c\/script>\}$/);
});

test("nginx waits a quarter of a second for the state, and gives the page without it", async () => {
  await fresh();
  nextAnswer = { hangs: true };
  const start = performance.now();
  const { status, body } = await to(hurried.ports[0])("/", PERSON);
  // Far more than that, for a loaded machine; and less than the five seconds after which a vendor cannot be reached.
  assert.ok(performance.now() - start < 4_500);
  assert.deepEqual([status, /"summary":\}$/.test(stateIn(String(body)))], [200, true]);
});

test("nginx asks the public page's host once, however many people open the page at once", async () => {
  await fresh();
  const before = stub.seen.length;
  const pages = await Promise.all(Array.from({ length: 40 }, () => to(stateful.ports[0])("/", PERSON)));
  for (const { status } of pages) assert.equal(status, 200);
  assert.equal(stub.seen.length, before + 1);
});

test("nginx asks the public page's host once, however many read at once", async () => {
  await fresh();
  const before = stub.seen.length;
  const readers = Array.from({ length: 40 }, () => ask(nginx.ports[0], { path: "/api/v2/summary.json" }));
  for (const { status } of await Promise.all(readers)) assert.equal(status, 200);
  assert.equal(stub.seen.length, before + 1);
});

test("nginx passes the public page on from a host that has no edge", async () => {
  const edited = { "two-hosts.conf": [[/^( {4})?# ((map|resolver|include allclear\/public-page).*)$/gm, "$1$2"]] };
  const page = await start({ site: "two-hosts", adjust: edited });
  const statuses = [];
  for (const [path, method] of [["/api/v2/summary.json"], ["/api/v2/subscribers.json"], ["/api/v2/summary.json", "POST"], ["/api/whoami"], ["/console/"]]) {
    statuses.push((await to(page.ports[0])(path, {}, method)).status);
  }
  nextAnswer = { status: 0 };
  const { status, headers } = await to(page.ports[0])("/api/v2/incidents.json");
  await page.stop();
  assert.deepEqual([...statuses, status, headers["x-allclear-edge"]], [200, 404, 405, 404, 404, 502, "unreachable"]);
});

test("nginx gives the readers of one page no answer of another that it passes on as well", async (context) => {
  const [port] = await freePorts(1);
  // A second page, as a second server of sub-path.conf would have it.
  const second = (page, host) => [
    "server {", `listen 127.0.0.1:${port};`, `set $allclear_public_page ${page};`, `set $allclear_public_host ${host};`, "include allclear/public-page.conf;", "}",
  ].join("\n");
  const other = await startStub();
  context.after(() => other.stop());
  for (const [page, host, asked] of [
    [other.address, "page.example", [["page.example"], ["page.example"]]],
    [stub.address, "other.example", [["page.example", "other.example"], []]],
  ]) {
    const both = await start({ site: "one-host", adjust: { http: [second(page, host)] } });
    try {
      await fresh();
      const before = [stub, other].map(({ seen }) => seen.length);
      for (const at of [both.ports[0], port]) assert.equal((await to(at)("/api/v2/summary.json")).status, 200);
      assert.deepEqual([stub, other].map(({ seen }, place) => seen.slice(before[place]).map(({ headers }) => headers.host)), asked);
    } finally {
      await both.stop();
    }
  }
});

test("nginx spaces a burst out, and says when the queue is full", async () => {
  const before = stub.seen.length;
  const start = performance.now();
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(queued.ports[0], ALLOWED[0])));
  const busy = answers.filter(({ status }) => status === 429);
  assert.ok(busy.length > 0);
  for (const answer of busy) {
    assert.deepEqual([answer.headers["x-allclear-edge"], answer.headers["retry-after"]], ["busy", "5"]);
    protects(answer, "edge", dist, "429");
  }
  const times = stub.seen.slice(before).map(({ at }) => at - start);
  assert.equal(times.length, 20 - busy.length);
  assert.ok(times.length >= 9, "the queue holds eight beside the one that goes at once");
  // A loaded machine may be later than that, never earlier.
  for (const [number, at] of times.entries()) assert.ok(at > number * 1000 - 50, `call ${number} after ${at} ms`);
});

test("nginx keeps strangers out of the queue", async () => {
  const stranger = { ...ALLOWED[0], headers: { ...ALLOWED[0].headers, authorization: basic("ada", "wrong") } };
  for (const { status } of await Promise.all(Array.from({ length: 20 }, () => ask(queued.ports[0], stranger)))) assert.equal(status, 401);
  // Not one of them was queued or told that the queue is full; and the team goes through at once.
  assert.equal((await ask(queued.ports[0], ALLOWED[0])).status, 200);
});

test("nginx on two hosts: the public one knows no console and no edge, the other wants a login for all", async () => {
  const [open, closed] = two.ports.map(to);
  assert.match(String((await open("/")).body), /status page/);
  for (const path of ["/console/", "/console/sop.toml", "/console", "/api/whoami", ALLOWED[0].path, "//console/sop.toml", ...ENCODED_PATHS]) {
    const answer = await open(path, ALLOWED[0].headers);
    assert.equal(answer.status, 404, path);
    assert.doesNotMatch(String(answer.body), /SECRET|vendor/);
  }
  for (const path of ["/history", "/config.json", ...CONSOLE_PATHS, ...ENCODED_PATHS, "/api/whoami", ALLOWED[0].path]) {
    assert.equal((await closed(path, { ...HERE, "x-allclear": "1" })).status, 401, path);
  }
  assert.equal((await closed("/config.json", ada)).status, 200);
  assert.match(String((await closed("/console/declare", ada)).body), /console page/);
  assert.equal((await ask(two.ports[1], ALLOWED[0])).status, 200);
});

test("nginx sends no mail where no sender is set, and where no stream is set only mail that names none", async () => {
  const mails = ALLOWED.filter(({ method, path }) => method === "POST" && !/statuspage|team/.test(path));
  const edges = [await start({ site: "one-host", mail: { ...MAIL, sender: '""' } }), await start({ site: "one-host", mail: { ...MAIL, stream: '""' } })];
  const [silent, plain] = edges.map(({ ports: [port] }) => async (each) => (await ask(port, each)).status);
  const [postmark] = mails;
  const streamless = { ...postmark, body: postmark.body.replaceAll(`"MessageStream":"${MAIL.stream}",`, "") };
  const before = stub.seen.length;
  try {
    for (const each of mails) assert.equal(await silent(each), 403, each.name);
    assert.equal(await plain(postmark), 403);
    assert.equal(stub.seen.length, before, "something reached the vendor");
    assert.equal(await plain(streamless), 200);
  } finally {
    await Promise.all(edges.map((each) => each.stop()));
  }
});

test("an nginx whose port somebody else has is not taken for started", async () => {
  const starting = start({ site: "one-host", ports: [stub.port] });
  starting.then((started) => started.stop(), () => {});
  await assert.rejects(starting, { message: `port ${stub.port} is taken` });
});

test("nginx asks no vendor whose certificate it cannot trust, and sends no key there", async () => {
  const here = folder("tls");
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=api.statuspage.io", "-addext", "subjectAltName=DNS:api.statuspage.io", "-keyout", `${here}/key.pem`, "-out", `${here}/cert.pem`], { stdio: "ignore" });
  const got = [];
  const vendor = createServer({ key: readFileSync(`${here}/key.pem`), cert: readFileSync(`${here}/cert.pem`) }, (request, response) => {
    got.push(request.headers.authorization);
    response.setHeader("Content-Type", "application/json").end('{"vendor":true}');
  });
  await new Promise((done) => vendor.listen(0, "127.0.0.1", done));
  const vendors = { ...Object.fromEntries(Object.keys(KEYS).map((each) => [each, stub.address])), statuspage: `https://127.0.0.1:${vendor.address().port}` };
  const trusting = { "reach.conf": [["/etc/ssl/certs/ca-certificates.crt", `${here}/cert.pem`]] };
  const otherName = { ...trusting, "statuspage.conf": [["proxy_ssl_name   api.statuspage.io", "proxy_ssl_name   api.other.example"]] };
  const outcomes = [];
  for (const adjust of [{}, otherName, trusting]) {
    const edge = await start({ site: "one-host", vendors, adjust });
    const { status, headers } = await ask(edge.ports[0], ALLOWED[0]);
    outcomes.push([status, headers["x-allclear-edge"], got.length]);
    await edge.stop();
  }
  vendor.closeAllConnections();
  vendor.close();
  assert.deepEqual(outcomes, [[502, "unreachable", 0], [502, "unreachable", 0], [200, undefined, 1]]);
});

test("nginx knows no webhook where its address was not pasted, or is not one", async () => {
  const notice = ALLOWED.find(({ path }) => path === "/api/team/notice");
  const edges = [await start({ site: "one-host", webhook: "paste-the-address-here" }), await start({ site: "one-host", webhook: "" })];
  const before = stub.seen.length;
  try {
    for (const { ports: [port] } of edges) {
      const { status, headers } = await ask(port, notice);
      assert.deepEqual([status, headers["x-allclear-edge"]], [404, "refused"]);
    }
    assert.equal(stub.seen.length, before, "something reached the vendor");
  } finally {
    await Promise.all(edges.map((each) => each.stop()));
  }
});
