// The finishing of a dist/: what config.json changes in the static files, and that it can be done again.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { assemble } from "../../tools/assemble.mjs";
import { filesBelow } from "../../tools/lib/files.mjs";
import { digest } from "../../tools/lib/policy.mjs";

const PAGE = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <base href="/">
  <title data-config-text="{organisation} status" data-config-else="Service status">Service status</title>
  <meta property="og:title" data-config-text="{organisation} status" data-config-else="Service status" content="Service status">
  <link rel="stylesheet" href="./app-0123456789abcdef.css" integrity="sha384-old"/>
</head>
<body><noscript><a data-config-href="mailto:{support}" data-config-text="{support}" data-config-else="">Support</a></noscript></body>
</html>
`;
const STYLE = "body{margin:0}";
let dist;

const write = (file, text) => writeFileSync(join(dist, file), text);
const read = (file) => readFileSync(join(dist, file), "utf8");
const snapshot = () => filesBelow(dist).map((file) => [file, readFileSync(join(dist, file), "base64")]);

beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), "allclear-assemble-"));
  mkdirSync(join(dist, "console"));
  write("index.html", PAGE);
  write("console/index.html", PAGE);
  write("app-0123456789abcdef.css", STYLE);
  write("config.json", JSON.stringify({ organisation: "Tom & \"Co\" <x>", support: "help@example.com", source: { url: "https://status.example.com/api/v2/summary.json" } }));
});
afterEach(() => rmSync(dist, { recursive: true }));

test("the organisation's words stand in the page, escaped", () => {
  assemble({ dist });
  const html = read("index.html");
  assert.match(html, /<title [^>]*>Tom &amp; &quot;Co&quot; &lt;x&gt; status<\/title>/);
  assert.match(html, /content="Tom &amp; &quot;Co&quot; &lt;x&gt; status"/);
  assert.match(html, /<a [^>]*href="mailto:help@example\.com">help@example\.com<\/a>/);
});

test("a second run changes nothing", () => {
  assemble({ dist });
  const first = snapshot();
  assemble({ dist });
  assert.deepEqual(snapshot(), first);
});

test("a run for another place leaves nothing of the one before", () => {
  assemble({ dist });
  const first = snapshot();
  assemble({ dist, base: "/status/", host: "github" });
  assert.match(read("index.html"), /<base href="\/status\/">/);
  assert.match(read("console/index.html"), /<base href="\/status\/console\/">/);
  assert.match(read("_headers"), /^\/status\/\*$/m);
  assert.match(read("404.js"), /"\/status\/console\/"/);
  assemble({ dist });
  assert.deepEqual(snapshot(), first);
});

test("a missing or broken config.json gives neutral words and no foreign address", () => {
  assemble({ dist });
  for (const broken of [() => rmSync(join(dist, "config.json")), () => write("config.json", "{")]) {
    broken();
    assemble({ dist });
    assert.match(read("index.html"), /<title [^>]*>Service status<\/title>/);
    assert.doesNotMatch(read("index.html"), / href="mailto:/);
    assert.match(read("_headers"), /connect-src 'self';/);
  }
});

test("an address that is a script never becomes a link", () => {
  write("index.html", PAGE.replaceAll("mailto:{support}", "{support}"));
  write("config.json", JSON.stringify({ support: "javascript:alert(1)" }));
  assemble({ dist });
  assert.doesNotMatch(read("index.html"), / href="javascript/);
});

test("the source's origin may be asked, in the header and in the page", () => {
  assemble({ dist });
  const words = /connect-src 'self' https:\/\/status\.example\.com;/;
  assert.match(read("_headers"), words);
  assert.match(read("index.html"), words);
  assert.doesNotMatch(read("index.html"), /frame-ancestors/);
});

test("an inline script gets its hash, integrity follows the file", () => {
  write("index.html", PAGE.replace("</head>", "<script>start()</script>\n</head>"));
  assemble({ dist });
  assert.ok(read("_headers").includes(`'${digest("sha256", "start()")}'`));
  assert.ok(read("index.html").includes(`integrity="${digest("sha384", STYLE)}"`));
});

test("hosts get their fallback, and a wrong wish is refused", () => {
  assemble({ dist, host: "netlify" });
  assert.equal(read("_redirects"), "/console/* /console/index.html 200\n/* /index.html 200\n");
  assemble({ dist, host: "cloudflare" });
  assert.ok(filesBelow(dist).includes("console/404.html"));
  assert.ok(!filesBelow(dist).includes("404.html") && !filesBelow(dist).includes("_redirects"));
  assert.throws(() => assemble({ dist, host: "elsewhere" }), /one of any, netlify/);
  assert.throws(() => assemble({ dist, base: "status" }), /write it as/);
});
