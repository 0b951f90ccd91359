// The whole product as an organisation runs it on hosted services: the sandbox in the vendors' place, nginx
// with the shipped configuration before it, a built dist/ with hosted settings. For `make sandbox` and for the
// end-to-end tests.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { assemble } from "../assemble.mjs";
import { changed, startNginx } from "./nginx.mjs";
import { freePorts } from "./ports.mjs";
import { ROOT } from "./run.mjs";

/** What the sandbox takes for keys. */
export const SANDBOX_KEYS = {
  statuspage: "sandbox-statuspage-key",
  postmark: "sandbox-postmark-token",
  resend: "re_sandbox_key",
  sendgrid: "SG.sandbox-key",
};
export const SANDBOX_PAGE = "sandboxpage1";
/** Who can log in, with their passwords. */
export const RESPONDERS = { ada: "sandbox-ada", grace: "sandbox-grace" };
/** The team's settings as they are shipped. */
const TEAM = readFileSync(`${ROOT}/public/console/team.toml`, "utf8");
const [, sender] = TEAM.match(/^address = "(.+)"$/m);
const [, answers] = TEAM.match(/^reply_to = "(.+)"$/m);

/** The email services' own consoles. */
const CONSOLES = {
  postmark: "https://account.postmarkapp.com/",
  resend: "https://resend.com/emails",
  sendgrid: "https://app.sendgrid.com/",
};

/** Builds the sandbox and gives its program. */
export function buildSandbox() {
  const args = ["build", "--locked", "-p", "allclear-sandbox", "--message-format=json-render-diagnostics"];
  const output = execFileSync("cargo", args, { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });
  const built = output.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  const program = built.findLast(({ executable, target }) => executable && target?.name === "allclear-sandbox")?.executable;
  if (!program) throw new Error("cargo built no allclear-sandbox");
  return program;
}

/** Starts the sandbox; its control is asked by path: `ask("/switches", { metadata: "merge" })`. */
export async function startSandbox({ program, port = 0 }) {
  const child = spawn(program, ["--port", String(port)], { stdio: ["ignore", "pipe", "inherit"] });
  const end = new Promise((done) => child.on("exit", done));
  const address = await new Promise((done, failed) => {
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      said += text;
      const found = said.match(/listening on (http:\/\/\S+)/);
      if (found) done(found[1]);
    });
    child.on("error", failed);
    child.on("exit", (code) => failed(new Error(`the sandbox ended with ${code}`)));
  });
  const ask = async (path, body) => {
    const asked = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    const answer = await fetch(`${address}/_sandbox${path}`, asked);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the sandbox's ${path} answered ${answer.status}: ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  const stop = async () => {
    child.kill("SIGTERM");
    await end;
  };
  return { address, ask, stop };
}

/** The team's settings for hosted services. `service`: which sends email; `undo`: seconds to take back. */
export function hostedTeam({ service, undo }) {
  const settings = changed(TEAM, [[/^undo_seconds = \d+$/m, `undo_seconds = ${undo}`]]);
  return `${settings}
[status_page]
service = "statuspage"
page_id = "${SANDBOX_PAGE}"
console = "https://manage.statuspage.io/"

[email]
service = "${service}"
console = "${CONSOLES[service]}"

[team_channel]
service = "slack"
console = "https://app.slack.com/client/T0123/C0123"
`;
}

/** Copies a built dist/ to `to`, with the settings of hosted services, for nginx. */
export function hostedDist({ from, to, service = "postmark", undo = 0 }) {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
  const config = JSON.parse(readFileSync(`${to}/config.json`, "utf8"));
  writeFileSync(`${to}/config.json`, JSON.stringify({ ...config, source: { kind: "statuspage", url: "/api/v2" } }, null, 2));
  writeFileSync(`${to}/console/team.toml`, hostedTeam({ service, undo }));
  assemble({ dist: to, host: "nginx", compress: false });
}

/** The page waits for its state for as long as a slow machine may take. */
export const PATIENT = [[/(proxy_(?:connect|read)_timeout +)250ms;/g, (_, setting) => `${setting}10s;`]];

/** Answers whoami with the sandbox's time, so that a test that moves the clock moves every server's. */
function whoami(ahead) {
  const server = createServer((request, response) => {
    const date = new Date(Date.now() + ahead() * 1000).toUTCString();
    response.writeHead(200, { "Content-Type": "application/json", Date: date }).end(JSON.stringify({ login: request.headers["x-login"] }));
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

/**
 * Starts nginx before a sandbox. `real`: with the shipped limits and clock, as `make sandbox` shows them;
 * otherwise nginx passes the sandbox's clock on and does not slow tests down: its limits have tests of their own.
 */
export async function startEdge({ folder, dist, sandbox, port, real = false, ahead = () => 0 }) {
  const vendors = Object.fromEntries(Object.keys(SANDBOX_KEYS).map((vendor) => [vendor, sandbox.address]));
  const clock = real ? undefined : await whoami(ahead);
  const adjust = real ? {} : {
    http: ["proxy_pass_header Date;"],
    "common.conf": [["rate=1r/s", "rate=1000r/s"], ["rate=2r/s", "rate=1000r/s"]],
    "public-page.conf": [[/ *proxy_cache .*\n/, ""]],
    "state-in-page.conf": PATIENT,
    "edge.conf": [[/ {4}return 200 .*\n/, `    proxy_set_header X-Login $allclear_login;\n    proxy_pass http://127.0.0.1:${clock.address().port};\n`]],
  };
  const nginx = await startNginx({
    folder, dist, vendors, adjust, webhook: `${sandbox.address}/team/slack`, site: "one-host", ports: [port ?? (await freePorts(1))[0]],
    page: SANDBOX_PAGE, mail: { sender, answers }, publicPage: sandbox.address, keys: SANDBOX_KEYS, logins: RESPONDERS,
  });
  const stop = async () => {
    await nginx.stop();
    clock?.close();
  };
  return { address: `http://127.0.0.1:${nginx.ports[0]}`, logs: nginx.logs, stop };
}
