// What becomes of the two builds when they are laid into one folder: two small apps, as Trunk leaves them.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ROOT } from "../../tools/lib/run.mjs";
import { stage } from "../../tools/stage.mjs";

const folder = mkdtempSync(join(tmpdir(), "allclear-stage-"));
after(() => rmSync(folder, { recursive: true }));
const HASH = "0123456789abcdef";

/** One app's build: its page with what Trunk puts into it. */
function built(app, page) {
  const write = (file, text) => writeFileSync(join(folder, app, file), text);
  mkdirSync(join(folder, app));
  write(`${app}-${HASH}.js`, "export default 1;");
  write(`${app}-${HASH}_bg.wasm`, "wasm");
  write(`${app}-${HASH}.css`, "body{margin:0}");
  const starter = `<script type="module">\nimport init, * as bindings from './${app}-${HASH}.js';\n</script>`;
  const html = readFileSync(`${ROOT}/${page}`, "utf8")
    .replace(/<link data-trunk rel="css"[^>]*>/, `<link rel="stylesheet" href="./${app}-${HASH}.css"/>`)
    .replace(/<link data-trunk rel="rust"[^>]*>/, "")
    .replace("</head>", `${starter}</head>`);
  write("index.html", html);
}
built("status", "index.html");
built("console", "console/index.html");
mkdirSync(join(folder, "public"));
cpSync(`${ROOT}/public/theme.js`, join(folder, "public/theme.js"));
await stage({ from: folder, publicFolder: join(folder, "public"), to: join(folder, "dist"), minify: true });
const page = (file) => readFileSync(join(folder, "dist", file), "utf8");

test("readers are sent no remarks of the pages' sources", () => {
  for (const file of ["index.html", "console/index.html"]) {
    assert.match(page(file), /<main/);
    assert.doesNotMatch(page(file), /<!--/, file);
  }
});

test("both pages say themselves that no referrer is sent: not every host sends a header", () => {
  for (const file of ["index.html", "console/index.html"]) assert.match(page(file), /<meta name="referrer" content="no-referrer">/, file);
});

test("what hears of a start that fails stands in each page, before the script that starts its app", () => {
  for (const [file, needle] of [["index.html", /\.promise-rest/], ["console/index.html", /start-failed/]]) {
    const [, before, start] = page(file).match(/<script>([^<]*)<\/script>\s*<script type="module" src="\.\/(start-[0-9a-f]{16}\.js)"><\/script>\s*<\/head>/) ?? assert.fail(page(file));
    assert.match(before, needle);
    const hashed = new RegExp(before.match(/\/(-\[0-9a-f\]\{16\}\\\.js\$)\//)[1]);
    assert.match(start, hashed, "it knows the script by its name");
  }
});
