// What every edge must let through and what it must refuse: one table, four edges (nginx, Caddy, Cloudflare
// Pages, Netlify).

export const PAGE = "abc123";
export const LOGINS = { ada: "correct-horse", grace: "battery-staple" };
export const KEYS = {
  statuspage: "SECRET-statuspage-key",
  postmark: "SECRET-postmark-token",
  resend: "SECRET-resend-key",
  sendgrid: "SECRET-sendgrid-key",
};

export const basic = (login, password = LOGINS[login]) =>
  `Basic ${Buffer.from(`${login}:${password}`).toString("base64")}`;

const INCIDENTS = `/api/statuspage/v1/pages/${PAGE}/incidents`;
const COMPONENTS = `/api/statuspage/v1/pages/${PAGE}/components`;

/** What the apps send with every call, and what a browser adds by itself. */
const APP = {
  authorization: basic("ada"),
  "x-allclear": "1",
  "sec-fetch-site": "same-origin",
  accept: "*/*",
  cookie: "session=responder",
  origin: "https://status.example.com",
  referer: "https://status.example.com/console/incidents/secret",
  "x-forwarded-for": "198.51.100.7",
  "user-agent": "Browser/1",
};
const JSON_TYPE = { "content-type": "application/json" };

/** A case as the apps would send it, with changes; a header of `null` is left out. */
const call = (method, path, { headers = {}, body = ["GET", "HEAD"].includes(method) ? undefined : "{}" } = {}) => {
  const all = { ...APP, ...(body === undefined ? {} : JSON_TYPE), ...headers };
  return { method, path, body, headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) };
};

const sp = (method, rest) => ({
  name: `Statuspage: ${method} ${rest}`,
  ...call(method, `/api/statuspage/v1/pages/${PAGE}${rest}`),
  reaches: { path: `/v1/pages/${PAGE}${rest}`, host: "api.statuspage.io", key: ["authorization", `OAuth ${KEYS.statuspage}`] },
});

/** Passes with the vendor's key and without anything of the browser's. */
export const ALLOWED = [
  sp("GET", "/incidents"),
  sp("GET", "/incidents?limit=100&page=2"),
  sp("POST", "/incidents"),
  // The longest text that the vendor takes, in signs of four bytes, beside what the consoles share.
  {
    ...sp("POST", "/incidents"),
    name: "Statuspage: the largest message",
    body: JSON.stringify({ incident: { body: "\u{1F6A8}".repeat(25_000), metadata: { allclear: "x".repeat(60_000) } } }),
  },
  sp("GET", "/incidents/unresolved"),
  sp("GET", "/incidents/kvpx1"),
  sp("PATCH", "/incidents/kvpx1"),
  sp("GET", "/incidents/kvpx1/postmortem"),
  sp("PUT", "/incidents/kvpx1/postmortem"),
  sp("PUT", "/incidents/kvpx1/postmortem/publish"),
  sp("GET", "/components?page=1&per_page=100"),
  sp("PATCH", "/components/8kbf7d35c070"),
  sp("GET", "/component-groups"),
  {
    name: "Postmark: a batch",
    ...call("POST", "/api/postmark/email/batch", { body: JSON.stringify([{ To: "a@example.com" }]) }),
    reaches: { path: "/email/batch", host: "api.postmarkapp.com", key: ["x-postmark-server-token", KEYS.postmark] },
  },
  {
    name: "Postmark: the read-back",
    ...call("GET", "/api/postmark/messages/outbound?count=500&offset=0&metadata_op=op1"),
    reaches: { path: "/messages/outbound?count=500&offset=0&metadata_op=op1", host: "api.postmarkapp.com", key: ["x-postmark-server-token", KEYS.postmark] },
  },
  {
    name: "Postmark: the test token",
    ...call("POST", "/api/postmark-test/email/batch"),
    reaches: { path: "/email/batch", host: "api.postmarkapp.com", key: ["x-postmark-server-token", "POSTMARK_API_TEST"] },
  },
  {
    name: "Resend: a batch with its idempotency key",
    ...call("POST", "/api/resend/emails/batch", { headers: { "idempotency-key": "allclear-op1-0", "x-batch-validation": "permissive" } }),
    reaches: { path: "/emails/batch", host: "api.resend.com", key: ["authorization", `Bearer ${KEYS.resend}`], also: { "idempotency-key": "allclear-op1-0", "x-batch-validation": "permissive" } },
  },
  {
    name: "SendGrid: a mail",
    ...call("POST", "/api/sendgrid/v3/mail/send"),
    reaches: { path: "/v3/mail/send", host: "api.sendgrid.com", key: ["authorization", `Bearer ${KEYS.sendgrid}`] },
  },
  {
    name: "a browser that does not say where the call comes from",
    ...call("POST", INCIDENTS, { headers: { "sec-fetch-site": null } }),
    reaches: { path: `/v1/pages/${PAGE}/incidents`, host: "api.statuspage.io", key: ["authorization", `OAuth ${KEYS.statuspage}`] },
  },
  {
    name: "JSON with its character set",
    ...call("POST", INCIDENTS, { headers: { "content-type": "application/json; charset=utf-8" } }),
    reaches: { path: `/v1/pages/${PAGE}/incidents`, host: "api.statuspage.io", key: ["authorization", `OAuth ${KEYS.statuspage}`] },
  },
];

