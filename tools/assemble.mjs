// Finishes a folder that is to be served: what depends on the organisation's config.json, the headers, the
// fallbacks for deep links, the compressed twins. Needs nothing but Node, and can be run again on a
// downloaded dist/ after config.json or console/sop.toml were changed:
//
//   node tools/assemble.mjs [--dist dist] [--base /] [--host HOST] [--worker on|off]
//
// HOST says how deep links find their app and who sends the headers (tools/lib/hosts.mjs); `any` writes nothing
// but the headers. What the host needs is then told in _hosting.txt, and a second run takes host and base path from
// there, unless it is told others. `--worker off` is the kill switch of the service workers (docs/offline.md).
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { pageSource, provider, readConfig, sourceOrigins, textAt } from "./lib/config.mjs";
import { filesBelow, isFile, isPlaybook, isTwin, lifetime } from "./lib/files.mjs";
import { finishedFor, finishHost, HOSTS } from "./lib/hosts.mjs";
import { withBase, withConfig, withIntegrity, withPolicy, withRoomForState, withSource, withWorker } from "./lib/html.mjs";
import { isMain } from "./lib/main.mjs";
import { finishManifests, MANIFESTS } from "./lib/manifest.mjs";
import { contentSecurityPolicy, headersOf, inlineHashes } from "./lib/policy.mjs";
import { finishWorkers, WORKERS } from "./lib/worker.mjs";

const PAGES = [{ file: "index.html", folder: "" }, { file: "console/index.html", folder: "console/" }];
const BADGE = "badge.js";
const BADGE_TEMPLATE = "badge.template.js";
const TWINS = [".br", ".gz"];
/** What a server reads and nobody else. */
const TOLD = ["_headers", "_redirects", ...["page", "console", "edge", "data"].map((name) => `_nginx_${name}.conf`), "_Caddyfile", "_hosting.txt"];
const GENERATED = [...TOLD, "404.html", "404.js", "console/404.html", BADGE, ...WORKERS, ...MANIFESTS];
const COMPRESSIBLE = /\.(html|js|mjs|css|wasm|json|toml|svg|webmanifest|txt|xml)$/;

/**
 * Finishes the two pages, each with a policy of its own, and gives the two policies as headers say them. Only the
 * status page may ask another host, the one that its data come from.
 */
function finishPages(dist, base, config, { workers, host }) {
  const source = pageSource(config) ?? "";
  // What the host itself passes on.
  const room = HOSTS[host].writesState === true && source === `${base}api/v2`;
  const finished = ({ file, folder }, origins) => {
    const read = (address) => {
      const path = `${dist}/${folder}${address.replace(/^\.\//, "")}`;
      return isFile(path) ? readFileSync(path) : undefined;
    };
    const was = readFileSync(`${dist}/${file}`, "utf8");
    const told = withSource(withConfig(withWorker(withBase(was, base + folder), workers), { ...config, provider: provider(config) }), source);
    const html = withIntegrity(withRoomForState(told, room), read);
    const allowed = { scripts: inlineHashes(html, "script"), styles: inlineHashes(html, "style"), origins };
    writeFileSync(`${dist}/${file}`, withPolicy(html, contentSecurityPolicy({ ...allowed, inMeta: true })));
    return contentSecurityPolicy(allowed);
  };
  const [page, console] = PAGES;
  return { page: finished(page, sourceOrigins(config)), console: finished(console, []) };
}

/**
 * The badge for other sites, told where the page is and where it is read. Where the page is kept in a browser
 * there is nothing that another site could read: then there is no badge, nor where nobody knows how to get to the page.
 */
function finishBadge(dist, config) {
  const [template, badge] = [`${dist}/${BADGE_TEMPLATE}`, `${dist}/${BADGE}`];
  if (!isFile(template)) return;
  const [source, page] = [pageSource(config), textAt(config, "status_url")];
  const isPage = /^https?:/.test(page ?? "") && URL.canParse(`${page}/`);
  if (source && page && !isPage) console.warn(`warning: config.json: status_url ${page} is no address of a page (https://…): there is no badge`);
  if (!source || !isPage || !URL.canParse(source, `${page}/`)) return rmSync(badge, { force: true });
  const known = { __SOURCE__: new URL(source, `${page}/`).href, __PAGE__: page };
  const text = readFileSync(template, "utf8");
  writeFileSync(badge, text.replace(/__(SOURCE|PAGE)__/g, (mark) => JSON.stringify(known[mark]).slice(1, -1)));
}

/**
 * The headers in the format that Netlify and Cloudflare read, and our own server. Where a host gives both policies to
 * what lies below console/, what they have in common is the console's: it grants nothing that the other does not.
 */
function headersFile(dist, base, { page, console }) {
  const rule = (path, headers) =>
    [base + path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join("\n");
  const own = Object.fromEntries(Object.entries(console).filter(([name, value]) => page[name] !== value));
  const files = filesBelow(dist).filter((file) => !isTwin(file) && !TOLD.includes(file));
  const twins = files.filter(isPlaybook).flatMap((file) => TWINS.map((end) => file + end));
  return [
    rule("*", page),
    rule("console/*", own),
    ...["", "console/", ...files, ...twins].map((file) => rule(file, { "Cache-Control": lifetime(file) })),
  ].join("\n") + "\n";
}

function compress(dist) {
  const [br, gz] = TWINS;
  for (const file of filesBelow(dist).filter((name) => COMPRESSIBLE.test(name))) {
    const bytes = readFileSync(`${dist}/${file}`);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(`${dist}/${file}${br}`, brotliCompressSync(bytes, { params }));
    writeFileSync(`${dist}/${file}${gz}`, gzipSync(bytes, { level: 9 }));
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
  const headers = headersOf(finishPages(dist, base, config, { workers: worker === "on", host }));
  finishManifests(dist, base, config);
  finishBadge(dist, config);
  finishWorkers(dist, base, config, worker === "off");
  finishHost(dist, base, host, headers);
  writeFileSync(`${dist}/_headers`, headersFile(dist, base, headers));
  if (twins) compress(dist);
}

if (isMain(import.meta)) {
  const { values } = parseArgs({
    options: {
      dist: { type: "string", default: "dist" },
      base: { type: "string" },
      host: { type: "string" },
      worker: { type: "string", default: "on" },
    },
  });
  const { dist, worker } = values;
  const { base = "/", host = "any" } = { ...finishedFor(dist), ...values };
  const taken = Object.keys(finishedFor(dist)).filter((name) => values[name] === undefined).map((name) => `--${name}`);
  try {
    assemble({ dist, base, host, worker });
    const as = taken.length > 0 ? ` (${taken.join(" and ")} as before)` : "";
    console.log(`Assembled ${dist}/ for ${host}, at ${base}${as}; what the host needs stands in ${dist}/_hosting.txt`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
