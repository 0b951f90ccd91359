// Reads how many tests passed and failed from what the runners print. A skipped test is neither; a flaky
// one is a failure.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const none = { passed: 0, failed: 0 };

/** Adds results up. */
export function sum(results) {
  return results.reduce((all, { passed, failed }) => ({ passed: all.passed + passed, failed: all.failed + failed }), none);
}

/** The notes of the host tests on how many cases their matrices had, a line each, and all together. */
export function cases(folder) {
  if (!existsSync(folder)) return [];
  const notes = readdirSync(folder).sort().map((name) => readFileSync(join(folder, name), "utf8").trim());
  const all = notes.reduce((sum, note) => sum + Number.parseInt(note, 10), 0);
  return notes.length === 0 ? [] : [`${all} cases in ${notes.length} matrices:`, ...notes.map((note) => `  ${note}`)];
}

const plain = (text) => text.replace(/\u001b\[[0-9;]*m/g, "");
const number = (match) => Number(match?.[1] ?? 0);

export const count = {
  /** cargo test and wasm-bindgen-test-runner: one `test result:` line a target. */
  cargo(output) {
    const lines = [...plain(output).matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed;/gm)];
    return sum(lines.map(([, passed, failed]) => ({ passed: Number(passed), failed: Number(failed) })));
  },

  /** cargo nextest: one `Summary` line, in which timed-out and crashed tests have words of their own. */
  nextest(output) {
    const line = plain(output).match(/^\s*Summary \[.*$/m)?.[0] ?? "";
    const words = ["failed", "timed out", "exec failed"].map((word) => number(line.match(new RegExp(`(\\d+) ${word}\\b`))));
    return { passed: number(line.match(/(\d+) passed/)), failed: words.reduce((a, b) => a + b, 0) };
  },

  /** node --test. */
  node(output) {
    const of = (word) => number(plain(output).match(new RegExp(`^(?:#|\u2139) ${word} (\\d+)`, "m")));
    return { passed: of("pass"), failed: of("fail") + of("cancelled") };
  },

  /** Our own scripts: a last line `… N passed, N failed`. */
  script(output) {
    const line = plain(output).match(/(\d+) passed, (\d+) failed\s*$/);
    return { passed: Number(line?.[1] ?? 0), failed: Number(line?.[2] ?? 0) };
  },

  /** Playwright's JSON report. */
  playwright(report) {
    const { stats = {}, errors = [] } = JSON.parse(report);
    return { passed: stats.expected ?? 0, failed: (stats.unexpected ?? 0) + (stats.flaky ?? 0) + errors.length };
  },
};

/** What did not pass, by name, as far as a runner says it in its output or, for Playwright, in its report. */
export const named = {
  cargo: (output) => [...plain(output).matchAll(/^test (.+?) \.\.\. FAILED$/gm)].map(([, name]) => name.trim()),
  nextest: (output) => [...plain(output).matchAll(/^\s*(?:FAIL|TIMEOUT|SIG\w+) \[.*?\] (?:\([^)]*\) )?(.+)$/gm)].map(([, name]) => name.trim()),
  node: (output) => [...plain(output).matchAll(/^\s*(?:not ok \d+ -|\u2716) (.+)$/gm)].map(([, name]) => name.replace(/ \([\d.]+ms\)$/, "")),
  script: () => [],
  playwright(report) {
    const bad = ({ status }) => status !== "expected" && status !== "skipped";
    return playwrightRuns(report).filter(bad).map(({ name }) => name);
  },
};

/** What each test took, as far as a runner says it: `[{ name, seconds }]`. */
export const slowest = {
  cargo: () => [],
  nextest: (output) => matches(output, /^\s*(?:PASS|FAIL|TIMEOUT|SIG\w+) \[ *([\d.]+)s\] (?:\([^)]*\) )?(.+)$/gm, (seconds, name) => ({ name, seconds })),
  // Of nested tests the outer one is what a file costs; its parts say which of them it is.
  node: (output) => matches(output, /^ *(?:not )?ok \d+ - (.+)\n *---\n(?: *type: .*\n)? *duration_ms: ([\d.]+)/gm, (name, ms) => ({ name, seconds: ms / 1000 })),
  script: () => [],
  playwright: (report) => playwrightRuns(report).map(({ name, seconds }) => ({ name, seconds })),
};

function matches(output, pattern, make) {
  return [...plain(output).matchAll(pattern)].map(([, first, second]) => {
    const made = make(first, second);
    return { name: made.name.trim(), seconds: Number(made.seconds) };
  });
}

/** Every run of Playwright's report: a title may run in several projects, each with an outcome of its own. */
function playwrightRuns(report) {
  const found = [];
  const walk = ({ title, specs = [], suites = [] }, above) => {
    const path = title ? [...above, title] : above;
    for (const spec of specs) {
      for (const { projectName, status, results = [] } of spec.tests) {
        const name = `[${projectName}] ${[...path, spec.title].join(" \u203a ")}`;
        const seconds = results.reduce((all, { duration = 0 }) => all + duration, 0) / 1000;
        found.push({ name, status, seconds });
      }
    }
    for (const suite of suites) walk(suite, path);
  };
  walk(JSON.parse(report), []);
  return found;
}
