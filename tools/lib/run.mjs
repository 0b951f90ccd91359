// Runs a program the same way everywhere: its output passes through, its failure is an error with its name.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { end } from "./processes.mjs";

/** The repository's root, whatever the folder that a command was started in. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");

/** How long the output of a program that has ended is still listened to. */
const LEFT_MS = 1_000;

/**
 * Runs `command` in the repository's root and resolves with its exit code and, with `keep`, its output.
 * Output is passed through as it comes; with `quiet` it is kept instead. With `limit`, in seconds, a program
 * that runs longer is ended with all that it started, and `late` is true.
 */
export function run(command, args, { quiet = false, keep = quiet, env = {}, signal, limit } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: keep ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
      signal,
      // A group of its own, so that nothing of it is missed when it has to be ended.
      detached: limit !== undefined,
    });
    let output = "";
    let late = false;
    let ending = Promise.resolve();
    const stop = () => { ending = end(child.pid); };
    const tooLong = limit && setTimeout(() => { late = true; stop(); }, limit * 1000);
    // A group of its own is not told when somebody presses Ctrl+C.
    const interrupted = (name) => { stop(); ending.then(() => process.exit(name === "SIGINT" ? 130 : 143)); };
    const names = limit ? ["SIGINT", "SIGTERM"] : [];
    for (const name of names) process.once(name, interrupted);
    const over = () => {
      clearTimeout(tooLong);
      for (const name of names) process.off(name, interrupted);
    };
    for (const [stream, out] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
      stream?.setEncoding("utf8").on("data", (text) => {
        output += text;
        if (!quiet) out.write(text);
      });
    }
    child.on("error", (error) => { over(); reject(error); });
    let code;
    let left;
    child.on("exit", (ended) => {
      code = ended;
      // What it left behind holds its output open. What has even left its group is not waited for.
      if (limit === undefined) return;
      if (!late) stop();
      left = setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream?.destroy()), LEFT_MS);
    });
    child.on("close", async () => {
      over();
      clearTimeout(left);
      await ending;
      resolve({ code: code ?? 1, output, late });
    });
  });
}

/** Like `run`, but anything but success is an error. */
export async function must(command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) {
    const said = options?.quiet ? `: ${output}` : "";
    throw new Error(`${command} ${args.join(" ")} ended with code ${code}${said}`);
  }
  return output;
}
