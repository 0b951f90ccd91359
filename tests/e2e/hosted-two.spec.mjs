// Several responders on one hosted page, through the shipped nginx and without a server of ours: two consoles converge
// and send one email, what somebody posts elsewhere is met, and what was opened there is adopted. The rules, and every
// order of reading and writing, are a matter of `tests/sop/shared/`.
import { enter, expect, test, underWay } from "./hosted.mjs";
import { grade, post, press, shared, storage } from "./hosted-responder.mjs";
import { SOON, until } from "./passing.mjs";
import { channel, duty, sent, tellTeam } from "./responder.mjs";


test("two consoles converge, and of one email that both send one is sent", async ({ page: ada, context, another, hosted, clock }) => {
  await underWay({ page: ada, context, clock });
  await post(ada, clock);
  const grace = await another("grace");
  await enter(grace, "grace");
  const incident = grace.getByRole("link", { name: "API", exact: true });
  await until(clock, () => expect(incident).toBeVisible(SOON));
  await incident.click();
  await until(clock, () => expect(duty(grace, "Status page: first message")).toContainText("Done", SOON));

  // Each writes without having read the other.
  await tellTeam(ada);
  await grade(grace, "P1");
  await until(clock, async () => {
    await expect(duty(grace, "Internal team: first message")).toContainText("Done", SOON);
    await expect(ada.getByRole("main").getByText("P1 High").first()).toBeVisible(SOON);
    for (const page of [ada, grace]) await shared(page);
  }, { step: 5 });
  const [{ incident_updates, notified, metadata }, ...others] = await hosted.incidents();
  expect([incident_updates.length, notified, others], "readers hear nothing of it").toEqual([1, 1, []]);
  expect(Object.keys(metadata).filter((key) => key.startsWith("allclear_"))).toHaveLength(2);
  expect(JSON.stringify(metadata), "no text leaves its console").not.toContain("errors when signing in");

  // A store that cannot be read when the console opens is not taken for an empty one: what the others know has no texts.
  await ada.addInitScript(() => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function refuse(...asked) {
      if (!asked[0].endsWith(":desk")) return open.apply(this, asked);
      IDBFactory.prototype.open = open;
      throw new DOMException("Connection to Indexed Database server lost.", "UnknownError");
    };
  });
  await ada.reload();
  await expect(ada.getByText("Nothing is being saved").first()).toBeVisible();
  await until(clock, () => expect(sent(ada)).toContainText("errors when signing in", SOON));
  await expect(ada.getByText("Nothing is being saved")).toHaveCount(0);
  expect(await storage(ada), "the texts are still stored").toContain("errors when signing in");

  // Both have everything ready, and press at the same moment.
  for (const page of [ada, grace]) {
    const messages = await channel(page, "Email");
    if (page === grace) {
      // Words stay in their console: the other one has what the page says, and is asked for the rest.
      await expect(messages.getByRole("textbox", { name: "Symptom" })).toHaveValue("errors when signing in");
      await messages.getByRole("textbox", { name: "What is happening" }).fill("It is down.");
    }
    await messages.getByRole("textbox", { name: "Paste recipients" }).fill("lin@example.com\nbo@example.com");
  }
  for (const page of [ada, grace]) await page.getByRole("button", { name: "Send email to 2 people" }).click();
  const refused = () => Promise.all([ada, grace].map((page) => sent(page).getByText(/(is sending|has sent) this email from another console/).count()));
  await until(clock, async () => {
    for (const page of [ada, grace]) await expect(duty(page, "Email: first message")).toContainText("Done", SOON);
    expect((await refused()).toSorted(), "one sends, the other is told who does").toEqual([0, 1]);
  });
  expect((await hosted.mails()).postmark.map(({ address }) => address).sort(), "everybody once").toEqual(["bo@example.com", "lin@example.com"]);
});

test("an incident of the vendor's console is adopted and gets its duties; what is posted there meanwhile is met, and a person decides", async ({ page, hosted, clock }) => {
  const opened = await hosted.vendor("POST", "incidents", { name: "API is down", status: "investigating", body: "We look into it." });
  await enter(page);
  const list = page.getByRole("region", { name: "On the status page, not from here" });
  await until(clock, () => expect(list).toContainText("API is down", SOON));
  await list.getByRole("button", { name: "Adopt “API is down”" }).click();
  const adopt = page.getByRole("dialog").getByRole("button", { name: "Adopt the incident" });
  await expect(adopt).toBeDisabled();
  await page.getByRole("dialog").getByRole("radio", { name: "P0" }).check();
  await adopt.click();
  await expect(duty(page, "Status page: first message")).toContainText("Done");
  await expect(duty(page, "Email: first message")).toContainText("Due");
  await expect(sent(page)).toContainText("Status page");

  await hosted.vendor("PATCH", `incidents/${opened.id}`, { status: "identified", body: "From the vendor’s console." });
  await press(page, { facts: { Progress: "We are on it." } });
  const dialog = page.getByRole("dialog", { name: "Posted meanwhile" });
  await until(clock, () => expect(dialog).toBeVisible(SOON));
  await expect(dialog.getByRole("region", { name: "Theirs" })).toContainText("From the vendor’s console.");
  await expect(dialog.getByRole("region", { name: "Yours" })).toContainText("We are on it.");
  await dialog.getByRole("button", { name: "Do not publish" }).click();
  await until(clock, () => expect(sent(page)).toContainText("you decided not to publish", SOON));
  expect(await hosted.posts()).toHaveLength(2);
  await post(page, clock, { facts: { Progress: "We are on it." } });
  expect(await hosted.posts()).toHaveLength(3);
  expect(await hosted.incidents()).toHaveLength(1);
});
