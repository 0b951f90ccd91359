// Lays the two Trunk builds and public/ into one folder. Every built file is named by its final content
// (Trunk names them before the last changes), and the starting script moves out of the page, so that the
// policy needs no exception for it.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { transform } from "esbuild";
import { aged } from "../badge/aged.mjs";
import { DAY, when } from "../badge/when.mjs";
import { filesBelow, isHashed } from "./lib/files.mjs";
import { scripts } from "./lib/scripts.mjs";
import { takeStarter } from "./lib/html.mjs";

/** Puts `fresh` in the place of `old`; a server that reads from there meets one or the other. */
export function replaceFolder(fresh, old) {
  const aside = `${old}.old`;
  rmSync(aside, { recursive: true, force: true });
  if (existsSync(old)) renameSync(old, aside);
  renameSync(fresh, old);
  rmSync(aside, { recursive: true, force: true });
}

const hashOf = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 16);

/** How long the app waits for the first state, in milliseconds. */
const PATIENCE = 2_000;
/** After how many milliseconds the first state, without an app that keeps it true, is no longer called the state. */
const OLD = 60_000;

/**
 * Starts the app; when that fails, shows the paragraph of the page that says what to do. An address that
 * came by way of a host's 404.html (see assemble.mjs) is put back first. The service worker comes last.
 */
const starter = (glue, wasm, { renewal, languages }) => `import init from "./${glue}";
const deepLink = new URLSearchParams(location.search).get("deep-link");
if (deepLink !== null) {
  // What does not lie below the app is not ours to go to.
  const to = new URL("./" + deepLink, document.baseURI);
  const { href: base } = new URL("./", document.baseURI);
  history.replaceState(null, "", to.href.startsWith(base) ? to : base);
}
const first = globalThis.allclearFirst;
const late = new Promise((done) => setTimeout(done, ${PATIENCE}));
// The state's words come first, on a slow network and on a slow phone. A page that is hidden draws nothing, and a
// source may be silent: the app does not wait for long.
await Promise.race([first?.text, late]);
// What stands there without the app is only as true as it is new: since when it does, and no light.
const DAY = ${JSON.stringify(DAY)};
${when}
${aged}
let isOld = false;
const age = () => {
  if (isOld || first?.rank === undefined) return;
  isOld = true;
  aged(document.querySelector("#app [data-frame]"), first.asked, document.documentElement.lang, setTimeout);
};
const old = setTimeout(age, ${OLD});
try {
  new Worker(new URL("./${languages}", import.meta.url), { name: document.documentElement.lang });
} catch {
  // Then the page reads what it needs by itself.
}
const code = fetch(new URL("./${wasm}", import.meta.url));
code.catch(() => {});
await Promise.race([first?.done, late]);
try {
  const wasm = await init({ module_or_path: code });
  clearTimeout(old);
  dispatchEvent(new CustomEvent("TrunkApplicationStarted", { detail: { wasm } }));
} catch (error) {
  document.getElementById("start-failed")?.removeAttribute("hidden");
  age();
  throw error;
} finally {
  // What the next visit gains must not slow this one down; a version that cannot start must be replaceable. Where the
  // network is gone meanwhile, the next visit asks for it.
  const rest = () => (globalThis.requestIdleCallback ?? setTimeout)(() => import("./${renewal}").catch(() => {}));
  if (document.readyState === "complete") rest();
  else addEventListener("load", rest, { once: true });
}
`;

/** What assemble.mjs finishes, again and again: it stays in the folder. */
const TEMPLATES = ["badge", "worker", "off"];

/** Where the first-state script stands: what asks in the head, what writes after the frame. */
const [ASK_PLACE, FIRST_PLACE] = [/<!-- What asks for the first state[^>]*-->/, /<!-- What writes the first state[^>]*-->/];

/**
 * The page with its style sheet and the script before the first paint in it: the state's words then wait for one
 * answer, not for two. Both scripts and styles are small enough to come with the page's first packets.
 */
