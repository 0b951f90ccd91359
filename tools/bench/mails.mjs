// 100,000 mails by a hosted service: an incident is declared in the real console, the list read, and everybody mailed
// through the shipped nginx to the sandbox, to the end. There everybody has to be exactly once, and the page has to
// go on answering meanwhile.
import { mkdirSync } from "node:fs";
import { buildSandbox, hostedDist, RESPONDERS, startEdge, startSandbox } from "../lib/hosted.mjs";
import { begin, declare, everybody, PEOPLE, readList, said, seconds, taken, tooLong, withProcessor } from "./many.mjs";

/** Resend is not among them: the edge lets two of its requests, of a hundred mails each, through in a second. */
const SERVICES = ["postmark", "sendgrid"];
const LOGIN = "ada";
/** The longest that all of it may take, in milliseconds: whoever sends no more by then has stopped. */
const LONGEST = 30 * 60_000;

/** What is wrong with what the sandbox holds; nothing where everybody is there once, by name. */
export function wrong(service, { [service]: mails, ...others }) {
  const found = new Map(mails.map((mail) => [mail.address, mail]));
  const wanted = everybody();
  const lacking = wanted.filter(({ address }) => !found.has(address)).length;
  const greets = ({ text, html }, name) => [text, html].every((part) => part.includes(`Hi ${name},`));
  const nameless = wanted.filter(({ address, name }) => found.has(address) && !greets(found.get(address), name)).length;
  const elsewhere = Object.values(others).flat().length;
  return [
    mails.length !== PEOPLE && `the sandbox holds ${mails.length} mails for ${PEOPLE} people`,
    found.size !== mails.length && `${mails.length - found.size} mails are a second one to the same person`,
    lacking > 0 && `${lacking} people have no mail`,
    found.size > PEOPLE - lacking && `${found.size - PEOPLE + lacking} people are mailed who are not on the list`,
    nameless > 0 && `${nameless} mails do not greet their reader by name`,
    elsewhere > 0 && `${elsewhere} mails were refused, dropped, or went by another service`,
  ].filter(Boolean);
}

/** Sends it all by one service; gives what is wrong. */
async function mailedBy(service, { browser, program, dist, work }) {
  hostedDist({ from: dist, to: `${work}/dist`, service, undo: 0 });
  const sandbox = await startSandbox({ program });
  let edge;
  try {
    edge = await startEdge({ folder: `${work}/nginx`, dist: `${work}/dist`, sandbox, real: true });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    // How the service's side answered, and how long that took: a pace that it sets shows here.
    const answers = { count: 0, refused: 0, waited: 0 };
    context.on("requestfinished", async (request) => {
      if (!request.url().includes(`/api/${service}/`)) return;
      answers.count += 1;
      answers.waited += request.timing().responseEnd;
      if (!(await request.response())?.ok()) answers.refused += 1;
    });
    const page = await context.newPage();
    // Logged in as a person is: the `httpCredentials` of a test would hand every request over to Node, mails and all.
    const login = await page.goto(`${edge.address.replace("//", `//${LOGIN}:${RESPONDERS[LOGIN]}@`)}/console/sw.js`);
    if (!login.ok()) throw new Error(`the login was answered with ${login.status()}`);
    await declare(page, `${edge.address}/`, LOGIN);
    const { button, read, reading } = await readList(page, work);
    const { bar, began, beginning } = await begin(page, button);
    const first = Date.now();
    await bar.waitFor({ state: "detached", timeout: LONGEST });
    const took = Date.now() - first;
    const sending = await taken(page);
    await withProcessor(page, [reading, beginning, sending]);
    const told = await page.getByRole("list", { name: "Sendings" }).innerText();
    await context.close();
    const faults = wrong(service, await sandbox.ask("/mails?parts=1"));
    if (!told.includes(`${PEOPLE} of ${PEOPLE} sent.`)) faults.push(`the console says "${told}"`);

    console.log(`\n${PEOPLE} recipients, by ${service} through nginx to the sandbox, sent in full`);
    console.log(`  the list: read in ${seconds(read)}; ${said(reading)}`);
    console.log(`  the sending: begun ${seconds(began)} after the press; ${said(beginning)}`);
    console.log(`  filled and sent in ${seconds(took)}; ${said(sending)}`);
    console.log(`  ${answers.count} requests, ${answers.refused} of them refused; their answers took ${seconds(answers.waited)} of that`);
    console.log(`  the sandbox: ${faults.length === 0 ? `${PEOPLE} mails, one to each person, by name` : faults.join("; ")}`);
    return [...tooLong({ "a list is read": reading, "a sending begins": beginning, "mails are sent": sending }), ...faults].map((each) => `mails by ${service}: ${each}`);
  } finally {
    await edge?.stop();
    await sandbox.stop();
  }
}

/** Sends it all, service after service: `dist` is a built folder, `work` one for what is laid out for it. Gives what is wrong. */
export async function mailed(browser, dist, work) {
  mkdirSync(work, { recursive: true });
  const program = buildSandbox();
  const missed = [];
  for (const service of SERVICES) missed.push(...await mailedBy(service, { browser, program, dist, work }));
  return missed;
}
