// The first state, in the language of the page: writes the state's words into the frame as soon as the answer that
// `badge/ask.mjs` has asked for is here. The app takes over what is on screen (`src/platform/first.rs`). Stands in
// the page itself, after the frame.
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
const first = globalThis.allclearFirst;
first?.within?.(document.currentScript.previousElementSibling.text);
if (first?.text) {
  // The app waits for it (tools/stage.mjs): a phone that is busy starting it would say the state later.
  first.done = first.text.then((text) => {
    // The frame has waited for it (`badge/ask.mjs`): both are drawn at once.
    delete root.dataset.waiting;
    const frame = document.querySelector("#app [data-frame]");
    const found = text && judge(JSON.parse(text));
    // Only the home page has a state; and the app may have been quicker.
    if (!frame || !found || location.pathname !== new URL(document.baseURI).pathname) return;
    Object.assign(first, found);
    frame.dataset.state = STATES[found.rank];
    draw(frame.querySelectorAll("path"), SHAPES[found.rank]);
    const [say, beside] = frame.querySelectorAll("p");
    say.textContent = WORDS[lang][found.rank];
    say.classList.remove("late");
    if (found.notices) {
      beside.textContent = notices(lang, found.notices);
      beside.hidden = false;
    }
  }).catch(() => {}).then(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
}
