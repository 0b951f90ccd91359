// What each kind of host needs to answer deep links and to send our headers, written for it; and told in words,
// with what is lost where a host cannot do it.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { isFile } from "./files.mjs";
import { caddyHeaders, nginxHeaders } from "./servers.mjs";

/** One 404.html serves every unknown path: the console's are handed over to its own page. */
function oneFallback(dist, base) {
  const prefix = JSON.stringify(`${base}console/`);
  writeFileSync(`${dist}/404.js`, `if (location.pathname.startsWith(${prefix})) {
  const rest = location.pathname.slice(${prefix}.length) + location.search + location.hash;
  location.replace(${prefix} + "?deep-link=" + encodeURIComponent(rest));
}
`);
  const html = readFileSync(`${dist}/index.html`, "utf8");
  writeFileSync(`${dist}/404.html`, html.replace(/<base\b[^>]*>/, (tag) => `${tag}\n  <script src="404.js"></script>`));
}

const WITHOUT_HEADERS = [
  "The policy stands in the pages alone: it cannot forbid that another site frames them (frame-ancestors), and",
  "the service workers and files beside the pages have none. The console does not start in another site's frame.",
  "No nosniff, Permissions-Policy or Cross-Origin-Opener-Policy; the pages themselves say that no referrer is sent.",
  "Other projects of the same origin (user.github.io, a bucket's own host) can read and change everything that the",
  "console keeps in a browser: incidents, drafts, recipients. Give it an origin that has no other project.",
  "Files are cached as the host likes: a new release may be seen minutes later, and a repeat visit without a",
  "service worker asks for every file again.",
  "No login for /console/: the playbook is public to whoever knows its address.",
  "Deep links are answered with status 404 on the first visit, so that search engines leave them out.",
];

/** Where the files go: a host that publishes a folder does not take the base path off. */
function layout(base, told) {
  if (base === "/") return [`This folder, published as it is: it reads ${told.join(" and ")}.`];
  const below = `site${base}`;
  return [
    `This folder below the path, in a folder that is published in its place, at whose top it reads ${told.join(" and ")}:`,
    `  mkdir -p ${below} && cp -r dist/. ${below} && mv ${told.map((file) => below + file).join(" ")} site/`,
    `BASE=${base} among the secrets, so that the edge answers below the path. The guard does not rely on it: with the`,
    "function, a folder named console or api needs the login at any depth.",
  ];
}

/** Functions share no memory. */
const FUNCTIONS = [
  "Only calls that reach the same instance of the function are spaced; else each console's own queue does it. Each reader's",
  "question goes to the vendor.",
];

/** By default the files are served past the function when it has no calls left. */
const FAIL_CLOSED = [
  'Settings > Functions > "Fail closed" in the dashboard, or a paid plan: on the free plan the login of /console/ is gone,',
  "and the playbook public, from when the day's calls are used up (every reading of a page is one) until midnight UTC.",
];

/** The public page's data, where the host can pass it on. */
const passedOn = (base) => [
  `If readers are to ask this host for the page's data: "url": "${base}api/v2" in config.json, and what deploy/README.md`,
  "says of it.",
];

/** A server of one's own takes the path off in front of the shipped configuration, which knows none. */
const inFront = (base, file) => (base === "/" ? [] : [
  `${file}, with ${base} for its /status/: it takes the path off, in front of a configuration`,
  "that knows none. Without it nothing is answered below the path, the console is not to be had either.",
]);

