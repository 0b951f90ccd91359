// One email to many: lists in any dress, failures, a closed tab. Counted in the outbox. What becomes of batches is a
// matter of `tests/delivery/`; hosted services have runs of their own.
import { readFileSync } from "node:fs";
import { ADDRESS, declared, keep } from "./log.mjs";
import { channel, duty, leave, sendings, sent } from "./responder.mjs";
import { outbox } from "./seed.mjs";
import { expect, open, test } from "./support.mjs";

const load = (page, text) => page.getByLabel("Recipients CSV").setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
const send = (page) => page.getByRole("button", { name: /^Send email to/ });

test("a list in any dress: lines left out, services, people who are never mailed, what a service suppresses, a test to oneself; kept, and deleted", async ({ page, context }) => {
  await keep(context, declared());
  await open(page, ADDRESS);
  const messages = await channel(page, "Email");
  const recipients = messages.getByRole("region", { name: "Recipients" });
  const said = recipients.getByRole("status");
  await load(page, '\ufeffName;E-Mail;Note\n"Person; 0";p0@example.com;"two\nlines"\n;nobody@;\nagain;P0@EXAMPLE.com;\n');
  await expect(said).toHaveText("1 person. 2 lines left out.");
  await expect(recipients.getByRole("list", { name: "Lines left out" }).getByRole("listitem")).toHaveText([
    "Line 4: “nobody@” is not an email address.",
    "Line 5: P0@EXAMPLE.com is in the list already.",
  ]);
  // The columns that somebody chose hold for the list that is corrected, too.
  const addresses = recipients.getByRole("combobox", { name: "Address column" });
  await load(page, "Email,Billing email\nann@us.example,pay@us.example\nbob@b.example,due@\n");
  await addresses.selectOption({ label: "Billing email" });
  await expect(said).toHaveText("1 person. 1 line left out.");
  await load(page, "Email,Billing email\nann@us.example,pay@us.example\nbob@b.example,due@b.example\n");
  await expect(said).toHaveText("2 people.");
  await expect(addresses.getByRole("option", { name: "Billing email" })).toHaveJSProperty("selected", true);
  await load(page, "email,services\na@example.com,API\nb@example.com,Website\nc@example.com,\nd@gone.example,api\n");
  await expect(said).toHaveText("3 people. 1 left out: other services only.");
  await recipients.getByText("Never mail these").first().click();
  await recipients.getByRole("textbox", { name: "Never mail these" }).fill("@gone.example\nnonsense");
  await expect(said).toHaveText("2 people. 1 never mailed. 1 left out: other services only.");
  await expect(recipients.getByText("Line 2: this is neither an address nor “@” and a domain.")).toBeVisible();
  // What a mail service suppresses is added to what was typed, and taken out again.
  const never = recipients.getByRole("textbox", { name: "Never mail these" });
  const file = { name: "bounces.csv", mimeType: "text/csv", buffer: Buffer.from("email,created\nA@example.com,1\nx@example.com,2\nnobody@,3\n") };
  await recipients.getByLabel("Suppressions CSV").setInputFiles(file);
  await expect(recipients.getByText("bounces.csv: 2 addresses read, 2 added. 1 line left out.")).toBeVisible();
  await expect(recipients.getByRole("list", { name: "Suppressions left out" })).toHaveText("Line 4: “nobody@” is not an email address.");
  await expect(never).toHaveValue("@gone.example\nnonsense\nA@example.com\nx@example.com");
  await expect(said).toHaveText("1 person. 2 never mailed. 1 left out: other services only.");
  await recipients.getByRole("button", { name: "Take the 2 added out again" }).click();
  await expect(never).toHaveValue("@gone.example\nnonsense");
  await recipients.getByRole("checkbox", { name: /Only people/ }).uncheck();
  await expect(send(page)).toHaveText("Send email to 3 people");
  await messages.getByText("Send a test to me").click();
  await messages.getByRole("textbox", { name: "Your address" }).fill("me@example.com");
  await messages.getByRole("button", { name: "Send a test", exact: true }).click();
  await expect(messages.getByText("Look into the mailbox of me@example.com")).toBeVisible();
  expect(await outbox(page)).toEqual(["me@example.com"]);

  // What was loaded and chosen is there after a reload.
  await page.reload();
  await channel(page, "Email");
  await expect(said).toContainText("1 never mailed.");
  await page.getByRole("button", { name: "Delete recipients now" }).click();
  await expect(said).toContainText("No list yet");
  await page.reload();
  await channel(page, "Email");
  await expect(said).toContainText("No list yet");
});

