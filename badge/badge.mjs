// A badge for an organisation's own site: shape and words of the page's state, and the way to the page.
//
//   <script async src="https://status.example.com/badge.js"></script>
//   <allclear-badge></allclear-badge>
//
// It speaks the language of the place where it stands (`lang` of the element or around it), else English, and
// asks the same source under the same rules as the page: old or unreachable is said, never green.
// `__SOURCE__` and `__PAGE__` are written by tools/assemble.mjs.
import { draw, SHAPES } from "../first/shapes.mjs";
import { absent, judge, STATES, UNKNOWN } from "../first/judge.mjs";
import { when } from "../first/when.mjs";
import { notices, WORDS } from "../first/words.mjs";

const SOURCE = "__SOURCE__";
/** Milliseconds between two looks while all is calm; during an incident half as many. */
const CALM = 60_000;
/** How long an answer may take, in milliseconds. */
const LONGEST = 10_000;
/** How long one is shown that no other has followed, and the longest between two looks, in milliseconds. */
const OLD = 600_000;
/** While nothing is known yet; beside "Unknown"; beside a state that the source itself calls worse; before the time. */
const SAYS = {
  en: ["Checking", ": its source cannot be reached", ", its source says worse", "as of "],
  de: ["Wird geprüft", ": ihre Quelle ist nicht erreichbar", ", ihre Quelle meldet Schlechteres", "Stand "],
};
/** Written without what it could do without: readers of other sites wait for it. */
const STYLE = "a{display:inline-flex;align-items:center;gap:.4em;color:inherit;text-decoration:none}"
  + "a:hover{text-decoration:underline}svg{width:1em;height:1em;flex:none}small{white-space:nowrap}";

/** A file of the source; `null` where it has none of that name. Throws where it cannot be reached, and a `SyntaxError`
 *  where it answers with something else. */
async function ask(name) {
  const answer = await fetch(`${SOURCE}/${name}.json`, { cache: "no-cache", signal: AbortSignal.timeout(LONGEST) });
  if (answer.status === 404) return null;
  // On a page that a service worker of ours serves, a kept answer is old: then nobody knows.
  if (!answer.ok || answer.headers.has("Allclear-As-Of")) throw 0;
  return answer.json();
}

/** The page's state, as far as its source tells it. */
async function look() {
  const summary = await ask("summary");
  const files = {};
  for (const list of absent(summary)) files[list] = await ask(list.replace("_", "-"));
  // Without its summary a page cannot be read, whatever stands beside that.
  return summary && judge(summary, files);
}

customElements.define("allclear-badge", class extends HTMLElement {
  #failures = 0;
  #known = 0;
  #timer;

  constructor() {
    const root = super().attachShadow({ mode: "open" });
    const [sheet] = root.adoptedStyleSheets = [new CSSStyleSheet()];
    sheet.replaceSync(STYLE);
    root.innerHTML = `<a><svg viewBox="0 0 16 16" aria-hidden="true"></svg><span aria-live="polite"></span></a> <small>`;
    root.firstChild.href = "__PAGE__";
  }

  connectedCallback() {
    this.#look();
  }

  async #look() {
    if (!this.isConnected) return;
    const lang = this.matches(":lang(de)") ? "de" : "en";
    const [checking, unreachable, worse, asOf] = SAYS[lang];
    // Nobody looks: ask when somebody does.
    if (document.hidden) await new Promise((done) => addEventListener("visibilitychange", done, { once: true }));
    // After a night in a tab that slept or was hidden, nobody knows until somebody has asked.
    if (Date.now() - this.#known > OLD) this.#show(UNKNOWN, checking);
    let why = "";
    let age;
    let found;
    try {
      found = await look();
    } catch (error) {
      // Of a source that answers and tells nothing, nothing more is known.
      if (!(error instanceof SyntaxError)) why = unreachable;
    }
    this.#failures++;
    if (found) {
      this.#failures = 0;
      this.#known = Date.now();
      age = asOf + when(this.#known, lang);
      if (!found.rank && found.notices) why = `, ${notices(lang, found.notices)}`;
      if (found.disputed) why += worse;
    }
    const rank = found?.rank ?? UNKNOWN;
    this.#show(rank, WORDS[lang][rank] + why, age);
    const pause = found?.rank ? CALM / 2 : Math.min(CALM * 2 ** this.#failures, OLD);
    clearTimeout(this.#timer);
    // Spread, so that a million visitors do not ask in the same second.
    this.#timer = setTimeout(() => this.#look(), pause * (Math.random() * 0.4 + 0.8));
  }

  #show(rank, words, age = "") {
    const [{ children: [svg, said] }, beside] = this.shadowRoot.children;
    this.dataset.state = STATES[rank];
    draw(svg, SHAPES[rank]);
    if (said.textContent !== words) said.textContent = words;
    // Beside what is announced: each look makes it later.
    beside.textContent = age;
  }
});
