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
  if (!/^https?:/.test(source) || !URL.canParse(source)) return undefined;
  const own = textAt(config, "status_url") ?? "";
  const { href, origin } = new URL("/", source);
  return URL.canParse(own) && new URL(own).origin === origin ? undefined : href;
}

/** The folder of the page's v2 files as the status page asks it; nothing where the page is kept in the browser. */
export function pageSource(config) {
  return textAt(config, "source.kind") === "statuspage" ? textAt(config, "source.url")?.replace(/\/+$/, "") : undefined;
}

/**
 * A host as policies can name it: labels of letters, digits and hyphens, and a port. Browsers allow far more in an
 * address (`;`, `*`, quotation marks), which in a policy would mean something else.
 */
const HOST = /^(?=[^:]{1,253}(:|$))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*(:\d{1,5})?$/;

/** Where the status page may ask for data beside its own host: the origin of its source, where that is another. */
export function sourceOrigins(config) {
  const source = pageSource(config) ?? "";
  if (!/^https?:/.test(source)) return [];
  const { origin, host } = URL.canParse(source) ? new URL(source) : { host: "" };
  if (HOST.test(host)) return [origin];
  console.warn(`warning: config.json: source.url ${source} names no host that a policy can name: the status page may not ask it`);
  return [];
}
