// The small scripts beside the apps (`badge/`, `worker/`), each as one text.
import { build } from "esbuild";
import { ROOT } from "./run.mjs";

async function bundled(entry, format = "iife") {
  const { outputFiles: [script] } = await build({
    absWorkingDir: ROOT,
    entryPoints: [`${entry}.mjs`],
    bundle: true,
    minify: true,
    format,
    target: "es2022",
    write: false,
    logLevel: "warning",
  });
  return script.text.trim();
}

/**
 * `ask` and `first`: stand in the status page itself. `badge`: for other sites. `worker`, `off`: the service worker, and
 * what takes its place when it must go. `renewal`: a page's side of it. `languages`: runs beside a page while it starts. Those with marks (`__SOURCE__`) are
 * finished by tools/assemble.mjs.
 */
export async function scripts() {
  return {
    ask: await bundled("badge/ask"),
    first: await bundled("badge/first"),
    badge: await bundled("badge/badge"),
    worker: await bundled("worker/worker"),
    off: await bundled("worker/off"),
    renewal: await bundled("worker/page"),
    languages: await bundled("worker/languages"),
  };
}