const no = (name, method, path, more) => ({ name, ...call(method, path, more), mark: "refused" });

/** What a form of a page elsewhere can send: each of its types, from a browser that says where it comes from or not. */
const FORM_TYPES = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"];
const FORM_SITES = ["cross-site", "same-site", null];
const forms = (path) => FORM_TYPES.flatMap((type) => FORM_SITES.map((site) => ({
  name: `a form of another site at ${path}: ${type}, Sec-Fetch-Site ${site ?? "missing"}`,
  ...call("POST", path, { headers: { "content-type": type, "sec-fetch-site": site, "x-allclear": null }, body: "incident[name]=x" }),
  mark: "refused",
})));

/** Each path of the edge with the methods that it takes. To a list of paths, `unresolved` is an id as any other. */
const TAKEN = ALLOWED.reduce((all, { path, method }) => {
  const [bare] = path.split("?");
  return { ...all, [bare]: [...(all[bare] ?? []), method] };
}, { "/api/whoami": ["GET", "HEAD"] });
/** Where writes go, and who is logged in. */
const FORM_PATHS = Object.keys(TAKEN).filter((path) => path === "/api/whoami" || TAKEN[path].includes("POST"));
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Answered by the edge itself; nothing reaches a vendor. */
export const REFUSED = [
  no("another page", "GET", "/api/statuspage/v1/pages/other1/incidents"),
  no("subscribers", "GET", `/api/statuspage/v1/pages/${PAGE}/subscribers`),
  no("the page itself", "PATCH", `/api/statuspage/v1/pages/${PAGE}`),
  no("all pages", "GET", "/api/statuspage/v1/pages"),
  no("deleting an incident", "DELETE", `${INCIDENTS}/kvpx1`),
  no("replacing an incident", "PUT", `${INCIDENTS}/kvpx1`),
  no("changing the list of planned work", "PATCH", `${INCIDENTS}/scheduled`),
  no("a list that the console does not read", "GET", `${INCIDENTS}/upcoming`),
  no("the same with a question", "GET", `${INCIDENTS}/scheduled?page=1`),
  no("posting to an incident", "POST", `${INCIDENTS}/kvpx1`),
  no("an incident's subscribers", "GET", `${INCIDENTS}/kvpx1/subscribers`),
  no("taking a post-mortem back", "DELETE", `${INCIDENTS}/kvpx1/postmortem`),
  no("making a component", "POST", COMPONENTS),
  no("deleting a component", "DELETE", `${COMPONENTS}/8kbf7d35c070`),
  no("changing the groups", "POST", `/api/statuspage/v1/pages/${PAGE}/component-groups`),
  no("a slash at the end", "GET", `${INCIDENTS}/`),
  no("the .json twin", "GET", `${INCIDENTS}.json`),
  no("dot segments", "GET", `${INCIDENTS}/../subscribers`),
  no("dot segments back to an allowed path", "GET", `${INCIDENTS}/../../other1/incidents`),
  no("encoded dot segments", "GET", `${INCIDENTS}/%2e%2e/subscribers`),
  no("an encoded slash", "GET", `${INCIDENTS}%2F..%2Fsubscribers`),
  no("an encoded slash in an id", "GET", `${INCIDENTS}/a%2Fsubscribers`),
  no("capital letters", "GET", INCIDENTS.toUpperCase().replace("/API/STATUSPAGE", "/api/statuspage")),
  no("a key in the address", "GET", `${INCIDENTS}?api_key=mine`),
  no("a key in the address, after another", "GET", `${INCIDENTS}?page=1&api_key=mine`),
  no("a key in the address, encoded", "GET", `${INCIDENTS}?api%5Fkey=mine`),
  no("Postmark: one mail", "POST", "/api/postmark/email"),
  no("Postmark: its servers", "GET", "/api/postmark/servers"),
  no("Postmark: one message with its text", "GET", "/api/postmark/messages/outbound/x/details"),
  no("Postmark: deleting", "DELETE", "/api/postmark/messages/outbound"),
  no("Postmark's test: reading", "GET", "/api/postmark-test/messages/outbound"),
  no("Resend: keys", "GET", "/api/resend/api-keys"),
  no("Resend: reading a batch", "GET", "/api/resend/emails/batch"),
  no("SendGrid: keys", "GET", "/api/sendgrid/v3/api_keys"),
  no("a vendor that is none", "GET", "/api/elsewhere/v1"),
  no("nothing", "GET", "/api/"),
  no("a write without the mark", "POST", INCIDENTS, { headers: { "x-allclear": null } }),
  no("a read without the mark", "GET", INCIDENTS, { headers: { "x-allclear": null } }),
  no("a wrong mark", "POST", INCIDENTS, { headers: { "x-allclear": "2" } }),
  no("a write without a type", "POST", INCIDENTS, { headers: { "content-type": null } }),
  no("a write with a type like JSON", "POST", INCIDENTS, { headers: { "content-type": "application/jsonp" } }),
  no("JSON hidden in a form's type", "POST", INCIDENTS, { headers: { "content-type": "text/plain; application/json" } }),
  no("mail as a form with the mark", "POST", "/api/postmark/email/batch", { headers: { "content-type": "text/plain" } }),
  no("a call of another site", "POST", INCIDENTS, { headers: { "sec-fetch-site": "cross-site" } }),
  no("a call of a neighbouring site", "POST", INCIDENTS, { headers: { "sec-fetch-site": "same-site" } }),
  no("an address typed in", "GET", INCIDENTS, { headers: { "sec-fetch-site": "none" } }),
  no("whoami by another site", "GET", "/api/whoami", { headers: { "sec-fetch-site": "cross-site" } }),
  no("whoami written", "POST", "/api/whoami"),
  ...FORM_PATHS.flatMap((path) => forms(path)),
  ...Object.entries(TAKEN).flatMap(([path, taken]) =>
    METHODS.filter((method) => !taken.includes(method)).map((method) => no(`${method} at ${path}`, method, path))),
  // What a browser asks before it lets another site's script call.
  ...Object.keys(TAKEN).map((path) => no(`the question before another site's call at ${path}`, "OPTIONS", path, {
    headers: { authorization: null, "x-allclear": null, "sec-fetch-site": "cross-site", "access-control-request-method": "POST", "access-control-request-headers": "x-allclear, content-type" },
    body: "",
  })),
  no("too long a body", "POST", INCIDENTS, { body: JSON.stringify({ body: "x".repeat(210_000) }) }),
];

