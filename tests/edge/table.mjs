// Runs the table of cases against an edge. An edge is `ask(case)`, the stub that stands for every vendor,
// and `written()`: whatever it has written: `all` of it, and its log of requests.
import assert from "node:assert/strict";
import { test } from "node:test";
import { basic, HERE, KEYS, LOGINS, ODD_LOGINS, WEBHOOK } from "./calls.mjs";
import { ALLOWED, CONSOLE_PATHS, CONSOLE_WRITES, ENCODED_PATHS, PUBLIC_FILES, PUBLIC_STRANGE, READER, REFUSED, REFUSED_MAILS, STRANGERS } from "./cases.mjs";
import { NOTICES } from "./notices.mjs";
import { VENDOR_ONLY } from "./stub.mjs";

const REFUSALS = [403, 404, 405, 413, 415];
/** What a browser or a proxy says of the one who asks. */
const BROWSERS = ["cookie", "origin", "referer", "x-forwarded-for", "x-real-ip", "forwarded", "sec-fetch-site", "x-allclear"];

const everything = (answer) => `${JSON.stringify(answer.headers)}\n${answer.body}`;

function noKey(text, of) {
  for (const secret of [...Object.values(KEYS), ...Object.values(LOGINS)]) {
    assert.ok(!text.includes(secret), `${of} holds ${secret}`);
  }
}

/** Nothing was asked of the vendor, and the answer says who refused. */
async function refusedByEdge(edge, each, statuses) {
  const before = edge.stub.seen.length;
  const answer = await edge.ask(each);
  assert.ok(statuses.includes(answer.status), `status ${answer.status}`);
  assert.equal(answer.headers["x-allclear-edge"], each.mark);
  assert.doesNotMatch(String(answer.headers["content-type"]), /html/);
  assert.equal(answer.headers["access-control-allow-origin"], undefined);
  assert.equal(edge.stub.seen.length, before, "something reached the vendor");
  noKey(everything(answer), "the answer");
  return answer;
}

/**
 * The table, as tests of `name`. `edge` is asked for when a test runs; `readsMails`: it looks into bodies; `cuts`: it passes
 * no more than a few kB of a webhook's answer on.
 */
