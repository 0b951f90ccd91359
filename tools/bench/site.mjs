// Lays what is measured into a folder: a copy of dist/ that reads the measured page from its own origin, and
// beside it, as a site of its own, the bare page.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";
import { assemble } from "../assemble.mjs";
import { bareHistory, bareHome, files } from "./page.mjs";

/** The quality at which hosts compress what they keep; the large files of 10,000 incidents take long at 11. */
const QUALITY = 9;

function write(folder, file, text) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${file}`, text);
  writeFileSync(`${folder}/${file}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } }));
}

/** Makes `to` anew from `dist`, and gives the two folders that are to be served. */
export function lay({ dist, to, incidents, now }) {
  const [app, bare] = [`${to}/app`, `${to}/bare`];
  rmSync(to, { recursive: true, force: true });
  cpSync(dist, app, { recursive: true });
  const config = JSON.parse(readFileSync(`${app}/config.json`, "utf8"));
  writeFileSync(`${app}/config.json`, JSON.stringify({ ...config, source: { kind: "statuspage", url: "/api/v2" } }));
  assemble({ dist: app });
  const page = files({ incidents, now });
  for (const [name, value] of Object.entries(page)) write(`${app}/api/v2`, name, JSON.stringify(value));
  // The same styles: what is compared is what it takes to say the state, not how it looks.
  const [, css] = readFileSync(`${app}/index.html`, "utf8").match(/<style>([\s\S]*?)<\/style>/);
  write(bare, "index.html", bareHome(page, css));
  write(bare, "history.html", bareHistory(page, css));
  return { app, bare };
}
