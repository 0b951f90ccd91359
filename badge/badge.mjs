// A badge for an organisation's own site: shape and words of the page's state, and the way to the page.
//
//   <script async src="https://status.example.com/badge.js"></script>
//   <allclear-badge></allclear-badge>
//
// It speaks the language of the place where it stands (`lang` of the element or around it), else English, and
// asks the same source under the same rules as the page: old or unreachable is said, never green.
// `SOURCE` and `PAGE` are written by tools/assemble.mjs.
import { absent, judge, STATES } from "./judge.mjs";
import { draw, SHAPES } from "./shapes.mjs";
import { notices, WORDS } from "./words.mjs";

const SOURCE = "__SOURCE__";
const PAGE = "__PAGE__";
/** Milliseconds between two looks: calm, and during an incident. */
const [CALM, DURING, AT_MOST] = [60_000, 30_000, 600_000];
/** How long an answer may take, and how long one is shown that no other has followed, in milliseconds. */
const [LONGEST, OLD] = [10_000, 600_000];
const UNKNOWN = 2;
const CHECKING = { en: "Checking", de: "Wird geprüft" };
/** Beside "Unknown". Of a source that answers and tells nothing, nothing more is known. */
const UNREACHABLE = { en: ": its source cannot be reached", de: ": ihre Quelle ist nicht erreichbar" };
/** Beside a state that the source itself calls worse. */
const DISPUTED = { en: ", its source says worse", de: ", ihre Quelle meldet Schlechteres" };
const AS_OF = { en: "as of ", de: "Stand " };
/** Written without what it could do without: readers of other sites wait for it. */
const STYLE = `a{display:inline-flex;align-items:center;gap:.45em;color:inherit;text-decoration:none}
a:hover,a:focus-visible{text-decoration:underline}
svg{width:1em;height:1em;flex:none}
small{white-space:nowrap}`;

/** A file of the source; `null` where it has none of that name. Throws where it cannot be reached. */
async function ask(name) {
  const answer = await fetch(`${SOURCE}/${name}.json`, { cache: "no-cache", signal: AbortSignal.timeout(LONGEST) });
  if (answer.status === 404) return null;
  // On a page that a service worker of ours serves, a kept answer is old: then nobody knows.
  if (!answer.ok || answer.headers.has("Allclear-As-Of")) throw new Error(`${name}: ${answer.status}`);
  const text = await answer.text();
  try {
    return JSON.parse(text);
  } catch {
    // No page in the Statuspage format.
    return {};
  }
}

/** The page's state, as far as its source tells it. */
async function look() {
  const summary = await ask("summary");
  const files = absent(summary).map(async (list) => [list, await ask(list.replace("_", "-"))]);
  return judge(summary, Object.fromEntries(await Promise.all(files)));
}

class AllclearBadge extends HTMLElement {
  #failures = 0;
  #lang = "en";
  #timer;
  #known = 0;

  connectedCallback() {
    const lang = this.closest("[lang]")?.lang.split("-")[0].toLowerCase();
    if (Object.hasOwn(WORDS, lang)) this.#lang = lang;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    if (!root.firstChild) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      root.innerHTML = `<a><svg viewBox="0 0 16 16" aria-hidden="true"><path fill="currentColor"/><path fill="none" stroke="currentColor"/></svg><span aria-live="polite"></span></a> <small part="as-of"></small>`;
      root.querySelector("a").href = PAGE;
    }
    this.#look();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  async #look() {
    clearTimeout(this.#timer);
    // After a night in a tab that slept, nobody knows until somebody has asked.
    if (Date.now() - this.#known > OLD) this.#show(UNKNOWN, CHECKING[this.#lang]);
    let pause = CALM;
    let found;
    let why = "";
    try {
      found = await look();
    } catch {
      why = UNREACHABLE[this.#lang];
    }
    if (found) {
      this.#failures = 0;
      this.#known = Date.now();
      const beside = found.rank === 0 && found.notices > 0 ? `, ${notices(this.#lang, found.notices)}` : "";
      const said = WORDS[this.#lang][found.rank] + beside + (found.disputed ? DISPUTED[this.#lang] : "");
      this.#show(found.rank, said, this.#known);
      if (found.rank > 0) pause = DURING;
    } else {
      this.#failures += 1;
      this.#show(UNKNOWN, WORDS[this.#lang][UNKNOWN] + why);
      pause = Math.min(CALM * 2 ** this.#failures, AT_MOST);
    }
    if (!this.isConnected) return;
    // Spread, so that a million visitors do not ask in the same second.
    this.#timer = setTimeout(() => (document.hidden ? this.#wait() : this.#look()), pause * (0.8 + Math.random() * 0.4));
  }

  /** Nobody looks: ask again when somebody does. */
  #wait() {
    document.addEventListener("visibilitychange", () => this.isConnected && this.#look(), { once: true });
  }

  #show(rank, words, asOf) {
    this.dataset.state = STATES[rank];
    draw(this.shadowRoot.querySelectorAll("path"), SHAPES[rank]);
    const said = this.shadowRoot.querySelector("span");
    if (said.textContent !== words) said.textContent = words;
    // Beside what is announced: each look makes it later.
    const style = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" };
    const time = asOf && new Date(asOf).toLocaleTimeString(this.#lang, style);
    this.shadowRoot.querySelector("small").textContent = time ? AS_OF[this.#lang] + time : "";
  }
}

customElements.define("allclear-badge", AllclearBadge);
