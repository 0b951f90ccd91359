// The post-mortem of a data breach: two texts, and what readers get is approved by somebody else first.
import { ADDRESS, keep, resolved } from "./log.mjs";
import { leave } from "./responder.mjs";
import { expect, open, test } from "./support.mjs";

test("c247 a breach's post-mortem for readers holds no note, reason, name or reference, and leaves once somebody else has approved it", async ({ page, context, clock }) => {
  const log = resolved({ kind: "breach", at: "2026-03-10T13:50:00Z" })
    .add("note", { text: "Ada thinks vendor X leaked the keys." })
    .add("skipped", { duty: { episode: 1, kind: "first", channel: "x", seq: 1 }, reason: "legal said no" })
    .add("regulator-notified", { reference: "REF-77" });
  // As the page has it once the last post arrived.
  const [onPage] = log.page.incidents;
  onPage.updates.unshift({ ...onPage.updates[0], id: "up2", status: "resolved", body: "The issue affecting API has been resolved." });
  await keep(context, log);
  await open(page, `${ADDRESS}/postmortem`);
  const inside = page.getByRole("region", { name: "Write the post-mortem" });
  await expect(inside.getByRole("textbox", { name: "Post-mortem" })).toHaveValue(/vendor X[\s\S]*REF-77|REF-77[\s\S]*vendor X/);
  await inside.getByRole("textbox", { name: "Participants" }).fill("Ada\nGrace");
  await inside.getByRole("button", { name: "Record post-mortem" }).click();
  await expect(page.getByRole("region", { name: "Recorded post-mortem" })).toContainText("Took part: Ada; Grace.");

  const readers = page.getByRole("region", { name: "Public post-mortem" });
  const text = readers.getByRole("textbox", { name: "Public text" });
  const inner = /vendor X|legal said no|REF-77|Grace|Ada\b/;
  await expect(text).toHaveValue(/API/);
  await expect(text).not.toHaveValue(inner);
  const publish = readers.getByRole("button", { name: "Publish post-mortem" });
  await expect(publish).toHaveAccessibleDescription(/“To be written.” still stands in it/);
  await text.fill(`${(await text.inputValue()).replaceAll("To be written.", "We closed the hole.")}\n\n## For you\n\nChange your password.`);
  await expect(publish).toHaveAccessibleDescription(/An approver has to be recorded/);
  await readers.getByRole("textbox", { name: "Approver" }).fill("Grace");
  await readers.getByRole("button", { name: "Record approval" }).click();
  await publish.click();
  await leave(page, clock);
  await expect(readers.getByRole("status")).toContainText("Published: readers have had it since");

  await open(page, "/history");
  await page.getByRole("link", { name: "API - Investigating Issue" }).click();
  const told = page.getByRole("region", { name: "Post-mortem" });
  await expect(told.getByRole("heading", { name: "For you" })).toBeVisible();
  await expect(told).toContainText("Change your password.");
  await expect(page.getByRole("main")).not.toContainText(inner);
});
