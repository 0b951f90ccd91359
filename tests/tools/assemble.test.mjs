// The finishing of a dist/: what config.json changes in the static files, and that it can be done again.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { assemble } from "../../tools/assemble.mjs";
import { fill, provider } from "../../tools/lib/config.mjs";
import { filesBelow } from "../../tools/lib/files.mjs";
import { digest } from "../../tools/lib/policy.mjs";
import { ROOT } from "../../tools/lib/run.mjs";

const PAGE = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <base href="/">
  <title data-config-text="{organisation} status" data-config-else="Service status" data-config-de="Status von {organisation}" data-de="Status der Dienste">Service status</title>
  <meta property="og:title" data-config-text="{organisation} status" data-config-else="Service status" content="Service status">
  <meta data-property="og:url" data-config-text="{status_url}/">
  <meta data-property="og:image" data-config-text="{status_url}/icons/allclear-512.png">
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
  write("config.json", JSON.stringify({ organisation: "Tom & \"Co\" <x>", support: "help@example.com", source: { kind: "statuspage", url: "https://status.example.com/api/v2" } }));
});
afterEach(() => rmSync(dist, { recursive: true }));

test("the organisation's words stand in the page, escaped", () => {
  assemble({ dist });
  const html = read("index.html");
  assert.match(html, /<title [^>]*>Tom &amp; &quot;Co&quot; &lt;x&gt; status<\/title>/);
  assert.match(html, /<title [^>]*data-de="Status von Tom &amp; &quot;Co&quot; &lt;x&gt;">/);
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

test("what other sites show of the page has its address only where there is one, and is never empty", () => {
  const told = () => read("index.html").match(/<meta\b[^>]*\sproperty="og:[^>]*>/g).map((tag) => [
    tag.match(/\sproperty="([^"]*)"/)[1],
    tag.match(/\scontent="([^"]*)"/)?.[1],
  ]);
  const config = JSON.parse(read("config.json"));
  const nameless = [["og:title", "Tom &amp; &quot;Co&quot; &lt;x&gt; status"]];
  assemble({ dist });
  const first = snapshot();
  assert.deepEqual(told(), nameless);
  for (const status_url of ["https://status.example.org", "https://status.example.org/"]) {
    write("config.json", JSON.stringify({ ...config, status_url }));
    assemble({ dist });
    assert.deepEqual(told(), [
      ...nameless,
      ["og:url", "https://status.example.org/"],
      ["og:image", "https://status.example.org/icons/allclear-512.png"],
    ]);
  }
  for (const status_url of [undefined, "", "status.example.org", "javascript:alert(1)"]) {
    write("config.json", JSON.stringify({ ...config, status_url }));
    assemble({ dist });
    assert.deepEqual(told(), nameless, status_url);
  }
  write("config.json", JSON.stringify(config));
  assemble({ dist });
  assert.deepEqual(snapshot(), first);
});

test("an address that is a script never becomes a link", () => {
  write("index.html", PAGE.replaceAll("mailto:{support}", "{support}"));
  write("config.json", JSON.stringify({ support: "javascript:alert(1)" }));
  assemble({ dist });
  assert.doesNotMatch(read("index.html"), / href="javascript/);
});

/** The policy of a page by what is assembled: in the page itself, and in the header of its paths. */
const inPage = (file) => read(file).match(/<meta http-equiv="Content-Security-Policy" content="([^"]*)">/)[1];
const inHeader = (path) => read("_headers").match(new RegExp(`^/${path}\\*\\n  Content-Security-Policy: (.*)$`, "m"))[1];

test("the source's origin may be asked by the status page alone, and each header says what its page says", () => {
  assemble({ dist });
  assert.match(inPage("index.html"), /connect-src 'self' https:\/\/status\.example\.com;/);
  assert.match(inPage("console/index.html"), /connect-src 'self';/);
  for (const [file, path] of [["index.html", ""], ["console/index.html", "console/"]]) {
    assert.equal(inHeader(path), `${inPage(file)}; frame-ancestors 'none'`);
    assert.doesNotMatch(inPage(file), /frame-ancestors|font-src|data:|\*|unsafe-inline/);
  }
});

