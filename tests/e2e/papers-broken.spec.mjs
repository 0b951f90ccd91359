// Broken settings: every problem is on screen with its file and line, and the console says what it cannot run.
// Nothing stands in for what is broken, and the page of readiness stands through all of it. Which file is broken how
// is a matter of `tests/playbook/problems.rs`.
import { readFileSync } from "node:fs";
import { ADDRESS, declared, keep } from "./log.mjs";
import { axeClean, expect, open, test } from "./support.mjs";
import { item } from "./responder.mjs";

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

test("a broken playbook shows all its problems with their lines, and says that nothing can run", async ({ page, context }) => {
  await keep(context, declared());
  const severity = change(SOP, 'response = "1 hour"', 'response = "soon"');
  const template = change(severity.text, "affecting [Service Name]. You may", "affecting [Servce Name]. You may");
  const box = change(template.text, 'check = "social"', 'check = "sociable"');
  await serve(page, "console/sop.toml", box.text);
  // The incident is here, and is not called missing.
  for (const address of [ADDRESS, "/console/"]) {
    await open(page, address);
    await expect(page.getByRole("main")).toContainText("1 incident is in this browser, and cannot be shown until sop.toml can be read.");
  }
  await page.getByRole("link", { name: /what cannot run/ }).click();

  const list = problems(page, "console/sop.toml");
  await expect(list).toHaveCount(3);
  // In the order of their lines.
  const said = [[severity, "severity.P1.response"], [box, "sociable"], [template, "[Servce Name]"]].sort(([one], [other]) => one.line - other.line);
  for (const [place, [{ line }, words]] of said.entries()) {
    await expect(list.nth(place)).toContainText(`line ${line}:`);
    await expect(list.nth(place)).toContainText(words);
  }
  await expect(list.first()).toContainText("Right would be: ");
  await expect(page.getByRole("list", { name: "What cannot run" })).toContainText("the console cannot run this SOP");
  await expect(page.getByRole("main")).toContainText("Not ready:");
  await expect(item(page.getByRole("list", { name: "Checks" }), "Messages")).toContainText("Failed");
  await axeClean(page);
  await page.goto("/console/sop");
  await expect(page.getByRole("main")).toContainText("console/sop.toml cannot be run as it is");
  await expect(page.getByRole("link", { name: "See every problem, with its line" })).toBeVisible();
});

test.describe("a file that is not there", () => {
  test.use({ allowed: /404/ });

  test("is a problem, and the page stands; a broken message is missing, and everything else runs", async ({ page }) => {
    for (const file of ["console/sop.toml", "console/team.toml", "config.json"]) {
      const gone = (route) => route.fulfill({ status: 404, body: "Not found" });
      await page.route(`**/${file}`, gone);
      await open(page, "/console/readiness");
      await expect(problems(page, file)).toHaveCount(1);
      await expect(problems(page, file)).toContainText("could not be read");
      await expect(page.getByRole("main")).toContainText("Not ready:");
      // Nobody knows what such a console would post to: not that it is the page of this browser.
      const unset = page.getByRole("alert").filter({ hasText: "nothing is posted or mailed" });
      await expect(unset).toHaveCount(file === "console/team.toml" ? 1 : 0);
      await page.unroute(`**/${file}`, gone);
    }
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
});