/** By host: `write` what it reads; `needs` and `loses`, as lines; `writesState` where it can write the state into the page. */
export const HOSTS = {
  any: {
    write() {},
    needs: (base) => [
      `Unknown paths below ${base}console/ answered with ${base}console/index.html, other unknown paths with`,
      `${base}index.html, both with status 200; but a path whose last part has a dot and is no file with 404.`,
      `The headers of _headers, and sw.js and ${base}console/sw.js never from a cache (no-cache).`,
      `A login for ${base}console/, all of it, sw.js and the manifest included. HTTPS.`,
    ],
    loses: [],
  },
  netlify: {
    writesState: true,
    write(dist, base) {
      // A file that is there goes before a rule; one that is missing must not look like a login's page.
      const files = ["sop.toml", "team.toml"].map((file) => `${base}console/${file} ${base}404.html 404`);
      const lines = [...files, `${base}console/* ${base}console/index.html 200`, `${base}* ${base}index.html 200`];
      writeFileSync(`${dist}/_redirects`, lines.join("\n") + "\n");
    },
    needs: (base) => [...layout(base, ["_headers", "_redirects"]), "deploy/netlify, which has the login and the edge.", ...passedOn(base)],
    loses: FUNCTIONS,
  },
  cloudflare: {
    writesState: true,
    // Without a 404.html at the top Cloudflare answers unknown paths with the index.html of the top by itself; below
    // a path there is none.
    write(dist, base) {
      for (const folder of base === "/" ? ["console/"] : ["", "console/"]) copyFileSync(`${dist}/${folder}index.html`, `${dist}/${folder}404.html`);
    },
    needs: (base) => [...layout(base, ["_headers"]), "deploy/cloudflare, which has the login and the edge.", ...FAIL_CLOSED, ...passedOn(base)],
    loses: (base) => [`${base === "/" ? "The console's deep links" : "Deep links"} are answered with status 404, and work.`, ...FUNCTIONS],
  },
  github: {
    write: oneFallback,
    needs: (base) => [`This folder as the site ${base}: GitHub Pages serves 404.html for every path that is no file, and it finds the app.`],
    loses: WITHOUT_HEADERS,
  },
  s3: {
    write: oneFallback,
    needs: (base) => [
      "A bucket as a website: index document index.html, error document 404.html (it is served with status 404).",
      base === "/" ? "Its files at the top." : `The files below ${base}; the error document is then ${base.slice(1)}404.html.`,
      "Content types by the upload: application/wasm for .wasm, application/manifest+json for .webmanifest,",
      "text/javascript for .js, application/toml for .toml; and cache-control no-cache for what has no hash in its name.",
      "HTTPS before it (CloudFront or the like): a bucket's website has none, and without it there is no service worker.",
      "CloudFront can send the headers of _headers by a response headers policy, and index.html with 200 for 403 and 404.",
    ],
    loses: [...WITHOUT_HEADERS, "The .br and .gz twins are not used: compression is CloudFront's, or none."],
  },
  nginx: {
    writesState: true,
    write(dist, _, headers) {
      for (const [name, list] of Object.entries(headers)) writeFileSync(`${dist}/_nginx_${name}.conf`, nginxHeaders(list));
    },
    needs: (base) => ["deploy/nginx, which includes what begins with _nginx_.", ...inFront(base, "deploy/nginx/sub-path.conf"), ...passedOn(base)],
    loses: ["Nothing."],
  },
  caddy: {
    write: (dist, _, headers) => writeFileSync(`${dist}/_Caddyfile`, caddyHeaders(headers)),
    needs: (base) => ["deploy/caddy, which imports _Caddyfile.", ...inFront(base, "deploy/caddy/sub-path.Caddyfile"), ...passedOn(base)],
    loses: [
      "The edge does not look into mails: whoever has a responder's login can send any mail that the key can.",
      "It spaces no calls: only each console's own queue does. Each reader's question goes to the vendor.",
    ],
  },
};

const TOLD = "_hosting.txt";

/** The host and the base path that a folder was finished for, as it says itself; nothing where it says none. */
export function finishedFor(dist) {
  const text = isFile(`${dist}/${TOLD}`) ? readFileSync(`${dist}/${TOLD}`, "utf8") : "";
  const [, host, base] = text.match(/^Assembled for: (\w+), at (\/\S*)$/m) ?? [];
  return Object.hasOwn(HOSTS, host ?? "") ? { host, base } : {};
}

/** Writes what the host reads, and `_hosting.txt` for who sets it up. */
export function finishHost(dist, base, host, headers) {
  const { write, needs, loses } = HOSTS[host];
  write(dist, base, headers);
  const part = (title, lines) => (lines.length > 0 ? [title, ...lines.map((line) => `  ${line}`), ""] : []);
  // The first line is read again: `finishedFor`.
  const text = [`Assembled for: ${host}, at ${base}`, "", ...part("It needs", needs(base)), ...part("What is lost there", typeof loses === "function" ? loses(base) : loses)];
  writeFileSync(`${dist}/${TOLD}`, text.join("\n"));
}
