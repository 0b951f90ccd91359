// A P0 outage on hosted services, from its log to the published post-mortem, through the shipped nginx; what the
// vendors got is counted at the sandbox.
import { expect, open, test, underWay } from "./hosted.mjs";
import { mail, post } from "./hosted-responder.mjs";
import { ADDRESS } from "./log.mjs";
import { SOON, until } from "./passing.mjs";
import { duty, sent, social, tellTeam } from "./responder.mjs";

// The service says of a post-mortem that nobody wrote yet that it is not there.
test.use({ allowed: /\/postmortem: console: Failed to load resource.*404/ });

const PEOPLE = "Grace, grace@example.com\nlin@example.com\nMax, max@example.com";

test("a P0 outage runs to its published post-mortem on Statuspage and Postmark, and readers follow", async ({ page, context, another, hosted, clock }) => {
  await underWay({ page, context, clock });
  const status = await another();
  await open(status, "/");
  const overall = status.getByRole("status", { name: "Overall status" });
  const reads = (words) => until(clock, () => expect(overall).toContainText(words, SOON), { step: 15 });
  await expect(overall).toContainText("All systems operational");

  await tellTeam(page);
  await until(clock, () => expect(duty(page, "Internal team: first message")).toContainText("Done", SOON));
  expect((await hosted.notices()).map(({ service, text }) => [service, text.includes("errors when signing in")]), "told once, by the webhook").toEqual([["slack", true]]);
  await post(page, clock);
  await reads("Major outage");
  const [first] = await hosted.incidents();
  expect(first).toMatchObject({ impact: "critical", status: "investigating", notified: 1 });
  expect(first.components.map(({ name, status }) => [name, status])).toEqual([["API", "major_outage"]]);
  expect(first.incident_updates).toHaveLength(1);
  await expect(sent(page)).toContainText("ada");

  await mail(page, clock, { to: PEOPLE, people: "3 people" });
  await until(clock, () => expect(duty(page, "Email: first message")).toContainText("Done", SOON));
  const received = async () => (await hosted.mails()).postmark.map(({ address }) => address).sort();
  expect(await received()).toEqual(["grace@example.com", "lin@example.com", "max@example.com"]);
  await social(page, "X", "https://x.com/aias/status/1");
  await social(page, "LinkedIn", "https://www.linkedin.com/posts/1");
  await clock.pass(10);
  await post(page, clock, { status: "Identified", facts: { Progress: "A bad deploy is being rolled back" } });
  await until(clock, () => expect(status.getByRole("region", { name: "Active incidents" })).toContainText("A bad deploy is being rolled back", SOON), { step: 15 });

  await post(page, clock, { status: "Resolved", facts: { "Cause and resolution": "A bad deploy was rolled back" } });
  const [resolved] = await hosted.incidents();
  expect(resolved.status).toBe("resolved");
  expect(resolved.incident_updates.filter(({ body }) => body)).toHaveLength(3);
  expect(resolved.components.map(({ status }) => status)).toEqual(["operational"]);
  await reads("All systems operational");

  await mail(page, clock, { facts: { "Description of incident and cause": "A deploy broke sign-in.", "Description of resolution": "We rolled it back." } });
  await until(clock, async () => expect(await received()).toHaveLength(6));
  await social(page, "X", "https://x.com/aias/status/2");
  await social(page, "LinkedIn", "https://www.linkedin.com/posts/2");
  await until(clock, () => expect(duty(page, "Email: resolved")).toContainText("Done", SOON));
  const next = page.getByRole("region", { name: "Next due" });
  await next.getByRole("link", { name: "Write the report" }).click();
  for (const [name, text] of [["Brief description of incident", "Sign-in failed."], ["Root cause", "A deploy without a migration."], ["Steps taken to prevent future incidents", "Deploys wait for migrations."]]) {
    await page.getByRole("textbox", { name }).fill(text);
  }
  await page.getByRole("button", { name: /^Send email/ }).click();
  await until(clock, async () => expect(await received()).toHaveLength(9));
  await until(clock, () => expect(page.getByRole("status", { name: "Last message" })).toContainText("Sent", SOON));

  await page.goto(ADDRESS);
  await until(clock, () => expect(duty(page, "Email: incident report")).toContainText("Done", SOON));
  await next.getByRole("link", { name: "Write the post-mortem" }).click();
  await expect(page.getByRole("textbox", { name: "Post-mortem" })).not.toBeEmpty();
  const postmortem = async () => (await hosted.incidents())[0].postmortem;
  await page.getByRole("button", { name: "Save draft on the page" }).click();
  await until(clock, () => expect(page.getByRole("status", { name: "Last message" })).toContainText("readers do not see it", SOON));
  expect([await postmortem()].map(({ body_draft, published_at }) => [Boolean(body_draft), Boolean(published_at)])).toEqual([[true, false]]);
  await page.getByRole("textbox", { name: "Participants" }).fill("Ada; Grace");
  await page.getByRole("button", { name: "Record post-mortem" }).click();
  await expect(page.getByRole("region", { name: "Recorded post-mortem" })).toBeVisible();
  await page.getByRole("textbox", { name: "Public text" }).fill("## Summary\n\nSign-in failed.");
  await page.getByRole("button", { name: "Publish post-mortem" }).click();
  await until(clock, async () => expect((await postmortem()).published_at).toBeTruthy());

  // Every address three times, once a mail; nothing twice.
  const counted = Object.values((await hosted.mails()).postmark.reduce((all, { address, op }) => ({ ...all, [`${address} ${op}`]: (all[`${address} ${op}`] ?? 0) + 1 }), {}));
  expect(counted).toEqual(Array(9).fill(1));
  expect(await hosted.incidents()).toHaveLength(1);
});
