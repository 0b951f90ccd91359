// Asks for the page's state while the page itself is still arriving, and then for its settings: `first/first.mjs`
// writes the state's words, and the app (`src/platform/first.rs`) takes both answers over. Stands in the page's head,
// before anything that takes time; its `data-source` is written there by tools/assemble.mjs, and `data-within` where
// the host can write the state into the page (deploy/nginx/allclear/state-in-page.conf).
const { source, within } = document.currentScript.dataset;
/** How long an answer may take, in milliseconds: one that never comes must not be waited for. */
const LONGEST = 10_000;
const CONFIG = "config.json";
const ask = (address, asked = Date.now()) => fetch(address, { cache: "no-cache", signal: AbortSignal.timeout(LONGEST) })
  .then((answer) => {
    const { headers } = answer;
    // A copy that the service worker kept is old: how old, and that it is, the app says.
    if (!answer.ok || headers.has("Allclear-As-Of")) return undefined;
    // What time it is at our own host, which no source of another origin says (`src/status_page/later.rs`).
    if (address === CONFIG) first.dated = { asked, came: Date.now(), date: headers.get("Date"), age: headers.get("Age") };
    return answer.text();
  })
  .catch(() => undefined);

/** How old what the host wrote may be, in seconds: a page that the browser kept holds an old state, and is never
 *  taken for the state now. A clock that is wrong costs a question, nothing else. */
const NEW = 30;
/** The state that the host wrote into the page; nothing where it wrote none, or an old one. */
const written = (text) => {
  try {
    const { at, summary } = JSON.parse(text);
    return summary.page && Math.abs(Date.now() / 1000 - at) < NEW ? JSON.stringify(summary) : undefined;
  } catch {
    return undefined;
  }
};

/** How long the settings and the page's frame wait for the state, in milliseconds: a phone that draws the frame
 *  meanwhile says the state later, and a source that is slow holds nothing up. */
const PATIENCE = 400;

const { documentElement: root } = document;
// Only the home page has a state.
const isHome = location.pathname === new URL(document.baseURI).pathname;
const asked = () => ask(`${source}/summary.json`);
const first = globalThis.allclearFirst = { asked: Date.now(), source };
// What stands in the page is told by `first/first.mjs`, which stands behind it.
const text = source && (within !== undefined && isHome ? new Promise((done) => { first.within = done; }).then((said) => written(said) ?? asked()) : asked());
const soon = text && Promise.race([text, new Promise((done) => setTimeout(done, PATIENCE))]);
// What takes the mark away after the state is written is `first/first.mjs`.
if (text && isHome) {
  root.dataset.waiting = "";
  setTimeout(() => delete root.dataset.waiting, PATIENCE);
}
first.config = soon && isHome ? soon.then(() => ask(CONFIG)) : ask(CONFIG);
first.text = text;
