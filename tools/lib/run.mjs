// Runs a program the same way everywhere: its output passes through, its failure is an error with its name.
import { spawn } from "node:child_process";

/** The repository's root, whatever the folder that a command was started in. */
export const ROOT = new URL("../../", import.meta.url).pathname.replace(/\/$/, "");

/**
 * Runs `command` in the repository's root and resolves with its exit code and, with `keep`, its output.
 * Output is always passed through as it comes.
 */
export function run(command, args, { keep = false, env = {}, signal } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: keep ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
      signal,
    });
    let output = "";
    for (const [stream, out] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
      stream?.setEncoding("utf8").on("data", (text) => {
        output += text;
        out.write(text);
      });
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Like `run`, but anything but success is an error. */
export async function must(command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with code ${code}`);
  return output;
}
