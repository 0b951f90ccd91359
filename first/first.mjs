// The first state, in the language of the page: writes the state's words into the frame as soon as the answer that
// `first/ask.mjs` has asked for is here; until then what was heard at an earlier visit, with its age. The app takes the
// answers over (`src/platform/first.rs`). Stands in the page itself, after the frame.
import { judge, STATES } from "./judge.mjs";
import { draw, SHAPES } from "./shapes.mjs";
import { notices, WORDS } from "./words.mjs";

// `public/theme.js` has chosen it; the frame's words of another language than English stand beside them.
const { documentElement: root } = document;
const { lang } = root;
for (const each of document.querySelectorAll(`[data-${lang}]`)) {
  const words = each.dataset[lang];
  if (each.hasAttribute("aria-label")) each.setAttribute("aria-label", words);
  else each.textContent = words;
}
// Only the home page has a state; the frame of another is that page's own (`style/page.css`).
const { pathname } = new URL(document.baseURI);
const page = location.pathname.slice(pathname.length);
const frame = !page && document.querySelector("#app [data-frame]");
if (page) root.dataset.page = page;
/**
 * What was heard at an earlier visit (`src/status_page/store/kept.rs`), as one sentence in the line of the age. Its time was
 * written then, in the language that was spoken: a browser takes 50 ms of a slow phone to write its first.
 */
const heard = new Text();
try {
  const [rank, , spoken, ...time] = localStorage.getItem(`allclear:${pathname}:heard`).split(" ");
  const [age, , last] = frame.querySelectorAll(".state-age span");
  if (spoken === lang) {
    heard.data = `${last.textContent} ${WORDS[lang][rank]}. ${age.textContent.replace("{0}", time.join(" "))}`;
    age.before(heard);
    delete root.dataset.waiting;
  }
} catch {
  // A first visit, no place to keep anything, or a page without a state.
}
const first = globalThis.allclearFirst;
first?.within?.(document.currentScript.previousElementSibling.text);
if (first?.text) {
  // The app waits for it (`first/start.mjs`): a phone that is busy starting it would say the state later.
  first.done = first.text.then((text) => {
    // The frame has waited for it (`first/ask.mjs`): both are drawn at once.
    delete root.dataset.waiting;
    const summary = text && JSON.parse(text);
    const found = summary && judge(summary);
    // What else there is to say, the script that starts the app says by the same shapes and words (`first/frame.mjs`).
    Object.assign(first, found, { summary, draw, SHAPES, STATES, WORDS });
    // The app may have been quicker.
    if (!found || !frame.isConnected) return;
    heard.remove();
    frame.dataset.state = STATES[found.rank];
    draw(frame.querySelector("svg"), SHAPES[found.rank]);
    const [say, beside] = frame.querySelectorAll("p");
    say.textContent = WORDS[lang][found.rank];
    say.classList.remove("late");
    if (found.notices) {
      beside.textContent = notices(lang, found.notices);
      beside.hidden = false;
    }
  }).catch(() => {}).then(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
}
