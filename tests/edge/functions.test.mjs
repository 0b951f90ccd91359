// The functions for Cloudflare Pages and Netlify, run as the modules that they are.
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, mock, test } from "node:test";
import { onRequest } from "../../deploy/cloudflare/functions/_middleware.js";
import netlify from "../../deploy/netlify/edge-functions/allclear.js";
import { handle } from "../../deploy/functions/edge.mjs";
import { ask, smallDist } from "./ask.mjs";
import { basic, HERE, KEYS, LOGINS, MAIL, ODD_LOGINS, PAGE, WEBHOOK } from "./calls.mjs";
import { ALLOWED, CONSOLE_PATHS, ENCODED_PATHS, LAID_BY_HAND } from "./cases.mjs";
import { protects, runHeaders } from "./security.mjs";
import { PERSON, stateIn, SUMMARY } from "./state.mjs";
import { startStub } from "./stub.mjs";
import { runConsole, runPublicPage, runTable } from "./table.mjs";

const digest = (password) => createHash("sha256").update(password).digest("hex");
const ENV = {
  ALLCLEAR_LOGINS: Object.entries({ ...LOGINS, ...ODD_LOGINS }).map(([login, password]) => `${login}:${digest(password)}`).join(" "),
  STATUSPAGE_PAGE: PAGE,
  STATUSPAGE_KEY: KEYS.statuspage,
  POSTMARK_TOKEN: KEYS.postmark,
  RESEND_KEY: KEYS.resend,
  SENDGRID_KEY: KEYS.sendgrid,
  TEAM_WEBHOOK: `https://${WEBHOOK.host}${WEBHOOK.path}`,
  MAIL_SENDER: MAIL.sender,
  MAIL_ANSWERS: MAIL.answers,
  MAIL_STREAM: MAIL.stream,
};
const HOST = "https://status.example.com";
const real = { fetch: globalThis.fetch, log: console.log, error: console.error, now: Date.now };
let [stub, nextAnswer, always] = [];
let env = {};
let written = "";

/** The network: every vendor is the stub, whatever its address. */
async function network(address, { method = "GET", headers = {}, body, signal } = {}) {
  const url = new URL(address);
  assert.equal(url.protocol, "https:");
  const text = body === undefined ? undefined : Buffer.from(body);
  const given = new Promise((_, failed) => signal?.addEventListener("abort", () => failed(signal.reason)));
  const asked = ask(stub.port, { method, path: url.pathname + url.search, headers: { ...headers, host: url.host }, body: text });
  const answer = await Promise.race([asked, given]);
  return new Response([204, 304].includes(answer.status) ? null : answer.body, { status: answer.status, headers: Object.entries(answer.headers).flatMap(([name, value]) => [value].flat().map((each) => [name, each])) });
}

const asRequest = ({ method = "GET", path, headers = {}, body, declared }) =>
  new Request(`${HOST}${path}`, { method, headers, body: declared === undefined ? body : "x".repeat(declared) });
const asAnswer = async (response) => ({ status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() });
const file = () => new Response("SECRET static file");
const dist = smallDist("cloudflare");

const FUNCTIONS = {
  "Cloudflare's function": (request) => onRequest({ request, env, next: file }),
  "Netlify's function": (request) => netlify(request, { next: file }),
};

before(async () => {
  stub = await startStub({
    answer: (asked) => {
      const now = nextAnswer ?? always?.(asked) ?? {};
      nextAnswer = undefined;
      return now;
    },
  });
  globalThis.fetch = network;
  env = ENV;
  globalThis.Netlify = { env: { get: (name) => env[name] } };
  for (const name of ["log", "error"]) console[name] = (...words) => { written += `${words.join(" ")}\n`; };
  // The queue is not to slow the table down: for it, ten seconds pass between calls.
  let time = 0;
  Date.now = () => (time += 10_000);
});
after(async () => {
  globalThis.fetch = real.fetch;
  delete globalThis.Netlify;
  Object.assign(console, { log: real.log, error: real.error });
  Date.now = real.now;
  await stub?.stop();
});

