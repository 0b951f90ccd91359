// `make sandbox`: the whole product on this machine: both apps behind the shipped nginx, with the sandbox in the
// place of Statuspage, Postmark, Resend, SendGrid and the team's webhook. Ends what it started when it ends.
import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { buildSandbox, hostedDist, RESPONDERS, startEdge, startSandbox } from "./lib/hosted.mjs";
import { isFree } from "./lib/ports.mjs";
import { ROOT } from "./lib/run.mjs";

const BUILT = ".stage/sandbox/built";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "8080" },
    service: { type: "string", default: "postmark" },
    /** A dist/ that is built already. */
    dist: { type: "string" },
  },
});

const port = Number(values.port);
const ends = [];
async function finish(code) {
  for (const end of ends.reverse()) await end();
  process.exit(code);
}

try {
  if (!(await isFree(port))) throw new Error(`Port ${port} is taken: try make sandbox PORT=${port + 1}`);
  const program = buildSandbox();
  if (!values.dist) await build({ out: BUILT });
  const folder = `${ROOT}/.stage/sandbox`;
  mkdirSync(folder, { recursive: true });
  const dist = `${folder}/dist`;
  hostedDist({ from: values.dist ?? `${ROOT}/${BUILT}`, to: dist, service: values.service, undo: 15 });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => finish(0));
  const sandbox = await startSandbox({ program });
  ends.push(sandbox.stop);
  const edge = await startEdge({ folder: `${folder}/nginx`, dist, sandbox, port, real: true });
  ends.push(edge.stop);
  const logins = Object.entries(RESPONDERS).map(([login, password]) => `${login} / ${password}`).join("   ");
  console.log(`
  Status page   ${edge.address}/
  Console       ${edge.address}/console/      ${logins}
  Sandbox       ${sandbox.address}/_sandbox      (its switches: tests/sandbox/README.md)

  Email goes to the sandbox as ${values.service}, what the team is told as Slack; nothing leaves this machine.
  Ctrl-C ends all of it.
`);
} catch (error) {
  console.error(error.message);
  await finish(1);
}
