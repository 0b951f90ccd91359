// The page in German: for a German browser, by hand, and before the app is there. That no word is missing is a matter
// of `tests/tools/words.test.mjs`; here is what can be read.
import { TABLES } from "../tools/tables.mjs";
import { english } from "./english.mjs";
import { many } from "./many.mjs";
import { PAGE, serveSource } from "./page-source.mjs";
import { SOON, until } from "./passing.mjs";
import { holdApp, seenSince, watchState } from "./state-watch.mjs";
import { expect, open, test } from "./support.mjs";

// Words of the source that the tables do not hold: whatever is English on the page then is ours.
const update = (id, status, at, body) => ({ id, status, body, created_at: at, display_at: at, updated_at: at });
const OUTAGE = {
  id: "kasse", name: "Kasse gestört", status: "identified", impact: "critical", created_at: "2026-03-10T13:30:00Z", resolved_at: null,
  components: [{ id: "pay", name: "Kasse" }],
  incident_updates: [update("u1", "identified", "2026-03-10T13:54:00Z", "Wir sind dran.\n\nNext update by 14:09 UTC.")],
};
const PAST = {
  id: "alt", name: "Suche langsam", status: "postmortem", impact: "minor", created_at: "2026-02-03T09:30:00Z", resolved_at: "2026-02-03T11:00:00Z",
  postmortem_published_at: "2026-02-09T10:00:00Z", postmortem_body: "Es war ein Zertifikat.",
  components: [{ id: "api", name: "API" }],
  incident_updates: [
    update("o2", "resolved", "2026-02-03T11:00:00Z", "Vorbei."),
    update("o1", "investigating", "2026-02-03T09:30:00Z", "Wir sehen nach."),
  ],
};
const WORK = {
  id: "umzug", name: "Umzug der Datenbank", status: "scheduled", impact: "maintenance",
  scheduled_for: "2026-03-12T20:00:00Z", scheduled_until: "2026-03-12T22:00:00Z", created_at: "2026-03-09T10:00:00Z",
  components: [], incident_updates: [update("w1", "scheduled", "2026-03-09T10:00:00Z", "Kurz weg.")],
};
const component = (id, name, status) => ({ id, name, status, position: 1, group: false, group_id: null, created_at: "2025-01-01T00:00:00Z" });
const FILES = {
  "summary.json": {
    page: PAGE,
    status: { indicator: "critical", description: "Major System Outage" },
    components: [component("api", "API", "operational"), component("pay", "Kasse", "major_outage")],
    incidents: [OUTAGE],
    scheduled_maintenances: [WORK],
  },
  "incidents.json": { page: PAGE, incidents: [OUTAGE, PAST] },
  "scheduled-maintenances.json": { page: PAGE, scheduled_maintenances: [WORK] },
};
/** More than one window of the history shows. */
const MANY = many(500).map((each, number) => ({
  ...each, name: `Störung ${number}`, incident_updates: each.incident_updates.map((one) => ({ ...one, body: "Wir sehen nach." })),
}));
const ROUTES = ["/", "/history", "/incidents/alt", "/incidents/kasse", "/incidents/umzug", "/incidents/keine", "/bars", "/no/such/page"];

const overall = (page, name = "Gesamtstatus") => page.getByRole("status", { name });
const language = (page) => page.getByRole("contentinfo").getByRole("combobox");

test.describe("a German browser", () => {
  test.use({ locale: "de-AT" });

  test("is spoken to in German on every page and before the app is there, with dates as German writes them, and where something is long, searched or goes wrong", async ({ page, context, clock }) => {
    const files = { ...FILES };
    await serveSource(context, files);
    await germanBeforeTheApp(page, context);
    for (const route of ROUTES) {
      await open(page, route);
      await expect(page.locator("html")).toHaveAttribute("lang", "de");
      await expect(page.getByText("Zeiten stehen in Ihrer Zeitzone")).toBeVisible();
      expect(await english(page), route).toEqual([]);
    }
    await open(page, "/history");
    await expect(page.getByRole("heading", { name: "Februar 2026" })).toBeVisible();
    await expect(page.getByText("Dauer: 1 Stunde 30 Minuten")).toBeVisible();

    files["incidents.json"] = { page: PAGE, incidents: MANY };
    await germanInALongHistory(page);
    await germanWhereTheSourceIsLost(page, context, clock);
  });
});

