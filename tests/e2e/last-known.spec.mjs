// What is only the last that was known lights no lamp anywhere on the page: not the state, not a component, not a day.
import { FILES } from "./hard-to-fit.mjs";
import { counted, pause, read } from "./readings.mjs";
import { hosted } from "./served-page.mjs";
import { expect, open, test } from "./support.mjs";

test.use({ allowed: /Failed to load resource/ });

/** The colours in which states are drawn on the page, and the one of what is unknown. */
const colours = (page) => page.evaluate(() => {
  const probe = document.body.appendChild(document.createElement("i"));
  const seen = (value) => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const drawn = [...document.querySelectorAll("main .state-shape, main .bars path, main .incident, main .component")].map((each) => {
    const { color, fill, borderInlineStartColor } = getComputedStyle(each);
    if (each.matches("path")) return fill;
    if (each.matches(".incident")) return borderInlineStartColor;
    return each.matches(".component") ? seen(getComputedStyle(each).getPropertyValue("--state")) : color;
  });
  const unknown = seen("var(--unknown)");
  probe.remove();
  return { drawn: [...new Set(drawn)], unknown };
});

test("an outage that cannot be read any more is no colour of a state, and is again when it can", async ({ page, context, clock }) => {
  const files = { summary: FILES["summary.json"], incidents: FILES["incidents.json"] };
  await counted(context);
  await hosted(context, files);
  await open(page, "/");
  await expect(page.getByText(/of 90 days$/).first()).toBeVisible();
  const icon = page.locator("link[rel=icon]");
  await expect(icon, "the tab's icon is the state's shape").not.toHaveAttribute("href", "icons/state-unknown.svg");
  const lamp = await icon.getAttribute("href");
  expect((await page.request.get(`/${lamp}`)).headers()["content-type"]).toBe("image/svg+xml");
  const lit = await colours(page);
  expect(lit.drawn.filter((colour) => colour !== lit.unknown).length, "there is a lamp to put out").toBeGreaterThan(0);

  files.summary = (route) => route.fulfill({ status: 503, body: "" });
  expect(await pause(page, clock)).toBeLessThan(Infinity);
  await expect(page.getByRole("status", { name: "Overall status" })).toContainText("Last known:");
  const out = await colours(page);
  expect(out.drawn).toEqual([out.unknown]);
  await expect(icon).toHaveAttribute("href", "icons/state-unknown.svg");

  // After ten minutes the last state is not the state any more.
  await clock.pass(10);
  const overall = page.getByRole("status", { name: "Overall status" });
  await expect(overall).toContainText(/^Not known since \d\d:\d\d CET \(\d\d:\d\d UTC\)Last known: /);
  await expect(page).toHaveTitle(/^Not known since \d\d:\d\d CET/);
  expect((await colours(page)).drawn).toEqual([out.unknown]);

  files.summary = FILES["summary.json"];
  await read(page, clock);
  expect(await colours(page)).toEqual(lit);
  await expect(icon).toHaveAttribute("href", lamp);

  // At the next visit, too, the last that was known stands; where another source is read by then, it is not that one's.
  files.summary = (route) => route.fulfill({ status: 503, body: "" });
  await open(page, "/");
  await expect(overall).toContainText("Last known: ");
  await context.route("**/other/**", (route) => route.fulfill({ status: 503, body: "" }));
  await hosted(context, files, { source: { kind: "statuspage", url: "/other" } });
  await open(page, "/");
  await expect(overall).toHaveText(/^Unknown/);
  await open(page, "/");
  await expect(overall).toHaveText(/^Unknown/);
});
