// Addresses in config.json that are none: what needs them is left out and the key is named, and all the rest is finished.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, mock, test } from "node:test";
import { assemble } from "../../tools/assemble.mjs";
import { filesBelow } from "../../tools/lib/files.mjs";

const PAGE = `<!DOCTYPE html>\n<html lang="en"><head>\n  <meta charset="utf-8">\n  <base href="/">\n</head><body></body></html>\n`;
let [dist, said] = [];

beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), "allclear-addresses-"));
  mkdirSync(join(dist, "console"));
  for (const page of ["index.html", "console/index.html"]) writeFileSync(join(dist, page), PAGE);
  writeFileSync(join(dist, "badge.template.js"), 'const s="__SOURCE__",p="__PAGE__";');
  writeFileSync(join(dist, "worker.template.js"), 'const settings = "__SETTINGS__";');
  said = [];
  mock.method(console, "warn", (words) => said.push(words));
});
afterEach(() => {
  mock.restoreAll();
  rmSync(dist, { recursive: true });
});

/** Finishes the folder with these settings; gives its files, without their twins. */
function finished(config) {
  writeFileSync(join(dist, "config.json"), JSON.stringify({ organisation: "Tom", ...config }));
  assemble({ dist, compress: false });
  return filesBelow(dist);
}
const hosted = (url) => ({ kind: "statuspage", url });
const WHOLE = ["_headers", "_hosting.txt", "console/sw.js", "manifest.webmanifest", "sw.js"];
const told = () => JSON.parse(JSON.parse(readFileSync(join(dist, "sw.js"), "utf8").match(/settings = (".*");/)[1]));

test("a page's address without its scheme, or with one of no site, means no badge, and is named", () => {
  for (const status_url of ["status.example.com", "status.example.com/page", "//status.example.com", "https://", "javascript:alert(1)", "mailto:help@example.com"]) {
    for (const url of ["/api/v2", "https://source.example/api/v2"]) {
      said.length = 0;
      const files = finished({ status_url, source: hosted(url) });
      assert.ok(WHOLE.every((file) => files.includes(file)) && !files.includes("badge.js"), `${status_url}: ${files}`);
      assert.equal(said.length, 1, `${status_url}: ${said}`);
      assert.match(said[0], /^warning: config\.json: status_url /);
      assert.ok(said[0].includes(status_url), said[0]);
    }
  }
  said.length = 0;
  assert.ok(finished({ status_url: "https://status.example.com", source: hosted("/api/v2") }).includes("badge.js"));
  assert.ok(!finished({ source: hosted("/api/v2") }).includes("badge.js"), "nobody said where the page is");
  assert.deepEqual(said, []);
});

test("a source that is no address means no badge and a worker that keeps nothing of it, and is named", () => {
  for (const url of ["https://a b.example/api/v2", "https://[/api/v2", "http://:80/api/v2"]) {
    said.length = 0;
    const files = finished({ status_url: "https://status.example.com", source: hosted(url) });
    assert.ok(WHOLE.every((file) => files.includes(file)) && !files.includes("badge.js"), `${url}: ${files}`);
    assert.deepEqual(told().source, [], url);
    assert.equal(said.length, 1, `${url}: ${said}`);
    assert.match(said[0], /^warning: config\.json: source\.url /);
  }
});
