// Calls as the console makes them, and what the edges of the tests are told.

export const PAGE = "abc123";
export const LOGINS = { ada: "correct-horse", grace: "battery-staple" };
/** Accounts whose names cannot stand in JSON as they are. */
export const ODD_LOGINS = { 'a"b': "odd-horse", "a\\b": "odder-horse" };
export const KEYS = {
  statuspage: "SECRET-statuspage-key",
  postmark: "SECRET-postmark-token",
  resend: "SECRET-resend-key",
  sendgrid: "SECRET-sendgrid-key",
  team: "SECRET-team-webhook",
};
/** The webhook of the team's channel, as each edge is told: its host, and the rest of its address, as one of Teams has it. */
export const WEBHOOK = { host: "hooks.example", path: `/services/T01/${KEYS.team}?sp=%2Ftriggers%2Frun&sig=a-b_c` };

export const basic = (login, password = LOGINS[login]) =>
  `Basic ${Buffer.from(`${login}:${password}`).toString("base64")}`;

export const INCIDENTS = `/api/statuspage/v1/pages/${PAGE}/incidents`;
export const COMPONENTS = `/api/statuspage/v1/pages/${PAGE}/components`;

/** From whom mail may come, where its answers go, and Postmark's message stream, as each edge is told. */
export const MAIL = { sender: "status@example.com", answers: "answers@example.com", stream: "broadcast" };

/** What a browser says of where a call comes from: with every call, and with a write. */
export const HERE = { host: "status.example.com", "sec-fetch-site": "same-origin" };
const ORIGIN = { origin: "https://status.example.com" };

/** What the apps send with every call, and what a browser adds by itself. */
export const APP = {
  ...HERE,
  authorization: basic("ada"),
  "x-allclear": "1",
  accept: "*/*",
  cookie: "session=responder",
  referer: "https://status.example.com/console/incidents/secret",
  "x-forwarded-for": "198.51.100.7",
  "user-agent": "Browser/1",
};
const JSON_TYPE = { "content-type": "application/json" };

/** A case as the apps would send it, with changes; a header of `null` is left out. */
export const call = (method, path, { headers = {}, body = ["GET", "HEAD"].includes(method) ? undefined : "{}" } = {}) => {
  const all = { ...APP, ...(["GET", "HEAD"].includes(method) ? {} : ORIGIN), ...(body === undefined ? {} : JSON_TYPE), ...headers };
  return { method, path, body, headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) };
};
