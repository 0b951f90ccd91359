// A site of its own for a test of the service worker: a copy of the built dist/, assembled as the test says,
// with a source in the Statuspage format, and both can go down. Real servers, because what a service worker
// asks does not pass by a page's routes.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assemble } from "../../tools/assemble.mjs";
import { answer } from "../../tools/serve.mjs";
import { expect, test as base } from "./support.mjs";

export { expect };
/** For `test.use`: the worker counts by the machine's own clock. */
export const WITH_WORKER = { serviceWorkers: "allow", start: null };
/** What a host with a login says in the place of anything, with a status of 200. */
export const LOGIN = { type: "text/html; charset=utf-8", text: "<!DOCTYPE html><html lang=en><title>Log in</title><h1>Please log in</h1></html>" };
const PAGE = { id: "p", name: "Example", url: "https://status.example.com", updated_at: "2026-03-10T14:00:00.000Z" };

/** So many incidents of the past, of two kilobytes each. */
const past = (count) => Array.from({ length: count }, (_, number) => {
  const at = new Date(Date.now() - (number + 1) * 3_600_000).toISOString();
  const update = { id: `u${number}`, status: "resolved", body: "It works again. ".repeat(120), display_at: at, created_at: at, affected_components: null };
  return { id: `i${number}`, name: `Slow answers ${number}`, status: "resolved", impact: "minor", created_at: at, started_at: at, updated_at: at, resolved_at: at, incident_updates: [update], components: [] };
});

/** What the source says: one component in the state, and as many incidents of the past, as the test wants. */
const documents = ({ status, count = 0 }) => {
  const components = [{ id: "api", name: "API", status, position: 1, group: false, group_id: null }];
  const status_ = { indicator: "none", description: "All Systems Operational" };
  return {
    summary: { page: PAGE, status: status_, components, incidents: [], scheduled_maintenances: [] },
    incidents: { page: PAGE, incidents: past(count) },
    components: { page: PAGE, components },
    "scheduled-maintenances": { page: PAGE, scheduled_maintenances: [] },
  };
};

/** Says so many of the incidents, and the rest when the test says so: `goOn`, or `breakOff` where it never comes. */
function holdBack(source, headers, body, response) {
  const text = JSON.stringify(body);
  response.writeHead(200, { ...headers, "Content-Type": "application/json" });
  const place = text.indexOf(`{"id":"i${source.holdsAfter}"`);
  response.write(text.slice(0, place));
  response.on("close", () => { source.letGo = true; });
  source.goOn = () => response.end(text.slice(place));
  source.breakOff = () => response.destroy();
}

/** Answers for a source; `site.source` says how it is. */
function sourceAnswer(site, request, response) {
  const name = new URL(request.url, "http://x").pathname.match(/^\/api\/v2\/([\w-]+)\.json$/)?.[1];
  const headers = { "Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache" };
  site.source.asked.push(name);
  if (site.source.how === "down") return request.socket.destroy();
  if (site.source.how === "refuses") return response.writeHead(503, headers).end("busy");
  if (site.source.how === "login") return response.writeHead(200, { ...headers, "Content-Type": "text/html" }).end("<html>login</html>");
  const body = documents(site.source)[name];
  if (!body) return response.writeHead(404, headers).end();
  if (name === "incidents" && site.source.holdsAfter) return holdBack(site.source, headers, body, response);
  return response.writeHead(200, { ...headers, "Content-Type": "application/json" }).end(JSON.stringify(body));
}

async function listen(handler) {
  const server = createServer(handler);
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const stop = () => new Promise((done) => {
    server.close(done);
    server.closeAllConnections();
  });
  return { address: `http://127.0.0.1:${server.address().port}`, stop };
}

/**
 * Starts a site. `site.loggedOut` closes the console: to everybody ("refused", "redirect", "login": a page that asks
 * for one, with a 200), or to whoever brings no cookie ("strangers"; with
 * `site.leads` they are led to a login elsewhere). `site.says` answers addresses in the host's
 * place: by path, a type and a text. `source`: "same" origin, "other" origin, or none (the page is kept in the
 * browser).
 */
