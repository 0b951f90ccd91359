// Requests as they stand: `fetch` would tidy the path. And a small dist/ to serve.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { assemble } from "../../tools/assemble.mjs";

/**
 * Sends a request and gives status, headers (names in small letters) and body. `declared`: it says that so many bytes come,
 * and sends them only to who wants them; `chunked`: it does not say how many come.
 */
export function ask(port, { method = "GET", path, headers = {}, body, declared, chunked = false }) {
  const bytes = declared ?? (body === undefined ? undefined : Buffer.byteLength(body));
  const length = bytes === undefined || chunked ? {} : { "content-length": bytes, ...(declared && { expect: "100-continue" }) };
  return new Promise((done, failed) => {
    const sent = request({ port, host: "127.0.0.1", path, method, headers: { ...headers, ...length }, agent: false }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => {
        done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) });
        sent.destroy();
      });
      answer.on("error", failed);
    });
    sent.on("error", failed);
    if (declared === undefined) sent.end(body);
    else sent.on("continue", () => sent.end("x".repeat(declared))).flushHeaders();
  });
}

const page = (app) => `<!DOCTYPE html>\n<html lang="en"><head>\n  <meta charset="utf-8">\n  <base href="/">\n</head><body>${app}</body></html>\n`;

const made = [];
process.once("exit", () => made.forEach((each) => rmSync(each, { recursive: true, force: true })));

/** A folder of its own under the system's temporary ones, which is gone when the tests have ended. */
export function folder(name) {
  made.push(mkdtempSync(join(tmpdir(), `allclear-${name}-`)));
  return made.at(-1);
}

/** A small dist/ as the assemble step leaves it for `host` and the path `base`, whose page is read at `source`. */
export function smallDist(host, base, source = "https://page.example/api/v2") {
  const dist = join(folder("edge"), "dist");
  for (const each of ["console", "laid/console"]) mkdirSync(join(dist, each), { recursive: true });
  const write = (file, text) => writeFileSync(join(dist, file), text);
  write("index.html", page('status page<script data-source="">ask()</script><script data-first>first()</script>'));
  write("console/index.html", page("console page"));
  write("console/sop.toml", "playbook = \"SECRET-playbook\"");
  write("console/team.toml", "team = \"SECRET-playbook\"");
  // As by somebody who puts the folder below a path by hand.
  for (const file of ["sop.toml", "index.html"]) write(`laid/console/${file}`, "SECRET-playbook");
  for (const app of ["", "console/"]) write(`${app}app-0123456789abcdef_bg.wasm`, "wasm");
  write("config.json", JSON.stringify({ organisation: "Edge", source: { kind: "statuspage", url: source } }));
  write("worker.template.js", 'const settings = "__SETTINGS__";');
  write(".hidden", "hidden");
  assemble({ dist, host, base });
  return dist;
}

export const gzipped = (text) => gzipSync(text);