for (const [name, call] of Object.entries(FUNCTIONS)) {
  runTable(name, () => ({
    ask: async (each) => asAnswer(await call(asRequest(each))),
    next: (answer) => { nextAnswer = answer; },
    written: () => ({ all: written, requests: written }),
    stub,
  }));

  const told = async (settings, each) => {
    env = settings;
    const answer = call(asRequest(each));
    env = ENV;
    return asAnswer(await answer);
  };
  runHeaders(name, ["edge", "data"], () => {
    const one = async (each) => told({ ...ENV, PUBLIC_PAGE: "https://page.example" }, each);
    return { edge: one, data: one, always: (answer) => { always = answer; }, dist };
  }, {
    // The files' headers are the host's, by `_headers`.
    edge: [[401, { path: "/console/" }], ...["/", "/console/"].map((path) => [405, { path, method: "POST", headers: { authorization: basic("ada") } }])],
  });
  runConsole(name, () => ({ ask: async (each) => asAnswer(await call(asRequest(each))), stub }));

  runPublicPage(name, () => ({
    ask: (each) => told({ ...ENV, PUBLIC_PAGE: "https://page.example" }, each),
    off: (each) => told(ENV, each),
    next: (answer) => { nextAnswer = answer; },
    always: (answer) => { always = answer; },
    fresh: async () => {},
    keeps: 0,
    host: "page.example",
    stub,
  }));

  test(`${name} guards the console and the edge below a path, whether it is told of the path or not`, async () => {
    for (const settings of [ENV, { ...ENV, BASE: "/status/" }, { ...ENV, BASE: "/other/", PUBLIC_PAGE: "https://page.example" }]) {
      for (const path of [...CONSOLE_PATHS, "/console", "/api/whoami", "/api/", ...LAID_BY_HAND.filter((each) => !each.includes("%2F")), ...ALLOWED.filter(({ method }) => method === "GET").map((each) => each.path)]) {
        const { status, body } = await told(settings, { path: `/status${path}`, headers: { ...HERE, "x-allclear": "1" } });
        assert.equal(status, 401, path);
        assert.doesNotMatch(body, /SECRET|vendor/, path);
      }
      assert.equal((await told(settings, { path: "/status/history" })).status, 200);
    }
    for (const each of ALLOWED) {
      const answer = await told({ ...ENV, BASE: "/status/" }, { ...each, path: `/status${each.path}` });
      assert.deepEqual([answer.status, stub.seen.at(-1).path], [200, each.reaches.path]);
    }
    const whoami = { path: "/status/api/whoami", headers: { ...HERE, authorization: basic("ada") } };
    assert.deepEqual(JSON.parse((await told({ ...ENV, BASE: "status" }, whoami)).body), { login: "ada" });
    const page = { ...ENV, BASE: "/status/", PUBLIC_PAGE: "https://page.example/" };
    assert.equal((await told(page, { path: "/status/api/v2/summary.json" })).status, 200);
    assert.equal(stub.seen.at(-1).path, "/api/v2/summary.json");
    assert.equal((await told(page, { path: "/api/v2/summary.json" })).status, 403);
  });

  test(`${name} asks for a login at every spelling of the console's paths`, async () => {
    for (const path of [...CONSOLE_PATHS, "/CONSOLE/sop.toml", "/console"]) {
      const answer = await asAnswer(await call(asRequest({ path })));
      assert.equal(answer.status, 401, path);
      assert.doesNotMatch(answer.body, /SECRET/, path);
      assert.equal((await call(asRequest({ path, headers: { authorization: basic("grace") } }))).status, 200, path);
    }
    for (const path of ["/", "/history", "/config.json", "/consoles", "/incidents/%C3%BC%20a"]) assert.equal((await call(asRequest({ path }))).status, 200, path);
  });

  test(`${name} gives nobody anything at a path in which what separates or ends one is encoded, or that is no text`, async () => {
    const twice = ["/console%252Fsop.toml", "/%25%36%33onsole/sop.toml", "/console%5Csop.toml", "/console%00/sop.toml", "/%"];
    for (const path of [...ENCODED_PATHS, ...LAID_BY_HAND.filter((each) => each.includes("%2F")), ...twice]) {
      for (const settings of [ENV, { ...ENV, BASE: "/status/" }, { ...ENV, CONSOLE_HOST: "respond.example.com" }, { ...ENV, CONSOLE_HOST: "status.example.com" }]) {
        for (const headers of [HERE, { ...HERE, authorization: basic("grace") }]) {
          for (const at of [path, `/status${path}`]) {
            const { status, body } = await told(settings, { path: at, headers });
            assert.deepEqual([status, body], [404, '{"edge":"refused"}'], at);
          }
        }
      }
    }
  });
}

