// The service worker of one app. It keeps the app, and what the app last read, so that both open while the
// network or the host is down. It never makes anything look newer than it is, and never touches a request
// that writes. tools/assemble.mjs writes `SETTINGS` and puts one worker beside each app's page.
import { freshOr, isPage, keep, plain, upTo } from "./answers.mjs";
import { isAllowed, isOf } from "./release.mjs";
import { names, remove, store } from "./store.mjs";

/** `app`, `site` (the base path of both apps), `version`, `files`, `settings` (JSON), `source` (a page's JSON),
 * `playbook` (the console's own texts): addresses relative to the app. */
const SETTINGS = JSON.parse("__SETTINGS__");

const scope = new URL(registration.scope);
const absolute = (address) => new URL(address, scope).href;
const [FILES, READ, SOURCE, PLAYBOOK] = [SETTINGS.files, SETTINGS.settings, SETTINGS.source, SETTINGS.playbook]
  .map((addresses) => new Set(addresses.map(absolute)));
const [PAGE, WHOAMI] = [scope.href, new URL(`${SETTINGS.site}api/whoami`, scope).href];
const IS_CONSOLE = SETTINGS.app === "console";

/** One origin may serve several pages of ours, and other people's: the names say whose each cache is. */
const OURS = `allclear:${SETTINGS.site}:${SETTINGS.app}:`;
const [KEPT_FILES, KEPT_ANSWERS] = [`${OURS}files:${SETTINGS.version}`, `${OURS}answers`];
const answers = store(KEPT_ANSWERS);

/** Milliseconds until a kept copy is given instead of waiting on. */
const [PATIENCE_FILE, PATIENCE_SOURCE] = [3_000, 8_000];
/** So many bytes of a list are read at install: the fifty incidents that a hosted page lists are fewer. */
const MOST_AT_INSTALL = 512 * 1024;

const isHashed = (address) => /-[0-9a-f]{12,}/.test(address);

/**
 * Whether an answer is the file that was asked for: a login may come in its place with a status of 200, and would be
 * given from then on; or the page of another release, whose files are nowhere any more.
 */
async function isItself(address, answer) {
  if (address !== PAGE) return !isPage(answer);
  const text = await answer.clone().text();
  return isOf(SETTINGS.files, text) && isAllowed(answer.headers.get("Content-Security-Policy"), text);
}

async function install() {
  // Here alone it matters that all of it is kept: a version of which a part is missing must not become one.
  const cache = await caches.open(KEPT_FILES);
  await Promise.all([...FILES].map(async (address) => {
    // What is named by its content comes from the browser's own cache; the rest is asked for anew.
    const answer = await fetch(address, { cache: isHashed(address) ? "default" : "no-cache" });
    const itself = answer.ok && !answer.redirected && (await isItself(address, answer));
    if (!itself) throw new Error(`${address} cannot be kept: ${answer.status}`);
    await cache.put(address, answer);
  }));
  // The page that brought this worker had asked before there was one. What cannot be read now is read later.
  const first = [...READ, ...PLAYBOOK, ...[...SOURCE].slice(0, 2)];
  await Promise.allSettled(first.map(keepNow));
}

/** Keeps what is at an address, as the page would have; of a long list, nothing before the page has read it. */
async function keepNow(address) {
  const answer = await fetch(address, { cache: "no-cache", redirect: "manual" });
  if (!isLong(address) || !answer.ok) return keep(answers, address, answer, kind(address));
  const text = await upTo(MOST_AT_INSTALL, answer);
  return text !== undefined && keep(answers, address, new Response(text, { headers: answer.headers }), kind(address));
}

/** The list of incidents has no bound: the page takes from it what it wants. */
const isLong = (address) => SOURCE.has(address) && address.endsWith("/incidents.json");

const kind = (address) => (PLAYBOOK.has(address) ? "text" : SOURCE.has(address) ? "dated" : "json");

/** Whether a page is the other app's, which lies below the status page's own scope. */
const isConsoles = (url) => !IS_CONSOLE && url.startsWith(absolute("console/"));

/** The caches of our older versions. */
const older = async () => (await names()).filter((name) => name.startsWith(`${OURS}files:`) && name !== KEPT_FILES);

/**
 * Removes our older versions, unless another page than the one that the browser calls `own` may still show one and ask for
 * its files, or a newer one waits. While a page is only on its way nobody can tell it from the one whose place it takes.
 */
async function tidy(own) {
  if (registration.installing || registration.waiting) return;
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (open.some(({ id, url }) => id !== own && url.startsWith(PAGE) && !isConsoles(url))) return;
  await Promise.all((await older()).map(remove));
}

/** A file of this version, else of an older one that an open tab still shows. */
async function file(request, address) {
  for (const name of [KEPT_FILES, ...(await older())]) {
    const found = await store(name).match(address);
    if (found) return found;
  }
  return fetch(request);
}

/**
 * The pages that this worker has given and that have not asked for their settings yet, as the browser calls them: whether
 * they were given as they are kept.
 */
const given = new Map();

/**
 * Whether the settings that were read last name another source than this version has: its page may not ask that one, and
 * asks one that is nobody's any more.
 */
async function hasMoved() {
  if (IS_CONSOLE) return false;
  const [address] = READ;
  try {
    const { source: { kind, url } } = await (await answers.match(address)).json();
    // As tools/lib/config.mjs reads them.
    const state = kind === "statuspage" ? absolute(`${url.trim().replace(/\/+$/, "")}/summary.json`) : undefined;
    return state !== [...SOURCE][0];
  } catch {
    // Nothing was kept, or no source can be read of it.
    return false;
  }
}

