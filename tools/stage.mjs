// Lays the two Trunk builds and public/ into one folder. Every built file is named by its final content
// (Trunk names them before the last changes), and the starting script moves out of the page, so that the
// policy needs no exception for it.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { transform } from "esbuild";
import { filesBelow, isHashed } from "./lib/files.mjs";
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

/**
 * Starts the app; when that fails, shows the paragraph of the page that says what to do. An address that
 * came by way of a host's 404.html (see assemble.mjs) is put back first.
 */
const starter = (glue, wasm) => `import init from "./${glue}";
const deepLink = new URLSearchParams(location.search).get("deep-link");
if (deepLink !== null) history.replaceState(null, "", new URL("./" + deepLink, document.baseURI));
try {
  const wasm = await init({ module_or_path: new URL("./${wasm}", import.meta.url) });
  dispatchEvent(new CustomEvent("TrunkApplicationStarted", { detail: { wasm } }));
} catch (error) {
  document.getElementById("start-failed")?.removeAttribute("hidden");
  throw error;
}
`;

/** One app's build: its files under names of their final content, its page speaking of those names. */
async function layApp(from, to, minify) {
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
  for (const file of files.filter((name) => !isGlue(name) && !page.includes(name))) {
    keep(file, readFileSync(`${from}/${file}`));
  }
  for (const file of files.filter(isGlue)) {
    const text = renamed(readFileSync(`${from}/${file}`, "utf8"));
    keep(file, minify ? (await transform(text, { minify: true, format: "esm" })).code : text);
  }
  const start = starter(names.get(taken.glue), names.get(taken.glue.replace(/\.js$/, "_bg.wasm")));
  const startName = `start-${hashOf(start)}.js`;
  writeFileSync(`${to}/${startName}`, start);
  // Browsers ignore integrity on a preload of this kind, and say so on every visit.
  const quiet = (tag) => tag.replace(/\sintegrity="[^"]*"/, "");
  const html = renamed(taken.html).replace(/<link\b[^>]*\sas="fetch"[^>]*>/g, quiet).replace("</head>", `<script type="module" src="./${startName}"></script>\n</head>`);
  writeFileSync(`${to}/index.html`, html);
}

/** Lays everything into `to`, which is made anew. */
export async function stage({ from, publicFolder, to, minify }) {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  if (existsSync(publicFolder)) cpSync(publicFolder, to, { recursive: true });
  await layApp(`${from}/status`, to, minify);
  await layApp(`${from}/console`, `${to}/console`, minify);
}
