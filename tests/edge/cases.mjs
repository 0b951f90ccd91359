// What every edge must let through and what it must refuse: one table, four edges (nginx, Caddy, Cloudflare
// Pages, Netlify).
import { APP, basic, call, COMPONENTS, INCIDENTS, KEYS, LOGINS, PAGE } from "./calls.mjs";
import { MAILS, NO_MAILS } from "./mails.mjs";
import { NO_NOTICES, NOTICES } from "./notices.mjs";

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
  { ...sp("POST", "/incidents"), name: "Statuspage: a call with headers that are Resend's", ...call("POST", INCIDENTS, { headers: { "idempotency-key": "x", "x-batch-validation": "permissive" } }) },
  ...MAILS,
  ...NOTICES,
  {
    name: "Postmark: the read-back",
    ...call("GET", "/api/postmark/messages/outbound?count=500&offset=0&metadata_op=op1&messagestream=broadcast"),
    reaches: { path: "/messages/outbound?count=500&offset=0&metadata_op=op1&messagestream=broadcast", host: "api.postmarkapp.com", key: ["x-postmark-server-token", KEYS.postmark] },
  },
  {
    name: "a reading that names the host it comes from",
    ...call("GET", INCIDENTS, { headers: { origin: "https://status.example.com" } }),
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

/** What is longer than the edge takes at a path. */
const long = (path, declared) => ({ ...no(`too long a body at ${path}`, "POST", path), declared, status: 413 });

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
  no("doubled slashes", "GET", INCIDENTS.replace("/incidents", "//incidents")),
  no("doubled slashes in front", "GET", `/${INCIDENTS}`),
  no("doubled slashes after the vendor", "GET", INCIDENTS.replace("statuspage/", "statuspage//")),
  no("a slash that is encoded twice", "GET", `${INCIDENTS}/a%252Fsubscribers`),
  no("a letter that is encoded", "GET", INCIDENTS.replace("incidents", "%69ncidents")),
  no("a backslash", "GET", `${INCIDENTS}/kvpx1\\subscribers`),
  no("an encoded backslash", "GET", `${INCIDENTS}%5Csubscribers`),
  no("an encoded end of the path", "GET", `${INCIDENTS}%3Fpage=1`),
  no("a parameter of the path", "GET", `${INCIDENTS};x=1`),
  no("mail in capital letters", "POST", "/api/postmark/EMAIL/batch"),
  no("mail after an encoded slash", "POST", "/api/postmark/email%2Fbatch"),
  no("mail with dot segments", "POST", "/api/postmark/email/../email/batchWithTemplates"),
  no("mail with doubled slashes", "POST", "/api/resend//emails/batch"),
  no("Postmark: with templates", "POST", "/api/postmark/email/batchWithTemplates"),
  no("Postmark: in bulk", "POST", "/api/postmark/email/bulk"),
  no("Resend: one mail", "POST", "/api/resend/emails"),
  ...["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"].flatMap((name) => [INCIDENTS, "/api/postmark/email/batch"].map((path) =>
    no(`${name} at ${path}`, "POST", path, { headers: { [name.toLowerCase()]: "DELETE" } }))),
  no("another method in the address", "GET", `${INCIDENTS}?_method=delete`),
  no("a question that the console does not ask", "GET", `${INCIDENTS}?q=x`),
  no("a write with a question", "POST", `${INCIDENTS}?page=1`),
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
  no("the team: reading", "GET", "/api/team/notice"),
  no("the team: another path", "POST", "/api/team/notices"),
  no("the team: a slash at the end", "POST", "/api/team/notice/"),
  no("the team: an encoded letter", "POST", "/api/team/%6eotice"),
  no("the team: with a question", "POST", "/api/team/notice?wait=true"),
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
  ...Object.entries({ "a browser that does not say where it comes from": { "sec-fetch-site": null }, "a write that names no host": { origin: null },
    "a write of no host": { origin: "null" }, "a write of another host": { origin: "https://evil.example" }, "a write of another port": { origin: "https://status.example.com:8443" },
    "a write of a host whose name begins alike": { origin: "https://status.example.com.evil.example" }, "a write of a host whose name ends alike": { origin: "https://evil-status.example.com" },
    "a write of another scheme": { origin: "ftp://status.example.com" }, "a write of two hosts": { origin: "https://status.example.com https://evil.example" } })
    .flatMap(([name, headers]) => [["POST", INCIDENTS], ["PATCH", `${INCIDENTS}/kvpx1`], ["PUT", `${INCIDENTS}/kvpx1/postmortem`], ["POST", "/api/postmark/email/batch"]]
      .map(([method, path]) => no(`${name}: ${method} ${path}`, method, path, { headers }))),
  no("a reading by a browser that does not say where it comes from", "GET", INCIDENTS, { headers: { "sec-fetch-site": null } }),
  no("a reading of another host", "GET", INCIDENTS, { headers: { origin: "https://evil.example" } }),
  no("whoami by a browser that does not say where it comes from", "GET", "/api/whoami", { headers: { "sec-fetch-site": null } }),
  no("whoami by another host", "GET", "/api/whoami", { headers: { origin: "https://evil.example" } }),
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
  long(INCIDENTS, 200_000),
  { ...no("too long a body that does not say how long it is", "POST", INCIDENTS, { body: "x".repeat(210_000) }), chunked: true, status: 413 },
  long("/api/team/notice", 16 * 1024 + 1),
  { ...no("too long a notice that does not say how long it is", "POST", "/api/team/notice", { body: JSON.stringify({ text: "x".repeat(17_000) }) }), chunked: true, status: 413 },
  ...["postmark/email", "postmark-test/email", "resend/emails", "sendgrid/v3/mail"].map((path) => long(`/api/${path}/${path.includes("sendgrid") ? "send" : "batch"}`, 6 * 1024 * 1024 + 1)),
];

/** Mails and notices that are none of the console's: for edges that can look into a body. */
export const REFUSED_MAILS = [...NO_MAILS, ...NO_NOTICES].map(([name, path, body]) => ({ ...no(name, "POST", path, { body }), status: 403 }));

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
  "/%63onsole/sop.toml",
  "/console/./team.toml",
  "/console/%2e/team.toml",
  "/console/sop.toml?x=1",
];

/**
 * The same in spellings that no link of ours has: what separates or ends a path is encoded, once or twice, or it is no text.
 * A server of one's own reads them as the console's and asks for the login; the functions answer 404 to everybody.
 */
export const ENCODED_PATHS = [
  "/console%2Fsop.toml",
  "/%23/..%2Fconsole%2Fsop.toml",
  "/%3F%2F..%2Fconsole%2Fsop.toml",
  "/console%2Fsop.toml%C3",
  "/%E0/..%2Fconsole/sop.toml",
  "/x%2f..%2Fconsole/team.toml",
];

/** What only responders may read, with its twins. */
export const PLAYBOOK_PATHS = ["sop.toml", "team.toml"].flatMap((file) => ["", ".br", ".gz"].map((end) => `/console/${file}${end}`));

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