test("people copied from a mail program stand by name, several on a line, and each gets one mail", async ({ page, context, clock }) => {
  await keep(context, declared());
  await open(page, ADDRESS);
  const messages = await channel(page, "Email");
  await messages.getByRole("textbox", { name: "Paste recipients" })
    .fill('Grace Hopper <grace@example.com>; "Lovelace, Ada" <ada@example.com>,\nbob@example.com, <grace@example.com>');
  await expect(send(page)).toHaveText("Send email to 3 people");
  await send(page).click();
  await leave(page, clock);
  await expect(duty(page, "Email: first message")).toContainText("Done");
  expect(await outbox(page)).toEqual(["ada@example.com", "bob@example.com", "grace@example.com"]);
  await page.getByRole("link", { name: "Outbox" }).click();
  const mails = page.getByRole("list", { name: "Mails" });
  for (const greeting of ["Hi Grace Hopper,", "Hi Lovelace, Ada,", "Hi there,"]) {
    await expect(mails.getByText(greeting, { exact: false }).first()).toBeVisible();
  }
});

/** Takes from the log what came after the sending was begun, as a tab does that is closed at that moment. */
const loseTheEnd = (page) => page.evaluate(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const database = await done(indexedDB.open("allclear:/:desk"));
  const events = database.transaction("events", "readwrite").objectStore("events");
  let lost = 0;
  for (const key of await done(events.getAllKeys())) {
    const { event } = JSON.parse(await done(events.get(key)));
    if (event === "send-answered" || event === "email-finished") {
      await done(events.delete(key));
      lost += 1;
    }
  }
  database.close();
  return lost;
});

test("who could not be reached is a file, and only they are tried again; a tab closed before the last entry loses nothing", async ({ page, context, clock }) => {
  await keep(context, declared());
  await open(page, ADDRESS);
  await channel(page, "Email");
  const people = Array.from({ length: 30 }, (_, number) => `p${number}@${number < 3 ? "refused.example" : "example.com"}`);
  const reached = people.slice(3).sort();
  await load(page, ["email,name", ...people.map((address, number) => `${address},"Person, ${number}"`)].join("\n"));
  await send(page).click();
  await leave(page, clock);
  await expect(sendings(page)).toContainText("27 of 30 sent, 3 failed.");
  await expect(sent(page)).toContainText("to 27 of 30");
  await expect(duty(page, "Email: first message")).toContainText("Done");
  await expect(page.getByRole("progressbar", { name: "Sending email" })).toHaveCount(0);

  expect(await loseTheEnd(page)).toBe(2);
  const told = "Sent to 27 people; 3 people could not be reached.";
  await page.reload();
  await expect(duty(page, "Email: first message")).toContainText("Done");
  await expect(page.getByRole("alert")).toContainText(told);
  // What was said late is kept: the next opening finds nothing to say.
  await page.reload();
  await expect(duty(page, "Email: first message")).toContainText("Done");
  await expect(page.getByRole("alert")).toHaveCount(0);
  expect(await outbox(page)).toEqual(reached);

  const messages = await channel(page, "Email");
  // No email is owed now, and the list is kept: it can be seen and deleted all the same.
  const recipients = messages.getByRole("region", { name: "Recipients" });
  await expect(recipients.getByRole("status")).toHaveText("30 people.");
  await expect(page.getByRole("list", { name: "Not reached" }).getByRole("listitem")).toHaveText([
    "Person, 0 <p0@refused.example>: the recipient's server refused it",
    /@refused\.example/,
    /@refused\.example/,
  ]);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download who was not reached" }).click();
  const rows = readFileSync(await (await download).path(), "utf8").trim().split("\r\n");
  expect(rows[0]).toBe("email,name,state,reason");
  expect(rows).toHaveLength(4);
  expect(rows[1]).toBe("p0@refused.example,\"Person, 0\",failed,the recipient's server refused it");
  await page.getByRole("button", { name: "Mail only the refused" }).click();
  await expect(page.getByRole("alert")).toContainText("3 people could not be reached");
  await expect(sendings(page)).toContainText("27 of 30 sent, 3 failed.");
  expect(await outbox(page)).toEqual(reached);
  await page.getByRole("button", { name: "Delete its recipients" }).click();
  await expect(sendings(page)).toContainText("Its recipients were deleted. Fingerprint of the list:");
  await recipients.getByRole("button", { name: "Delete recipients now" }).click();
  await expect(recipients).toHaveCount(0);
});