test("what is no host's name becomes no policy, and a page that is kept in the browser asks nobody", () => {
  const asks = (source) => {
    write("config.json", JSON.stringify({ source }));
    assemble({ dist });
    return inPage("index.html").match(/connect-src 'self'([^;]*);/)[1].trim();
  };
  const at = (url) => asks({ kind: "statuspage", url });
  for (const [url, origin] of [
    ["https://abc.statuspage.io/api/v2", "https://abc.statuspage.io"],
    ["https://ABC.example:8443/x", "https://abc.example:8443"],
    ["https://b\u{fc}cher.example/api/v2", "https://xn--bcher-kva.example"],
    ["http://127.0.0.1:4600/api/v2", "http://127.0.0.1:4600"],
    ["/api/v2", ""],
  ]) assert.equal(at(url), origin, url);
  for (const host of ["a.example;script-src", "a.example;sandbox", "*.example", "*", "'self'", "a'unsafe-inline'", "a,b.example", 'a".example', "a$b.example", "a&b.example", "a(b).example", "a_b.example", "-a.example", "a-.example", "a..example", ".example", "a.example.", "a b.example", `${"a".repeat(64)}.example`, "[::1]", "user@"]) {
    assert.equal(at(`https://${host}/api/v2`), "", host);
  }
  assert.equal(asks({ kind: "embedded", url: "https://a.example/api/v2" }), "");
  assert.equal(asks({ kind: "statuspage", url: "/api/v2", more: ["https://b.example"] }), "");
});

test("an inline script gets its hash, integrity follows the file", () => {
  write("index.html", PAGE.replace("</head>", "<script>start()</script>\n</head>"));
  assemble({ dist });
  assert.ok(read("_headers").includes(`'${digest("sha256", "start()")}'`));
  assert.ok(read("index.html").includes(`integrity="${digest("sha384", STYLE)}"`));
});

/** What Netlify reads below a path: a file of the console's that is missing is missing, and no page in its place. */
const redirects = (base) => `${["sop", "team"].map((file) => `${base}console/${file}.toml ${base}404.html 404\n`).join("")
  }${base}console/* ${base}console/index.html 200\n${base}* ${base}index.html 200\n`;

