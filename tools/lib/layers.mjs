// The layers of `make test`, cheapest first, and how each is run.
//
// `counts` names the runner whose output is read; without it the layer is one check. `limit` is in seconds,
// about three times what two busy cores need with the crates already built, and never less than a minute: a layer that needs more has hung, is
// ended and has failed. `only` gives the arguments by which a runner picks tests by words.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { ROOT } from "./run.mjs";

const WASM = ["--target", "wasm32-unknown-unknown"];
const LINTED = ["--", "-D", "warnings"];
const REPORT = `${ROOT}/.stage/e2e.json`;

/** Where a program stands on PATH, or its bare name. */
function which(name) {
  const folders = (process.env.PATH ?? "").split(":");
  return folders.map((folder) => `${folder}/${name}`).find((path) => existsSync(path)) ?? name;
}

/** The files of tests/ that run in a browser: web.rs and whatever begins with `web_`. */
function browserTests() {
  const files = readdirSync(`${ROOT}/tests`).filter((file) => /^web(_\w+)?\.rs$/.test(file));
  return files.flatMap((file) => ["--test", file.replace(/\.rs$/, "")]);
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
  { name: "format", title: "Formatting", limit: 60, command: ["cargo", "fmt", "--check"] },
  {
    name: "clippy",
    title: "Lints, ground floor and tests",
    limit: 300,
    command: ["cargo", "clippy", "--locked", "--all-targets", ...LINTED],
  },
  {
    name: "clippy-web",
    title: "Lints, browser code",
    limit: 600,
    command: ["cargo", "clippy", "--locked", ...WASM, "--lib", "--bins", ...browserTests(), ...LINTED],
  },
  { name: "tools", title: "Tests of the tools", limit: 120, ...node("tests/tools/") },
  { name: "host", title: "Host tests", limit: 600, ...rust([], ["--lib", "--bins", "--tests", "--examples"]) },
  {
    name: "doc",
    title: "Documentation tests",
    limit: 120,
    command: ["cargo", "test", "--locked", "--doc"],
    only: (words) => ["--", words],
    counts: "cargo",
    mayBeEmpty: true,
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
    command: ["cargo", "test", "--locked", "--no-fail-fast", ...WASM, ...browserTests()],
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
    limit: 900,
    command: ["playwright", "test"],
    only: (words) => ["--pass-with-no-tests", "--grep", literally(words)],
    needs: "build",
    before: () => rmSync(REPORT, { force: true }),
    counts: "playwright",
    // Its output is for people; what it says for programs stands in its report.
    report: () => (existsSync(REPORT) ? readFileSync(REPORT, "utf8") : "{}"),
  },
];
