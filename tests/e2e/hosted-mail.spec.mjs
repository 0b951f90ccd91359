// Email by hosted services through the shipped nginx, counted at the sandbox: everybody exactly once, whatever happens
// to the tab, and to the answer. What becomes of each fault at each service is a matter of `tests/delivery/`.
import { readFileSync } from "node:fs";
import { expect, enter, test, underWay } from "./hosted.mjs";
import { door, lastSent, mail, post, press } from "./hosted-responder.mjs";
import { ADDRESS } from "./log.mjs";
import { SOON, until } from "./passing.mjs";
import { channel, duty, sendings } from "./responder.mjs";

// The browser notes an answer that is lost.
test.use({ allowed: /Failed to load resource|ERR_/ });

test.describe("300 people, in batches of a hundred", () => {
  test.use({ service: "resend" });

  test("with 3 % failures, paused, the tab closed, resumed: everybody exactly once", async ({ page, context, hosted, clock }) => {
    await hosted.switches({ deny: [{ pattern: ".*", percent: 3 }] });
    const people = Array.from({ length: 300 }, (_, number) => `p${number}@example.com`);
    const BATCH = /\/api\/resend\/emails\/batch/;
    const accepted = async () => (await hosted.mails()).resend.length;
    const resume = (tab) => tab.getByRole("button", { name: "Send the rest" });
    await underWay({ page, context, clock });
    await channel(page, "Email");
    const buffer = Buffer.from(["Name,Email", ...people.map((address, number) => `Person ${number},${address}`)].join("\r\n"));
    await page.getByLabel("Recipients CSV").setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer });
    await expect(page.getByRole("region", { name: "Recipients" }).getByRole("status")).toHaveText("300 people.");
    const first = await door(page, clock, BATCH);
    await page.getByRole("button", { name: "Send email to 300 people" }).click();
    await first.came();
    await expect(page.getByRole("progressbar", { name: "Sending email" })).toBeVisible();
    await page.getByRole("button", { name: "Pause" }).click();
    first.letIn();
    await until(clock, () => expect(resume(page)).toBeVisible(SOON));
    const rests = page.getByText("Nothing more leaves until you press “Send the rest”.");
    await expect(rests).toBeVisible();
    const early = await accepted();
    expect(early).toBeGreaterThan(80);
    expect(early).toBeLessThanOrEqual(100);

    // Resumed, and the tab closed while a batch is under way that the service has already.
    const second = await door(page, clock, BATCH);
    await resume(page).click();
    await second.came();
    await expect(rests, "it goes on").toHaveCount(0);
    second.reach();
    await expect.poll(accepted).toBeGreaterThan(early);
    await page.close();

    const tab = await context.newPage();
    await enter(tab, "ada", ADDRESS);
    await channel(tab, "Email");
    // The console begins by itself to find out what became of the batch: the button may go, and come back after it.
    await until(clock, () => resume(tab).click({ timeout: 1_000 }));
    await until(clock, () => expect(tab.getByRole("progressbar", { name: "Sending email" })).toHaveCount(0, SOON));
    const reached = (await hosted.mails()).resend.map(({ address }) => address);
    const download = tab.waitForEvent("download");
    await tab.getByRole("button", { name: "Download who was not reached" }).click();
    const missed = readFileSync(await (await download).path(), "utf8").trim().split("\r\n").slice(1).map((row) => row.split(",")[0]);
    expect(missed.length).toBeGreaterThan(2);
    expect([...reached, ...missed].sort(), "everybody once, and nobody left out").toEqual(people.toSorted());
    await expect(sendings(tab)).toContainText(`${reached.length} of 300 sent, ${missed.length} failed.`);
    await expect(duty(tab, "Email: first message")).toContainText("Done");
  });
});

test("a lost answer is found: the post is adopted, the mails are looked up, and nothing leaves twice", async ({ page, context, hosted, clock }) => {
  await underWay({ page, context, clock });
  await post(page, clock);
  await hosted.switches({ faults: [{ match: { vendor: "statuspage", method: "PATCH", body: '"body"' }, nth: 1, kind: "drop-after" }] });
  await press(page, { status: "Identified", facts: { Progress: "A deploy is being rolled back" } });
  await until(clock, async () => expect(await hosted.posts()).toHaveLength(2));
  await until(clock, () => expect(lastSent(page).getByText("Sent", { exact: true })).toBeVisible(SOON));
  expect((await hosted.posts()).map(({ status }) => status)).toEqual(["identified", "investigating"]);

  await hosted.switches({ faults: [{ match: { vendor: "postmark", method: "POST", path: "/email/batch" }, nth: 1, kind: "drop-after" }] });
  await mail(page, clock, { to: "ada@example.com\nbo@example.com", people: "2 people" });
  await until(clock, () => expect(sendings(page)).toContainText("2 of 2 sent.", SOON), { step: 10 });
  await clock.pass(5);
  expect((await hosted.mails()).postmark.map(({ address }) => address).sort()).toEqual(["ada@example.com", "bo@example.com"]);
  expect(await hosted.posts()).toHaveLength(2);
});
