// The edge as a function, for Cloudflare Pages and for Netlify: the login for /api/ and /console/, the
// allow-list, the keys from the host's secrets, the public page's files. It does what deploy/nginx does, but for one thing: such
// functions share no memory, so that the queue below spaces only what reaches the same instance. Each
// console's own queue, and its patience with a vendor's 420 and 429, do the rest.
import mail from "../nginx/allclear/mail.js";
import { DATA, OURS_ALONE } from "./headers.mjs";
import { whoIs } from "./login.mjs";
import { publicFile, route } from "./routes.mjs";
import { isVisit, withState } from "./state.mjs";

/** What waits longer than the console does is told so at once. */
const LONGEST_WAIT_MS = 8_000;
const TIMEOUT_MS = 60_000;
/** A public page that is silent for so long cannot be reached, and the reader must be told so. */
const PUBLIC_TIMEOUT_MS = 5_000;

/** What a vendor may say in our name; all other headers are dropped. */
const ANSWERS = /^(content-type|retry-after|x-request-id|x-message-id|x-ratelimit-[a-z]+|ratelimit-[a-z]+)$/;

/** The same of the public page's files. */
const PUBLIC_ANSWERS = /^(content-type|etag|last-modified|retry-after)$/;

const PRIVATE = { ...DATA, ...OURS_ALONE, "Cache-Control": "no-store" };
/** Browsers keep it and ask whether it is still so. Public as it is at the vendor's: the badge asks from other sites. */
const PUBLIC = { ...DATA, "Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*" };

/** An answer of the edge's own, with its mark; `of`: the headers of the place where it stands. */
const own = (status, mark, more = {}, of = PRIVATE) => new Response(JSON.stringify({ edge: mark }), {
  status,
  headers: { ...of, "Cache-Control": "no-store", "Content-Type": "application/json", "X-Allclear-Edge": mark, ...more },
});
const refused = (status, of = PRIVATE) => own(status, "refused", {}, of);

function loginNeeded(env) {
  // With Access in front, a dialog of the browser's own would ask for a password that nobody has.
  const challenge = env.ACCESS_TEAM ? {} : { "WWW-Authenticate": 'Basic realm="Allclear responders", charset="UTF-8"' };
  return own(401, "login", challenge);
}

const isReading = ({ method }) => ["GET", "HEAD"].includes(method);

/** When each vendor may be called next, by the team's key. */
const free = new Map();

/** How long to wait for one's turn, or nothing when that would take too long. */
function turn(vendor, now) {
  if (vendor.every === undefined) return 0;
  const at = Math.max(now, free.get(vendor.name) ?? 0);
  if (at - now > LONGEST_WAIT_MS) return undefined;
  free.set(vendor.name, at + vendor.every);
  return at - now;
}

/** The body, or nothing when it is longer than `longest`. */
async function bodyOf(request, longest) {
  if (request.body === null) return new Uint8Array();
  if (Number(request.headers.get("Content-Length") ?? 0) > longest) return undefined;
  const parts = [];
  let length = 0;
  for await (const part of request.body) {
    length += part.length;
    if (length > longest) return undefined;
    parts.push(part);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** What of an answer's headers may pass. */
const passed = (answer, pattern) => Object.fromEntries([...answer.headers].filter(([name]) => pattern.test(name)));

/**
 * An answer whose head came in so many milliseconds. What follows it takes as long as its reader does: a long list on a slow
 * phone, which the vendor is not to blame for.
 */
async function answered(send, address, longest, asked) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), longest);
  try {
    return await send(address, { ...asked, redirect: "manual", signal: patience.signal });
  } finally {
    clearTimeout(timer);
  }
}

const TEXT = "text/plain; charset=utf-8";

/** The first bytes of a body, so many at most. */
async function beginning(body, most) {
  const parts = [];
  let left = most;
  for await (const part of body) {
    parts.push(part.subarray(0, left));
    left -= Math.min(left, part.length);
    if (left === 0) break;
  }
  return new Blob(parts).arrayBuffer();
}

