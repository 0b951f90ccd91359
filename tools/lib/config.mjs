// Reads the organisation's config.json for what must stand in static files. The apps validate it in full
// when they start; here a missing or broken file only means neutral words, said aloud.
import { readFileSync } from "node:fs";

/** The parsed file, or an empty one with the reason on standard error. */
export function readConfig(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const reason = error.code === "ENOENT" ? "is missing" : `cannot be read (${error.message})`;
    console.warn(`warning: config.json ${reason}: the pages get neutral titles, and will say Unknown`);
    return {};
  }
}

/** The text at a dotted path such as `organisation` or `source.url`; undefined when it is not a text. */
export function textAt(config, path) {
  let value = config;
  for (const key of path.split(".")) value = value?.[key];
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** Fills `{path}` marks; undefined as soon as one of them has no value. Before a slash a value ends without one. */
export function fill(template, config) {
  let complete = true;
  const filled = template.replace(/\{([a-z_.]+)\}(?=(\/)?)/g, (_, path, slash) => {
    const value = textAt(config, path);
    complete &&= value !== undefined;
    return (slash ? value?.replace(/\/+$/, "") : value) ?? "";
  });
  return complete ? filled : undefined;
}

/**
 * Where the same status stands at its provider, for readers whose browser runs no scripts: the site of its files.
 * Nothing where that is this page's own site, or no site at all: they would be led to where they are.
 */
export function provider(config) {
  const source = pageSource(config) ?? "";
  if (!/^https?:/.test(source)) return undefined;
  const own = textAt(config, "status_url") ?? "";
  const { href, origin } = new URL("/", source);
  return URL.canParse(own) && new URL(own).origin === origin ? undefined : href;
}

/** The folder of the page's v2 files as the status page asks it; nothing where the page is kept in the browser. */
export function pageSource(config) {
  return textAt(config, "source.kind") === "statuspage" ? textAt(config, "source.url")?.replace(/\/+$/, "") : undefined;
}

/** The origins of every address under `source`: where the pages may ask for data beside their own host. */
export function connectOrigins(config) {
  const origins = new Set();
  const visit = (value) => {
    if (typeof value === "string" && /^https?:\/\//.test(value)) {
      try {
        origins.add(new URL(value).origin);
      } catch {
        console.warn(`warning: config.json: ${value} is not an address and is left out of connect-src`);
      }
    } else if (value !== null && typeof value === "object") {
      Object.values(value).forEach(visit);
    }
  };
  visit(config.source);
  return [...origins].sort();
}