for (const host of ["cloudflare", "netlify"]) {
  const html = readFileSync(`${smallDist(host, "/", "/api/v2")}/index.html`, "utf8");
  const next = async () => new Response(html, { headers: { "Content-Type": "text/html", "Cache-Control": "no-cache", ETag: '"file"', "Content-Length": "1" } });
  const settings = { ...ENV, PUBLIC_PAGE: "https://page.example" };
  // A loaded machine may take longer than the function waits: only where that is looked at, it is given up.
  const patient = (address, { signal: _, ...asked }) => network(address, asked);
  const open = async ({ path = "/", headers = PERSON, method = "GET" } = {}, env = settings, send = patient) => asAnswer(await handle(asRequest({ path, headers, method }), env, next, { send, now: () => 1_700_000_000_900 }));

  test(`a function writes the state into ${host}'s page that a person opens, as data that no text of the vendor's can leave`, async () => {
    nextAnswer = { body: JSON.stringify(SUMMARY) };
    const { status, headers, body } = await open();
    assert.deepEqual([status, stateIn(body)], [200, { at: 1_700_000_000, summary: SUMMARY }]);
    assert.deepEqual(headers, { "content-type": "text/html", "cache-control": "no-cache" });
    const { path, headers: asked } = stub.seen.at(-1);
    assert.deepEqual([path, asked.host, asked.authorization], ["/api/v2/summary.json", "page.example", undefined]);
    nextAnswer = { body: JSON.stringify(SUMMARY) };
    assert.deepEqual(stateIn((await open({ path: "/status/" }, { ...settings, BASE: "/status/" })).body).summary, SUMMARY);
  });

  test(`a function writes no state into what a service worker keeps of ${host}'s page, nor into other pages`, async () => {
    const before = stub.seen.length;
    const { PUBLIC_PAGE: _, ...none } = settings;
    const others = [[{ headers: {} }], [{ path: "/history" }], [{ method: "HEAD" }], [{}, none], [{}, { ...settings, PUBLIC_PAGE: "http://page.example" }], [{}, { ...settings, BASE: "/status/" }]];
    for (const [asked, env] of others) {
      const { headers, body } = await open(asked, env);
      assert.equal(headers.etag, '"file"', JSON.stringify(asked));
      assert.equal(body, html);
    }
    assert.equal(stub.seen.length, before, "the vendor was not asked");
  });

  test(`a function leaves the state out of ${host}'s page where the vendor has none`, async () => {
    for (const [answer, send] of [[{ status: 500 }], [{ status: 302, headers: { location: "/" } }], [{ status: 0 }], [{ hangs: true }, network]]) {
      nextAnswer = answer;
      const { status, body } = await open({}, settings, send);
      assert.deepEqual([status, stateIn(body)], [200, '{"at":1700000000,"summary":}'], JSON.stringify(answer));
    }
    nextAnswer = { body: "<html></script>" };
    assert.equal(stateIn((await open()).body), '{"at":1700000000,"summary":\\u003chtml>\\u003c/script>}');
  });
}

