// The shipped Caddyfile in a real Caddy.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { changed, listening, VENDORS } from "../../tools/lib/nginx.mjs";
import { freePorts } from "../../tools/lib/ports.mjs";
import { ROOT } from "../../tools/lib/run.mjs";
import { ask, folder, smallDist } from "./ask.mjs";
import { basic, HERE, KEYS, LOGINS, ODD_LOGINS, PAGE, WEBHOOK } from "./calls.mjs";
import { ALLOWED, CONSOLE_PATHS, ENCODED_PATHS, LAID_BY_HAND, PLAYBOOK_PATHS } from "./cases.mjs";
import { runHeaders } from "./security.mjs";
import { startStub } from "./stub.mjs";
import { runBelowPath, runConsole, runPublicPage, runTable } from "./table.mjs";

let [stub, ports, dist, belowDist, below, nextAnswer, always] = [];
const started = [];
let written = "";

const IMPORT = "# import public_page https://abc123def456.statuspage.io abc123def456.statuspage.io";

/** The shipped file for this machine: no certificates, a stub for the vendors, and `sites` in the sites' places. */
function caddyfile(shipped, sites) {
  const hash = (password) => execFileSync("caddy", ["hash-password", "--plaintext", password], { encoding: "utf8" }).trim();
  const odd = Object.entries(ODD_LOGINS).map(([login, password]) => `\t\t\`${login}\` ${hash(password)}\n`).join("");
  return changed(shipped, [
    ["\t\tgrace <", `${odd}\t\tgrace <`],
    ["{\n\t# No queries", "{\n\tadmin off\n\tauto_https off\n\t# No queries"],
    ...sites,
    ["abc123def456", PAGE],
    ...Object.keys(LOGINS).map((login) => [`<hash of ${login}'s password>`, hash(LOGINS[login])]),
    ...Object.values(VENDORS).map((address) => [address, stub.address]),
    ["https://{$TEAM_WEBHOOK_HOST:none.invalid}", stub.address],
  ]);
}

/** At the top of its hosts. The third port is the public host once more, with the page's data. */
function atTheTop(shipped) {
  const site = (name, port) => [`${name}.example.com {`, `http://:${port} {\n\tbind 127.0.0.1\n\tlog`];
  const page = shipped.match(/\nstatus\.example\.com \{\n[\s\S]*?\n\}\n/)[0];
  const passing = changed(page, [site("status", ports[2]), [IMPORT, `import public_page ${stub.address} page.example`]]);
  const sites = [site("status", ports[0]), site("respond", ports[1]), ["/srv/allclear/dist", dist]];
  return { Caddyfile: caddyfile(shipped + passing, sites) };
}

/** Below a path, as the head of sub-path.Caddyfile says. */
function belowPath(shipped) {
  const site = (name, port) => [`${name}.example.com {`, `http://:${port} {\n\tbind 127.0.0.1`];
  const sites = [
    site("status", below.inner[0]),
    site("respond", below.inner[1]),
    ["/srv/allclear/dist", belowDist],
    [IMPORT, `import public_page ${stub.address} page.example`],
  ];
  const front = changed(readFileSync(`${ROOT}/deploy/caddy/sub-path.Caddyfile`, "utf8"), [
    ["www.example.com {", `http://:${below.ports[0]} {\n\tbind 127.0.0.1`],
    ["respond.example.com {", `http://:${below.ports[1]} {\n\tbind 127.0.0.1`],
    ["127.0.0.1:8481", `127.0.0.1:${below.inner[0]}`],
    ["127.0.0.1:8482", `127.0.0.1:${below.inner[1]}`],
  ]);
  return { Caddyfile: `${caddyfile(shipped, sites)}\nimport sub-path.Caddyfile\n`, "sub-path.Caddyfile": front };
}

