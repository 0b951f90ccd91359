// The apps' parts: what comes first needs none of them, and one that does not come is said and asked for again.
import { unanswered } from "./passing.mjs";
import { CALM, hosted } from "./served-page.mjs";
import { expect, open, test } from "./support.mjs";

const REST = /\/split_rest-\w+\.wasm$/;
const INCIDENT = /\/split_incident-\w+\.wasm$/;

test.use({ allowed: /split_rest|Failed to fetch|Failed to load resource/ });

test("the board and the state stand before any part; one that fails is asked for again, and one that hangs holds nothing up", async ({ page, context, clock }) => {
  const parts = [];
  page.on("request", (request) => {
    if (/\/(split|chunk)_/.test(request.url())) parts.push(request.url());
  });
  const refused = (route) => route.abort();
  await page.route(REST, refused);
  let letIn;
  const held = new Promise((done) => { letIn = done; });
  unanswered(context, (request) => INCIDENT.test(request.url()));
  await page.route(INCIDENT, async (route) => {
    await held;
    await route.continue();
  });
  await open(page, "/console/");
  await expect(page.getByText("No incident is open, and none was run in this browser yet.")).toBeVisible();
  await page.getByRole("link", { name: "Readiness" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "This page could not be fetched" })).toBeFocused();
  await page.unroute(REST, refused);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Readiness" })).toBeVisible();
  // What asks the page comes by itself, once, when the logs were read; nothing was asked without it.
  const demonstration = page.getByRole("region", { name: "First start" });
  await page.getByRole("link", { name: "Incidents", exact: true }).click();
  await expect(demonstration).toHaveCount(0);
  expect(parts.filter((part) => INCIDENT.test(part))).toHaveLength(1);
  letIn();
  await expect(demonstration).toBeVisible();

  // Readers of the status page go on reading while its later part hangs.
  const files = { summary: CALM, incidents: { incidents: [] } };
  await hosted(context, files);
  const status = await context.newPage();
  await status.route(REST, () => {});
  unanswered(context, (request) => REST.test(request.url()));
  await open(status, "/");
  const state = status.getByRole("status", { name: "Overall status" });
  await expect(state).toHaveText("All systems operational");
  files.summary = { ...CALM, components: [{ ...CALM.components[0], status: "partial_outage" }] };
  // The part is waited for no longer than any answer; then a minute passes as ever.
  await clock.pass(0.5);
  await clock.pass(1.5);
  await expect(state).toHaveText("Partial outage");
});