const stranger = (name, method, path, authorization = null) => ({ name, ...call(method, path, { headers: { authorization } }), mark: "login" });

/** Refused for want of a login, with the mark. */
export const STRANGERS = [
  ...Object.entries(TAKEN).filter(([path]) => path !== "/api/whoami")
    .flatMap(([path, taken]) => [...new Set(taken)].map((method) => stranger(`no login: ${method} ${path}`, method, path))),
  stranger("no login: whoami", "GET", "/api/whoami"),
  stranger("a wrong password", "POST", INCIDENTS, basic("ada", "wrong")),
  stranger("another's password", "POST", INCIDENTS, basic("ada", LOGINS.grace)),
  stranger("no such login", "GET", "/api/whoami", basic("eve", LOGINS.ada)),
  stranger("the vendor's key as a login", "POST", INCIDENTS, `OAuth ${KEYS.statuspage}`),
  stranger("a broken login", "POST", INCIDENTS, "Basic %%%"),
];

/** Paths of the console: its page, deep links, its files, other spellings of them. */
export const CONSOLE_PATHS = [
  "/console/",
  "/console/declare",
  "/console/incidents/a/report",
  "/console/sop.toml",
  "/console/team.toml",
  "/console/index.html",
  "/console/none.js",
  "/console/sw.js",
  "/console/manifest.webmanifest",
  "//console/sop.toml",
  "/console//sop.toml",
  "/x/../console/sop.toml",
  "/x/..//console/team.toml",
  "/console%2Fsop.toml",
  "/%63onsole/sop.toml",
  "/console/./team.toml",
  "/console/%2e/team.toml",
  "/console/sop.toml?x=1",
];