test("hosts get their fallback, and a wrong wish is refused", () => {
  assemble({ dist, host: "netlify" });
  assert.equal(read("_redirects"), redirects("/"));
  assemble({ dist, host: "cloudflare" });
  assert.ok(filesBelow(dist).includes("console/404.html"));
  assert.ok(!filesBelow(dist).includes("404.html") && !filesBelow(dist).includes("_redirects"));
  assemble({ dist, host: "nginx" });
  for (const kind of ["page", "console", "edge", "data"]) assert.match(read(`_nginx_${kind}.conf`), /^add_header Content-Security-Policy "default-src 'none';.*" always;$/m);
  assemble({ dist, host: "caddy" });
  assert.match(read("_Caddyfile"), /^header \{\n\tContent-Security-Policy "default-src 'none';.*"$/m);
  assert.ok(!filesBelow(dist).some((file) => file.startsWith("_nginx")) && !read("_headers").includes("_Caddyfile"));
  assert.throws(() => assemble({ dist, host: "elsewhere" }), /one of any, netlify/);
  assert.throws(() => assemble({ dist, base: "status" }), /write it as/);
});

test("the badge is told where the page is, and is not there where nobody could read it", () => {
  write("badge.template.js", 'const s="__SOURCE__",p="__PAGE__";');
  const config = { organisation: "X", status_url: "https://status.example.com", source: { kind: "statuspage", url: "/api/v2/" } };
  write("config.json", JSON.stringify(config));
  assemble({ dist });
  assert.equal(read("badge.js"), 'const s="https://status.example.com/api/v2",p="https://status.example.com";');
  // Below a path the page is there, and a source that begins with a slash is still at the host's top.
  write("config.json", JSON.stringify({ ...config, status_url: "https://www.example.com/status" }));
  assemble({ dist, base: "/status/" });
  assert.equal(read("badge.js"), 'const s="https://www.example.com/api/v2",p="https://www.example.com/status";');
  assert.match(read("_headers"), /^\/status\/badge\.js$/m);
  write("config.json", JSON.stringify({ ...config, source: { kind: "embedded" } }));
  assemble({ dist });
  assert.ok(!filesBelow(dist).includes("badge.js"));
});

test("the first-state script is told the source, and the policy allows just that script", () => {
  write("index.html", PAGE.replace("</body>", '<script data-source="">first()</script></body>'));
  const config = { organisation: "X", source: { kind: "statuspage", url: 'https://a.example/api/v2?"><script>' } };
  write("config.json", JSON.stringify(config));
  assemble({ dist });
  assert.match(read("index.html"), /<script data-source="https:\/\/a\.example\/api\/v2\?&quot;&gt;&lt;script&gt;">first\(\)<\/script>/);
  assert.ok(read("_headers").includes(digest("sha256", "first()")));
  write("config.json", JSON.stringify({ organisation: "X", source: { kind: "embedded" } }));
  assemble({ dist });
  assert.match(read("index.html"), /<script data-source="">first\(\)<\/script>/);
});

test("there is room for the state where the host passes it on and can write it, and nowhere else", () => {
  write("index.html", PAGE.replace("</body>", '<script data-source="">ask()</script><p>a</p><script data-first>first()</script></body>'));
  const roomy = /<script data-source="\/api\/v2" data-within>ask\(\)<\/script><p>a<\/p><script type="application\/json">\{"at":<!--#config timefmt="%s" --><!--#echo var="date_gmt" -->,"summary":<!--#include virtual="\/\.state" -->\}<\/script><script data-first>/;
  const set = (source) => write("config.json", JSON.stringify({ organisation: "X", source }));
  const own = { kind: "statuspage", url: "/api/v2" };
  for (const host of ["nginx", "cloudflare", "netlify"]) {
    set(own);
    assemble({ dist, host });
    assert.match(read("index.html"), roomy, host);
    const before = snapshot();
    assemble({ dist, host });
    assert.deepEqual(snapshot(), before, "a second run changes nothing");
    assert.doesNotMatch(read("_headers"), new RegExp(digest("sha256", read("index.html").match(/json">(.*?)<\/script>/)[1]).replace(/[+/]/g, ".")), "data need no permission");
  }
  for (const [host, source, base] of [["any", own], ["github", own], ["caddy", own], ["nginx", { kind: "embedded" }], ["nginx", { ...own, url: "https://a.example/api/v2" }], ["nginx", own, "/status/"]]) {
    set(source);
    assemble({ dist, host, base });
    assert.doesNotMatch(read("index.html"), /data-within|#include|application\/json/, `${host} ${source.url} ${base}`);
    assert.match(read("index.html"), /<script data-source="[^"]*">ask\(\)<\/script><p>a<\/p><script data-first>first\(\)<\/script>/);
  }
});

/** What a finished worker was told. */
const told = (file) => JSON.parse(JSON.parse(read(file).match(/settings = (".*");/)[1]));

test("each app's worker keeps its own files, and its version follows their content", () => {
  write("worker.template.js", 'const settings = "__SETTINGS__";');
  write("off.template.js", 'const settings = "__SETTINGS__"; // off');
  write("theme.js", "theme");
  write("console/part-0123456789abcdef_bg.wasm", "wasm");
  write("console/sop.toml", "playbook");
  write("config.json", JSON.stringify({ organisation: "A \"quoted\" name", source: { kind: "statuspage", url: "https://a.example/api/v2/" } }));
  assemble({ dist });
  const [status, console] = [told("sw.js"), told("console/sw.js")];
  assert.deepEqual(status.files, ["./", "app-0123456789abcdef.css"]);
  assert.deepEqual(console.files, ["./", "part-0123456789abcdef_bg.wasm", "../theme.js"]);
  assert.equal(status.source[0], "https://a.example/api/v2/summary.json");
  assert.deepEqual([console.source, console.playbook], [[], ["sop.toml", "team.toml"]]);
  assert.match(read("_headers"), /^\/sw\.js\n {2}Cache-Control: no-cache$/m);
  assert.match(read("_headers"), /^\/console\/sw\.js\n {2}Cache-Control: no-cache$/m);
  for (const end of ["", ".br", ".gz"]) assert.ok(read("_headers").includes(`\n/console/sop.toml${end}\n  Cache-Control: no-store\n`), end);
  assert.match(read("_headers"), /^\/console\/part-0123456789abcdef_bg\.wasm\n {2}Cache-Control: private, max-age=31536000, immutable$/m);

  const before = snapshot();
  assemble({ dist });
  assert.deepEqual(snapshot(), before, "a second run changes nothing");
  write("theme.js", "another theme");
  assemble({ dist });
  assert.notEqual(told("console/sw.js").version, console.version);

  assemble({ dist, worker: "off" });
  assert.match(read("sw.js"), /off$/);
  assert.match(read("console/index.html"), /<html lang="en" data-worker="off">/);
  assemble({ dist });
  assert.doesNotMatch(read("index.html"), /data-worker/);
  assert.throws(() => assemble({ dist, worker: "perhaps" }), /on or off/);
});

test("without scripts readers are led to the provider of the status, and never to the page that they are on", () => {
  const status_url = "https://status.example.com/page";
  const led = (url, own = status_url) => provider({ status_url: own, source: { kind: "statuspage", url } });
  assert.equal(led("https://abc.statuspage.io/api/v2"), "https://abc.statuspage.io/");
  assert.equal(led("https://abc.statuspage.io/api/v2", ""), "https://abc.statuspage.io/");
  assert.equal(led("https://status.example.com/api/v2"), undefined);
  assert.equal(led("/api/v2"), undefined);
  assert.equal(provider({ status_url, source: { kind: "embedded" } }), undefined);
  assert.equal(provider({}), undefined);
});

test("an address that ends with a slash is filled in as well as one that does not", () => {
  for (const [url, image] of [["https://a.example/", "https://a.example/x.png"], ["https://a.example/b", "https://a.example/b/x.png"]]) {
    assert.equal(fill("{status_url}/x.png", { status_url: url }), image);
    assert.equal(fill("{status_url}", { status_url: url }), url);
  }
  assert.equal(fill("{status_url}/x.png", {}), undefined);
});

test("the policy allows what stands in the pages, script by script and sheet by sheet, and nothing else inline", () => {
  write("index.html", PAGE.replace("</head>", "<style>p{color:red}</style>\n</head>"));
  assemble({ dist });
  const [, style] = read("_headers").match(/style-src 'self'([^;]*);/);
  assert.equal(style.trim(), `'${digest("sha256", "p{color:red}")}'`);
  assert.doesNotMatch(read("_headers"), /unsafe-inline/);
  assert.match(read("index.html"), /style-src 'self' 'sha256-/);
});

test("what reads the page of a browser is kept for pages of a browser only", () => {
  const part = "split_kept-0123456789abcdef.wasm";
  write("worker.template.js", 'const settings = "__SETTINGS__";');
  write(part, "wasm");
  for (const [source, keeps] of [[{ kind: "embedded" }, true], [{ kind: "statuspage", url: "https://a.example/api/v2" }, false]]) {
    write("config.json", JSON.stringify({ source }));
    assemble({ dist });
    assert.equal(told("sw.js").files.includes(part), keeps, source.kind);
  }
});

test("both apps can be installed, each as itself", () => {
  write("index.html", PAGE.replace("</head>", '<meta name="theme-color" media="(prefers-color-scheme: light)" content="#abcdef">\n</head>'));
  assemble({ dist, base: "/status/" });
  const [status, console] = ["manifest.webmanifest", "console/manifest.webmanifest"].map((file) => JSON.parse(read(file)));
  assert.equal(status.name, 'Tom & "Co" <x> status');
  assert.deepEqual([status.id, status.scope, status.theme_color], ["/status/", "/status/", "#abcdef"]);
  assert.deepEqual([console.id, console.start_url, console.icons[1].src], ["/status/console/", "/status/console/", "../icons/allclear-192.png"]);
});

test("every icon that a manifest names is there, and the pages name the colours of the tokens", () => {
  assemble({ dist });
  for (const { src, sizes } of JSON.parse(read("manifest.webmanifest")).icons) {
    const bytes = readFileSync(`${ROOT}/public/${src}`);
    if (src.endsWith(".png")) assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes, src);
    assert.ok(bytes.length < 20_000, `${src} has ${bytes.length} bytes`);
  }
  const [, light, dark] = readFileSync(`${ROOT}/style/tokens.css`, "utf8").match(/--wall: light-dark\((#\w+), (#\w+)\)/);
  for (const page of ["index.html", "console/index.html"]) {
    const html = readFileSync(`${ROOT}/${page}`, "utf8");
    const colours = [...html.matchAll(/name="theme-color" media="\(prefers-color-scheme: (\w+)\)" content="(#\w+)"/g)];
    assert.deepEqual(colours.map(([, scheme, colour]) => [scheme, colour]), [["light", light], ["dark", dark]], page);
  }
});

/** Runs the command as an operator does; gives what it says. */
function command(...args) {
  const { status, stdout, stderr } = spawnSync("node", [`${ROOT}/tools/assemble.mjs`, "--dist", dist, ...args], { encoding: "utf8" });
  return [status, stderr || stdout];
}

test("a dist/ that is finished again is finished for the host and the path that it was built for, unless others are told", () => {
  for (const [host, file] of [["nginx", "_nginx_page.conf"], ["netlify", "_redirects"], ["github", "404.html"]]) {
    assemble({ dist, host, base: "/status/" });
    const before = snapshot();
    const [status, said] = command();
    assert.equal(status, 0, said);
    assert.match(said, new RegExp(`for ${host}, at /status/ \\(--(host and --base|base and --host) as before\\)`));
    assert.deepEqual(snapshot(), before, host);
    assert.ok(filesBelow(dist).includes(file), host);
  }
  assert.match(command("--host", "caddy")[1], /for caddy, at \/status\/ \(--base as before\);/);
  assert.match(command("--host", "nginx", "--base", "/")[1], /for nginx, at \/;/);
  assert.match(read("index.html"), /<base href="\/">/);
  rmSync(join(dist, "_hosting.txt"));
  assert.match(command()[1], /for any, at \/;/);
});

test("below a path each host is told how the apps get there and stay guarded", () => {
  for (const [host, words] of Object.entries({
    nginx: [/deploy\/nginx\/sub-path\.conf, with \/help\/status\/ for/, /"url": "\/help\/status\/api\/v2"/],
    caddy: [/deploy\/caddy\/sub-path\.Caddyfile, with \/help\/status\/ for/],
    netlify: [/cp -r dist\/\. site\/help\/status\/ && mv site\/help\/status\/_headers site\/help\/status\/_redirects site\/$/m, /BASE=\/help\/status\//],
    cloudflare: [/mv site\/help\/status\/_headers site\/$/m, /BASE=\/help\/status\//],
  })) {
    assemble({ dist, host, base: "/help/status/" });
    for (const each of words) assert.match(read("_hosting.txt"), each, host);
    assert.doesNotMatch(read("_hosting.txt"), /published as it is/);
    if (host === "cloudflare") assert.ok(["404.html", "console/404.html"].every((file) => filesBelow(dist).includes(file)));
    if (host === "netlify") assert.equal(read("_redirects"), redirects("/help/status/"));
    assemble({ dist, host });
    assert.doesNotMatch(read("_hosting.txt"), /sub-path|BASE=/, host);
  }
});

test("a host is told what it needs and what is lost there", () => {
  assemble({ dist, host: "s3", base: "/status/" });
  assert.match(read("404.html"), /<script src="404\.js">/);
  assert.match(read("_hosting.txt"), /error document is then status\/404\.html/);
  assert.match(read("_hosting.txt"), /frame-ancestors/);
  assert.match(read("_hosting.txt"), /Other projects of the same origin/);
  assemble({ dist });
  assert.doesNotMatch(read("_hosting.txt"), /lost/);
  assemble({ dist, host: "caddy" });
  assert.match(read("_hosting.txt"), /lost there\n[^]*does not look into mails[^]*spaces no calls/);
});

test("who sets up Cloudflare is told everywhere that the login goes with the day's calls, unless it fails closed", () => {
  for (const base of ["/", "/status/"]) {
    assemble({ dist, host: "cloudflare", base });
    assert.match(read("_hosting.txt"), /It needs\n[^]*"Fail closed"[^]*public[^]*What is lost/);
  }
  for (const file of ["README.md", "deploy/README.md", "deploy/cloudflare/functions/_middleware.js"]) {
    assert.match(readFileSync(join(ROOT, file), "utf8"), /"Fail closed"/, file);
  }
});