/** The page as it is kept; where the source has moved, as the host has it, and as it is kept only without the host. */
async function page(event) {
  const [found, isElsewhere] = await Promise.all([store(KEPT_FILES).match(PAGE), hasMoved()]);
  given.set(event.resultingClientId, found !== undefined && !isElsewhere);
  if (!found) return fetch(event.request);
  if (!isElsewhere) return found;
  const late = new Promise((done) => setTimeout(done, PATIENCE_FILE));
  const fresh = await Promise.race([fetch(event.request).catch(() => undefined), late]);
  return fresh && fresh.status < 500 ? fresh : found;
}

/** Loads a page anew that was given as it is kept, where its source has moved: nothing is ever typed there. */
async function renew(id) {
  if (!(await hasMoved())) return;
  const client = await clients.get(id);
  // With a fragment it would stay where it is.
  await client?.navigate(client.url.split("#")[0]);
}

/** Without a login, nothing that only responders may read stays in this browser. */
async function forget() {
  await Promise.all([...PLAYBOOK].map((address) => answers.delete(address)));
}

/** Whether an answer says that nobody is logged in. A redirect is to a login; so is a page instead of a text. */
const loggedOut = (answer) =>
  answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect" || answer.redirected
  || (answer.ok && isPage(answer));

async function playbook(request, address, event) {
  const asked = fetch(new Request(request, { redirect: "manual" })).then(async (answer) => {
    const isLogin = answer.ok && (await plain(answer)) === undefined;
    if (!isLogin && !loggedOut(answer)) return answer;
    await forget();
    // The page has asked to follow redirects, and could not read this one; nor would it know every login for one.
    return isLogin || answer.status === 0 ? new Response(null, { status: 401 }) : answer;
  });
  return freshOr({ asked, answers, address, kind: "text", patience: PATIENCE_FILE, event });
}

/** The answer itself; on the side, whether somebody is still logged in. */
async function whoami(request) {
  const answer = await fetch(request);
  if (loggedOut(answer)) await forget();
  return answer;
}

/** The source's answers are the status page's. The console must not take a kept one for the page as it stands. */
async function source(request, address, event) {
  const client = await clients.get(event.clientId);
  if (client && isConsoles(client.url)) return fetch(request);
  return freshOr({ asked: fetch(request), answers, address, kind: "dated", patience: PATIENCE_SOURCE, event, long: isLong(address) });
}

/** What a page of this version asks for once: by then it stands in the place of another, or beside it. */
async function settings(request, address, event) {
  const answer = await freshOr({ asked: fetch(request), answers, address, kind: "json", patience: PATIENCE_FILE, event });
  const isAsKept = given.get(event.clientId);
  if (given.delete(event.clientId)) event.waitUntil(tidy(event.clientId));
  // What comes of it is not given as it is kept: once, then.
  if (isAsKept) event.waitUntil(renew(event.clientId));
  return answer;
}

/** What answers a request; nothing where the network shall. */
function answerTo(event) {
  const { request } = event;
  if (request.method !== "GET" || request.headers.has("Range")) return undefined;
  // Asked as a stranger: only the host itself can say what it gives them, and its refusal says nothing of a login.
  if (request.credentials === "omit") return undefined;
  const url = new URL(request.url);
  const address = url.origin + url.pathname;
  // A page's source may lie below api/ of this host: just its few addresses are ours.
  if (SOURCE.has(address) && request.mode !== "navigate") return source(request, address, event);
  if (url.origin !== scope.origin) return undefined;
  if (IS_CONSOLE && address === WHOAMI) return whoami(request);
  const others = ["api/", ...(IS_CONSOLE ? [] : ["console/"])].map((folder) => SETTINGS.site + folder);
  if (others.some((folder) => url.pathname.startsWith(folder)) || `${url.pathname}/` === others[1]) return undefined;
  if (request.mode === "navigate") {
    // As on the host: a last part with a dot is a file, anything else is the app's own.
    if (!address.startsWith(PAGE) || /\.[^/]+$/.test(url.pathname)) return undefined;
    // Below the status page others may stand: a second page, the host's own login. Its routes alone are this one's.
    if (!IS_CONSOLE && !/^(history|bars|incidents\/[^/]+)?\/?$/.test(address.slice(PAGE.length))) return undefined;
    // Whoever logs in wants the host's own login, and not the page that it stands before.
    if (IS_CONSOLE && url.searchParams.has("login")) return undefined;
    return page(event);
  }
  if (PLAYBOOK.has(address)) return playbook(request, address, event);
  if (READ.has(address)) return settings(request, address, event);
  if (FILES.has(address) || /-[0-9a-f]{12,}(_bg)?\.(js|wasm|css)$/.test(address)) return file(request, address);
  return undefined;
}

addEventListener("install", (event) => event.waitUntil(install()));
// The page that is open is taken in: what it reads from now on is kept.
addEventListener("activate", (event) => event.waitUntil(Promise.all([tidy(), clients.claim()])));
addEventListener("fetch", (event) => {
  const answer = answerTo(event);
  if (answer) event.respondWith(answer);
});
// Only a person's own word lets a new version take the place of the one they look at.
addEventListener("message", ({ data }) => {
  if (data === "take over") skipWaiting();
});
