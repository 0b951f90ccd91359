// `make sandbox` as somebody runs it to look at the product: what it prints is there, and ends with it.
import { execFileSync, spawn } from "node:child_process";
import { freePorts } from "../../tools/lib/ports.mjs";
import { ROOT } from "../../tools/lib/run.mjs";
import { complaints, expect, open, test } from "./support.mjs";

// The browser has the machine's time, as nginx and the sandbox have.
test.use({ start: null });

/** What `make` would run, with the dist/ that is built already. */
function command(port, service) {
  const recipe = execFileSync("make", ["--no-print-directory", "-n", "sandbox", `PORT=${port}`, `SERVICE=${service}`], { cwd: ROOT, encoding: "utf8" });
  const [program, ...args] = recipe.trim().split("\n").at(-1).split(" ");
  expect([program, args[0]]).toEqual(["node", "tools/sandbox.mjs"]);
  return [...args, "--dist", "dist"];
}

/** Starts it; `said()` is what it has printed, `ended` its exit code once it has one. */
function started(args) {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (part) => { text += part; });
  const ended = new Promise((done) => child.once("exit", (code, signal) => done(code ?? signal)));
  return { pid: child.pid, said: () => text, ended, running: () => child.exitCode === null && child.signalCode === null };
}

test("make sandbox shows the page, the console behind the login that it prints, and the sandbox, and ends all of it", async ({ page, browser, request }) => {
  const [port] = await freePorts(1);
  const product = started(command(port, "resend"));
  try {
    // The sandbox is built already (`before.mjs`).
    await expect.poll(() => (product.running() ? product.said() : `ended: ${product.said()}`), { timeout: 30_000 }).toMatch(/Ctrl-C ends all of it|^ended/);
    const printed = (pattern) => product.said().match(pattern)?.slice(1);
    const [status] = printed(/Status page +(\S+)/) ?? [];
    const [console, username, password] = printed(/Console +(\S+) +(\S+) \/ (\S+)/) ?? [];
    const [sandbox] = printed(/Sandbox +(\S+)/) ?? [];
    expect([status, console]).toEqual([`http://127.0.0.1:${port}/`, `http://127.0.0.1:${port}/console/`]);
    expect(product.said()).toContain("as resend");

    await open(page, status);
    await expect(page.getByRole("status", { name: "Overall status" })).toContainText("All systems operational");
    await expect(page.getByRole("region", { name: "Components" })).toContainText("Billing");

    for (const path of [console, `${console}sop.toml`]) expect((await request.get(path)).status(), path).toBe(401);
    const inside = await browser.newContext({ httpCredentials: { username, password } });
    const found = complaints(inside);
    const desk = await inside.newPage();
    expect((await open(desk, console)).status()).toBe(200);
    await expect(desk.getByRole("banner")).toContainText(username);
    const asked = async () => (await (await request.get(`${sandbox}/exchanges`)).json()).map(({ vendor }) => vendor);
    await expect.poll(asked, "both apps ask the sandbox").toEqual(expect.arrayContaining(["public", "statuspage"]));
    expect(found, "the console's browser complained").toEqual([]);
    await inside.close();
    await page.close();

    process.kill(product.pid, "SIGTERM");
    expect(await product.ended).toBe(0);
    for (const address of [status, sandbox]) await expect(request.get(address), address).rejects.toThrow(/ECONNREFUSED/);
  } finally {
    if (product.running()) process.kill(product.pid, "SIGTERM");
    await product.ended;
  }
});