/** Starts Caddy with these files, and waits until it listens. `webhook`: its environment has the team's. */
async function startCaddy(files, listens, { webhook = true } = {}) {
  const home = folder("caddy");
  for (const [name, text] of Object.entries(files)) writeFileSync(`${home}/${name}`, text);
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    XDG_DATA_HOME: home,
    XDG_CONFIG_HOME: home,
    STATUSPAGE_KEY: KEYS.statuspage,
    POSTMARK_TOKEN: KEYS.postmark,
    RESEND_KEY: KEYS.resend,
    SENDGRID_KEY: KEYS.sendgrid,
    ...(webhook && { TEAM_WEBHOOK_HOST: WEBHOOK.host, TEAM_WEBHOOK_PATH: WEBHOOK.path }),
  };
  const child = spawn("caddy", ["run", "--config", `${home}/Caddyfile`, "--adapter", "caddyfile"], { env, stdio: ["ignore", "pipe", "pipe"] });
  started.push(child);
  let ended;
  child.on("error", (error) => { ended = `Caddy could not be started (${error.message}): run tools/setup.sh edge`; });
  child.on("exit", (code) => { ended = `Caddy ended with ${code}: ${written.slice(-2000)}`; });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => { written += text; });
  for (const port of listens) await listening(port, () => ended);
}

before(async () => {
  dist = smallDist("caddy");
  belowDist = smallDist("caddy", "/status/");
  stub = await startStub({
    answer: (asked) => {
      const now = nextAnswer ?? always?.(asked) ?? {};
      nextAnswer = undefined;
      return now;
    },
  });
  const free = await freePorts(7);
  ports = free.slice(0, 3);
  below = { ports: free.slice(3, 5), inner: free.slice(5) };
  const shipped = readFileSync(`${ROOT}/deploy/caddy/Caddyfile`, "utf8");
  await startCaddy(atTheTop(shipped), ports);
  await startCaddy(belowPath(shipped), [...below.ports, ...below.inner], { webhook: false });
});
after(async () => {
  for (const child of started) child.kill("SIGTERM");
  await stub?.stop();
});

const get = (port) => (path, headers = {}) => ask(port, { path, headers });
const ada = { authorization: basic("ada") };

runTable("Caddy", () => ({
  ask: (each) => ask(ports[1], each),
  next: (answer) => { nextAnswer = answer; },
  written: () => ({ all: written, requests: written }),
  stub,
}), { readsMails: false, cuts: false });

const saying = (answer) => { always = answer; };
runHeaders("Caddy", ["page", "console", "edge", "data"], () => {
  const [page, console, data] = ports.map((port) => (each) => ask(port, each));
  return { page, console, edge: console, data, always: saying, dist };
});
runHeaders("Caddy below a path", ["page", "console", "edge", "data"], () => {
  const [page, console] = below.ports.map((port) => (each) => ask(port, { ...each, path: `/status${each.path}` }));
  return { page, console, edge: console, data: page, always: saying, dist: belowDist };
});

runPublicPage("Caddy", () => ({
  ask: (each) => ask(ports[2], each),
  off: (each) => ask(ports[0], each),
  next: (answer) => { nextAnswer = answer; },
  always: (answer) => { always = answer; },
  fresh: async () => {},
  keeps: 0,
  host: "page.example",
  stub,
}));

runBelowPath("Caddy", () => ({
  page: (each) => ask(below.ports[0], each),
  console: (each) => ask(below.ports[1], each),
  stub,
}));

runConsole("Caddy", () => ({ ask: (each) => ask(ports[1], each), stub }));
runConsole("Caddy below a path", () => ({ ask: (each) => ask(below.ports[1], { ...each, path: `/status${each.path}` }), stub }));

