// Finishes a folder that is to be served: what depends on the organisation's config.json, the headers, the
// fallbacks for deep links, the compressed twins. Needs nothing but Node, and can be run again on a
// downloaded dist/ after config.json or console/sop.toml were changed:
//
//   node tools/assemble.mjs [--dist dist] [--base /] [--host HOST]
//
// HOST says how deep links find their app: `any` (nothing is written; the server is told, see README),
// `netlify` (_redirects), `cloudflare` (console/404.html) or `github` (404.html).
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { connectOrigins, readConfig } from "./lib/config.mjs";
import { filesBelow, isFile, isHashed, isTwin } from "./lib/files.mjs";
import { withBase, withConfig, withIntegrity, withPolicy } from "./lib/html.mjs";
import { COMPANY, contentSecurityPolicy, inlineScriptHashes } from "./lib/policy.mjs";

const HOSTS = ["any", "netlify", "cloudflare", "github"];
const PAGES = [{ file: "index.html", folder: "" }, { file: "console/index.html", folder: "console/" }];
const GENERATED = ["_headers", "_redirects", "404.html", "404.js", "console/404.html"];
const COMPRESSIBLE = /\.(html|js|mjs|css|wasm|json|toml|svg|webmanifest|txt|xml)$/;

/** Finishes the two pages and gives the policy that both are served with. */
function finishPages(dist, base, config) {
  const origins = connectOrigins(config);
  const pages = PAGES.map(({ file, folder }) => {
    const read = (address) => {
      const path = `${dist}/${folder}${address.replace(/^\.\//, "")}`;
      return isFile(path) ? readFileSync(path) : undefined;
    };
    const html = readFileSync(`${dist}/${file}`, "utf8");
    return { file, html: withIntegrity(withConfig(withBase(html, base + folder), config), read) };
  });
  const hashes = pages.flatMap(({ html }) => inlineScriptHashes(html));
  const inMeta = contentSecurityPolicy({ hashes, origins, inMeta: true });
  for (const { file, html } of pages) writeFileSync(`${dist}/${file}`, withPolicy(html, inMeta));
  return contentSecurityPolicy({ hashes, origins });
}

/** The headers in the format that Netlify and Cloudflare read, and our own server. */
function headersFile(dist, base, policy) {
  const rule = (path, headers) =>
    [base + path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join("\n");
  const files = filesBelow(dist).filter((file) => !isTwin(file) && !GENERATED.includes(file));
  const [lasting, changing] = [files.filter(isHashed), files.filter((file) => !isHashed(file))];
  const cache = (value) => (file) => rule(file, { "Cache-Control": value });
  return [
    rule("*", { "Content-Security-Policy": policy, ...COMPANY }),
    ...["", "console/"].map(cache("no-cache")),
    ...changing.map(cache("no-cache")),
    ...lasting.map(cache("public, max-age=31536000, immutable")),
  ].join("\n") + "\n";
}

/** On GitHub Pages one 404.html serves every unknown path: the console's are handed over to its own page. */
function githubFallback(dist, base) {
  const prefix = JSON.stringify(`${base}console/`);
  writeFileSync(`${dist}/404.js`, `if (location.pathname.startsWith(${prefix})) {
  const rest = location.pathname.slice(${prefix}.length) + location.search + location.hash;
  location.replace(${prefix} + "?deep-link=" + encodeURIComponent(rest));
}
`);
  const html = readFileSync(`${dist}/index.html`, "utf8");
  writeFileSync(`${dist}/404.html`, html.replace(/<base\b[^>]*>/, (tag) => `${tag}\n  <script src="404.js"></script>`));
}

const FALLBACKS = {
  any() {},
  netlify(dist, base) {
    const lines = [`${base}console/* ${base}console/index.html 200`, `${base}* ${base}index.html 200`];
    writeFileSync(`${dist}/_redirects`, lines.join("\n") + "\n");
  },
  // Without a 404.html at the top Cloudflare answers unknown paths with index.html by itself.
  cloudflare: (dist) => copyFileSync(`${dist}/console/index.html`, `${dist}/console/404.html`),
  github: githubFallback,
};

function compress(dist) {
  for (const file of filesBelow(dist).filter((name) => COMPRESSIBLE.test(name))) {
    const bytes = readFileSync(`${dist}/${file}`);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(`${dist}/${file}.br`, brotliCompressSync(bytes, { params }));
    writeFileSync(`${dist}/${file}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

/** Finishes `dist` in place. */
export function assemble({ dist, base = "/", host = "any", compress: twins = true }) {
  if (!/^\/([\w.~-]+\/)*$/.test(base)) throw new Error(`--base ${base}: write it as / or /some/path/`);
  if (!HOSTS.includes(host)) throw new Error(`--host ${host}: one of ${HOSTS.join(", ")}`);
  for (const { file } of PAGES) {
    if (!existsSync(`${dist}/${file}`)) throw new Error(`${dist}/${file} is missing: is this a built dist/?`);
  }
  for (const file of filesBelow(dist)) {
    if (isTwin(file) || GENERATED.includes(file)) rmSync(`${dist}/${file}`);
  }
  const policy = finishPages(dist, base, readConfig(`${dist}/config.json`));
  FALLBACKS[host](dist, base);
  writeFileSync(`${dist}/_headers`, headersFile(dist, base, policy));
  if (twins) compress(dist);
}

if (import.meta.filename === process.argv[1]) {
  const { values } = parseArgs({
    options: {
      dist: { type: "string", default: "dist" },
      base: { type: "string", default: "/" },
      host: { type: "string", default: "any" },
    },
  });
  try {
    assemble(values);
    console.log(`Assembled ${values.dist}/ for ${values.base}`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
