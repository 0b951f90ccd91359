// Broken settings: every problem is on screen with its file and line, and the console says what it cannot
// run. Nothing stands in for what is broken, and the page of readiness stands through all of it.
import { readFileSync } from "node:fs";
import { axeClean, expect, open, test } from "./support.mjs";

const SOP = readFileSync("public/console/sop.toml", "utf8");

/** Serves a text in the place of a file. */
const serve = (page, file, body) => page.route(`**/${file}`, (route) => route.fulfill({ body }));

/** Replaces once, and says on which line. */
function change(text, from, to) {
  const at = text.indexOf(from);
  expect(at, `“${from}” stands in the file`).toBeGreaterThanOrEqual(0);
  return { text: text.replace(from, to), line: text.slice(0, at).split("\n").length };
}

const problems = (page, file) => page.getByRole("list", { name: `Problems of ${file}` }).getByRole("listitem");

test("a broken playbook shows all its problems with their lines, and says that nothing can run @phone", async ({ page }) => {
  const severity = change(SOP, 'response = "1 hour"', 'response = "soon"');
  const template = change(severity.text, "affecting [Service Name]. You may", "affecting [Servce Name]. You may");
  const box = change(template.text, 'check = "social"', 'check = "sociable"');
  await serve(page, "console/sop.toml", box.text);
  await open(page, "/console/");
  await page.getByRole("link", { name: /what cannot run/ }).click();

  const list = problems(page, "console/sop.toml");
  await expect(list).toHaveCount(3);
  await expect(list.filter({ hasText: `line ${severity.line}: severity.P1.response` })).toContainText("Right would be: ");
  await expect(list.filter({ hasText: `line ${template.line}:` })).toContainText("[Servce Name]");
  await expect(list.filter({ hasText: `line ${template.line}:` })).toContainText("[Service Name]");
  await expect(list.filter({ hasText: `line ${box.line}:` })).toContainText("sociable");
  await expect(page.getByRole("list", { name: "What cannot run" })).toContainText("the console cannot run this SOP");
  await expect(page.getByRole("main")).toContainText("Not ready:");
  await expect(page.getByRole("list", { name: "Checks" }).getByRole("listitem").filter({ hasText: "Messages" }).first()).toContainText("Fails");
  await axeClean(page);

  for (const path of ["/console/sop", "/console/sop/messages"]) {
    await page.goto(path);
    await expect(page.getByRole("main")).toContainText("console/sop.toml cannot be run as it is");
    await expect(page.getByRole("link", { name: "See every problem, with its line" })).toBeVisible();
  }
});

test("a broken message is missing and everything else runs", async ({ page }) => {
  const broken = change(SOP, "We're currently investigating an issue affecting [Service Name].", "We're currently investigating an issue affecting [service name].");
  await serve(page, "console/sop.toml", broken.text);
  await open(page, "/console/readiness");
  await expect(problems(page, "console/sop.toml")).toHaveCount(1);
  await expect(problems(page, "console/sop.toml")).toContainText(`line ${broken.line}`);
  await expect(page.getByRole("list", { name: "What cannot run" })).toContainText("page-first");
  await expect(page.getByRole("checkbox", { name: "Email templates prepared" })).not.toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Incident response team identified" })).toBeChecked();
  await page.goto("/console/sop/messages");
  await expect(page.getByRole("main")).toContainText("This is not all of it");
  await expect(page.getByRole("article", { name: "Incident Started" })).toHaveCount(0);
  await expect(page.getByRole("article", { name: "Incident Resolved", exact: true })).toHaveCount(1);
});

test("a playbook that is no TOML says so with its line", async ({ page }) => {
  const broken = change(SOP, 'version = "1.0"', "version = ");
  await serve(page, "console/sop.toml", broken.text);
  await open(page, "/console/readiness");
  await expect(problems(page, "console/sop.toml").first()).toContainText(`line ${broken.line}`);
});

test("a broken config.json shows all its problems", async ({ page }) => {
  const text = '{\n  "organisation": "AIAS Platform",\n  "status_url": "somewhere",\n  "support": "nobody",\n  "components": [],\n  "source": { "kind": "embedded" }\n}\n';
  await serve(page, "config.json", text);
  await open(page, "/console/readiness");
  const list = problems(page, "config.json");
  await expect(list).toHaveCount(3);
  for (const [line, key] of [[3, "status_url"], [4, "support"], [5, "components"]]) {
    await expect(list.filter({ hasText: `line ${line}: ${key}` })).toHaveCount(1);
  }
  await expect(page.getByRole("checkbox", { name: /Status page configured/ })).not.toBeChecked();
  await axeClean(page);
});

test("texts that lead to another page than config.json are named", async ({ page }) => {
  const broken = change(SOP, "- Status Page: https://status.aias-platform.com", "- Status Page: https://status.example.net");
  await serve(page, "console/sop.toml", broken.text);
  await open(page, "/console/readiness");
  const check = page.getByRole("list", { name: "Checks" }).getByRole("listitem").filter({ hasText: "Addresses in messages" });
  await expect(check).toContainText("Fails");
  await expect(check).toContainText("“email-first” says https://status.example.net");
});

test("a team without an account on X is told so", async ({ page }) => {
  const team = readFileSync("public/console/team.toml", "utf8");
  await serve(page, "console/team.toml", team.replace(/\[social\.x\][^[]*/, ""));
  await open(page, "/console/readiness");
  await expect(page.getByRole("checkbox", { name: "Social media accounts set up" })).not.toBeChecked();
  await expect(page.getByRole("list", { name: "Checks" })).toContainText("names no account on X");
});

test.describe("a file that is not there", () => {
  test.use({ allowed: /404/ });

  for (const file of ["console/sop.toml", "console/team.toml", "config.json"]) {
    test(`${file} is a problem, and the page stands`, async ({ page }) => {
      await page.route(`**/${file}`, (route) => route.fulfill({ status: 404, body: "Not found" }));
      await open(page, "/console/readiness");
      await expect(problems(page, file)).toHaveCount(1);
      await expect(problems(page, file)).toContainText("could not be read");
      await expect(page.getByRole("main")).toContainText("Not ready:");
      await axeClean(page);
    });
  }
});