test("a function without a vendor's key does not know that vendor, without a sender sends no mail, and without logins lets nobody in", async () => {
  const { RESEND_KEY: _, ...less } = ENV;
  const resend = ALLOWED.find(({ path }) => path.includes("resend"));
  assert.equal((await handle(asRequest(resend), less, file)).status, 404);
  const { ALLCLEAR_LOGINS: __, ...open } = ENV;
  assert.equal((await handle(asRequest(ALLOWED[0]), open, file)).status, 401);
  assert.equal((await handle(asRequest({ path: "/console/" }), open, file)).status, 401);
  const told = ALLOWED.find(({ path }) => path === "/api/team/notice");
  for (const TEAM_WEBHOOK of [undefined, "http://hooks.example/x", "hooks.example/x"]) {
    assert.equal((await handle(asRequest(told), { ...ENV, TEAM_WEBHOOK }, file)).status, 404, TEAM_WEBHOOK);
  }
  const mails = ALLOWED.filter(({ method, path }) => method === "POST" && !/statuspage|team/.test(path));
  const { MAIL_SENDER: ___, ...silent } = ENV;
  for (const each of mails) assert.equal((await handle(asRequest(each), silent, file)).status, 403, each.name);
  // Without an address for answers they go to the sender, and without a stream none is named.
  const { MAIL_STREAM: ____, MAIL_ANSWERS: _____, ...plain } = ENV;
  const [postmark] = mails;
  const body = postmark.body.replaceAll(`"MessageStream":"${MAIL.stream}",`, "").replaceAll(MAIL.answers, MAIL.sender);
  for (const [sent, status] of [[postmark.body, 403], [body, 200]]) assert.equal((await handle(asRequest({ ...postmark, body: sent }), plain, file)).status, status);
});

test("a function with a console's host name keeps everything there behind the login, and nothing elsewhere", async () => {
  const env = { ...ENV, CONSOLE_HOST: "respond.example.com" };
  const at = (host, path, headers) => handle(new Request(`https://${host}${path}`, { headers }), env, file);
  const here = { "sec-fetch-site": "same-origin" };
  for (const path of ["/", "/config.json", "/console/", "/api/whoami"]) {
    assert.equal((await at("respond.example.com", path, here)).status, 401, path);
    assert.equal((await at("respond.example.com", path, { ...here, authorization: basic("ada") })).status, 200, path);
  }
  for (const path of ["/console/", "/console/sop.toml", "/api/whoami"]) assert.equal((await at("status.example.com", path, { authorization: basic("ada") })).status, 404, path);
  assert.equal((await at("status.example.com", "/")).status, 200);
  // The public page's files are the public host's.
  env.PUBLIC_PAGE = "https://page.example";
  assert.equal((await at("status.example.com", "/api/v2/summary.json")).status, 200);
  assert.equal((await at("respond.example.com", "/api/v2/summary.json")).status, 403);
  for (const strange of ["http://page.example", "https://page.example/x", "https://user@page.example", "page.example"]) {
    env.PUBLIC_PAGE = strange;
    assert.equal((await at("status.example.com", "/api/v2/summary.json")).status, 404, strange);
  }
});

