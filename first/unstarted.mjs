// An app that does not start: the page says so, and the first state, which nobody keeps true, loses its light and says its
// age. Stands in the page itself, before the script that starts the app (`first/start.mjs`): of one that does not arrive, or
// that a browser cannot read, nobody else hears. So older browsers can read this one (`tools/lib/scripts.mjs`).
// `IS_STATUS_PAGE` is decided when the two apps' scripts are made.
import { aged } from "./aged.mjs";

/** After how many milliseconds the first state, without an app that keeps it true, is no longer called the state. */
const OLD = 60_000;
/** A script of ours, which has its content's hash in its name. */
const OURS = /-[0-9a-f]{16}\.js$/;

/** What `first/ask.mjs` and `first/first.mjs` leave. */
const first = self.allclearFirst || {};

function remove(place, selector) {
  const found = place.querySelector(selector);
  if (found) found.remove();
}

let isOld = false;
/** What stands there in the place of the app is only as true as it is new: since when it does, no light, no countdown. */
function age() {
  const frame = document.querySelector("[data-frame]");
  // The app has come, or there was no state.
  if (isOld || !frame || first.rank === undefined) return;
  isOld = true;
  aged(frame, first.asked, document.documentElement.lang);
  remove(frame.parentNode, ".promise-rest");
}

/** Says that the app does not come. */
function say() {
  const sentence = document.getElementById("start-failed");
  // An app that stands has taken the place of the frame, and of the sentence in it.
  if (!sentence) return;
  sentence.hidden = false;
  // Nothing is on its way any more but the state, which may come later than this.
  remove(sentence.parentNode, ".late:not(.state-say)");
  if (IS_STATUS_PAGE) Promise.resolve(first.done).then(age);
}

const failed = () => (document.readyState === "loading" ? addEventListener("DOMContentLoaded", say) : say());
// A script that does not arrive is told to its element, which is heard here on the way down; one that cannot be read, to the window.
addEventListener("error", ({ target, filename }) => {
  if (target.type === "module" || OURS.test(filename)) failed();
}, true);
// What came and could not go on says so (`first/start.mjs`).
addEventListener("startfailed", failed);
if (IS_STATUS_PAGE) setTimeout(age, OLD);