/** What is no reading of the console, by path: another site's forms, and every other method. */
export const CONSOLE_WRITES = Object.fromEntries(["/console/", "/console/declare", "/console/sop.toml", "/console/team.toml"].map((path) => [path, [
  ...forms(path),
  ...METHODS.filter((method) => !["GET", "HEAD"].includes(method)).map((method) => ({ name: method, ...call(method, path) })),
]]));

/** The files of the public page that are passed on, for anybody. */
export const PUBLIC_FILES = [
  "summary.json",
  "status.json",
  "components.json",
  "incidents.json",
  "incidents/unresolved.json",
  "scheduled-maintenances.json",
  "scheduled-maintenances/upcoming.json",
  "scheduled-maintenances/active.json",
];

/** How a reader asks for them: with whatever a browser adds, a responder's login of this host too. */
export const READER = Object.fromEntries(Object.entries(APP).filter(([name]) => name !== "x-allclear"));

/** What is no file of the public page, and other spellings of those that are. */
export const PUBLIC_STRANGE = [
  "/api/v2/",
  "/api/v2/subscribers",
  "/api/v2/subscribers.json",
  "/api/v2/incidents/kvpx1.json",
  "/api/v2/summary",
  "/api/v2/summary.jsonx",
  "/api/v2/SUMMARY.json",
  "/api/v2/../v1/pages.json",
  "/api/v2/%2e%2e/x.json",
  "/api/v2/incidents%2Funresolved.json",
  "/api/v2//summary.json",
  "/api//v2/summary.json",
  "/api/v2/x/../summary.jsonx",
  "/api/v2/%73ummary.json",
  "/api/v1/summary.json",
];

/** A console that somebody laid below a path by hand: no edge may give it to a stranger. */
export const LAID_BY_HAND = ["/laid/console/", "/laid/console/sop.toml", "/laid//console/sop.toml", "/laid/console%2Fsop.toml", "/x/../laid/console/index.html", "/laid/%63onsole/sop.toml"];
