// Starts an app; where that fails, tells the page (`first/unstarted.mjs`). An address that came by way of a host's 404.html
// (see tools/assemble.mjs) is put back first. The service worker comes last. `tools/stage.mjs` writes the names of the files
// in (`__GLUE__`); `IS_STATUS_PAGE` is decided when the two apps' scripts are made.
import init from "./__GLUE__";
import { cover, path, sayHeading, sayWhatGoesOn, whenIdle } from "./frame.mjs";
import { isFramed, sayFramed } from "./framed.mjs";
import { askForList } from "./list.mjs";

/** How long the app waits for the first state, in milliseconds. */
const PATIENCE = 2_000;

const deepLink = new URLSearchParams(location.search).get("deep-link");
if (deepLink !== null) {
  // What does not lie below the app is not ours to go to.
  const to = new URL(`./${deepLink}`, document.baseURI);
  const { href: base } = new URL("./", document.baseURI);
  history.replaceState(null, "", to.href.startsWith(base) ? to : base);
}

const first = globalThis.allclearFirst;
const { source } = document.querySelector("script[data-source]")?.dataset ?? {};
const place = document.getElementById("app");
const late = new Promise((done) => setTimeout(done, PATIENCE));
/** Waits until what was written can be seen. A page that is hidden draws nothing, and is not waited for without an end. */
const drawn = () => Promise.race([late, new Promise((done) => requestAnimationFrame(() => setTimeout(done)))]);

/** Has the browser read what it writes dates by, beside the page; waits until it has. */
const prepare = () => new Promise((done) => {
  try {
    const worker = new Worker(new URL("./__LANGUAGES__", import.meta.url), { name: document.documentElement.lang });
    worker.onmessage = worker.onerror = done;
  } catch {
    // Then the page reads what it needs by itself.
    done();
  }
});

// The status page may stand in another's: nothing can be done there.
if (!IS_STATUS_PAGE && isFramed(self)) {
  sayFramed(self);
} else if (!IS_STATUS_PAGE) {
  prepare();
} else {
  const isHome = path() === "";
  // Words come before the app, on a slow network and on a slow phone; a source may be silent, and is not waited for long.
  const said = isHome ? sayWhatGoesOn(place, first, prepare) : sayHeading(place, first, prepare);
  await Promise.race([said.catch(() => {}), late]);
  await drawn();
  cover(place);
}

if (IS_STATUS_PAGE || !isFramed(self)) {
  try {
    const wasm = await init({ module_or_path: fetch(new URL("./__WASM__", import.meta.url)) });
    if (IS_STATUS_PAGE && path() === "history" && source) askForList(source, first);
    dispatchEvent(new CustomEvent("TrunkApplicationStarted", { detail: { wasm } }));
  } catch (error) {
    dispatchEvent(new Event("startfailed"));
    throw error;
  } finally {
    // What the next visit gains must not slow this one down; a version that cannot start must be replaceable. Where the
    // network is gone meanwhile, the next visit asks for it.
    const rest = () => whenIdle(() => import("./__RENEWAL__").catch(() => {}));
    if (document.readyState === "complete") rest();
    else addEventListener("load", rest, { once: true });
  }
}