test("a function waits for a vendor's first word and no longer, and lets what follows take its time", async () => {
  const signals = [];
  let answers;
  const tools = {
    now: real.now,
    send: (_, { signal }) => new Promise((done, failed) => {
      signals.push(signal);
      signal.addEventListener("abort", () => failed(signal.reason));
      if (answers) done(new Response(new ReadableStream({ start: (out) => { answers = out; } })));
    }),
  };
  const mails = ALLOWED.find(({ path }) => path.startsWith("/api/postmark/"));
  // All that a function waits by, on a clock of the test's.
  mock.timers.enable({ apis: ["setTimeout"] });
  mock.method(AbortSignal, "timeout", (after) => {
    const patience = new AbortController();
    setTimeout(() => patience.abort(), after);
    return patience.signal;
  });
  /** Asks, and comes back with the promise of an answer when the vendor was asked. */
  const begin = async (each) => {
    const before = signals.length;
    const answer = handle(asRequest(each), { ...ENV, PUBLIC_PAGE: "https://page.example" }, file, tools);
    while (signals.length === before) await new Promise((done) => setImmediate(done));
    return { answer };
  };
  try {
    for (const [each, longest] of [[{ path: "/api/v2/incidents.json" }, 5_000], [mails, 60_000]]) {
      answers = true;
      const { status, body } = await (await begin(each)).answer;
      mock.timers.tick(600_000);
      answers.enqueue(new TextEncoder().encode("late"));
      answers.close();
      assert.deepEqual([status, await new Response(body).text()], [200, "late"], each.path);
      assert.equal(signals.at(-1).aborted, false, each.path);

      answers = undefined;
      const silent = await begin(each);
      mock.timers.tick(longest - 1);
      assert.equal(signals.at(-1).aborted, false, each.path);
      mock.timers.tick(1);
      assert.equal((await silent.answer).status, 502, each.path);
    }
  } finally {
    mock.timers.reset();
    mock.restoreAll();
  }
});

test("a function spaces what reaches the same instance, and says when too much waits", async () => {
  const waits = [];
  const now = real.now() + 1e9;
  const tools = { send: network, now: () => now, sleep: async (ms) => { waits.push(ms); } };
  const answers = [];
  for (let each = 0; each < 11; each += 1) answers.push(await handle(asRequest(ALLOWED[0]), ENV, file, tools));
  assert.deepEqual(waits, [1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000]);
  assert.deepEqual(answers.slice(9).map(({ status, headers }) => [status, headers.get("X-Allclear-Edge")]), [[429, "busy"], [429, "busy"]]);
  protects(await asAnswer(answers[9]), "edge", dist, "429");
});

test("Cloudflare Access: only a token that it signed for this application is a login", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const token = (claims, { key = privateKey, head = {} } = {}) => {
    const text = `${part({ alg: "RS256", kid: "k1", ...head })}.${part({ aud: ["audience"], iss: "https://team.cloudflareaccess.com", exp: 9e12, email: "ada@example.com", ...claims })}`;
    return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
  };
  const env = { ...ENV, ACCESS_TEAM: "team", ACCESS_AUDIENCE: "audience" };
  const send = async (address) => {
    assert.equal(address, "https://team.cloudflareaccess.com/cdn-cgi/access/certs");
    return Response.json({ keys: [{ kid: "k1", ...publicKey.export({ format: "jwk" }) }] });
  };
  const who = async (jwt) => asAnswer(await handle(asRequest({ path: "/api/whoami", headers: { ...HERE, "cf-access-jwt-assertion": jwt, authorization: basic("ada") } }), env, file, { send }));
  assert.deepEqual(JSON.parse((await who(token({}))).body), { login: "ada@example.com" });
  const wrong = {
    "another application's": token({ aud: ["other"] }),
    "another team's": token({ iss: "https://other.cloudflareaccess.com" }),
    ended: token({ exp: 1 }),
    "not yet valid": token({ nbf: 8e12 }),
    "signed by a stranger": token({}, { key: stranger.privateKey }),
    "of an unknown key": token({}, { head: { kid: "k2" } }),
    "not signed": `${token({}, { head: { alg: "none" } }).split(".").slice(0, 2).join(".")}.`,
    "no token": "x",
  };
  for (const [name, jwt] of Object.entries(wrong)) {
    const answer = await who(jwt);
    assert.deepEqual([answer.status, answer.headers["x-allclear-edge"], answer.headers["www-authenticate"]], [401, "login", undefined], name);
  }
});