export function runTable(name, edge, { readsMails = true, cuts = true } = {}) {
  for (const each of ALLOWED) {
    test(`${name} lets through ${each.name}`, async () => {
      const { stub } = edge();
      const before = stub.seen.length;
      const answer = await edge().ask(each);
      assert.equal(answer.status, 200, String(answer.body));
      assert.equal(String(answer.body), '{"vendor":true}');
      assert.equal(stub.seen.length, before + 1);
      const { method, path, headers, body } = stub.seen.at(-1);
      const host = each.reaches.host ?? edge().webhook ?? WEBHOOK.host;
      assert.deepEqual([method, path, headers.host], [each.method, each.reaches.path, host]);
      assert.equal(body, each.body ?? "");
      if (body !== "") assert.match(headers["content-type"], /^application\/json/);
      assert.equal(headers[each.reaches.key[0]], each.reaches.key[1]);
      for (const header of ["idempotency-key", "x-batch-validation"]) assert.equal(headers[header], each.reaches.also?.[header], header);
      for (const header of BROWSERS) assert.equal(headers[header], undefined, `${header} reached the vendor`);
      if (each.reaches.key[0] !== "authorization") assert.equal(headers.authorization, undefined);
      for (const header of Object.keys(VENDOR_ONLY)) assert.equal(answer.headers[header], undefined, `${header} came back`);
      assert.equal(answer.headers["cache-control"], "no-store");
      noKey(everything(answer), "the answer");
    });
  }

  for (const each of [...REFUSED, ...(readsMails ? REFUSED_MAILS : [])]) {
    test(`${name} refuses ${each.name}`, () => refusedByEdge(edge(), each, each.status ? [each.status] : REFUSALS));
  }

  for (const each of STRANGERS) {
    test(`${name} asks for a login: ${each.name}`, async () => {
      const answer = await refusedByEdge(edge(), each, [401]);
      assert.match(answer.headers["www-authenticate"], /^Basic /i);
    });
  }

  test(`${name} says who is logged in`, async () => {
    for (const login of Object.keys(LOGINS)) {
      const answer = await edge().ask({ method: "GET", path: "/api/whoami", headers: { ...HERE, authorization: basic(login) } });
      assert.equal(answer.status, 200);
      assert.deepEqual(JSON.parse(answer.body), { login });
      assert.equal(answer.headers["cache-control"], "no-store");
    }
    // Whole, or nobody's: never a part of it, and never broken JSON.
    for (const [login, password] of Object.entries(ODD_LOGINS)) {
      const answer = await edge().ask({ method: "GET", path: "/api/whoami", headers: { ...HERE, authorization: basic(login, password) } });
      assert.equal(answer.status, 200, login);
      const said = JSON.parse(answer.body);
      assert.ok(["", login].includes(said.login) && Object.keys(said).length === 1, String(answer.body));
    }
  });

  test(`${name} passes a vendor's own failures on, unmarked`, async () => {
    const each = ALLOWED[0];
    for (const status of [401, 403, 404, 420, 422, 429, 500, 502]) {
      edge().next({ status, body: '{"error":"vendor"}', headers: { "Retry-After": "7" } });
      const answer = await edge().ask(each);
      assert.deepEqual([answer.status, String(answer.body)], [status, '{"error":"vendor"}']);
      for (const header of Object.keys(VENDOR_ONLY)) assert.equal(answer.headers[header], undefined, `${header} at ${status}`);
      assert.equal(answer.headers["retry-after"], "7");
    }
  });

  test(`${name} passes a webhook's answer on as text${cuts ? ", and no more than a notice comes back as" : ""}`, async () => {
    const [each] = NOTICES;
    for (const status of [200, 202, 400, 403, 404, 410, 500]) {
      const [start, end] = ["<script>no_service</script>", "x".repeat(50_000)];
      edge().next({ status, body: start + end, headers: { "Content-Type": "text/html", "Retry-After": "7" } });
      const answer = await edge().ask(each);
      assert.deepEqual([answer.status, answer.headers["content-type"], answer.headers["retry-after"]], [status, "text/plain; charset=utf-8", "7"]);
      const body = String(answer.body);
      assert.ok(body.startsWith(start), `at ${status}: ${body.slice(0, 40)}`);
      assert.equal(body.length, cuts ? 32 * 1024 : start.length + end.length);
      for (const header of Object.keys(VENDOR_ONLY)) assert.equal(answer.headers[header], undefined, `${header} at ${status}`);
    }
    edge().next({ status: 204, body: "", headers: { "Content-Type": "text/plain" } });
    const silent = await edge().ask(each);
    assert.deepEqual([silent.status, String(silent.body)], [204, ""]);
  });

  test(`${name} follows no redirect of a vendor and passes none on`, async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      edge().next({ status, body: "<a href=/>moved</a>", headers: { "Content-Type": "text/html" } });
      const before = edge().stub.seen.length;
      const answer = await edge().ask(ALLOWED[2]);
      assert.deepEqual([answer.status, answer.headers["x-allclear-edge"], String(answer.body)], [502, "unreachable", '{"edge":"unreachable"}']);
      assert.equal(answer.headers["cache-control"], "no-store");
      for (const header of Object.keys(VENDOR_ONLY).filter((header) => header !== "x-allclear-edge")) assert.equal(answer.headers[header], undefined, `${header} at ${status}`);
      assert.equal(edge().stub.seen.length, before + 1, "it was followed");
    }
  });

  for (const each of [ALLOWED[2], NOTICES[0]]) {
    test(`${name} says when the vendor cannot be reached: ${each.name}`, async () => {
      edge().next({ status: 0 });
      const before = edge().stub.seen.length;
      const answer = await edge().ask(each);
      assert.equal(answer.status, 502);
      assert.equal(answer.headers["x-allclear-edge"], "unreachable");
      assert.equal(edge().stub.seen.length, before + 1, "a write was made twice");
      noKey(everything(answer), "the answer");
    });
  }

  test(`${name} writes no key and no password anywhere, and no query into its log of requests`, () => {
    const { all, requests } = edge().written();
    noKey(all, "what it wrote");
    for (const login of Object.keys(LOGINS)) assert.ok(!all.includes(basic(login).slice(6)));
    assert.doesNotMatch(requests, /metadata_op|incidents\/secret|api_key=|api%5Fkey/);
  });
}

