// A plain static server with the production headers: what `make serve` and the end-to-end tests use.
//
//   node tools/serve.mjs [--dir dist] [--port 8080] [--base /] [--plain]
//
// It does what a static host does and no more: files, their compressed twins, the headers of `_headers`,
// each app's own page for its deep links, 404 for a file that is not there. With `--plain` it knows nothing of
// us, as GitHub Pages or a bucket: no headers, no deep links, 404.html with status 404 for whatever is no file.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";
import { parseArgs } from "node:util";
import { isFile, isFolder } from "./lib/files.mjs";
import { isMain } from "./lib/main.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".toml": "application/toml; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};
const TWINS = [["br", ".br"], ["gzip", ".gz"]];

/** The rules of a `_headers` file: `[pattern, [[name, value]]]`. */
export function parseHeaders(text) {
  const rules = [];
  for (const line of text.split("\n").filter((each) => each.trim() !== "")) {
    if (/^\S/.test(line)) {
      const pattern = line.trim().split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join(".*");
      rules.push([new RegExp(`^${pattern}$`), []]);
    } else {
      const [, name, value] = line.match(/^\s+([^:]+):\s*(.*)$/);
      rules.at(-1)?.[1].push([name, value]);
    }
  }
  return rules;
}

/** What answers a path below the base: a file, another address to go to, or nothing. */
export function resolve(dir, path, plain = false) {
  const parts = path.split("/");
  const hidden = parts.some((part) => part.startsWith(".") || part.includes("\\") || part.includes("\0"));
  if (hidden || /^_(headers|redirects|nginx_\w+\.conf|Caddyfile|hosting\.txt)$/.test(path)) return { status: 404 };
  if (path === "" || path.endsWith("/")) {
    if (isFile(`${dir}/${path}index.html`)) return { status: 200, file: `${path}index.html` };
  } else if (isFile(`${dir}/${path}`)) {
    return { status: 200, file: path };
  } else if (isFolder(`${dir}/${path}`) && isFile(`${dir}/${path}/index.html`)) {
    return { status: 308, location: `${path}/` };
  }
  if (plain && isFile(`${dir}/404.html`)) return { status: 404, file: "404.html" };
  if (plain || extname(path) !== "") return { status: 404 };
  const page = parts[0] === "console" ? "console/index.html" : "index.html";
  return isFile(`${dir}/${page}`) ? { status: 200, file: page } : { status: 503 };
}

/** Answers one request from the folder. */
export function answer({ dir, base = "/", plain: bare = false }, request, response) {
  let path;
  try {
    path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  } catch {
    return response.writeHead(400).end();
  }
  const rules = !bare && isFile(`${dir}/_headers`) ? parseHeaders(readFileSync(`${dir}/_headers`, "utf8")) : [];
  response.setHeader("Cache-Control", "no-cache");
  for (const [pattern, headers] of rules) {
    if (pattern.test(path)) for (const [name, value] of headers) response.setHeader(name, value);
  }
  const plain = (status, text) =>
    response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" }).end(`${text}\n`);

  if (!["GET", "HEAD"].includes(request.method)) return response.writeHead(405, { Allow: "GET, HEAD" }).end();
  if (!path.startsWith(base)) return plain(404, `Nothing here; the site is at ${base}`);
  const found = resolve(dir, path.slice(base.length), bare);
  if (found.status === 308) return response.writeHead(308, { Location: base + found.location }).end();
  if (found.status === 404 && !found.file) return plain(404, "Not found");
  if (found.status === 503) return plain(503, "Not built yet");

  const accepted = (request.headers["accept-encoding"] ?? "").split(",").map((each) => each.trim().split(";")[0]);
  const [encoding, suffix] = TWINS.find(([name, end]) => accepted.includes(name) && isFile(`${dir}/${found.file}${end}`)) ?? ["", ""];
  const bytes = readFileSync(`${dir}/${found.file}${suffix}`);
  const tag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 32)}"`;
  response.setHeader("Vary", "Accept-Encoding");
  response.setHeader("ETag", tag);
  if (request.headers["if-none-match"] === tag) return response.writeHead(304).end();
  if (encoding) response.setHeader("Content-Encoding", encoding);
  response.setHeader("Content-Type", TYPES[extname(found.file)] ?? "application/octet-stream");
  response.setHeader("Content-Length", bytes.length);
  return response.writeHead(found.status).end(request.method === "HEAD" ? undefined : bytes);
}

/** Serves `dir` on this machine; resolves with the server once it listens. */
export function serve({ dir, port, base = "/", plain = false }) {
  const server = createServer((request, response) => {
    try {
      answer({ dir, base, plain }, request, response);
    } catch (error) {
      // A file may vanish between looking and reading while a build takes its place.
      console.error(`${request.url}: ${error.message}`);
      response.headersSent ? response.destroy() : response.writeHead(503).end();
    }
  });
  return new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => done(server));
  });
}

if (isMain(import.meta)) {
  const { values } = parseArgs({
    options: {
      dir: { type: "string", default: "dist" },
      port: { type: "string", default: "8080" },
      base: { type: "string", default: "/" },
      plain: { type: "boolean", default: false },
    },
  });
  const server = await serve({ ...values, port: Number(values.port) });
  console.log(`Serving ${values.dir}/ at http://127.0.0.1:${server.address().port}${values.base}`);
}
