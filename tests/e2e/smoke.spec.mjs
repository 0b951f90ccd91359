// The two apps stand: they load under the production headers, and each answers for its own addresses.
import { axeClean, expect, open, START, test } from "./support.mjs";

const APPS = [
  { name: "status page", home: "/", deep: "/incidents/abc?from=link" },
  { name: "console", home: "/console/", deep: "/console/incidents/abc/report" },
];

for (const { name, home, deep } of APPS) {
  test(`the ${name} loads @phone`, async ({ page }) => {
    const answer = await open(page, home);
    expect(answer.status()).toBe(200);
    expect(new URL(await page.evaluate(() => document.baseURI)).pathname).toBe(home);
  });

  test(`a deep link of the ${name} falls back to its own app`, async ({ page }) => {
    const answer = await open(page, deep);
    expect(answer.status()).toBe(200);
    const scripts = await page.locator("script[type=module]").evaluateAll((all) => all.map((each) => each.src));
    expect(scripts).toHaveLength(1);
    expect(new URL(scripts[0]).pathname).toMatch(new RegExp(`^${home}start-[0-9a-f]+\\.js$`));
  });

  test(`the ${name} is served with the strict policy`, async ({ request }) => {
    const headers = (await request.get(home)).headers();
    const policy = headers["content-security-policy"].split("; ");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.join()).not.toContain("unsafe-inline");
    expect(policy.join()).not.toContain("'unsafe-eval'");
    expect(headers["x-content-type-options"]).toBe("nosniff");
  });

  test(`the ${name} has no accessibility problem that axe knows`, async ({ page }) => {
    await open(page, home);
    await axeClean(page);
  });
}

test("/console without a slash leads to the console", async ({ page }) => {
  await open(page, "/console");
  expect(new URL(page.url()).pathname).toBe("/console/");
});

test("the playbook is served under /console/ and nowhere else", async ({ request }) => {
  for (const file of ["sop.toml", "team.toml"]) {
    expect((await request.get(`/console/${file}`)).status(), `/console/${file}`).toBe(200);
    for (const elsewhere of [`/${file}`, `/public/console/${file}`, `/console/console/${file}`]) {
      expect((await request.get(elsewhere)).status(), elsewhere).toBe(404);
    }
  }
});

test("the public page downloads nothing of the console", async ({ page }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await open(page, "/");
  expect(asked.length).toBeGreaterThan(3);
  expect(asked.filter((path) => path.startsWith("/console"))).toEqual([]);
});

test("the public page carries no code of the console", async ({ page, request }) => {
  const program = async (home) => {
    await open(page, home);
    const preload = page.locator("link[rel=preload][type='application/wasm']");
    return (await request.get(await preload.evaluate((link) => link.href))).body();
  };
  // A control that only responders have.
  const words = "Declare incident";
  expect((await program("/console/")).includes(words)).toBe(true);
  expect((await program("/")).includes(words)).toBe(false);
});

test("built files are cached for ever, pages are asked for again", async ({ page, request }) => {
  await open(page, "/");
  const script = await page.locator("script[type=module]").getAttribute("src");
  expect((await request.get(script)).headers()["cache-control"]).toContain("immutable");
  for (const path of ["/", "/history", "/console/", "/config.json"]) {
    expect((await request.get(path)).headers()["cache-control"], path).toBe("no-cache");
  }
});

test("a test holds the clock of every page of its context", async ({ page, context, clock }) => {
  const now = (of) => of.evaluate(() => Date.now());
  await open(page, "/");
  await clock.pass(15);
  const other = await context.newPage();
  await open(other, "/console/");
  const expected = Date.parse(START) + 15 * 60_000;
  for (const each of [page, other]) {
    expect(Math.abs((await now(each)) - expected)).toBeLessThan(60_000);
  }
});
