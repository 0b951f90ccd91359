// What a page of ours may do, as the headers that say so: the strict Content-Security-Policy and its company.
import { createHash } from "node:crypto";
import { COMPANY, DATA, OURS_ALONE } from "../../deploy/functions/headers.mjs";

/**
 * The policy of a page. `scripts` and `styles` are the hashes of those that stand in it, `origins` the other hosts that
 * it may ask for data.
 * A `<meta>` element may not carry `frame-ancestors`: `inMeta` leaves it out.
 */
export function contentSecurityPolicy({ scripts = [], styles = [], origins = [], inMeta = false }) {
  const directives = [
    "default-src 'none'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...scripts].join(" "),
    ["style-src 'self'", ...styles].join(" "),
    "img-src 'self'",
    ["connect-src 'self'", ...origins].join(" "),
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
  ];
  if (!inMeta) directives.push("frame-ancestors 'none'");
  return directives.join("; ");
}

/**
 * The headers by what an answer is: a file of the status page or of the console, an answer of the edge below /api/, the
 * public page's data. What lies below console/ has two more than the status page, which opens nothing and holds no
 * secret: with a group of its own a browser would begin a process for every visit, and a repeat visit then takes a fifth
 * longer (docs/speed-log.md).
 */
export function headersOf({ page, console }) {
  const of = (policy) => ({ "Content-Security-Policy": policy, ...COMPANY });
  return {
    page: of(page),
    console: { ...of(console), "Cross-Origin-Opener-Policy": "same-origin", ...OURS_ALONE },
    edge: { ...DATA, ...OURS_ALONE },
    data: DATA,
  };
}

/** A digest as `integrity` attributes and policies write it. */
export function digest(algorithm, content) {
  return `${algorithm}-${createHash(algorithm).update(content).digest("base64")}`;
}

/** The policy's words for every script or style sheet that stands in a page itself. Data are not run, and need none. */
export function inlineHashes(html, element) {
  return [...html.matchAll(new RegExp(`<${element}\\b([^>]*)>([\\s\\S]*?)</${element}>`, "g"))]
    .filter(([, attributes, body]) => !/\s(src=|type="application\/json")/.test(attributes) && body.trim() !== "")
    .map(([, , body]) => `'${digest("sha256", body)}'`);
}
