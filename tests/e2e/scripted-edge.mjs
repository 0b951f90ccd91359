// An edge and a hosted page in the test's hands, for days that a faithful peer has no switch for. What the
// vendor really does is the sandbox's to show; here is only what the console says about it.
import { readFileSync } from "node:fs";
import { item } from "./responder.mjs";

const TEAM = readFileSync("public/console/team.toml", "utf8").replace(/undo_seconds = \d+/, "undo_seconds = 0").replace(/^#.*$/gm, "");
const PAGE = `
[status_page]
service = "statuspage"
page_id = "abc123"
console = "https://manage.statuspage.io/"
`;
const MAIL = `
[email]
service = "postmark"
console = "https://account.postmarkapp.com/"
`;

const component = (id, name) => ({ id, name, status: "operational", position: 1, group: false, group_id: null });

/**
 * Puts the edge before a context's requests. `edge.login` is who is logged in (undefined: no edge at all);
 * `edge.aheadMinutes` is device minus server; `edge.answer` may answer a request in the service's place; `edge.asked`
 * holds what came; `mail: true` hosts the mails too. Its time is the test's clock.
 */
export async function scriptedEdge(context, clock, options = {}) {
  const edge = {
    login: "ada",
    aheadMinutes: 0,
    components: [component("web1", "Web application"), component("api1", "API")],
    incidents: [],
    asked: [],
    mail: false,
    answer: null,
    ...options,
  };
  const now = () => new Date(clock.now - edge.aheadMinutes * 60_000);

  await context.route("**/console/team.toml", (route) => route.fulfill({ contentType: "text/plain", body: `${TEAM}${PAGE}${edge.mail ? MAIL : ""}` }));
  await context.route("**/api/**", async (route) => {
    const request = route.request();
    const { pathname } = new URL(request.url());
    const [method, body] = [request.method(), request.postDataJSON()];
    const json = (status, said) =>
      route.fulfill({ status, contentType: "application/json", headers: { Date: now().toUTCString() }, body: JSON.stringify(said) });
    edge.asked.push({ method, path: pathname });
    if (edge.login === undefined) return route.fulfill({ status: 404, contentType: "text/html", body: "<!DOCTYPE html><p>Not found</p>" });
    if (pathname === "/api/whoami") return json(200, { login: edge.login });
    if (await edge.answer?.({ pathname, json })) return undefined;
    if (pathname === "/api/postmark/messages/outbound") return json(200, { TotalCount: 0, Messages: [] });
    if (pathname === "/api/postmark-test/email/batch") {
      return json(200, body.map(({ To }) => ({ ErrorCode: 0, Message: "OK", MessageID: "b7bc2f4a-e38e-4336-af7d-e6c392c2f817", SubmittedAt: now().toISOString(), To })));
    }
    return service(edge, { method, pathname, body, at: now().toISOString() }, json);
  });
  return edge;
}

/** The page as far as a console needs it that opens an incident there. */
function service(edge, { method, pathname, body, at }, json) {
  const [, what, id] = pathname.match(/\/pages\/abc123\/(\w+)(?:\/(\w+))?/) ?? [];
  if (what === "components") return json(200, edge.components);
  if (what !== "incidents") return json(404, { error: "Not found" });
  if (method === "GET") {
    const one = edge.incidents.find((each) => each.id === id);
    return json(200, one ?? edge.incidents);
  }
  const { name, status, body: text } = body.incident;
  const update = { id: "up1", incident_id: "inc1", status, body: text, created_at: at, display_at: at, updated_at: at, affected_components: null };
  const incident = { id: "inc1", page_id: "abc123", name, status, impact: "critical", created_at: at, updated_at: at, incident_updates: [update], components: [], metadata: {}, shortlink: "https://stspg.io/inc1" };
  edge.incidents.push(incident);
  return json(201, incident);
}

/** The banners that stand on every page. */
export const troubles = (page) => page.getByRole("region", { name: "What needs attention" });

/** A check of the readiness page. */
export const check = (page, what) => item(page.getByRole("list", { name: "Checks" }), what);

/** What was written through the edge so far. */
export const writes = (edge) => edge.asked.filter(({ method }) => method !== "GET");