function inlined(html, { css, theme }) {
  return html
    .replace(/<link\b[^>]*\srel="stylesheet"[^>]*>/, () => `<style>${css}</style>`)
    .replace(/<script src="theme\.js"><\/script>/, () => `<script>${theme}</script>`);
}

/**
 * One app's build: its files under names of their final content, its page speaking of those names. `theme` is the
 * script before the first paint, where the page is to hold it and its style sheet in itself.
 */
async function layApp(from, to, minify, { ask, first, theme, ...beside }) {
  const files = filesBelow(from);
  const page = files.filter((file) => file.endsWith(".html"));
  if (page.length !== 1) throw new Error(`${from}: one page was expected, there are ${page.length}`);
  const taken = takeStarter(readFileSync(`${from}/${page[0]}`, "utf8"));
  if (!taken?.glue) throw new Error(`${from}/${page[0]}: Trunk's starting script was not found`);

  const names = new Map();
  const renamed = (text) => [...names].reduce((all, [old, now]) => all.replaceAll(old, now), text);
  const keep = (file, bytes) => {
    const name = isHashed(file) ? file.replace(/-[0-9a-f]{12,}/, `-${hashOf(bytes)}`) : file;
    names.set(file, name);
    mkdirSync(to, { recursive: true });
    writeFileSync(`${to}/${name}`, bytes);
  };

  const isGlue = (file) => file.endsWith(".js");
  const sheet = theme === undefined ? undefined : files.find((file) => file.endsWith(".css"));
  for (const file of files.filter((name) => !isGlue(name) && name !== sheet && !page.includes(name))) {
    keep(file, readFileSync(`${from}/${file}`));
  }
  const small = async (text) => (minify ? (await transform(text, { minify: true, format: "esm", target: "es2022" })).code : text);
  for (const file of files.filter(isGlue)) keep(file, await small(renamed(readFileSync(`${from}/${file}`, "utf8"))));
  const called = (what) => {
    const name = `${what}-${hashOf(beside[what])}.js`;
    writeFileSync(`${to}/${name}`, beside[what]);
    return name;
  };
  const scripts = { renewal: called("renewal"), languages: called("languages") };
  const start = await small(starter(names.get(taken.glue), names.get(taken.glue.replace(/\.js$/, "_bg.wasm")), scripts));
  const startName = `start-${hashOf(start)}.js`;
  writeFileSync(`${to}/${startName}`, start);
  // Browsers ignore integrity on a preload of this kind, and say so on every visit. The status page has none: it
  // asks for its state before it asks for the app.
  const preload = (tag) => (sheet === undefined ? tag.replace(/\sintegrity="[^"]*"/, "") : "");
  const styled = sheet === undefined ? taken.html : inlined(taken.html, { css: readFileSync(`${from}/${sheet}`, "utf8").trim(), theme });
  const html = renamed(styled).replace(/<link\b[^>]*\sas="fetch"[^>]*>/g, preload).replace("</head>", `<script type="module" src="./${startName}"></script>\n</head>`);
  const whole = html.replace(ASK_PLACE, () => `<script data-source="">${ask}</script>`).replace(FIRST_PLACE, () => `<script data-first>${first}</script>`);
  writeFileSync(`${to}/index.html`, whole);
}

/** Lays everything into `to`, which is made anew. */
export async function stage({ from, publicFolder, to, minify }) {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  if (existsSync(publicFolder)) cpSync(publicFolder, to, { recursive: true });
  const made = await scripts();
  const { code: theme } = await transform(readFileSync(`${to}/theme.js`, "utf8"), { minify: true });
  for (const name of TEMPLATES) writeFileSync(`${to}/${name}.template.js`, `${made[name]}\n`);
  if (minify) writeFileSync(`${to}/theme.js`, theme);
  await layApp(`${from}/status`, to, minify, { ...made, theme: theme.trim() });
  await layApp(`${from}/console`, `${to}/console`, minify, made);
}
