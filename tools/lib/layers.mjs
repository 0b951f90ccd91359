// The layers of `make test`, cheapest first, and how each is run.
//
// `counts` names the runner whose output is read; without it the layer is one check. `limit` is in seconds,
// about three times what two busy cores need with the crates already built, and never less than a minute: a layer that needs more has hung, is
// ended and has failed. `only` gives the arguments by which a runner picks tests by words.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { cases } from "./counts.mjs";
import { ROOT } from "./run.mjs";

const WASM = ["--target", "wasm32-unknown-unknown"];
const LINTED = ["--", "-D", "warnings"];
const REPORT = `${ROOT}/.stage/e2e.json`;
/** What the sandbox saw in the end-to-end tests. */
const EXCHANGES = `${ROOT}/.stage/exchanges`;

/** How many cases the matrices of the host tests had: runners keep to themselves what a test prints. */
const CASES = `${process.env.CARGO_TARGET_DIR ?? `${ROOT}/target`}/tmp/cases`;

/** Where a program stands on PATH, or its bare name. */
function which(name) {
  const folders = (process.env.PATH ?? "").split(":");
  return folders.map((folder) => `${folder}/${name}`).find((path) => existsSync(path)) ?? name;
}

/** Words that are looked for literally, as a pattern. */
const literally = (words) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const rust = (args, host) =>
  existsSync(which("cargo-nextest"))
    ? {
        command: ["cargo", "nextest", "run", "--locked", ...args, "--no-fail-fast"],
        only: (words) => ["--no-tests=pass", "--", words],
        counts: "nextest",
      }
    : {
        command: ["cargo", "test", "--locked", ...args, "--no-fail-fast", ...host],
        only: (words) => ["--", words],
        counts: "cargo",
      };
const node = (...args) => ({
  command: ["node", "--test", "--test-reporter=tap", ...args],
  only: (words) => [`--test-name-pattern=${literally(words)}`],
  counts: "node",
});

export const LAYERS = [
  { name: "format", title: "Formatting", limit: 60, command: ["cargo", "fmt", "--all", "--check"] },
  {
    name: "clippy",
    title: "Lints, ground floor, tests and sandbox",
    limit: 300,
    command: ["cargo", "clippy", "--locked", "--workspace", "--all-targets", ...LINTED],
  },
  {
    name: "clippy-web",
    title: "Lints, browser code",
    limit: 300,
    command: ["cargo", "clippy", "--locked", ...WASM, "--lib", "--bins", "--test", "web", ...LINTED],
  },
  { name: "tools", title: "Tests of the tools", limit: 120, ...node("tests/tools/") },
  { name: "edge", title: "The edge: nginx, Caddy, functions", limit: 360, ...node("--test-concurrency=3", "tests/edge/") },
  {
    name: "host",
    title: "Host tests, the sandbox's too",
    limit: 300,
    ...rust(["--workspace"], ["--lib", "--bins", "--tests", "--examples"]),
    before: () => rmSync(CASES, { force: true, recursive: true }),
    notes: () => cases(CASES),
  },
  {
    name: "doc",
    title: "Documentation tests",
    limit: 120,
    command: ["cargo", "test", "--locked", "--doc"],
    only: (words) => ["--", words],
    counts: "cargo",
  },
  {
    name: "weights",
    title: "X's counting, against X's own library",
    limit: 60,
    command: ["node", "tests/weight-oracle.mjs"],
    counts: "script",
  },
  {
    name: "web",
    title: "Browser tests",
    limit: 600,
    command: ["cargo", "test", "--locked", "--no-fail-fast", ...WASM, "--test", "web"],
    only: (words) => ["--", words],
    env: {
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: "wasm-bindgen-test-runner",
      CHROMEDRIVER: process.env.CHROMEDRIVER ?? which("chromedriver"),
      WASM_BINDGEN_TEST_TIMEOUT: "120",
    },
    counts: "cargo",
  },
  { name: "build", title: "Production build", limit: 900, command: ["node", "tools/build.mjs", "--release"] },
  { name: "sizes", title: "Sizes", limit: 60, command: ["node", "tools/budget.mjs"], needs: "build" },
  {
    name: "e2e",
    title: "End-to-end tests",
    limit: 1080,
    command: ["playwright", "test"],
    only: (words) => ["--pass-with-no-tests", "--grep", literally(words)],
    needs: "build",
    before: (grep) => {
      rmSync(REPORT, { force: true });
      rmSync(EXCHANGES, { force: true, recursive: true });
      // Of a part of the runs nobody knows what must be in their record.
      if (!grep) process.env.ALLCLEAR_E2E_RAN = "1";
    },
    counts: "playwright",
    // Its output is for people; what it says for programs stands in its report.
    report: () => (existsSync(REPORT) ? readFileSync(REPORT, "utf8") : "{}"),
  },
  {
    // After the end-to-end tests: it judges what the app sent in them, too.
    name: "contract",
    title: "Vendors' documents and clients",
    limit: 300,
    ...node(...["clients", "documents", "requests", "replay"].map((name) => `tests/contract/${name}.test.mjs`)),
    // Without the vendors' documents every test says that it is skipped and why.
    mayBeEmpty: true,
  },
];
