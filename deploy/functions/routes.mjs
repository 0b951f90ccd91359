// Everything that may reach a vendor, method and path, and how each vendor is reached. All else is 404.
import mail from "../nginx/allclear/mail.js";

const ID = "[a-z0-9]+";
/** The longest batch: the console makes none of more than five million bytes. */
const BATCH = 6 * 1024 * 1024;

const statuspage = (env) => {
  const page = `/v1/pages/${env.STATUSPAGE_PAGE}`;
  return [
    ["GET|POST", `${page}/incidents`],
    // The names of lists stand where an incident's id does.
    ["GET", `${page}/incidents/(?!(scheduled|upcoming)$)${ID}`],
    ["PATCH", `${page}/incidents/(?!(unresolved|scheduled|upcoming)$)${ID}`],
    ["GET|PUT", `${page}/incidents/${ID}/postmortem`],
    ["PUT", `${page}/incidents/${ID}/postmortem/publish`],
    ["GET", `${page}/(components|component-groups)`],
    ["PATCH", `${page}/components/${ID}`],
  ];
};

/**
 * By the first part of the path after /api/. `every` spaces calls; `setting` is the key's name in the environment; `mails`
 * says how its mails are written (deploy/nginx/allclear/mail.js).
 */
const VENDORS = {
  statuspage: {
    setting: "STATUSPAGE_KEY",
    needs: "STATUSPAGE_PAGE",
    origin: "https://api.statuspage.io",
    routes: statuspage,
    longest: 192 * 1024,
    every: 1000,
    headers: (key) => ({ Authorization: `OAuth ${key}` }),
  },
  postmark: {
    setting: "POSTMARK_TOKEN",
    origin: "https://api.postmarkapp.com",
    routes: () => [["POST", "/email/batch"], ["GET", "/messages/outbound"]],
    longest: BATCH,
    mails: "postmark",
    headers: (key) => ({ "X-Postmark-Server-Token": key }),
  },
  // Postmark's public test token: everything is checked, nothing is delivered.
  "postmark-test": {
    origin: "https://api.postmarkapp.com",
    routes: () => [["POST", "/email/batch"]],
    longest: BATCH,
    mails: "postmark",
    headers: () => ({ "X-Postmark-Server-Token": "POSTMARK_API_TEST" }),
  },
  resend: {
    setting: "RESEND_KEY",
    origin: "https://api.resend.com",
    routes: () => [["POST", "/emails/batch"]],
    longest: BATCH,
    mails: "resend",
    every: 500,
    passes: ["Idempotency-Key", "X-Batch-Validation"],
    headers: (key) => ({ Authorization: `Bearer ${key}` }),
  },
  sendgrid: {
    setting: "SENDGRID_KEY",
    origin: "https://api.sendgrid.com",
    routes: () => [["POST", "/v3/mail/send"]],
    longest: BATCH,
    mails: "sendgrid",
    headers: (key) => ({ Authorization: `Bearer ${key}` }),
  },
  // The team's own channel: the address of its webhook is the key, and all of where it goes. `says`: so much of its answer is
  // passed on, as text, in bytes.
  team: {
    setting: "TEAM_WEBHOOK",
    routes: () => [["POST", "/notice"]],
    longest: 16 * 1024,
    mails: "team",
    says: mail.LONGEST_WORD,
    headers: () => ({}),
  },
};

/** The files of the public page that are passed on, for anybody and without a key. */
const PUBLIC_FILE = /^\/api\/v2\/(summary|status|components|incidents|incidents\/unresolved|scheduled-maintenances|scheduled-maintenances\/(upcoming|active))\.json$/;

/**
 * Where a file of the public page is read, or nothing when it is not passed on. `PUBLIC_PAGE` in the environment is
 * the page's address at the vendor's: `https://abc123def456.statuspage.io`.
 */
export function publicFile(path, env) {
  const page = env.PUBLIC_PAGE?.replace(/\/$/, "") ?? "";
  return /^https:\/\/[\w.-]+$/.test(page) && PUBLIC_FILE.test(path) ? page + path : undefined;
}

/** The vendor of a call and the path there, or nothing when it may not be made. */
export function route(method, path, env) {
  const [, name, rest] = path.match(/^\/api\/([a-z-]+)(\/.*)$/) ?? [];
  const vendor = Object.hasOwn(VENDORS, name ?? "") ? VENDORS[name] : undefined;
  if (vendor === undefined) return undefined;
  const key = vendor.setting ? env[vendor.setting] : "";
  if (key === undefined || (vendor.needs && !new RegExp(`^${ID}$`).test(env[vendor.needs] ?? ""))) return undefined;
  const allowed = vendor.routes(env).some(([methods, pattern]) =>
    new RegExp(`^(${methods})$`).test(method) && new RegExp(`^${pattern}$`).test(rest));
  const address = vendor.origin === undefined ? key : `${vendor.origin}${rest}`;
  return allowed && /^https:\/\/[\w.-]+/.test(address) ? { ...vendor, name, address, headers: vendor.headers(key) } : undefined;
}
