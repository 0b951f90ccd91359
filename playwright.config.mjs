// End-to-end tests against the production dist/, behind the production headers, in the system's Chromium.
import { defineConfig } from "@playwright/test";
import { program } from "./tools/lib/chromium.mjs";
import { freePorts } from "./tools/lib/ports.mjs";

// Workers load this file too and inherit the environment: all agree on one port and one program.
process.env.ALLCLEAR_E2E_PORT ??= String((await freePorts(1))[0]);
process.env.CHROMIUM = program();
const port = process.env.ALLCLEAR_E2E_PORT;

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** `make screenshots` makes the README's pictures; `make test` does not touch them. */
const pictures = process.env.ALLCLEAR_SCREENSHOTS === "1";
const projects = pictures
  ? [{ name: "screenshots", testMatch: "screenshots.mjs", use: desktop }]
  : [
      { name: "desktop", use: desktop },
      // Tests whose title or tag says @phone run at both sizes.
      { name: "phone", grep: /@phone/, use: phone },
    ];

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "*.spec.mjs",
  globalSetup: "./tests/e2e/before.mjs",
  outputDir: "tests/e2e/results",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  retries: 0,
  // Three times what the slowest takes on a machine of two cores: a busy one must not make it fail.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: ".stage/e2e.json" }]],
  projects,
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    browserName: "chromium",
    // The apps are tested as a first visit finds them; the tests of the service worker allow it.
    serviceWorkers: "block",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // Recording costs every test time: `ALLCLEAR_TRACE=1` where one is to be looked into.
    trace: process.env.ALLCLEAR_TRACE === "1" ? "retain-on-failure" : "off",
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      args: [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        // The sandboxed frame of a mail stays in the page's process: Playwright loses count of frames that move.
        "--disable-site-isolation-trials",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: {
    command: `node tools/serve.mjs --dir dist --port ${port}`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
  },
});