async function start({ base: path = "/", source, plain = false, host = "any" } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "allclear-worker-"));
  const dist = join(folder, "dist");
  cpSync("dist", dist, { recursive: true });
  const site = { dist, down: false, loggedOut: false, says: {}, sent: [], source: { how: "well", status: "operational", asked: [] } };
  const other = await listen((request, response) => sourceAnswer(site, request, response));
  const own = await listen((request, response) => {
    if (site.down) return request.socket.destroy();
    const { pathname } = new URL(request.url, "http://x");
    if (source === "same" && pathname.startsWith("/api/v2/")) return sourceAnswer(site, request, response);
    response.on("finish", () => site.sent.push({ path: pathname, status: response.statusCode }));
    const said = site.says[pathname];
    if (said) return response.writeHead(200, { "Content-Type": said.type }).end(said.text);
    const stranger = site.loggedOut === "strangers" && !request.headers.cookie;
    if (site.loggedOut && (site.loggedOut !== "strangers" || stranger) && pathname.startsWith(`${path}console/`)) {
      if (site.loggedOut === "login") return response.writeHead(200, { "Content-Type": LOGIN.type }).end(LOGIN.text);
      return site.loggedOut === "redirect" || site.leads
        ? response.writeHead(302, { Location: "https://login.example.com/" }).end()
        : response.writeHead(401, { "WWW-Authenticate": "Bearer" }).end();
    }
    return answer({ dir: dist, base: path, plain }, request, response);
  });
  const config = JSON.parse(readFileSync(join(dist, "config.json"), "utf8"));
  const readAt = (url) => writeFileSync(join(dist, "config.json"), JSON.stringify({ ...config, source: { kind: "statuspage", url } }));
  if (source) readAt(source === "same" ? "/api/v2" : `${other.address}/api/v2`);
  const build = (more = {}) => assemble({ dist, base: path, host, compress: false, ...more });
  build();
  return Object.assign(site, {
    build,
    home: own.address + path,
    /** A new release: the same apps, their pages with another remark of no meaning. */
    release() {
      for (const file of ["index.html", "console/index.html"]) {
        writeFileSync(join(dist, file), `${readFileSync(join(dist, file), "utf8")}<!-- ${Math.random()} -->\n`);
      }
      build();
    },
    /** Has the page read at another origin, which is the same source by another name; gives its address. */
    move() {
      const url = `${other.address.replace("127.0.0.1", "localhost")}/api/v2`;
      readAt(url);
      build();
      return url;
    },
    async stop() {
      await Promise.all([own.stop(), other.stop()]);
      rmSync(folder, { recursive: true });
    },
  });
}

export const test = base.extend({
  site: async ({}, use) => {
    const started = [];
    await use(async (options) => {
      const site = await start(options);
      started.push(site);
      return site;
    });
    for (const site of started) await site.stop();
  },
});

/** Opens an address and waits until the app stands and its own worker has taken it in: the outer one is there before the console's. */
export async function visit(page, address) {
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForFunction(() => {
    const worker = navigator.serviceWorker.controller;
    return worker?.state === "activated" && worker.scriptURL === new URL("sw.js", document.baseURI).href;
  });
}

/** The names of every cache of the origin. */
export const cacheNames = (page) => page.evaluate(() => caches.keys());

/** What is kept in any cache at an address whose end is given. */
export const kept = (page, end) => page.evaluate(async (wanted) => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) if (url.endsWith(wanted)) found.push(url);
  }
  return found;
}, end);

/** Has the browser look for a new version of the page's worker. */
export const look = (page) => page.evaluate(() => navigator.serviceWorker.getRegistration().then((found) => found.update()));

/** The paths that have a worker. */
export const registrations = (page) => page.evaluate(async () =>
  (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname).sort());

/** What an address gives to a page: its text, or that it cannot be had. */
export const gives = (page, address) => page.evaluate((address) => fetch(address).then((answer) => answer.text(), () => "nothing"), address);

/** Every text that is kept in any cache and has these words in it. */
export const keptWords = (page, words) => page.evaluate(async (words) => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if ((await (await cache.match(request)).text()).includes(words)) found.push(`${name}: ${request.url}`);
    }
  }
  return found;
}, words);
