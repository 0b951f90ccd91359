// The service workers of both apps, from the templates that the build left in the folder (`worker/`).
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { pageSource } from "./config.mjs";
import { filesBelow, isFile, isHashed } from "./files.mjs";

export const WORKERS = ["sw.js", "console/sw.js"];
/** What a page of ours asks its source for: what the home page needs first. */
const SOURCE_FILES = ["summary", "incidents", "components", "scheduled-maintenances"];
/** Files under names that last, beside the page itself; the status page holds the script of its theme in itself. */
const LASTING = { "": ["icons/allclear.svg", "icons/state-unknown.svg"], "console/": ["theme.js", "icons/allclear.svg"] };

/** What reads the page that is kept in a browser: nobody needs it where the page is a hosted one. */
const READS_KEPT = /^split_kept-/;

/** What an app keeps, relative to its folder, and what the files hold. */
function kept(dist, folder, hosted) {
  const mine = (file) => (folder === "" ? !file.startsWith("console/") && !(hosted && READS_KEPT.test(file)) : file.startsWith(folder));
  const hashed = filesBelow(dist).filter((file) => isHashed(file) && mine(file));
  const up = folder === "" ? "" : "../";
  const named = LASTING[folder].filter((file) => isFile(`${dist}/${file}`));
  return {
    files: ["./", ...hashed.map((file) => file.slice(folder.length)), ...named.map((file) => up + file)],
    read: [`${folder}index.html`, ...hashed, ...named].map((file) => readFileSync(`${dist}/${file}`)),
  };
}

function settings(dist, base, config, folder) {
  const named = folder === "" ? pageSource(config) : undefined;
  // What is no address would end the worker as it begins; `sourceOrigins` says that it is none.
  const source = URL.canParse(named ?? "", "https://host/") ? named : undefined;
  const { files, read } = kept(dist, folder, named !== undefined);
  const known = {
    app: folder === "" ? "status" : "console",
    site: base,
    files,
    settings: [folder === "" ? "config.json" : "../config.json"],
    source: source ? SOURCE_FILES.map((name) => `${source}/${name}.json`) : [],
    playbook: folder === "" ? [] : ["sop.toml", "team.toml"],
  };
  const hash = createHash("sha256").update(JSON.stringify(known));
  for (const bytes of read) hash.update(bytes);
  return { ...known, version: hash.digest("hex").slice(0, 16) };
}

/** Writes `sw.js` beside each page; `off` writes what removes them. */
export function finishWorkers(dist, base, config, off) {
  const template = `${dist}/${off ? "off" : "worker"}.template.js`;
  if (!isFile(template)) return;
  const text = readFileSync(template, "utf8");
  for (const file of WORKERS) {
    const known = settings(dist, base, config, file.slice(0, -"sw.js".length));
    const json = JSON.stringify(JSON.stringify(known)).slice(1, -1);
    writeFileSync(`${dist}/${file}`, text.replace("__SETTINGS__", () => json));
  }
}
