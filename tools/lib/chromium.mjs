// The system's Chromium: Playwright's own download is not used.
import { execFileSync } from "node:child_process";

/** The path of its program. */
export function program() {
  for (const name of [process.env.CHROMIUM, "chromium", "chromium-browser", "google-chrome"].filter(Boolean)) {
    try {
      return execFileSync("sh", ["-c", 'command -v "$1"', "sh", name], { encoding: "utf8" }).trim();
    } catch {
      // The next name may be the one.
    }
  }
  throw new Error("no Chromium found: run tools/setup.sh browser, or set CHROMIUM");
}