/** Sends what is allowed, with the vendor's key and nothing of the browser's. */
async function forward(request, url, vendor, body, send) {
  const headers = { ...vendor.headers, Accept: "application/json", "User-Agent": "Allclear" };
  for (const name of ["Content-Type", ...(vendor.passes ?? [])]) {
    const value = request.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  try {
    const answer = await answered(send, `${vendor.address}${url.search}`, TIMEOUT_MS, {
      method: request.method,
      headers,
      body: isReading(request) ? undefined : body,
    });
    // Passed on, a redirect would mean to the console that the login has ended.
    if (answer.status < 200 || (answer.status >= 300 && answer.status < 400)) return own(502, "unreachable");
    const said = { ...passed(answer, ANSWERS), ...PRIVATE };
    if (vendor.says === undefined || answer.body === null) return new Response(answer.body, { status: answer.status, headers: said });
    return new Response(await beginning(answer.body, vendor.says), { status: answer.status, headers: { ...said, "content-type": TEXT } });
  } catch {
    return own(502, "unreachable");
  }
}

/**
 * Asks the public page's host for one of its files, with nothing of the browser's but what it knows already. Nothing
 * is kept here: every reading is a question to the vendor, most of them answered by 304.
 */
async function publicPage(request, address, send) {
  if (!isReading(request)) return refused(405, PUBLIC);
  if (address === undefined) return refused(404, PUBLIC);
  const headers = { Accept: "application/json", "User-Agent": "Allclear" };
  const known = request.headers.get("If-None-Match");
  if (known !== null) headers["If-None-Match"] = known;
  try {
    const answer = await answered(send, address, PUBLIC_TIMEOUT_MS, { method: request.method, headers });
    const body = [204, 304].includes(answer.status) ? null : answer.body;
    return new Response(body, { status: answer.status, headers: { ...passed(answer, PUBLIC_ANSWERS), ...PUBLIC } });
  } catch {
    return own(502, "unreachable", {}, PUBLIC);
  }
}

/** Whether its browser says that a call comes from this very host: with every write it says the host by name. */
function isFromHere(request, url) {
  const origin = request.headers.get("Origin");
  const known = origin === url.origin || (origin === null && isReading(request));
  return known && request.headers.get("Sec-Fetch-Site") === "same-origin";
}

/** A call is what its method says: these would make another of it, at a vendor that reads them. */
const OVERRIDES = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"];

/**
 * What the console asks with a reading, by name; a write has no query. `api_key` would be a second way to log in at the
 * vendor's, and would put a key into addresses and logs; `_method` would make another call of it.
 */
const ASKED = /^(limit|page|per_page|count|offset|metadata_op|messagestream)=/;

async function api(request, url, path, env, { send, now, sleep }) {
  if (!isFromHere(request, url)) return refused(403);
  const asksWho = path === "/api/whoami";
  if (asksWho) {
    if (request.method !== "GET") return refused(405);
  } else {
    // No other site can set this header without being asked for permission first, which is never given;
    // and what writes must be JSON, which a form cannot be.
    if (request.headers.get("X-Allclear") !== "1") return refused(403);
    const type = request.headers.get("Content-Type") ?? "";
    if (request.method !== "GET" && !/^application\/json(;\s*charset=utf-8)?$/i.test(type)) return refused(415);
    if (OVERRIDES.some((name) => request.headers.has(name))) return refused(403);
    const questions = url.search === "" ? [] : url.search.slice(1).split("&");
    if (questions.length > 0 && request.method !== "GET") return refused(403);
    if (!questions.every((each) => ASKED.test(each))) return refused(403);
  }
  const login = await whoIs(request, env, { send });
  if (login === undefined) return loginNeeded(env);
  if (asksWho) return new Response(JSON.stringify({ login }), { headers: { ...PRIVATE, "Content-Type": "application/json" } });
  const vendor = route(request.method, path, env);
  if (vendor === undefined) return refused(404);
  const body = await bodyOf(request, vendor.longest);
  if (body === undefined) return refused(413);
  const pins = { sender: env.MAIL_SENDER, answers: env.MAIL_ANSWERS, stream: env.MAIL_STREAM };
  if (vendor.mails && !isReading(request) && !mail.allows(vendor.mails, body, pins)) return refused(403);
  const wait = turn(vendor, now());
  if (wait === undefined) return own(429, "busy", { "Retry-After": "5" });
  if (wait > 0) await sleep(wait);
  return forward(request, url, vendor, body, send);
}

/** What separates or ends a path, or a sign of control, encoded; and what would be decoded twice. */
const ENCODED = /%(2f|5c|23|3f|25|[01].|7f)/i;

/**
 * The folders of a path as a lenient file server may read them: decoded, in small letters. Nothing for a path that two
 * readers may take for two: no file and no link of ours has such a one.
 */
function foldersOf(path) {
  if (ENCODED.test(path)) return undefined;
  try {
    return decodeURIComponent(path).toLowerCase().split("/");
  } catch {
    return undefined;
  }
}

const TOOLS = { send: (...args) => fetch(...args), now: () => Date.now(), sleep: (ms) => new Promise((done) => setTimeout(done, ms)) };

/** The path below the site's base path, with a slash in front; empty where it is not below it. */
function belowBase(path, base = "/") {
  const folder = `/${base}/`.replace(/\/+/g, "/");
  return path.startsWith(folder) ? path.slice(folder.length - 1) : "";
}

/**
 * Answers a request. `next()` gives the static file. With `CONSOLE_HOST` in the environment everything on
 * that host needs the login, and no other host has a console. `BASE` is the path that the site was built for: the
 * edge answers below it. The guard does not rely on it: a folder named `console` or `api` needs the login at any
 * depth, so that a site laid out below a path is closed even where `BASE` was forgotten.
 */
export async function handle(request, env, next, tools = TOOLS) {
  const url = new URL(request.url);
  const path = belowBase(url.pathname, env.BASE);
  const folders = foldersOf(url.pathname);
  if (folders === undefined) return refused(404);
  const isApi = folders.includes("api");
  if (isApi && env.PUBLIC_PAGE && env.CONSOLE_HOST !== url.host && path.startsWith("/api/v2/")) {
    return publicPage(request, publicFile(path, env), tools.send ?? TOOLS.send);
  }
  if (isApi || folders.includes("console")) {
    if (env.CONSOLE_HOST !== undefined && env.CONSOLE_HOST !== url.host) return refused(404);
    if (isApi) return api(request, url, path, env, { ...TOOLS, ...tools });
  } else if (env.CONSOLE_HOST !== url.host) {
    if (!isReading(request)) return refused(405);
    const source = isVisit(request, path) ? publicFile("/api/v2/summary.json", env) : undefined;
    return source === undefined ? next() : withState(next, source, { ...TOOLS, ...tools });
  }
  if ((await whoIs(request, env, tools)) === undefined) return loginNeeded(env);
  // There are files only: no form of another site is handed to whatever else the host does with one.
  return isReading(request) ? next() : refused(405);
}
