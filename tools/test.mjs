// `make test`: every layer as a step of its own, all of them even when one fails, a table at the end, and
// the closing line `N passed, N failed`. A check without a count of its own counts as one.
//
//   node tools/test.mjs [LAYER ...]      only these, by the short name in the table
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { count, none, sum } from "./lib/counts.mjs";
import { ROOT, run } from "./lib/run.mjs";

const WASM = ["--target", "wasm32-unknown-unknown"];
const BROWSER_ENV = {
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: "wasm-bindgen-test-runner",
  CHROMEDRIVER: process.env.CHROMEDRIVER ?? which("chromedriver"),
  WASM_BINDGEN_TEST_TIMEOUT: "120",
};
const E2E_REPORT = `${ROOT}/.stage/e2e.json`;

function which(name) {
  const folders = (process.env.PATH ?? "").split(":");
  return folders.map((folder) => `${folder}/${name}`).find((path) => existsSync(path)) ?? name;
}

/** The files of tests/ that run in a browser: web.rs and whatever begins with `web_`. */
function browserTests() {
  const files = readdirSync(`${ROOT}/tests`).filter((file) => /^web(_\w+)?\.rs$/.test(file));
  return files.flatMap((file) => ["--test", file.replace(/\.rs$/, "")]);
}

const nextest = existsSync(which("cargo-nextest"));

/** `counts` reads a layer's output; without it the layer is one check. `mayBeEmpty`: no test is no failure. */
const LAYERS = [
  { name: "format", title: "Formatting", command: ["cargo", "fmt", "--check"] },
  {
    name: "clippy",
    title: "Lints, ground floor and tests",
    command: ["cargo", "clippy", "--locked", "--all-targets", "--", "-D", "warnings"],
  },
  {
    name: "clippy-web",
    title: "Lints, browser code",
    command: () => ["cargo", "clippy", "--locked", ...WASM, "--lib", "--bins", ...browserTests(), "--", "-D", "warnings"],
  },
  { name: "tools", title: "Tests of the tools", command: () => ["node", "--test", "tests/tools/"], counts: count.node },
  nextest
    ? {
        name: "host",
        title: "Host tests",
        command: ["cargo", "nextest", "run", "--locked", "--no-fail-fast", "--no-tests=fail"],
        counts: count.nextest,
      }
    : {
        name: "host",
        title: "Host tests",
        command: ["cargo", "test", "--locked", "--no-fail-fast", "--lib", "--bins", "--tests", "--examples"],
        counts: count.cargo,
      },
  { name: "doc", title: "Documentation tests", command: ["cargo", "test", "--locked", "--doc"], counts: count.cargo, mayBeEmpty: true },
  {
    name: "weights",
    title: "X's counting, against X's own library",
    command: ["node", "tests/weight-oracle.mjs"],
    counts: count.script,
  },
  {
    name: "web",
    title: "Browser tests",
    command: () => ["cargo", "test", "--locked", "--no-fail-fast", ...WASM, ...browserTests()],
    missing: () => browserTests().length === 0,
    env: BROWSER_ENV,
    counts: count.cargo,
  },
  { name: "build", title: "Production build", command: ["node", "tools/build.mjs", "--release"] },
  { name: "sizes", title: "Sizes", command: ["node", "tools/budget.mjs"], needs: "build" },
  {
    name: "e2e",
    title: "End-to-end tests",
    command: ["playwright", "test"],
    needs: "build",
    before: () => rmSync(E2E_REPORT, { force: true }),
    counts: () => count.playwright(existsSync(E2E_REPORT) ? readFileSync(E2E_REPORT, "utf8") : "{}"),
  },
];

/** Runs one layer; whatever goes wrong is at least one failure. */
async function runLayer({ title, command, env, counts, mayBeEmpty, before, missing }) {
  before?.();
  if (missing?.()) {
    console.log("There are no such tests.");
    return { title, passed: 0, failed: 1, seconds: 0 };
  }
  const [program, ...args] = typeof command === "function" ? command() : command;
  const start = performance.now();
  const { code, output } = await run(program, args, { keep: true, env }).catch((error) => {
    console.error(`${program} could not be started: ${error.message}`);
    return { code: 1, output: "" };
  });
  const seconds = (performance.now() - start) / 1000;
  const result = counts ? (code === 0 ? counts(output) : atLeastOneFailed(counts(output))) : oneCheck(code);
  const empty = counts !== undefined && result.passed + result.failed === 0;
  return { title, seconds, ...(empty && !mayBeEmpty ? { passed: 0, failed: 1 } : result) };
}

const oneCheck = (code) => ({ ...none, [code === 0 ? "passed" : "failed"]: 1 });
const atLeastOneFailed = (result) => ({ ...result, failed: Math.max(result.failed, 1) });

const asked = process.argv.slice(2);
const strange = asked.filter((name) => !LAYERS.some((layer) => layer.name === name));
if (strange.length > 0) {
  console.error(`No such layer: ${strange.join(", ")}. There are ${LAYERS.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}

const results = [];
for (const layer of LAYERS.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  console.log(`\n=== ${layer.title} (${layer.name})\n`);
  // What an earlier build left behind proves nothing about this one.
  const lacking = results.find(({ name, failed }) => name === layer.needs && failed > 0);
  if (lacking) console.log(`Not run: "${lacking.title}" failed.`);
  const result = lacking ? { title: layer.title, passed: 0, failed: 1, seconds: 0 } : await runLayer(layer);
  results.push({ name: layer.name, ...result });
}

console.log(`\n${"Layer".padEnd(34)}${"passed".padStart(8)}${"failed".padStart(8)}${"seconds".padStart(9)}`);
for (const { title, passed, failed, seconds } of results) {
  console.log(`${title.padEnd(34)}${String(passed).padStart(8)}${String(failed).padStart(8)}${seconds.toFixed(1).padStart(9)}`);
}
const total = sum(results);
const closing = `${total.passed} passed, ${total.failed} failed`;
if (process.env.ALLCLEAR_SUMMARY) writeFileSync(process.env.ALLCLEAR_SUMMARY, `${closing}\n`);
else console.log(`\n${closing}`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
