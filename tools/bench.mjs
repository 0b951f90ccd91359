// `make bench`: what readers wait for, measured, against its bars. `make test` times nothing: the numbers depend
// on the machine, their ratios hardly.
//
//   node tools/bench.mjs [--dist dist] [--pairs 9] [state] [nginx] [history] [list] [mails] [board] [lighthouse]
//
// With names, only these: `state` is the time to state from a static server, `nginx` the same where nginx writes the
// state into the page; `list` sends within the browser, `mails` through nginx to the sandbox.
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { timeToState } from "./bench/state.mjs";
import { tenThousand } from "./bench/history.mjs";
import { years } from "./bench/board.mjs";
import { hundredThousand } from "./bench/list.mjs";
import { mailed } from "./bench/mails.mjs";
import { behindNginx } from "./bench/nginx.mjs";
import { lay } from "./bench/site.mjs";
import { program } from "./lib/chromium.mjs";
import { ROOT } from "./lib/run.mjs";
import { serve } from "./serve.mjs";

const WORK = `${ROOT}/.stage/bench`;
const [FEW, MANY] = [10, 10_000];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { dist: { type: "string", default: "dist" }, pairs: { type: "string", default: "9" } },
});
const wanted = (name) => positionals.length === 0 || positionals.includes(name);

const servers = [];
/** Serves a folder at an origin of its own. */
async function served(dir) {
  const server = await serve({ dir, port: 0 });
  servers.push(server);
  return `http://127.0.0.1:${server.address().port}/`;
}

/** Serves the app and the bare page of a measured site. */
async function site(incidents) {
  const folders = lay({ dist: values.dist, to: `${WORK}/${incidents}`, incidents, now: Date.now() });
  const addresses = {};
  for (const [name, dir] of Object.entries(folders)) addresses[name] = await served(dir);
  return addresses;
}

const browser = await chromium.launch({ executablePath: program(), args: ["--headless=new", "--no-sandbox", "--disable-gpu"] });
const missed = [];
try {
  const few = await site(FEW);
  if (wanted("state")) missed.push(...await timeToState(browser, few, Number(values.pairs), "from a static server"));
  if (wanted("nginx")) {
    const edge = await behindNginx({ app: `${WORK}/${FEW}/app`, bare: `${WORK}/${FEW}/bare`, vendor: few.app.replace(/\/$/, ""), to: `${WORK}/nginx` });
    missed.push(...await timeToState(browser, edge, Number(values.pairs), "with the state in the page").finally(edge.stop));
  }
  if (wanted("history")) missed.push(...await tenThousand(browser, { few, many: await site(MANY) }));
  if (wanted("list")) missed.push(...await hundredThousand(browser, await served(values.dist), WORK));
  if (wanted("mails")) missed.push(...await mailed(browser, values.dist, `${WORK}/mails`));
  if (wanted("board")) missed.push(...await years(browser, await served(values.dist)));
  if (wanted("lighthouse")) {
    const { judged } = await import("./bench/lighthouse.mjs");
    const pages = [["home", few.app], ["history", `${few.app}history`], ["incident", `${few.app}incidents/i0`]];
    missed.push(...await judged(pages, program()));
  }
} finally {
  await browser.close();
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
}
console.log(`\nLoad of the machine over the last 1, 5 and 15 minutes: ${loadavg().map((each) => each.toFixed(1)).join(", ")}`);
if (missed.length > 0) console.log(`\nMissed:\n${missed.map((each) => `  ${each}`).join("\n")}`);
else console.log("\nEvery bar is met.");
process.exitCode = missed.length === 0 ? 0 : 1;
