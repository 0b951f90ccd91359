// The static server: what answers which address.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { serve } from "../../tools/serve.mjs";

let folder;
let dist;
let server;

/** A request as it stands: `fetch` would tidy the path and unpack the body. */
function ask(path, { method = "GET", headers = {} } = {}) {
  return new Promise((done, failed) => {
    request({ port: server.address().port, host: "127.0.0.1", path, method, headers }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    }).on("error", failed).end();
  });
}
const text = async (path) => String((await ask(path)).body);

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "allclear-serve-"));
  dist = join(folder, "dist");
  mkdirSync(join(dist, "console"), { recursive: true });
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(dist, "index.html"), "status page");
  writeFileSync(join(dist, "index.html.br"), brotliCompressSync("status page"));
  writeFileSync(join(dist, "console/index.html"), "console page");
  writeFileSync(join(dist, "console/sop.toml"), "playbook");
  writeFileSync(join(dist, ".hidden"), "hidden");
  writeFileSync(join(dist, "_headers"), "/*\n  X-All: yes\n/console/sop.toml\n  X-One: a: b\n");
  server = await serve({ dir: dist, port: 0 });
});
after(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

test("each app answers for its own deep links", async () => {
  for (const path of ["/", "/history", "/incidents/a?x=1", "/consoles"]) assert.equal(await text(path), "status page", path);
  for (const path of ["/console/", "/console/declare", "/console/incidents/a/report"]) {
    assert.equal(await text(path), "console page", path);
  }
  const bare = await ask("/console");
  assert.deepEqual([bare.status, bare.headers.location], [308, "/console/"]);
});

test("a file that is not there is not found", async () => {
  for (const path of ["/sop.toml", "/console/none.js", "/x/y.css"]) assert.equal((await ask(path)).status, 404, path);
});

test("nothing outside the folder, nothing hidden, no file of rules", async () => {
  const paths = ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/console/..%2f..%2fsecret.txt", "/.hidden", "/_headers"];
  for (const path of paths) {
    const answer = await ask(path);
    assert.doesNotMatch(String(answer.body), /secret|hidden|X-All/, path);
    assert.equal(answer.status, 404, path);
  }
  assert.equal((await ask("/%zz")).status, 400);
});

test("headers come from the folder's own rules, the twin from who accepts it", async () => {
  const plain = await ask("/console/sop.toml");
  assert.deepEqual([plain.headers["x-all"], plain.headers["x-one"]], ["yes", "a: b"]);
  const packed = await ask("/", { headers: { "accept-encoding": "gzip, br;q=1.0" } });
  assert.equal(packed.headers["content-encoding"], "br");
  assert.equal(String(brotliDecompressSync(packed.body)), "status page");
  assert.equal((await ask("/")).headers["content-encoding"], undefined);
});

test("reading only, and not twice the same", async () => {
  assert.equal((await ask("/", { method: "POST" })).status, 405);
  const head = await ask("/", { method: "HEAD" });
  assert.deepEqual([head.status, head.body.length, head.headers["content-length"]], [200, 0, "11"]);
  assert.equal((await ask("/", { headers: { "if-none-match": head.headers.etag } })).status, 304);
});

test("a plain host sends no headers of ours and knows no deep links", async () => {
  writeFileSync(join(dist, "404.html"), "fallback");
  const plain = await serve({ dir: dist, port: 0, plain: true });
  const at = (path) => fetch(`http://127.0.0.1:${plain.address().port}${path}`);
  const deep = await at("/history");
  assert.deepEqual([deep.status, await deep.text(), deep.headers.get("x-all")], [404, "fallback", null]);
  const home = await at("/");
  assert.deepEqual([home.status, await home.text()], [200, "status page"]);
  plain.close();
  rmSync(join(dist, "404.html"));
});
