// The public page where it is not a screen of the usual kind: on paper, in forced colours, without motion.
import { cutOff, FILES, PAST, ROUTES, tooWide } from "./hard-to-fit.mjs";
import { serveSource } from "./page-source.mjs";
import { expect, open, test } from "./support.mjs";

/** So wide is what can be printed on A4, in CSS pixels. */
const PAPER = { width: 718, height: 1_000 };
const DESK = { width: 1280, height: 800 };
const CONTROLS = ["button", "combobox", "searchbox", "textbox", "navigation", "search"];

/** What of the controls can be seen. */
const controls = async (page) => {
  const found = await Promise.all(CONTROLS.map((role) => page.getByRole(role).filter({ visible: true }).count()));
  return CONTROLS.filter((_, at) => found[at] > 0);
};

test("with forced colours, without motion and on paper no address loses anything: states and days keep their forms, nothing moves, and what is printed is dark, whole and without controls", async ({ page, context }) => {
  await serveSource(context, FILES);
  const drawings = [];
  for (const route of ROUTES) {
    await page.setViewportSize(DESK);
    await page.emulateMedia({ media: "screen", colorScheme: "light", forcedColors: "active", reducedMotion: "reduce" });
    await open(page, route);
    // The last of it to stand.
    await expect(page.getByText("Times are in your time zone")).toBeVisible();
    if (route === "/") await expect(page.getByText(/of 90 days$/).first()).toBeVisible();
    const { shapes, unseen } = await inForcedColours(page);
    expect(unseen, route).toEqual([]);
    drawings.push(...shapes);
    if (route === "/") await daysHaveForms(page);
    expect(await moving(page), route).toEqual([]);

    await page.setViewportSize(PAPER);
    await page.emulateMedia({ colorScheme: "dark", forcedColors: "none", reducedMotion: "no-preference" });
    expect(await controls(page), "there is something to leave away").toContain("button");
    await page.emulateMedia({ media: "print" });
    expect(await controls(page), route).toEqual([]);
    expect(await tooWide(page), route).toEqual([]);
    expect(await cutOff(page), route).toEqual([]);
    expect(await lightInk(page), route).toEqual([]);
    if (route === "/") await homeIsPrinted(page);
    if (route === "/history") await historyIsPrinted(page);
  }

  // Each state is a shape of its own.
  const states = new Map();
  for (const [state, drawing] of drawings.filter(([state]) => state)) states.set(drawing, (states.get(drawing) ?? new Set()).add(state));
  expect(states.size).toBeGreaterThan(4);
  for (const [drawing, named] of states) expect([...named], drawing).toHaveLength(1);
});

/** The shapes that are drawn, each with its state; and what has the colour of the paper. */
const inForcedColours = (page) => page.evaluate(() => {
  const paper = getComputedStyle(document.body).backgroundColor;
  const empty = (colour) => ["none", "transparent", paper].includes(colour);
  const drawings = [...document.querySelectorAll("main svg.shape")].filter((each) => each.checkVisibility());
  return {
    shapes: drawings.map((each) => [each.closest("[data-state]")?.dataset.state, each.innerHTML]),
    unseen: [
      ...drawings.filter((each) => [...each.querySelectorAll("path")].every((path) => {
        const { fill, stroke } = getComputedStyle(path);
        return empty(fill) && empty(stroke);
      })).map((each) => each.outerHTML),
      ...[...document.querySelectorAll("h1, h2, h3, p, a, button, select, input, span, li")]
        .filter((each) => each.checkVisibility() && each.textContent.trim() && empty(getComputedStyle(each).color))
        .map((each) => `${each.tagName}.${each.className}`),
    ],
  };
});

/** Each kind of day has a form of its own, and is seen. */
async function daysHaveForms(page) {
  const marks = await page.locator(".bars svg").first().evaluate((drawing) => {
    const paper = getComputedStyle(document.body).backgroundColor;
    return [...drawing.querySelectorAll("path")].map((path) => ({
      state: path.dataset.state,
      seen: getComputedStyle(path).fill !== paper,
      // One day's mark, wherever it stands: the lines of today's, of which there is less, are left out.
      form: path.getAttribute("d").match(/M\d+ \d+h\d+v\d+h-\d+z/g)
        .map((one) => [Number(one.match(/M(\d+)/)[1]), one.replace(/M\d+ /, "")]),
    }));
  });
  const form = ({ form }) => form.filter(([at]) => at === form[0][0]).map(([, one]) => one).join();
  expect(marks.map(({ state }) => state).sort()).toEqual(["degraded", "major", "operational", "partial", "unknown"]);
  expect(marks.filter(({ seen }) => !seen)).toEqual([]);
  expect(new Set(marks.map(form)).size, "as many forms as states").toBe(marks.length);
}

/** What moves, or would. */
const moving = (page) => page.evaluate(() => [
  ...document.getAnimations().filter(({ effect }) => Number(effect.getComputedTiming().duration) > 1).map(({ id }) => id),
  ...[...document.querySelectorAll("*")].filter((each) => {
    const { transitionDuration, animationName, animationDuration, scrollBehavior } = getComputedStyle(each);
    const long = (time) => time.split(",").some((one) => Number.parseFloat(one) > 0.01);
    return long(transitionDuration) || (animationName !== "none" && long(animationDuration)) || scrollBehavior === "smooth";
  }).map((each) => `${each.tagName}.${each.className}`),
]);

/** Words that are printed too light to be read. */
const lightInk = (page) => page.evaluate(() => {
  const brightness = (colour) => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return Math.max(...pen.getImageData(0, 0, 1, 1).data.slice(0, 3));
  };
  return [...document.querySelectorAll("h1, h2, h3, p, time, a")]
    .filter((each) => each.checkVisibility() && brightness(getComputedStyle(each).color) > 140)
    .map((each) => `${each.tagName}.${each.className}: ${each.textContent}`);
});

async function homeIsPrinted(page) {
  await expect(page.getByRole("status", { name: "Overall status" })).toHaveText("Partial outage");
  await expect(page.getByText(/^As of /)).toBeVisible();
  await expect(page.getByRole("region", { name: "Active incidents" })).toContainText("https://status.example.com/eine/sehr/lange");
  await expect(page.getByText("Next update by 14:09 UTC", { exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: "Components" })).toContainText("API");
}

async function historyIsPrinted(page) {
  for (const { name } of PAST) await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page.getByText("Major outage", { exact: true })).toBeVisible();
  await expect(page.getByText("lasted 16 hours")).toHaveCount(PAST.length);
  await expect(page.locator("time[datetime='2026-03-02T06:00:00Z']")).toBeVisible();
}
