// Small helpers over the file system that the tools share.
import { readdirSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** Every file below `folder`, as sorted paths with forward slashes, relative to it. */
export function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))
    .sort();
}

/** Whether something of that name exists and is a file. */
export function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Whether something of that name exists and is a folder. */
export function isFolder(path) {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Whether the name carries the hash of the file's content, so that it may be cached for ever. */
export function isHashed(path) {
  return /-[0-9a-f]{12,}(_bg)?\.(js|wasm|css)$/.test(path);
}

/** A compressed twin, made for servers that send it instead of compressing each time. */
export function isTwin(path) {
  return /\.(br|gz)$/.test(path);
}

/** What only responders may read: the playbook and the team's settings. */
export function isPlaybook(path) {
  return /^console\/.*\.toml$/.test(path);
}

/**
 * How long a file may be kept, as Cache-Control says it. What only responders may read lies in no cache (their service
 * worker keeps it while they are logged in), and no cache that others share keeps anything from behind the login.
 */
export function lifetime(path) {
  if (isPlaybook(path.replace(/\.(br|gz)$/, ""))) return "no-store";
  if (!isHashed(path)) return "no-cache";
  return `${path.startsWith("console/") ? "private" : "public"}, max-age=31536000, immutable`;
}