/**
 * Runs what the console's paths answer to whatever is no reading: other sites' forms and other methods. With the
 * browser's login they get nothing; without one they are asked for it, as a reading is.
 */
export function runConsole(name, edge) {
  for (const [path, writes] of Object.entries(CONSOLE_WRITES)) {
    test(`${name} gives nothing of the console to forms and methods that do not read: ${path}`, async () => {
      const before = edge().stub.seen.length;
      for (const each of writes) {
        const { authorization: _, ...stranger } = each.headers;
        const wrong = { ...stranger, authorization: basic("ada", "wrong") };
        for (const [headers, status] of [[each.headers, 405], [stranger, 401], [wrong, 401]]) {
          const answer = await edge().ask({ ...each, headers });
          assert.equal(answer.status, status, each.name);
          assert.doesNotMatch(everything(answer), /SECRET|console page/, each.name);
          assert.equal(answer.headers["access-control-allow-origin"], undefined, each.name);
          if (status === 401) assert.match(answer.headers["www-authenticate"], /^Basic /i, each.name);
        }
      }
      assert.equal(edge().stub.seen.length, before, "something reached the vendor");
    });
  }

  test(`${name} says that there is a console to who is logged in alone`, async () => {
    for (const [headers, status] of [[{}, 401], [{ authorization: basic("ada") }, 200]]) {
      for (const path of ["/console/", "/console/declare", "/console/sop.toml"]) {
        assert.equal((await edge().ask({ method: "HEAD", path, headers })).status, status, path);
      }
    }
  });
}

/** What a vendor may say of its answers to its own readers, and an edge not in its own name. */
const OF_THE_VENDOR = { age: "900", expires: "Thu, 31 Dec 2099 23:59:59 GMT", "alt-svc": 'h3=":443"', link: "</x>; rel=preload", refresh: "0; url=/", "cache-control": "public, max-age=900" };
/** A hanging vendor is given up after so many milliseconds; a loaded machine is later. */
const PATIENCE_MS = [4_000, 7_000];

/**
 * Runs what an edge must do with the public page's files. `edge().ask` is asked as a reader asks, `edge().off` where
 * they are not passed on, `edge().fresh()` waits until nothing is kept from before.
 */
