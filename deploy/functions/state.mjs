// The page's state in the page itself, so that a reader's first visit does not wait for a second answer: what
// deploy/nginx/allclear/state-in-page.conf does by server-side includes.

/** The page waits no longer than that for the vendor, in milliseconds, and then asks for the state itself. */
const PATIENCE_MS = 250;
/** The places in the page, as server-side includes, which tools/lib/html.mjs leaves: seconds since 1970, and the state. */
export const AT = '<!--#config timefmt="%s" --><!--#echo var="date_gmt" -->';
export const STATE = '<!--#include virtual="/.state" -->';
/** What speaks of the file as it lies there. */
const OF_THE_FILE = ["Content-Encoding", "Content-Length", "ETag", "Last-Modified"];

/** Whether a request is a person's visit to the home page: what a service worker keeps of it must hold no state. */
export const isVisit = (request, path) =>
  request.method === "GET" && path === "/" && request.headers.get("Sec-Fetch-Dest") === "document";

/** The state as the vendor at `address` has it, as it can stand in a page; nothing where it has none in time. */
async function stateAt(address, send) {
  try {
    const headers = { Accept: "application/json", "User-Agent": "Allclear" };
    const answer = await send(address, { headers, redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) });
    // A vendor's text must not end the element that it stands in: inside JSON this is the same letter.
    return answer.status === 200 ? (await answer.text()).replaceAll("<", "\\u003c") : "";
  } catch {
    return "";
  }
}

/** A page with the state in it, as `next()` gives it without. */
export async function withState(next, address, { send, now }) {
  const [page, state] = await Promise.all([next(), stateAt(address, send)]);
  if (page.status !== 200) return page;
  const headers = new Headers(page.headers);
  for (const name of OF_THE_FILE) headers.delete(name);
  const html = (await page.text()).replace(AT, () => Math.floor(now() / 1000)).replace(STATE, () => state);
  return new Response(html, { headers });
}
