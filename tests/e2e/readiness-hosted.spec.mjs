// Readiness with hosted services: each check says what it finds. The tests before the real need are made at the
// sandbox: `hosted.spec.mjs`.
import { SOON, until } from "./passing.mjs";
import { check, scriptedEdge, troubles } from "./scripted-edge.mjs";
import { expect, open, test } from "./support.mjs";

// The browser notes every answer of failure in its console; some of these are made of them.
test.use({ allowed: /Failed to load resource/ });

test("no edge, an empty page, a wrong key, a public playbook, readers elsewhere: each is said, and so is what is well", async ({ page, context, clock }) => {
  const finds = (what, words) => until(clock, () => expect(check(page, what)).toContainText(words, SOON));
  const edge = await scriptedEdge(context, clock, { login: undefined, mail: true, components: [] });
  await open(page, "/console/readiness");
  await finds("Edge and login", "No edge here: hosted services cannot be reached; see deploy/.");
  await expect(check(page, "Edge and login")).toContainText("Failed");
  await expect(troubles(page)).toContainText("No edge here");
  await expect(page.getByRole("textbox", { name: "You are" })).toBeVisible();

  edge.login = "ada";
  // The test mode goes with the public test token, and takes everything: only what needs the key is refused.
  edge.answer = async ({ pathname, json }) => {
    if (!pathname.startsWith("/api/postmark/")) return false;
    await json(401, { ErrorCode: 10, Message: "Request does not contain a valid Server token." });
    return true;
  };
  await page.reload();
  await finds("Edge and login", "You are ada, from the login.");
  await finds("Status page", "has no components. Add them in Statuspage’s own console");
  await finds("Email service", "does not accept the key that the edge adds");
  await expect(check(page, "Email service")).toContainText("whoever runs the edge has to set a good one there");
  await expect(check(page, "Playbook behind a login")).toContainText("Your playbook is public");
  await expect(check(page, "Playbook behind a login")).toContainText("Failed");
  await expect(check(page, "What readers see")).toContainText("still shows readers the page of this browser");

  edge.components.push({ id: "api1", name: "API", status: "operational", position: 1, group: false, group_id: null });
  edge.answer = null;
  await page.getByRole("button", { name: "Check again" }).click();
  await finds("Status page", "Statuspage answers, with 1 component");
  await finds("Email service", "Postmark takes a sample mail in its test mode.");
  await expect(page.getByRole("link", { name: "Statuspage’s own console" })).toHaveAttribute("href", "https://manage.statuspage.io/");
  await expect(check(page, "Failure switch")).toHaveCount(0);
});
