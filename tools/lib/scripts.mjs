// The small scripts beside the apps (`first/`: what stands before them, `badge/`, `worker/`), each as one text.
import { build } from "esbuild";
import { ROOT } from "./run.mjs";

async function bundled(entry, beside = {}) {
  const { outputFiles: [script] } = await build({
    absWorkingDir: ROOT,
    entryPoints: [`${entry}.mjs`],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    write: false,
    logLevel: "warning",
    ...beside,
  });
  return script.text.trim();
}

/** What starts an app. It asks for its app's other scripts, whose names tools/stage.mjs writes in. */
const starter = (isStatusPage) => bundled("first/start", {
  format: "esm",
  external: ["./__*__"],
  define: { IS_STATUS_PAGE: `${isStatusPage}` },
});

/** What says that an app does not start, also to a browser that cannot read the rest. */
const unstarted = (isStatusPage) => bundled("first/unstarted", { target: "es2018", define: { IS_STATUS_PAGE: `${isStatusPage}` } });

/**
 * `ask`, `ahead` and `first`: stand in the status page itself. `status`, `console`: start the apps; `unstarted` has by these
 * names what stands in their pages for a start that fails. `badge`: for other sites.
 * `worker`, `off`: the service worker, and what takes its place when it must go. `renewal`: a page's side of it.
 * `languages`: runs beside a page while it starts. Those with marks (`__SOURCE__`) are finished by tools/assemble.mjs, the
 * starters by tools/stage.mjs.
 */
export async function scripts() {
  return {
    ask: await bundled("first/ask"),
    ahead: await bundled("first/ahead"),
    first: await bundled("first/first"),
    status: await starter(true),
    console: await starter(false),
    unstarted: { status: await unstarted(true), console: await unstarted(false) },
    badge: await bundled("badge/badge"),
    worker: await bundled("worker/worker"),
    off: await bundled("worker/off"),
    renewal: await bundled("worker/page"),
    languages: await bundled("worker/languages"),
  };
}
