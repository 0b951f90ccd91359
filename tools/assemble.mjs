// Finishes a folder that is to be served: what depends on the organisation's config.json, the headers, the
// fallbacks for deep links, the compressed twins. Needs nothing but Node, and can be run again on a
// downloaded dist/ after config.json or console/sop.toml were changed:
//
//   node tools/assemble.mjs [--dist dist] [--base /] [--host HOST] [--worker on|off]
//
// HOST says how deep links find their app and who sends the headers (tools/lib/hosts.mjs); `any` writes nothing
// but the headers. What the host needs is then told in _hosting.txt. `--worker off` is the kill switch of the
// service workers (docs/offline.md).
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { connectOrigins, pageSource, provider, readConfig, textAt } from "./lib/config.mjs";
import { filesBelow, isFile, isHashed, isTwin } from "./lib/files.mjs";
import { finishHost, HOSTS } from "./lib/hosts.mjs";
import { withBase, withConfig, withIntegrity, withPolicy, withRoomForState, withSource, withWorker } from "./lib/html.mjs";
import { finishManifests, MANIFESTS } from "./lib/manifest.mjs";
import { COMPANY, CONSOLE, contentSecurityPolicy, inlineHashes } from "./lib/policy.mjs";
import { finishWorkers, WORKERS } from "./lib/worker.mjs";

const PAGES = [{ file: "index.html", folder: "" }, { file: "console/index.html", folder: "console/" }];
const BADGE = "badge.js";
const BADGE_TEMPLATE = "badge.template.js";
/** What a server reads and nobody else. */
const TOLD = ["_headers", "_redirects", "_nginx.conf", "_Caddyfile", "_hosting.txt"];
const GENERATED = [...TOLD, "404.html", "404.js", "console/404.html", BADGE, ...WORKERS, ...MANIFESTS];
const COMPRESSIBLE = /\.(html|js|mjs|css|wasm|json|toml|svg|webmanifest|txt|xml)$/;

/** Finishes the two pages, each with the policy of its own scripts, and gives the one that both are served with. */
function finishPages(dist, base, config, { workers, host }) {
  const origins = connectOrigins(config);
  const source = pageSource(config) ?? "";
  // What the host itself passes on.
  const room = HOSTS[host].writesState === true && source === `${base}api/v2`;
  const pages = PAGES.map(({ file, folder }) => {
    const read = (address) => {
      const path = `${dist}/${folder}${address.replace(/^\.\//, "")}`;
      return isFile(path) ? readFileSync(path) : undefined;
    };
    const html = readFileSync(`${dist}/${file}`, "utf8");
    const told = withSource(withConfig(withWorker(withBase(html, base + folder), workers), { ...config, provider: provider(config) }), source);
    return { file, html: withIntegrity(withRoomForState(told, room), read) };
  });
  const allowed = (htmls) => {
    const hashes = (element) => htmls.flatMap((html) => inlineHashes(html, element));
    return { scripts: hashes("script"), styles: hashes("style"), origins };
  };
  for (const { file, html } of pages) {
    writeFileSync(`${dist}/${file}`, withPolicy(html, contentSecurityPolicy({ ...allowed([html]), inMeta: true })));
  }
  return contentSecurityPolicy(allowed(pages.map(({ html }) => html)));
}

/**
 * The badge for other sites, told where the page is and where it is read. Where the page is kept in a browser
 * there is nothing that another site could read: then there is no badge.
 */
function finishBadge(dist, config) {
  const [template, badge] = [`${dist}/${BADGE_TEMPLATE}`, `${dist}/${BADGE}`];
  if (!isFile(template)) return;
  const [source, page] = [pageSource(config), textAt(config, "status_url")];
  if (!source || !page) return rmSync(badge, { force: true });
  const known = { __SOURCE__: new URL(source, `${page}/`).href, __PAGE__: page };
  const text = readFileSync(template, "utf8");
  writeFileSync(badge, text.replace(/__(SOURCE|PAGE)__/g, (mark) => JSON.stringify(known[mark]).slice(1, -1)));
}

/** The headers in the format that Netlify and Cloudflare read, and our own server. */
function headersFile(dist, base, everywhere) {
  const rule = (path, headers) =>
    [base + path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join("\n");
  const files = filesBelow(dist).filter((file) => !isTwin(file) && !TOLD.includes(file));
  const [lasting, changing] = [files.filter(isHashed), files.filter((file) => !isHashed(file))];
  const cache = (value) => (file) => rule(file, { "Cache-Control": value });
  return [
    rule("*", everywhere),
    rule("console/*", CONSOLE),
    ...["", "console/"].map(cache("no-cache")),
    // What only responders may read lies in no cache; their service worker keeps it while they are logged in.
    ...changing.map((file) => cache(/^console\/.*\.toml$/.test(file) ? "no-store" : "no-cache")(file)),
    ...lasting.map(cache("public, max-age=31536000, immutable")),
  ].join("\n") + "\n";
}

function compress(dist) {
  for (const file of filesBelow(dist).filter((name) => COMPRESSIBLE.test(name))) {
    const bytes = readFileSync(`${dist}/${file}`);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(`${dist}/${file}.br`, brotliCompressSync(bytes, { params }));
    writeFileSync(`${dist}/${file}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

/** Finishes `dist` in place. */
export function assemble({ dist, base = "/", host = "any", worker = "on", compress: twins = true }) {
  if (!/^\/([\w.~-]+\/)*$/.test(base)) throw new Error(`--base ${base}: write it as / or /some/path/`);
  if (!Object.hasOwn(HOSTS, host)) throw new Error(`--host ${host}: one of ${Object.keys(HOSTS).join(", ")}`);
  if (!["on", "off"].includes(worker)) throw new Error(`--worker ${worker}: on or off`);
  for (const { file } of PAGES) {
    if (!existsSync(`${dist}/${file}`)) throw new Error(`${dist}/${file} is missing: is this a built dist/?`);
  }
  for (const file of filesBelow(dist)) {
    if (isTwin(file) || GENERATED.includes(file)) rmSync(`${dist}/${file}`);
  }
  const config = readConfig(`${dist}/config.json`);
  const everywhere = { "Content-Security-Policy": finishPages(dist, base, config, { workers: worker === "on", host }), ...COMPANY };
  finishManifests(dist, base, config);
  finishBadge(dist, config);
  finishWorkers(dist, base, config, worker === "off");
  finishHost(dist, base, host, { everywhere, console: CONSOLE });
  writeFileSync(`${dist}/_headers`, headersFile(dist, base, everywhere));
  if (twins) compress(dist);
}

if (import.meta.filename === process.argv[1]) {
  const { values } = parseArgs({
    options: {
      dist: { type: "string", default: "dist" },
      base: { type: "string", default: "/" },
      host: { type: "string", default: "any" },
      worker: { type: "string", default: "on" },
    },
  });
  try {
    assemble(values);
    console.log(`Assembled ${values.dist}/ for ${values.base}; what the host needs stands in ${values.dist}/_hosting.txt`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
