// A moment as it stands beside a state, where the app does not write it: the locale that goes with a language
// (`src/ui/lang.rs`), and the form. `tools/stage.mjs` writes both into the script that starts the app, so that they use
// nothing from outside of themselves.

/** What says the day too. */
export const DAY = { day: "numeric", month: "short", year: "numeric" };

/** The time and its zone, after the day where that is asked for. */
export function when(at, lang, day) {
  const form = { ...day, hour: "numeric", minute: "numeric", timeZoneName: "short" };
  return new Date(at).toLocaleString(lang === "en" ? "en-GB" : lang, form);
}