export function runPublicPage(name, edge) {
  const read = (path, more = {}) => edge().ask({ method: "GET", path, headers: READER, ...more });

  test(`${name} passes the public page's files on, without a login and without a key`, async () => {
    const { stub } = edge();
    for (const file of PUBLIC_FILES) {
      edge().next({ headers: { ...OF_THE_VENDOR, etag: 'W/"one"' } });
      const answer = await read(`/api/v2/${file}?x=1`);
      assert.deepEqual([answer.status, String(answer.body)], [200, '{"vendor":true}'], file);
      const { method, path, headers, body } = stub.seen.at(-1);
      assert.deepEqual([method, path, headers.host, body], ["GET", `/api/v2/${file}`, edge().host, ""], file);
      for (const header of [...BROWSERS, "authorization"]) assert.equal(headers[header], undefined, `${header} reached the vendor`);
      for (const secret of Object.values(KEYS)) assert.ok(!JSON.stringify(headers).includes(secret), `the vendor got ${secret}`);
      for (const header of [...Object.keys(VENDOR_ONLY), ...Object.keys(OF_THE_VENDOR)]) {
        const own = { "cache-control": "no-cache", "access-control-allow-origin": "*" }[header];
        assert.equal(answer.headers[header], own, `${header} of ${file}`);
      }
      assert.equal(answer.headers["x-content-type-options"], "nosniff");
      assert.equal(answer.headers["content-type"], "application/json");
      noKey(everything(answer), "the answer");
    }
  });

  test(`${name} passes no other path, no other method and no other spelling of the public page on`, async () => {
    const before = edge().stub.seen.length;
    for (const path of PUBLIC_STRANGE) {
      const { status, body } = await read(path);
      assert.ok([401, 403, 404].includes(status), `${path}: ${status}`);
      assert.doesNotMatch(String(body), /vendor/, path);
    }
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      assert.equal((await read("/api/v2/summary.json", { method })).status, 405, method);
    }
    assert.equal(edge().stub.seen.length, before, "something reached the vendor");
  });

  test(`${name} passes nothing on where it is not told which page`, async () => {
    const before = edge().stub.seen.length;
    for (const file of PUBLIC_FILES) {
      const { status } = await edge().off({ method: "GET", path: `/api/v2/${file}`, headers: READER });
      assert.ok([401, 403, 404].includes(status), `${file}: ${status}`);
    }
    assert.equal(edge().stub.seen.length, before, "something reached the vendor");
  });

  test(`${name} answers 304 where the public page is as the reader knows it`, async () => {
    await edge().fresh();
    const vendor = ({ headers }) => (headers["if-none-match"] === 'W/"two"' ? { status: 304, body: "", headers: { etag: 'W/"two"' } } : { headers: { etag: 'W/"two"' } });
    edge().always(vendor);
    const whole = await read("/api/v2/summary.json");
    assert.deepEqual([whole.status, whole.headers.etag], [200, 'W/"two"']);
    const same = await read("/api/v2/summary.json", { headers: { ...READER, "if-none-match": 'W/"two"' } });
    assert.deepEqual([same.status, String(same.body), same.headers.etag, same.headers["cache-control"]], [304, "", 'W/"two"', "no-cache"]);
    for (const header of ["set-cookie", "x-allclear-edge"]) assert.equal(same.headers[header], undefined, header);
    const other = await read("/api/v2/summary.json", { headers: { ...READER, "if-none-match": 'W/"one"' } });
    assert.equal(other.status, 200);
    edge().always();
  });

  test(`${name} never shows an old answer as new while the public page's host hangs`, async () => {
    await edge().fresh();
    edge().always(() => ({ body: '{"state":"old"}' }));
    const start = performance.now();
    assert.equal(String((await read("/api/v2/summary.json")).body), '{"state":"old"}');
    edge().always(() => ({ hangs: true }));
    const before = edge().stub.seen.length;
    const answers = [];
    // Readers come all the time; each is told within a few seconds.
    while (performance.now() - start < 9_000) {
      const asked = performance.now();
      answers.push(read("/api/v2/summary.json").then((answer) => ({ ...answer, asked: asked - start, took: performance.now() - asked })));
      await new Promise((done) => setTimeout(done, 300));
    }
    let refused = 0;
    for (const { status, headers, body, asked, took } of await Promise.all(answers)) {
      if (status === 200) {
        assert.equal(String(body), '{"state":"old"}');
        assert.ok(edge().keeps > 0 && asked + took < edge().keeps + 1_000, `an answer of the start after ${asked + took} ms`);
      } else {
        assert.deepEqual([status, headers["x-allclear-edge"], headers["cache-control"]], [502, "unreachable", "no-store"]);
        assert.ok(took < PATIENCE_MS[1], `told after ${took} ms`);
        refused += 1;
      }
    }
    assert.ok(refused > 5, "nobody was told");
    if (edge().keeps > 0) assert.ok(edge().stub.seen.length - before <= 8, "each reader's question went to the vendor");
    edge().always(() => ({ body: '{"state":"new"}' }));
    await edge().fresh();
    assert.equal(String((await read("/api/v2/summary.json")).body), '{"state":"new"}');
    edge().always();
  });

  test(`${name} passes the public page's own failures on, and says when it cannot be reached`, async () => {
    await edge().fresh();
    const failures = { 404: [404, "incidents"], 429: [429, "status"], 500: [500, "components"], 0: [502, "summary"] };
    for (const [status, [expected, file]] of Object.entries(failures)) {
      // A read may be tried again at once, unlike a write.
      edge().always(() => ({ status: Number(status), body: "{}" }));
      const answer = await read(`/api/v2/${file}.json`);
      assert.equal(answer.status, expected);
      assert.match(answer.headers["cache-control"], /^no-(cache|store)$/);
      assert.equal(answer.headers["x-allclear-edge"], expected === 502 ? "unreachable" : undefined);
    }
    edge().always();
    await edge().fresh();
  });
}

