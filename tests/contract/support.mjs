// What the contract tests share: where the vendors' documents are, a sandbox of one's own, and Prism as a
// validating proxy in front of it.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { freePorts } from "../../tools/lib/ports.mjs";
import { ROOT } from "../../tools/lib/run.mjs";

/** The vendors' documents: test data beside the repository, never copied into it. */
export const CONTRACTS = `${ROOT}/../shared/contracts`;
/** Which document speaks of which vendor, and the path below which the sandbox answers for it. */
export const DOCUMENTS = {
  statuspage: { file: "statuspage-openapi.patched.json", below: "/v1" },
  postmark: { file: "postmark-server-openapi.json", below: "" },
  resend: { file: "resend-openapi.json", below: "" },
  sendgrid: { file: "sendgrid-mail-v3-openapi.json", below: "" },
};
export const documentOf = (vendor) => `${CONTRACTS}/${DOCUMENTS[vendor].file}`;

/** Why a test cannot run without the documents; false when they are there. */
export const noDocuments = existsSync(CONTRACTS)
  ? false
  : "the vendors' documents are not here: ../shared/contracts is absent";

export const KEYS = {
  statuspage: { authorization: "OAuth sandbox-statuspage-key" },
  postmark: { "x-postmark-server-token": "sandbox-postmark-token" },
  resend: { authorization: "Bearer re_sandbox_key" },
  sendgrid: { authorization: "Bearer SG.sandbox-key" },
};
export const PAGE = "sandboxpage1";

/** Starts a program and waits for a line of its output. */
function started(command, args, line, env = {}) {
  return new Promise((ready, failed) => {
    const child = spawn(command, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const read = (text) => {
      output += text;
      const found = output.match(line);
      if (found) ready({ child, found });
    };
    child.stdout.setEncoding("utf8").on("data", read);
    child.stderr.setEncoding("utf8").on("data", read);
    child.on("error", failed);
    child.on("exit", (code) => failed(new Error(`${command} ended with code ${code}:\n${output}`)));
  });
}

const ended = (child) =>
  new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done();
    child.on("exit", done);
    child.kill("SIGTERM");
  });

/** A sandbox without limits of rate: what is proved here is what requests and answers look like. */
export async function sandbox() {
  const { child, found } = await started(
    "cargo",
    ["run", "--quiet", "--locked", "-p", "allclear-sandbox", "--", "--port", "0"],
    /listening on (http:\S+)/,
  );
  const url = found[1];
  const control = async (path, body) => {
    const answer = await fetch(`${url}/_sandbox/${path}`, body && { method: "POST", body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`/_sandbox/${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const free = Object.fromEntries(Object.keys(DOCUMENTS).map((name) => [name, { on: false, requests: 1, seconds: 1 }]));
  const reset = async (switches = {}) => {
    await control("reset", {});
    await control("switches", { limits: free, ...switches });
  };
  await reset();
  return { url, control, reset, stop: () => ended(child) };
}

/** Prism between a client and the sandbox: what breaks the vendor's document is an error, not a warning. */
export async function prism(vendor, sandboxUrl) {
  const [port] = await freePorts(1);
  const { child } = await started(
    "prism",
    ["proxy", "--errors", "-p", String(port), documentOf(vendor), `${sandboxUrl}${DOCUMENTS[vendor].below}`],
    /Prism is listening on/,
    { PATH: `${ROOT}/node_modules/.bin:${process.env.PATH}` },
  );
  return { url: `http://127.0.0.1:${port}`, stop: () => ended(child) };
}

/** A request to a vendor's path, and its answer as data. */
export async function ask(url, vendor, method, path, body, headers = {}) {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { ...KEYS[vendor], ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  const read = () => (text === "" ? null : JSON.parse(text));
  const violations = answer.headers.get("sl-violations");
  return { status: answer.status, body: read(), headers: answer.headers, violations: violations && JSON.parse(violations) };
}