async function germanBeforeTheApp(page, context) {
  const letGo = await holdApp(context);
  await page.goto("/", { waitUntil: "commit" });
  await expect(overall(page)).toHaveText("Schwerer Ausfall");
  await expect(page.getByRole("navigation", { name: "Seiten" })).toBeVisible();
  await watchState(page);
  letGo();
  await expect(page.getByRole("region", { name: "Komponenten" })).toContainText("Kasse");
  expect(await seenSince(page)).toEqual({ said: ["Schwerer Ausfall"], moved: [] });
  await expect(page).toHaveTitle("Schwerer Ausfall · Status von AIAS Platform");
  await expect(page.getByText(/^Stand: 10. März 2026, 15:00 MEZ \(14:00 UTC\)$/)).toBeVisible();
  await expect(page.getByText(/^Nächste Meldung bis 14:09 UTC$/)).toBeVisible();
  await expect(page.getByText(/15:09 MEZ, noch \d+ Minuten/)).toBeVisible();
  await expect(page.getByText(/^\d\d,\d\d % von \d+ Tagen$/).first()).toBeVisible();
}

async function germanInALongHistory(page) {
  await open(page, "/history");
  await page.getByRole("button", { name: "Frühere Monate anzeigen" }).click();
  await expect(page.getByRole("button", { name: "Spätere Monate anzeigen" })).toBeVisible();
  expect(await english(page)).toEqual([]);
  const search = page.getByRole("searchbox", { name: "Störungen durchsuchen" });
  await search.fill("Störung");
  await expect(page.getByText("500 Störungen gefunden.")).toBeVisible();
  expect(await english(page)).toEqual([]);
  await search.fill("nirgends");
  await expect(page.getByText("Keine Störung gefunden.")).toBeVisible();
}

async function germanWhereTheSourceIsLost(page, context, clock) {
  await open(page, "/");
  await expect(overall(page)).toHaveText("Schwerer Ausfall");
  // The app has taken the page over: it is who reads again.
  await expect(page.getByRole("button", { name: "Design" })).toBeVisible();
  await context.route("**/api/v2/*.json", (route) => route.fulfill({ contentType: "text/html", body: "<html>login</html>" }));
  // What was under way when the source was lost may still tell of it.
  await until(clock, () => expect(page.getByText(/^Quelle nicht erreichbar seit /)).toBeVisible(SOON), { step: 60, most: 600 });
  await clock.pass(11);
  await expect(overall(page)).toHaveText(/^Nicht bekannt seit .*Zuletzt bekannt: Schwerer Ausfall$/);
  await expect(page.getByText("Nicht bekannt, ob inzwischen eine Meldung kam")).toBeVisible();
  expect(await english(page)).toEqual([]);
  await open(page, "/history");
  await expect(page.getByText("Konnte nicht geladen werden (es kam keine lesbare Antwort).")).toBeVisible();
  expect(await english(page)).toEqual([]);
}

test("German by hand changes every word in place, keeps the reader's place, and is kept; the console stays English", async ({ page, context }) => {
  await serveSource(context, FILES);
  await open(page, "/");
  await expect(overall(page, "Overall status")).toHaveText("Major outage");
  await page.getByRole("button", { name: "Keep API at the top" }).click();
  await expect(page.getByRole("region", { name: TABLES.en.yours })).toContainText("API");
  await expect(language(page)).toHaveAccessibleName("Language");
  await expect(language(page)).toHaveValue("en");
  await language(page).focus();
  await language(page).selectOption("Deutsch");
  await expect(overall(page)).toHaveText("Schwerer Ausfall");
  await expect(page).toHaveTitle("Schwerer Ausfall · Status von AIAS Platform");
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(language(page)).toHaveValue("de");
  await expect(language(page), "the choice keeps the focus").toBeFocused();
  await expect(page.getByRole("region", { name: TABLES.de.yours })).toContainText("API");
  expect(await english(page)).toEqual([]);
  // What the next visit says first was written in the language of then.
  expect(await page.evaluate(() => localStorage.getItem("allclear:/:heard"))).toMatch(/Z de 10\. März 2026, 15:\d\d MEZ$/);

  // The page that has stopped says so in the language that was chosen.
  await page.locator("#stopped").evaluate((each) => each.removeAttribute("hidden"));
  await expect(page.getByText("Bitte laden Sie sie neu.")).toBeVisible();
  await expect(page.getByText("This page has stopped working")).toBeHidden();

  await page.reload();
  // The frame says the state too, and its links lead elsewhere by a load of the page.
  await expect(page.locator("#main")).toContainText("Schwerer Ausfall");
  await page.getByRole("link", { name: "Störungsverlauf" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(language(page)).toHaveAccessibleName("Sprache");
  await open(page, "/console/");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("button", { name: "Theme" })).toBeVisible();
  await open(page, "/history");
  await language(page).focus();
  await language(page).selectOption("English");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Incident history");
  await expect(language(page)).toBeFocused();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});
