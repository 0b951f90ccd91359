// The two apps stand: they load under the production headers, and each answers for its own addresses.
import { readFileSync } from "node:fs";
import { expect, open, test } from "./support.mjs";

const APPS = [
  { name: "status page", home: "/", deep: "/incidents/abc?from=link" },
  { name: "console", home: "/console/", bare: "/console", deep: "/console/incidents/abc/report" },
];

for (const { name, home, bare = home, deep } of APPS) {
  test(`the ${name} loads, and answers for its own addresses`, async ({ page }) => {
    // What the browser knows of languages is read beside the page.
    const beside = page.waitForEvent("worker");
    const answer = await open(page, bare);
    expect(answer.status()).toBe(200);
    expect(new URL(page.url()).pathname).toBe(home);
    expect(new URL(await page.evaluate(() => document.baseURI)).pathname).toBe(home);
    expect(new URL((await beside).url()).pathname).toMatch(/\/languages-[0-9a-f]+\.js$/);

    expect((await open(page, deep)).status()).toBe(200);
    const scripts = await page.locator("script[type=module]").evaluateAll((all) => all.map((each) => each.src));
    expect(scripts).toHaveLength(1);
    expect(new URL(scripts[0]).pathname).toMatch(new RegExp(`^${home}start-[0-9a-f]+\\.js$`));
  });
}

test("both are served with the strict policy, pages are asked for again, and links to them have a preview", async ({ request }) => {
  for (const { home } of APPS) {
    const headers = (await request.get(home)).headers();
    const policy = headers["content-security-policy"].split("; ");
    expect(policy).toContain("default-src 'none'");
    expect(policy.join(";")).toMatch(/;style-src 'self'( 'sha256-[\w+/=]+')?;/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.join()).not.toContain("unsafe-inline");
    expect(policy.join()).not.toContain("'unsafe-eval'");
    expect(headers["x-content-type-options"]).toBe("nosniff");
  }
  const html = await (await request.get("/")).text();
  const [, script] = html.match(/<script[^>]*type="?module"?[^>]*src="([^"]+)"/) ?? html.match(/src="([^"]*start-[0-9a-f]+\.js)"/);
  expect((await request.get(script)).headers()["cache-control"]).toContain("immutable");
  for (const path of ["/", "/history", "/console/", "/config.json"]) {
    expect((await request.get(path)).headers()["cache-control"], path).toBe("no-cache");
  }

  // What other sites and messengers show of a link to the page: its Open Graph tags.
  const config = JSON.parse(readFileSync("dist/config.json", "utf8"));
  const told = Object.fromEntries([...html.matchAll(/<meta\b[^>]*\sproperty="(og:\w+)"[^>]*>/g)]
    .map(([tag, name]) => [name, tag.match(/\scontent="([^"]*)"/)?.[1]]));
  expect(told).toEqual({
    "og:type": "website",
    "og:title": `${config.organisation} status`,
    "og:description": expect.stringMatching(/\w/),
    "og:url": `${config.status_url}/`,
    "og:image": `${config.status_url}/icons/allclear-512.png`,
  });
  const picture = await request.get(new URL(told["og:image"]).pathname);
  expect(picture.headers()["content-type"]).toBe("image/png");
});

test("the playbook is served under /console/ and nowhere else", async ({ request }) => {
  for (const file of ["sop.toml", "team.toml"]) {
    expect((await request.get(`/console/${file}`)).status(), `/console/${file}`).toBe(200);
    for (const elsewhere of [`/${file}`, `/public/console/${file}`, `/console/console/${file}`]) {
      expect((await request.get(elsewhere)).status(), elsewhere).toBe(404);
    }
  }
});

test("the public page downloads nothing of the console, and carries no code of it", async ({ page, context, request }) => {
  const program = async (page, home) => {
    const asked = page.waitForRequest(/_bg\.wasm$/);
    await open(page, home);
    return (await request.get((await asked).url())).body();
  };
  // A control that only responders have.
  const words = "Declare incident";
  // In a page of its own: what comes later of the console is asked for while the other page is open.
  expect((await program(await context.newPage(), "/console/")).includes(words)).toBe(true);
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  expect((await program(page, "/")).includes(words)).toBe(false);
  expect(asked.length).toBeGreaterThan(3);
  expect(asked.filter((path) => path.startsWith("/console"))).toEqual([]);
});

test("without scripts the page says that it needs them and leads on, and does not say that it checks", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/");
  // Looked for by place: by text and by role Playwright looks into no such element.
  const said = page.locator("noscript p");
  await expect(said.first()).toBeVisible();
  await expect(said.first()).toHaveText("This page needs JavaScript to show the current status.");
  // A page that this browser keeps is at no provider: support is left.
  await expect(said.nth(2)).toHaveText("");
  await expect(said.nth(3).locator("a")).toHaveAttribute("href", /^mailto:/);
  await expect(page.getByText("Checking")).toBeHidden();
  await context.close();
});
