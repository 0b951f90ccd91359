// What 100,000 recipients cost the console: reading their list, and sending to them with the embedded provider, on
// a desktop that nothing slows. The page has to go on answering meanwhile.
import { mkdirSync, writeFileSync } from "node:fs";

const PEOPLE = 100_000;
/** How long the sending is watched, in milliseconds: it goes on as it begins. */
const WATCHED = 20_000;
const BARS = { task: 50 };

/** Notes what keeps the page busy from now on. */
const watch = (page) => page.evaluate(() => {
  globalThis.tasks = [];
  new PerformanceObserver((list) => globalThis.tasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: "longtask" });
});

/** What has kept it busy so far, and forgets it. */
const taken = (page) => page.evaluate(() => {
  const tasks = globalThis.tasks.splice(0).sort((one, other) => other - one);
  return { longest: tasks[0] ?? 0, sum: tasks.reduce((sum, each) => sum + each, 0), count: tasks.length };
});

async function declare(page, address) {
  await page.goto(`${address}console/`);
  await page.getByRole("textbox", { name: "You are" }).fill("Ada");
  await page.getByRole("button", { name: "Save name" }).click();
  await page.getByRole("link", { name: "Declare incident" }).click();
  const form = page.getByRole("form", { name: "Declare incident" });
  await form.getByRole("combobox", { name: "Service" }).selectOption({ index: 1 });
  await form.getByRole("radiogroup", { name: "Severity" }).getByRole("radio", { name: "P0" }).check();
  const facts = { Symptom: "errors", "Affected users or features": "sign-in", "What is happening": "Our API returns errors." };
  for (const [name, text] of Object.entries(facts)) await form.getByRole("textbox", { name }).fill(text);
  await form.getByRole("button", { name: "Declare", exact: true }).click();
  await page.getByRole("region", { name: "Next due" }).waitFor();
  await page.getByRole("region", { name: "Messages" }).getByRole("tab", { name: /Email/ }).click();
}

/** `address` serves both apps with the embedded provider; the list is laid into the folder `work`. */
export async function hundredThousand(browser, address, work) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await declare(page, address);
  const rows = Array.from({ length: PEOPLE }, (_, number) => `person${number}@example.com,"Person, ${number}"`);
  // A file that lies there, as a person's does: a text that the page is handed would be unpacked by the page itself.
  const file = `${work}/everybody.csv`;
  mkdirSync(work, { recursive: true });
  writeFileSync(file, `email,name\n${rows.join("\n")}\n`);
  await watch(page);
  const start = Date.now();
  await page.getByLabel("Recipients CSV").setInputFiles(file);
  const button = page.getByRole("button", { name: `Send email to ${PEOPLE} people` });
  await button.waitFor({ timeout: 300_000 });
  const read = Date.now() - start;
  const reading = await taken(page);

  const pressed = Date.now();
  await button.click();
  const bar = page.getByRole("progressbar", { name: "Sending email" });
  await bar.waitFor({ timeout: 120_000 });
  const began = Date.now() - pressed;
  await page.waitForTimeout(WATCHED);
  const sending = await taken(page);
  const told = await page.getByRole("list", { name: "Sendings" }).innerText();
  await context.close();

  const line = ({ longest, sum, count }) => `longest task ${longest.toFixed(0)} ms, bar ${BARS.task}; ${count} of more than that, ${sum.toFixed(0)} ms in all`;
  console.log(`\n${PEOPLE} recipients`);
  console.log(`  the list: read in ${(read / 1000).toFixed(1)} s; ${line(reading)}`);
  console.log(`  the sending: begun after ${(began / 1000).toFixed(1)} s; in its first ${WATCHED / 1000} s ${line(sending)}; then "${told.split("\n").find((each) => / of /.test(each)) ?? told.split("\n")[0]}"`);
  return [
    reading.longest > BARS.task && `a task while a list is read: ${reading.longest.toFixed(0)} ms`,
    sending.longest > BARS.task && `a task while emails are sent: ${sending.longest.toFixed(0)} ms`,
  ].filter(Boolean);
}
