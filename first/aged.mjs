// What becomes of the first state where the app never starts: a light goes out, its time is said, and after a while it
// is no state any more.
import { DAY, when } from "./when.mjs";

/** Marks the state that stands in the frame as old. `asked` is when it was asked for, `lang` the language of the page. */
export function aged(frame, asked, lang) {
  const [age, lost, last] = frame.querySelectorAll(".state-age > span");
  const whole = when(asked, lang, DAY);
  frame.dataset.state = "unknown";
  age.textContent = age.textContent.replace("{0}", whole);
  age.hidden = false;
  // So long a state stands that nobody hears of any more (`src/domain/knowledge.rs`).
  setTimeout(() => {
    // The app has come after all.
    if (!frame.isConnected) return;
    const say = frame.querySelector("p");
    const isToday = new Date(asked).toDateString() === new Date().toDateString();
    last.textContent += ` ${say.textContent}`;
    say.textContent = lost.textContent.replace("{0}", isToday ? when(asked, lang) : whole);
    last.hidden = false;
    age.hidden = true;
  }, asked + 600_000 - Date.now());
}
