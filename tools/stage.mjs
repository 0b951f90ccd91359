// Lays the two Trunk builds and public/ into one folder. Every built file is named by its final content
// (Trunk names them before the last changes), and the starting script moves out of the page, so that the
// policy needs no exception for it.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { transform } from "esbuild";
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

/** The parts of the status page that every page but its first is drawn by (`src/bin/status.rs`). */
const LATER = /^(split_rest|chunk_\w+)-[0-9a-f]+\.wasm$/;

/** What assemble.mjs finishes, again and again: it stays in the folder. */
const TEMPLATES = ["badge", "worker", "off"];

/** Where the first-state script stands: what asks in the head, what writes after the frame. */
const [ASK_PLACE, FIRST_PLACE] = [/<!-- What asks for the first state[^>]*-->/, /<!-- What writes the first state[^>]*-->/];

/** What its source remarks on, but for the places above: a reader has no use for it. */
const REMARKS = /\s*<!--(?! What (?:asks for|writes) the first state)[\s\S]*?-->/g;

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
async function layApp(from, to, minify, { ask, ahead, first, theme, starter, unstarted, ...beside }) {
  const files = filesBelow(from);
  const page = files.filter((file) => file.endsWith(".html"));
  if (page.length !== 1) throw new Error(`${from}: one page was expected, there are ${page.length}`);
  const taken = takeStarter(readFileSync(`${from}/${page[0]}`, "utf8"));
  if (!taken?.glue) throw new Error(`${from}/${page[0]}: Trunk's starting script was not found`);

  const bare = taken.html.replace(REMARKS, "");
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
  const marks = {
    __GLUE__: names.get(taken.glue),
    __WASM__: names.get(taken.glue.replace(/\.js$/, "_bg.wasm")),
    __RENEWAL__: called("renewal"),
    __LANGUAGES__: called("languages"),
    __LATER__: [...names.values()].filter((name) => LATER.test(name)).join(" "),
  };
  const named = (script) => Object.entries(marks).reduce((text, [mark, name]) => text.replaceAll(mark, name), script);
  const start = named(starter);
  const startName = `start-${hashOf(start)}.js`;
  writeFileSync(`${to}/${startName}`, start);
  // Browsers ignore integrity on a preload of this kind, and say so on every visit. The status page has none: it
  // asks for its state before it asks for the app.
  const preload = (tag) => (sheet === undefined ? tag.replace(/\sintegrity="[^"]*"/, "") : "");
  const styled = sheet === undefined ? bare : inlined(bare, { css: readFileSync(`${from}/${sheet}`, "utf8").trim(), theme });
  const html = renamed(styled).replace(/<link\b[^>]*\sas="fetch"[^>]*>/g, preload).replace("</head>", () => `<script>${unstarted}</script>\n<script type="module" src="./${startName}"></script>\n</head>`);
  const whole = html.replace(ASK_PLACE, () => `<script data-source="">${ask}</script><script>${named(ahead)}</script>`).replace(FIRST_PLACE, () => `<script data-first>${first}</script>`);
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
  await layApp(`${from}/status`, to, minify, { ...made, starter: made.status, unstarted: made.unstarted.status, theme: theme.trim() });
  await layApp(`${from}/console`, `${to}/console`, minify, { ...made, starter: made.console, unstarted: made.unstarted.console });
}
