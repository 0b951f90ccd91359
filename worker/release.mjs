// Whether a page is the one of the release that a worker was made for, and can run as it came. What is kept at an install is
// given until the next release, whatever the host says meanwhile.

/** The names of files that bear their content's hash. */
const HASHED = /[\w.-]+-[0-9a-f]{12,}(?:_bg)?\.(?:js|wasm|css)\b/g;

/** Whether a page is of the release with these files: it names some of them, and none of another release. */
export function isOf(files, html) {
  const named = html.match(HASHED) ?? [];
  return named.length > 0 && named.every((name) => files.includes(name));
}

/** What of a policy follows the release and its settings: the hashes of what stands in the page, and the source. */
const FOLLOWS = ["script-src", "style-src", "connect-src"];

const directives = (policy) => policy.split(";").map((each) => each.trim().split(/\s+/)).map(([name, ...words]) => ({ name, words }));

/**
 * Whether the policy in the head of an answer lets its page do what the page's own allows. A server that reads its headers
 * when it is started gives those of the release before until then. What an organisation adds of its own may be silent of
 * all that, or freer.
 */
export function isAllowed(header, html) {
  const [, own = ""] = html.match(/<meta http-equiv="Content-Security-Policy" content="([^"]*)"/) ?? [];
  const needed = directives(own).filter(({ name }) => FOLLOWS.includes(name));
  return (header ?? "").split(",").map(directives).every((given) => needed.every(({ name, words }) => {
    const allowed = given.find((each) => each.name === name)?.words;
    return !allowed || ["*", "'unsafe-inline'"].some((word) => allowed.includes(word)) || words.every((word) => allowed.includes(word));
  }));
}
