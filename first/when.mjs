// A moment as it stands beside a state, where the app does not write it: the locale that goes with a language
// (`src/ui/lang.rs`), and the form.

/** What says the day too. */
export const DAY = { day: "numeric", month: "short", year: "numeric" };

export const locale = (lang) => (lang === "en" ? "en-GB" : lang);

/** The time and its zone, and what else is asked for (options of `Intl.DateTimeFormat`). */
export function when(at, lang, form) {
  return new Date(at).toLocaleString(locale(lang), { hour: "numeric", minute: "numeric", timeZoneName: "short", ...form });
}
