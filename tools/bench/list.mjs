// What 100,000 recipients cost the console: reading their list, and sending to them with the embedded provider, on
// a desktop that nothing slows. The page has to go on answering meanwhile.
import { begin, declare, PEOPLE, readList, said, seconds, taken, tooLong, withProcessor } from "./many.mjs";

/** How long the sending is watched, in milliseconds: it goes on as it begins. */
const WATCHED = 20_000;

/** `address` serves both apps with the embedded provider; the list is laid into the folder `work`. */
export async function hundredThousand(browser, address, work) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await declare(page, address);
  const { button, read, reading } = await readList(page, work);
  const { began, beginning } = await begin(page, button);
  await page.waitForTimeout(WATCHED);
  const sending = await taken(page);
  await withProcessor(page, [reading, beginning, sending]);
  const told = await page.getByRole("list", { name: "Sendings" }).innerText();
  await context.close();

  console.log(`\n${PEOPLE} recipients, with the embedded provider`);
  console.log(`  the list: read in ${seconds(read)}; ${said(reading)}`);
  console.log(`  the sending: begun ${seconds(began)} after the press, with the time to undo it; ${said(beginning)}`);
  console.log(`  its first ${seconds(WATCHED)}: ${said(sending)}; then "${told.split("\n").find((each) => / of /.test(each)) ?? told.split("\n")[0]}"`);
  return tooLong({ "a list is read": reading, "a sending begins": beginning, "emails are sent": sending });
}
