// The history of a page that lists more incidents than anybody reads: windows of it, and what is found in it.
import { many } from "./many.mjs";
import { CALM, hosted, update } from "./served-page.mjs";
import { complaints, expect, open, test } from "./support.mjs";

const titles = (page) => page.getByRole("main").getByRole("heading", { level: 3 });
const search = (page) => page.getByRole("searchbox", { name: "Search incidents" });
const component = (page) => page.getByRole("combobox", { name: "Component" });
const nodes = (page) => page.evaluate(() => document.querySelectorAll("*").length);

test.use({ allowed: /Failed to load resource/ });

test("ten thousand incidents are shown in windows that never grow large and are searched by words and by component; a component has an address, and a list that ends or breaks off is not shown as the whole", async ({ page, context }) => {
  const found = complaints(context);
  const files = { summary: CALM, incidents: { incidents: many(10_000) } };
  await hosted(context, files);
  await open(page, "/history");
  await findsThePlaceAgain(page);
  await goesThroughWindows(page);
  await findsByWordsAndComponent(page);
  expect(await nodes(page)).toBeLessThan(2_000);

  files.incidents = { incidents: many(20) };
  await open(page, "/history?component=api");
  await expect(component(page)).toHaveValue("api");
  await expect(titles(page)).toHaveText(["Incident 0", "Incident 7", "Incident 14"]);
  await expect(page.getByText("3 incidents found.")).toBeVisible();
  await component(page).selectOption("All components");
  await expect(titles(page)).toHaveCount(20);
  await expect(page).toHaveURL("/history");

  await saysWhereTheListEnds(page, files);
  expect(found, "only a list that breaks off is complained of").toEqual([]);
  const text = JSON.stringify({ incidents: many(20) });
  files.incidents = (route) => route.fulfill({ body: text.slice(0, -200), contentType: "application/json" });
  await open(page, "/history");
  await expect(page.getByText(/^Could not be loaded: /)).toBeVisible();
  await expect(page.getByText("No incidents.")).toHaveCount(0);
});

/** Back from an incident, to where the reader left the list. */
async function findsThePlaceAgain(page) {
  await expect(page.getByText("The rest of the list is still being read.")).toHaveCount(0);
  const one = page.getByRole("link", { name: "Incident 40", exact: true });
  await one.scrollIntoViewIfNeeded();
  const { y } = await one.boundingBox();
  await one.click();
  await expect(page.getByRole("heading", { name: "Incident 40", level: 1 })).toBeVisible();
  await page.goBack();
  await expect.poll(async () => (await one.boundingBox())?.y).toBeCloseTo(y, 0);
}

/** From the newest of many to earlier ones and back. */
async function goesThroughWindows(page) {
  await expect(titles(page).first()).toHaveText("Incident 0");
  await expect(titles(page)).toHaveCount(60);
  await expect(page.getByText("The rest of the list is still being read.")).toHaveCount(0);
  const earlier = page.getByRole("button", { name: "Show earlier months" });
  await earlier.click();
  await expect(titles(page).first()).toHaveText("Incident 60");
  await expect(page.locator(":focus")).toContainText("Incident 60");
  await expect(titles(page)).toHaveCount(60);
  await earlier.click();
  await expect(titles(page).first()).toHaveText("Incident 120");
  expect(await nodes(page)).toBeLessThan(2_000);
  await page.getByRole("button", { name: "Show later months" }).click();
  await expect(titles(page).first()).toHaveText("Incident 60");
  // The reader goes on at the beginning of what is new.
  await expect(page.locator(":focus")).toContainText("Incident 60");
}

async function findsByWordsAndComponent(page) {
  // Letter by letter, and each answer is told.
  await search(page).pressSequentially("LÄNDERsache");
  await expect(page.getByText("1 incident found.")).toBeVisible();
  await expect(titles(page)).toHaveText(["Incident 9876"]);
  await page.keyboard.type("x");
  await expect(page.getByText("No incident found.")).toBeVisible();
  await expect(titles(page)).toHaveCount(0);
  await page.keyboard.press("Backspace");
  await expect(titles(page)).toHaveText(["Incident 9876"]);
  await search(page).fill("");
  await component(page).selectOption("API");
  await expect(page.getByText("1,429 incidents found.")).toBeVisible();
  await expect(titles(page).nth(1)).toHaveText("Incident 7");
  await expect(page).toHaveURL("/history?component=api");
  await search(page).fill("incident 77");
  await expect(titles(page).first()).toHaveText("Incident 77");
  // Whoever comes back from what they found finds what they looked for.
  await page.getByRole("link", { name: "Incident 77", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Incident 77", level: 1 })).toBeVisible();
  await page.goBack();
  await expect(search(page)).toHaveValue("incident 77");
  await expect(page).toHaveURL("/history?component=api&words=incident%2077");
  await expect(titles(page).first()).toHaveText("Incident 77");
}

/** A list of as many as a source gives: nobody says that the months before it were quiet. */
async function saysWhereTheListEnds(page, files) {
  const at = "2026-02-20T11:00:00Z";
  files.incidents = { incidents: Array.from({ length: 50 }, (_, number) => ({
    id: `i${number}`, name: `Incident ${number}`, status: "resolved", impact: "minor", created_at: "2026-02-20T10:00:00Z", updated_at: at,
    incident_updates: [update(`r${number}`, "resolved", at, "Over.")],
  })) };
  await open(page, "/history");
  const month = (name) => page.locator("section", { has: page.getByRole("heading", { level: 2, name }) });
  const ends = "The source of this page lists its newest incidents only: there may have been others.";
  await expect(month("March 2026")).toContainText("No incidents.");
  await expect(month("February 2026").getByRole("listitem")).toHaveCount(50);
  await expect(month("February 2026")).toContainText(ends);
  await expect(month("January 2026")).toContainText(ends);
  await expect(month("January 2026")).not.toContainText("No incidents.");
}
