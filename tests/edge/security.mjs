// Every header that protects, on every path and at every status, as the pages themselves and the build say them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { headersOf } from "../../tools/lib/policy.mjs";
import { basic, call, HERE, INCIDENTS } from "./calls.mjs";
import { READER } from "./cases.mjs";

/** The policy that a page carries itself, as its header must say it. */
const policyIn = (file) => `${readFileSync(file, "utf8").match(/<meta http-equiv="Content-Security-Policy" content="([^"]*)">/)[1]}; frame-ancestors 'none'`;

const small = (headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** The headers of each kind of answer, for the pages of `dist`. */
function kinds(dist) {
  const headers = headersOf({ page: policyIn(`${dist}/index.html`), console: policyIn(`${dist}/console/index.html`) });
  return Object.fromEntries(Object.entries(headers).map(([kind, list]) => [kind, small(list)]));
}

/** What a vendor may say of itself in their place. */
const LOUD = {
  "Content-Security-Policy": "default-src *",
  "Content-Security-Policy-Report-Only": "default-src *",
  "Cross-Origin-Opener-Policy": "unsafe-none",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "Permissions-Policy": "camera=*",
  "Referrer-Policy": "unsafe-url",
  "Strict-Transport-Security": "max-age=0",
  "X-Content-Type-Options": "sniff",
};
const NAMES = Object.keys(small(LOUD));

/** An answer has every header of its kind, and none of another. */
export function protects(answer, kind, dist, of) {
  const expected = kinds(dist)[kind];
  for (const header of NAMES) assert.equal(answer.headers[header], expected[header], `${header} of ${of}`);
}

const get = (path, headers = {}) => ({ method: "GET", path, headers });
const WASM = "app-0123456789abcdef_bg.wasm";
const ada = { authorization: basic("ada") };
const READ_BACK = call("GET", "/api/postmark/messages/outbound?count=1&offset=0");
const without = (each, header) => ({ ...each, headers: Object.fromEntries(Object.entries(each.headers).filter(([name]) => name !== header)) });

/** By kind: status, call, and what the vendor says to it. */
const FILES = {
  page: [
    ...["/", "/history", "/config.json", `/${WASM}`, "/sw.js"].map((path) => [200, get(path)]),
    [304, get("/")],
    ...["/none.css", "/_headers", "/.hidden"].map((path) => [404, get(path)]),
    ...["POST", "OPTIONS", "DELETE"].map((method) => [405, { ...get("/"), method }]),
  ],
  console: [
    ...["/console/", "/console/declare", "/console/sop.toml", `/console/${WASM}`, "/console/sw.js"].flatMap((path) => [[200, get(path, ada)], [401, get(path)]]),
    [304, get("/console/", ada)],
    ...["/console/none.js", "/console/.hidden"].map((path) => [404, get(path, ada)]),
    ...["POST", "OPTIONS", "DELETE"].map((method) => [405, { ...get("/console/", ada), method }]),
  ],
};
const EDGE = [
  [200, get("/api/whoami", { ...HERE, ...ada })],
  [401, get("/api/whoami", HERE)],
  [401, without(call("POST", INCIDENTS), "authorization")],
  [403, without(call("POST", INCIDENTS), "x-allclear")],
  [403, without(call("POST", INCIDENTS), "sec-fetch-site")],
  [404, call("GET", "/api/elsewhere/v1")],
  [405, call("POST", "/api/whoami")],
  [413, call("POST", INCIDENTS, { body: "x".repeat(210_000) })],
  [415, call("POST", INCIDENTS, { headers: { "content-type": "text/plain" } })],
  ...[200, 401, 403, 404, 420, 422, 429, 500, 502].map((status) => [status, READ_BACK, { status }]),
  [502, READ_BACK, { status: 302 }],
  [502, READ_BACK, { status: 0 }],
];
const DATA = [
  [200, get("/api/v2/summary.json", READER), {}],
  [304, get("/api/v2/incidents.json", { ...READER, "if-none-match": '"one"' }), { status: 304, body: "" }],
  [404, get("/api/v2/subscribers.json", READER)],
  [405, { ...get("/api/v2/summary.json", READER), method: "POST" }],
  [500, get("/api/v2/status.json", READER), { status: 500 }],
  [502, get("/api/v2/components.json", READER), { status: 0 }],
];

/**
 * Runs them for these kinds of answers. `edge()` gives who is asked for each kind (`page`, `console`, `edge`, `data`),
 * `always`, which says what the vendor answers, and `dist`. `more`: further calls by kind.
 */
export function runHeaders(name, asked, edge, more = {}) {
  const all = { ...FILES, edge: EDGE, data: DATA };
  for (const kind of asked) {
    test(`${name} sends every header that protects, at every status: ${kind}`, async () => {
      const { [kind]: ask, always, dist } = edge();
      for (const [status, each, vendor] of [...all[kind], ...(more[kind] ?? [])]) {
        always(() => ({ ...vendor, headers: { ...LOUD, ETag: '"one"' } }));
        const known = status === 304 && !vendor ? { "if-none-match": (await ask(each)).headers.etag } : {};
        const answer = await ask({ ...each, headers: { ...each.headers, ...known } });
        const of = `${each.method} ${each.path}: ${answer.status}`;
        assert.equal(answer.status, status, of);
        protects(answer, kind, dist, of);
      }
      always();
    });
  }
}
