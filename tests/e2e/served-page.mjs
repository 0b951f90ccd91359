// A page in the public v2 format, routed in: what its files say, and what was asked of it.

const CONFIG = {
  organisation: "Example",
  status_url: "https://status.example.com",
  support: "support@example.com",
  components: [{ id: "a", name: "Somewhere else" }],
  source: { kind: "statuspage", url: "/api/v2" },
};

/** An update in the format's own words. */
export const update = (id, status, at, body, affected = null) =>
  ({ id, status, body, display_at: at, created_at: at, affected_components: affected });

/** A page of one component on which nothing happens. */
export const CALM = {
  page: { id: "x", name: "X", url: "https://x.example", updated_at: "2026-03-10T14:00:00Z" },
  components: [{ id: "api", name: "API", status: "operational", position: 1, description: null, group_id: null, group: false }],
  incidents: [],
  scheduled_maintenances: [],
  status: { indicator: "none", description: "All Systems Operational" },
};

/**
 * Serves a page from `files` (by name, without ".json"); what is not there is 404. Each may be JSON, a text,
 * or a function that answers. Gives the requests that were made.
 */
export async function hosted(context, files, config = {}) {
  const asked = [];
  await context.route("**/config.json", (route) => route.fulfill({ json: { ...CONFIG, ...config } }));
  await context.route("**/api/v2/**", (route) => {
    const request = route.request();
    asked.push(request);
    const file = files[new URL(request.url()).pathname.replace("/api/v2/", "").replace(".json", "")];
    if (typeof file === "function") return file(route);
    if (typeof file === "string") return route.fulfill({ body: file, contentType: "text/html" });
    return file ? route.fulfill({ json: file }) : route.fulfill({ status: 404, body: "" });
  });
  return asked;
}
