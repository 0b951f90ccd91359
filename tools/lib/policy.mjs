// What a page of ours may do, as the headers that say so: the strict Content-Security-Policy and its company.
import { createHash } from "node:crypto";

/**
 * The policy. `scripts` and `styles` are the hashes of those that stand in a page, `origins` the other hosts that
 * may be asked for data.
 * A `<meta>` element may not carry `frame-ancestors`: `inMeta` leaves it out.
 */
export function contentSecurityPolicy({ scripts = [], styles = [], origins = [], inMeta = false }) {
  const directives = [
    "default-src 'none'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...scripts].join(" "),
    ["style-src 'self'", ...styles].join(" "),
    "img-src 'self' data:",
    "font-src 'self'",
    ["connect-src 'self'", ...origins].join(" "),
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
  ];
  if (!inMeta) directives.push("frame-ancestors 'none'");
  return directives.join("; ");
}

/** The headers of every answer beside the policy. */
export const COMPANY = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  // Browsers take it over HTTPS alone.
  "Strict-Transport-Security": "max-age=31536000",
};

/**
 * The same for what lies below console/ alone. The public page opens nothing and holds no secret, and with a group of its
 * own a browser would begin a process for every visit: a repeat visit then takes a fifth longer (docs/speed.md).
 */
export const CONSOLE = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

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
