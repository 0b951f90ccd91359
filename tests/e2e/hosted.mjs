// The product on hosted services: each worker has a sandbox of its own, nginx with the shipped configuration
// before it, and a dist/ with hosted settings. Each test begins with a fresh sandbox, at the machine's time; from then
// on the devices' clocks stand, and go with the servers' whenever the test moves them.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { buildSandbox, hostedDist, hostedTeam, RESPONDERS, SANDBOX_KEYS, startEdge, startSandbox } from "../../tools/lib/hosted.mjs";
import { ROOT } from "../../tools/lib/run.mjs";
import { ADDRESS, declared, keep } from "./log.mjs";
import { Clock } from "./passing.mjs";
import { test as base, complaints, expect, open } from "./support.mjs";

export { expect, open, SANDBOX_KEYS };

const STAGE = `${ROOT}/.stage/hosted`;
/** What the contract tests replay against the vendors' documents. */
const EXCHANGES = `${ROOT}/.stage/exchanges`;

/** The sandbox and the edge of one worker, as tests use them. */
class Hosted {
  constructor({ sandbox, dist, passwords }) {
    Object.assign(this, { sandbox, dist, passwords, ahead: 0 });
  }

  /** Changes switches of the sandbox: `switches({ metadata: "merge" })`. */
  switches = (changes) => this.sandbox.ask("/switches", changes);

  /** Every accepted mail, by vendor. */
  mails = () => this.sandbox.ask("/mails");

  /** What the team was told, oldest first. */
  notices = () => this.sandbox.ask("/notices");

  /** Every incident as the manage API shows it, newest first, with who was told. */
  incidents = () => this.sandbox.ask("/incidents");

  /** The updates on the hosted page that readers can read, newest first: those with a text. */
  posts = async () => (await this.incidents()).flatMap((incident) => incident.incident_updates.filter(({ body }) => body));

  /** Every request that the apps made, with its answer. */
  exchanges = () => this.sandbox.ask("/exchanges");

  /** Somebody works in the vendor's own console. */
  async vendor(method, path, incident) {
    const answer = await fetch(`${this.sandbox.address}/v1/pages/sandboxpage1/${path}`, {
      method,
      headers: { Authorization: "OAuth sandbox-console-key", "Content-Type": "application/json" },
      body: JSON.stringify({ incident }),
    });
    expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true);
    return answer.json();
  }

  /** The team's settings name another service for email: from the next opening of the console on. */
  sendBy = (service) => writeFileSync(`${this.dist}/console/team.toml`, hostedTeam({ service, undo: 0 }));

  /** Nobody can log in any more, and whoever was is not; until `again`. */
  endLogins = () => writeFileSync(this.passwords.file, "");
  again = () => writeFileSync(this.passwords.file, this.passwords.text);

  /** Everything as it was, for the next test; email by `service`. */
  async reset(service) {
    this.ahead = 0;
    await this.sandbox.ask("/reset", {});
    // The edge's own queue is not there in these runs, and the sandbox's would refuse what it spaces.
    await this.switches({ limits: { statuspage: { on: false, requests: 60, seconds: 60 }, resend: { on: false, requests: 5, seconds: 1 } } });
    this.sendBy(service);
    this.again();
  }

  /** Keeps what was said between the apps and the vendors under the test's name. */
  async save(title) {
    mkdirSync(EXCHANGES, { recursive: true });
    const name = title.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 80);
    writeFileSync(`${EXCHANGES}/${name}.json`, JSON.stringify(await this.exchanges(), null, 1));
  }
}

export const test = base.extend({
  /** Which service sends the email: `test.use({ service: "resend" })`. */
  service: ["postmark", { option: true }],

  // The worker's own servers.
  servers: [async ({}, use, worker) => {
    const folder = `${STAGE}/${worker.parallelIndex}`;
    mkdirSync(folder, { recursive: true });
    const dist = `${folder}/dist`;
    hostedDist({ from: `${ROOT}/dist`, to: dist });
    const sandbox = await startSandbox({ program: buildSandbox() });
    let hosted;
    const edge = await startEdge({ folder: `${folder}/nginx`, dist, sandbox, ahead: () => hosted?.ahead ?? 0 });
    const file = `${folder}/nginx/allclear/secrets/htpasswd`;
    hosted = new Hosted({ sandbox, dist, passwords: { file, text: readFileSync(file, "utf8") } });
    Object.assign(hosted, { address: edge.address, logs: edge.logs });
    await use(hosted);
    await edge.stop();
    await sandbox.stop();
  }, { scope: "worker", timeout: 300_000 }],

  hosted: async ({ servers, service }, use, info) => {
    await servers.reset(service);
    await use(servers);
    await servers.save(info.titlePath.join(" "));
  },

  baseURL: async ({ servers }, use) => use(servers.address),
  httpCredentials: async ({}, use) => use({ username: "ada", password: RESPONDERS.ada }),

  // The devices' clocks and the servers' go together. The servers' run on by themselves: each step of a device takes
  // in what has passed there since the last one.
  clock: async ({ hosted }, use) => {
    await use(new Clock(Date.now(), async (milliseconds, now) => {
      const seconds = Math.ceil(milliseconds / 1000);
      hosted.ahead += seconds;
      if (seconds > 0) await hosted.sandbox.ask("/clock", { ahead_seconds: hosted.ahead });
      return Math.max(milliseconds, Date.now() + hosted.ahead * 1000 - now);
    }));
  },

  /**
   * Somebody else in a browser of their own: `const grace = await another("grace")` gives a page. Without a name it is
   * a reader.
   */
  another: async ({ browser, baseURL, clock }, use) => {
    const opened = [];
    await use(async (login) => {
      const context = await browser.newContext({ baseURL, httpCredentials: login && { username: login, password: RESPONDERS[login] } });
      opened.push({ context, found: complaints(context) });
      await clock.stand(context);
      return context.newPage();
    });
    for (const { context, found } of opened) {
      expect(found, "the other browser complained").toEqual([]);
      await context.close();
    }
  },
});

/** Opens the console as whoever is logged in, and waits until it knows them. */
export async function enter(page, login = "ada", address = "/console/") {
  await open(page, address);
  await expect(page.getByRole("banner")).toContainText(`You are ${login}, from the login`);
}

/** An incident of Ada's is under way in the browser of `page`, and open there; nobody was told of it. */
export async function underWay({ page, context, clock }, more = {}) {
  const at = new Date(clock.now - 5_000).toISOString();
  await keep(context, declared({ who: "ada", components: ["cmpapi000001"], at, ...more }));
  await enter(page, "ada", ADDRESS);
}
