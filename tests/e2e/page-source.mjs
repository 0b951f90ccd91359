// A page in the Statuspage format beside the app, as an assembled release would be told of it.

export const PAGE = { id: "p", name: "Example", url: "https://status.example.com", updated_at: "2026-03-10T14:00:00.000Z" };
export const CONFIG = {
  organisation: "AIAS Platform",
  status_url: "https://status.example.com",
  support: "support@example.com",
  components: [{ id: "api", name: "API" }],
  source: { kind: "statuspage", url: "/api/v2" },
};

export const summary = (status) => ({
  page: PAGE,
  status: { indicator: "none", description: "All Systems Operational" },
  components: [{ id: "api", name: "API", status, position: 1, group: false, group_id: null }],
  incidents: [],
  scheduled_maintenances: [],
});

/** Serves the page's files by name; gives the names of those that were asked for. */
export async function serveSource(context, files) {
  const asked = [];
  await context.route("**/config.json", (route) => route.fulfill({ json: CONFIG }));
  await context.route("**/api/v2/*.json", (route) => {
    const name = new URL(route.request().url()).pathname.split("/").at(-1);
    asked.push(name);
    // Every page of the format has this file; it is asked for where an id is no incident's.
    const all = { "scheduled-maintenances.json": { scheduled_maintenances: [] }, ...files };
    return name in all ? route.fulfill({ json: all[name] }) : route.fulfill({ status: 404, body: "" });
  });
  // The policy of this dist/ knows the script without its source: it is told in the page instead of by assembling.
  await context.addInitScript(() => {
    new MutationObserver((_, observer) => {
      const script = document.querySelector("script[data-source]");
      if (script) {
        script.dataset.source = "/api/v2";
        observer.disconnect();
      }
    }).observe(document, { childList: true, subtree: true });
  });
  return asked;
}