test("Caddy lets two calls of the team go at once, and the others wait in line; mail has no line to wait in", async () => {
  const post = ALLOWED.find(({ method, name }) => method === "POST" && name === "Statuspage: POST /incidents");
  const mail = ALLOWED.find(({ path }) => path === "/api/postmark/email/batch");
  for (const [each, inLine] of [[post, true], [mail, false]]) {
    const before = stub.seen.length;
    always = () => ({ after: 300 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(ports[1], each)));
    always = undefined;
    assert.deepEqual(answers.map(({ status }) => status), Array(8).fill(200));
    const under = stub.seen.slice(before).map(({ underWay }) => underWay);
    assert.equal(under.length, 8, "each once");
    assert.equal(Math.max(...under) <= 2, inLine, each.path);
  }
});

test("Caddy asks for a login at every spelling of the console's paths", async () => {
  for (const path of [...CONSOLE_PATHS, ...ENCODED_PATHS, "/", "/config.json", "/history"]) {
    const answer = await get(ports[1])(path);
    assert.equal(answer.status, 401, path);
    assert.doesNotMatch(String(answer.body), /SECRET/, path);
  }
});

test("Caddy's public host knows no console and no edge", async () => {
  const open = get(ports[0]);
  for (const path of ["/", "/history", "/incidents/a?x=1", "/consoles"]) assert.match(String((await open(path)).body), /status page/, path);
  for (const path of [...CONSOLE_PATHS, ...ENCODED_PATHS, "/console", "/api/whoami", ALLOWED[0].path, "/CONSOLE/sop.toml", "/_Caddyfile", "/_headers", "/.hidden", "/x/y.css"]) {
    const answer = await open(path, ALLOWED[0].headers);
    assert.equal(answer.status, 404, path);
    assert.doesNotMatch(String(answer.body), /SECRET|vendor/);
  }
});

test("Caddy serves the console's deep links and files to who is logged in", async () => {
  const closed = get(ports[1]);
  for (const path of ["/console/", "/console/declare", "/console/incidents/a/report"]) assert.match(String((await closed(path, ada)).body), /console page/, path);
  assert.equal((await closed("/console/none.js", ada)).status, 404);
  assert.match(String((await closed("/console/sop.toml", ada)).body), /playbook/);
  const bare = await closed("/console", ada);
  assert.deepEqual([bare.status, bare.headers.location], [308, "/console/"]);
});

test("Caddy gives nobody a console that was laid below a path by hand", async () => {
  for (const path of LAID_BY_HAND) {
    const { status, body } = await get(ports[0])(path);
    assert.equal(status, 404, path);
    assert.doesNotMatch(String(body), /SECRET/, path);
  }
});

test("Caddy sends twins to who accepts them, and says how long each file may be kept", async () => {
  for (const path of PLAYBOOK_PATHS) assert.equal((await get(ports[1])(path, ada)).headers["cache-control"], "no-store", path);
  assert.equal((await get(ports[1])("/console/app-0123456789abcdef_bg.wasm", ada)).headers["cache-control"], "private, max-age=31536000, immutable");
  const wasm = await get(ports[0])("/app-0123456789abcdef_bg.wasm", { "accept-encoding": "gzip" });
  assert.deepEqual([wasm.headers["content-type"], wasm.headers["content-encoding"]], ["application/wasm", "gzip"]);
  assert.equal(wasm.headers["cache-control"], "public, max-age=31536000, immutable");
  assert.equal((await get(ports[0])("/config.json")).headers["cache-control"], "no-cache");
  for (const [port, path] of [[ports[0], "/sw.js"], [ports[1], "/console/sw.js"]]) {
    const { status, headers } = await get(port)(path, ada);
    assert.deepEqual([status, headers["cache-control"]], [200, "no-cache"], path);
    assert.match(headers["content-type"], /javascript/);
  }
});

test("Caddy knows no webhook where its environment has none", async () => {
  const notice = ALLOWED.find(({ path }) => path === "/api/team/notice");
  const before = stub.seen.length;
  const { status, headers } = await ask(below.ports[1], { ...notice, path: `/status${notice.path}` });
  assert.deepEqual([status, headers["x-allclear-edge"]], [404, "refused"]);
  assert.equal(stub.seen.length, before, "something reached the vendor");
});
