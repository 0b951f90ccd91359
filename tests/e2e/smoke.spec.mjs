// The console stands, and both apps are served as they should be: under the production headers. The status page is in
// `download.spec.mjs`.
import { readFileSync } from "node:fs";
import { answersForItsOwn } from "./addresses.mjs";
import { expect, test } from "./support.mjs";

test("the console loads, and answers for its own addresses", async ({ page }) => {
  await answersForItsOwn(page, { home: "/console/", bare: "/console", deep: "/console/incidents/abc/report" });
});

test("both are served with the strict policy, pages are asked for again, and links to them have a preview", async ({ request }) => {
  for (const home of ["/", "/console/"]) {
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
