// A page with everything on it that is hard to fit: long words, long addresses, a promise, work that is planned,
// and days of every kind of trouble; and what does not fit.
import { PAGE, summary } from "./page-source.mjs";

const update = (id, status, at, body) => ({ id, status, body, created_at: at, display_at: at, updated_at: at });
const INCIDENT = {
  id: "one", name: "Zahlungsdienstleistungsschnittstelle-mit-einem-langen-Namen", status: "investigating", impact: "major",
  created_at: "2026-03-10T13:30:00Z", resolved_at: null, components: [{ id: "api", name: "API" }],
  incident_updates: [update("u1", "investigating", "2026-03-10T13:54:00Z", "https://status.example.com/eine/sehr/lange/Adresse/ohne/Ende/und/ohne/Trennung Next update by 14:09 UTC.")],
};

/** A day of trouble a while ago, as bad as the impact says. */
const trouble = (impact, day) => ({
  id: `day-${impact}`, name: `Ein Tag: ${impact}`, status: "resolved", impact, created_at: `${day}T06:00:00Z`, resolved_at: `${day}T22:00:00Z`,
  components: [{ id: "api", name: "API" }],
  incident_updates: [update(`e-${impact}`, "resolved", `${day}T22:00:00Z`, "Vorbei."), update(`b-${impact}`, "investigating", `${day}T06:00:00Z`, "Es fing an.")],
});
export const PAST = [trouble("critical", "2026-03-02"), trouble("major", "2026-02-20"), trouble("minor", "2026-02-10"), trouble("odd", "2026-02-01")];

export const FILES = {
  "summary.json": {
    ...summary("partial_outage"),
    incidents: [INCIDENT],
    scheduled_maintenances: [{
      id: "work", name: "Wartung", status: "scheduled", impact: "maintenance", created_at: "2026-03-09T10:00:00Z",
      scheduled_for: "2026-03-12T20:00:00Z", scheduled_until: "2026-03-12T22:00:00Z", components: [], incident_updates: [],
    }],
  },
  "incidents.json": { page: PAGE, incidents: [INCIDENT, ...PAST] },
};
export const ROUTES = ["/", "/history", "/incidents/one", "/incidents/nobody", "/bars", "/no/such/page"];

/** What is wider than the window, where anything is. */
export const tooWide = (page) => page.evaluate(() => {
  const { clientWidth, scrollWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const beyond = [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > clientWidth + 0.5);
  return [`${scrollWidth} > ${clientWidth}`, ...beyond.map((each) => `${each.tagName}.${each.className}`)];
});

/** Words that are cut off by what holds them. */
export const cutOff = (page) => page.evaluate(() => [...document.querySelectorAll("body *")]
  .filter((each) => {
    const { overflowX, overflowY } = getComputedStyle(each);
    // What is only for screen readers is a pixel wide on purpose.
    if (!each.textContent.trim() || each.clientWidth < 2) return false;
    const hides = (overflow) => ["hidden", "clip"].includes(overflow);
    return (hides(overflowX) && each.scrollWidth > each.clientWidth + 1) || (hides(overflowY) && each.scrollHeight > each.clientHeight + 1);
  })
  .map((each) => `${each.tagName}.${each.className}`));