/**
 * Runs what holds below /status/ where the site was built for that path. `edge()` gives `page` and `console`, the hosts
 * of the two, which may be one.
 */
export function runBelowPath(name, edge) {
  const ada = { authorization: basic("ada") };
  const get = (asked, path, headers = {}) => asked({ method: "GET", path, headers });

  test(`${name} below a path guards the console and the edge as at the top`, async () => {
    const before = edge().stub.seen.length;
    const calls = ALLOWED.filter(({ method }) => method === "GET").map(({ path }) => path);
    for (const path of [...CONSOLE_PATHS, ...ENCODED_PATHS, "/api/whoami", ...calls]) {
      const { status, body } = await get(edge().console, `/status${path}`, { ...HERE, "x-allclear": "1" });
      assert.equal(status, 401, path);
      assert.doesNotMatch(String(body), /SECRET|vendor/, path);
    }
    // Above the path there is nothing of ours.
    for (const path of ["/console/", "/console/sop.toml", "/api/whoami", ALLOWED[0].path, "/statusconsole/sop.toml"]) {
      for (const asked of [edge().page, edge().console]) {
        assert.doesNotMatch(String((await get(asked, path, ALLOWED[0].headers)).body), /SECRET|vendor|ada/, path);
      }
    }
    assert.equal(edge().stub.seen.length, before, "something reached the vendor");
  });

  test(`${name} below a path serves both apps, the edge and the public page's files`, async () => {
    const { page, console, stub } = edge();
    for (const path of ["/status/", "/status/history", "/status/incidents/a?x=1"]) {
      const { status, body } = await get(page, path);
      assert.equal(status, 200, path);
      assert.match(String(body), /<base href="\/status\/">[\s\S]*status page/, path);
    }
    for (const path of ["/status/console/", "/status/console/declare"]) assert.match(String((await get(console, path, ada)).body), /<base href="\/status\/console\/">[\s\S]*console page/, path);
    for (const [asked, path, location] of [[page, "/status", "/status/"], [console, "/status/console", "/status/console/"]]) {
      const { status, headers } = await get(asked, path, ada);
      assert.deepEqual([status, headers.location.replace(/^http:\/\/[^/]+/, "")], [308, location]);
    }
    assert.equal((await get(page, "/status/none.css")).status, 404);
    assert.equal((await get(page, "/status/app-0123456789abcdef_bg.wasm", { "accept-encoding": "gzip" })).headers["content-encoding"], "gzip");
    assert.deepEqual(JSON.parse((await get(console, "/status/api/whoami", { ...HERE, ...ada })).body), { login: "ada" });
    const write = ALLOWED.find(({ method }) => method === "PATCH");
    assert.equal((await console({ ...write, path: `/status${write.path}` })).status, 200);
    assert.deepEqual([stub.seen.at(-1).path, stub.seen.at(-1).headers.authorization], [write.reaches.path, `OAuth ${KEYS.statuspage}`]);
    const refused = REFUSED.find(({ name: of }) => of === "an encoded slash in an id");
    assert.equal((await console({ ...refused, path: `/status${refused.path}` })).status, 404);
    assert.equal((await get(page, "/status/api/v2/status.json")).status, 200);
    assert.deepEqual([stub.seen.at(-1).path, stub.seen.at(-1).headers.authorization], ["/api/v2/status.json", undefined]);
  });
}
