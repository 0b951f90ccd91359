// What the first-state script and the badge say, in every language of the page: the words of
// `src/views/words/`, which `tests/tools/words.test.mjs` holds them to. In the order of `STATES`.
export const WORDS = {
  en: ["All systems operational", "Under maintenance", "Unknown", "Degraded performance", "Partial outage", "Major outage"],
  de: ["Alle Systeme in Betrieb", "In Wartung", "Unbekannt", "Eingeschränkte Leistung", "Teilausfall", "Schwerer Ausfall"],
};
const NOTICES = { en: ["1 notice", " notices"], de: ["1 Hinweis", " Hinweise"] };

/** "1 notice", "2 notices". */
export function notices(lang, count) {
  const [one, more] = NOTICES[lang];
  return count === 1 ? one : count + more;
}
