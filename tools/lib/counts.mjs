// Reads how many tests passed and failed from what the runners print. A skipped test is neither; a flaky
// one is a failure.

export const none = { passed: 0, failed: 0 };

/** Adds results up. */
export function sum(results) {
  return results.reduce((all, { passed, failed }) => ({ passed: all.passed + passed, failed: all.failed + failed }), none);
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
