// What goes on, before the app is there: the newest open incident and what was said of it last, in its place in the
// frame (`index.html`), word for word as the app draws it (`src/views/incident.rs`). What takes more than these few
// rules to read is left to the app, whose reader runs against the same cases (`tests/golden/going-on.json`).
import { IMPACT, moment, UNKNOWN } from "./judge.mjs";
import { DAY, locale, when } from "./when.mjs";

/** In the order of the frame's words. */
export const STATUSES = ["investigating", "identified", "monitoring"];
/** A text that the app may show otherwise: markup, what hides or turns words around. */
const SPECIAL = /<|\]\(|\*\*|[^\P{C}\n\t]|\p{M}{9}/u;
/** What a text says before the moment when the impact began. */
const STARTED = "Started: ";
const LONGEST = 5_000;
/** So many updates and names are looked through here: of more, a slow phone would stand still for it. */
const MOST = 100;
/** Of more open incidents the app shows the worst first, not the newest (`src/status_page/pages/home/mod.rs`). */
export const INCIDENTS = 30;
const A_DAY = 86_400_000;
const A_MINUTE = 60_000;

/** Whether the app shows a text as it is. */
export const isPlain = (text) => typeof text === "string" && text.length < LONGEST && text.trim() !== "" && !SPECIAL.test(text);
/** Whether two keys of one form stand in their order: -1, 0, 1. */
const order = (one, other) => {
  const at = one.findIndex((part, place) => part !== other[place]);
  return at < 0 ? 0 : one[at] < other[at] ? -1 : 1;
};

const shown = (update) => moment(update.display_at ?? update.created_at);
const newestFirst = (updates) => [...updates].sort((one, other) => shown(other) - shown(one));

/**
 * When an incident began: as the newest of its texts says that prints it (`src/domain/course.rs`), else as its entry does.
 * Nothing that counts where that is hard to tell, or nobody says it.
 */
function began({ started_at: started, created_at: created, incident_updates: updates }) {
  if (updates?.length > MOST) return NaN;
  const printing = newestFirst((updates ?? []).filter(({ body }) => body?.includes(STARTED)));
  const [newest] = printing;
  if (!newest) return moment(started) || moment(created);
  const [, day, clock] = newest.body.split(STARTED).at(-1).match(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC/) ?? [];
  const said = `${day}T${clock}`;
  const at = moment(`${said}Z`);
  const isSure = printing.every(shown) && STATUSES.includes(newest.status) && at <= shown(newest);
  // A day that no calendar has is another one to some browsers.
  return isSure && new Date(at).toISOString().startsWith(said) ? at : NaN;
}

/** When the next update was promised (`src/domain/promise.rs`): 0 where it was not, `NaN` where that is hard to tell. */
function promised(text, at) {
  const lines = [...text.matchAll(/(?:^|\s)Next update by ([01]\d|2[0-3]):([0-5]\d) UTC(?=\.?(?:\s|$))/g)];
  if (lines.length !== [...text.matchAll(/next\s+update\s+by/gi)].length) return NaN;
  if (!lines.length) return 0;
  const [, hour, minute] = lines.at(-1);
  const then = new Date(at).setUTCHours(hour, minute, 0, 0);
  return then > at ? then : then + A_DAY;
}

/** A component's words from the state of a partial outage on. */
const OUTAGES = ["partial_outage", "major_outage", "full_outage"];
const PARTIAL = 4;
const isWell = (each) => each.status === "operational";

/**
 * Whether a source calls its page better than the worst of it: by one step it may, where some of several components are
 * not as bad (`src/domain/contradiction.rs`).
 */
function isGreener(components, stated, rank) {
  const parts = components.filter((each) => !each.group && !(each.only_show_if_degraded && isWell(each)));
  const isAsBad = ({ status }) => OUTAGES.indexOf(status) >= rank - PARTIAL;
  const isBlend = stated > UNKNOWN && stated === rank - 1 && parts.some(isAsBad) && !parts.every(isAsBad);
  return stated < rank && !isBlend;
}

/**
 * The newest of the incidents that are `open` on a page of this `rank` (`first/judge.mjs`), as readers are told of it at
 * `now`: its id, title, rank among the states, the names of what it touches, since when it goes on, its status' place in
 * the frame's words, what was said last, when, and when the next update is to come (0: nobody said). Times in milliseconds.
 * Undefined where the app has to tell.
 */
export function goingOn({ components = [], status: stated }, { rank, open }, now) {
  if (open.length > INCIDENTS) return undefined;
  // Of a source that calls its page better than it is, the app says so above.
  if (IMPACT.includes(stated?.indicator) && isGreener(components, IMPACT.indexOf(stated.indicator), rank)) return undefined;
  const dated = open.map((each) => ({ incident: each, since: began(each) })).sort((one, other) => other.since - one.since);
  const [{ incident, since } = {}, second] = dated;
  // Without its moment an incident may stand anywhere.
  if (!incident || dated.some((each) => !each.since) || second?.since === since) return undefined;
  // To the app an id is a text; one that is a number tells nothing apart (`src/api/public_page/wire.rs`).
  if (![incident, ...components].every(({ id }) => typeof id === "string" && id)) return undefined;
  const updates = newestFirst(incident.incident_updates ?? []);
  const [newest] = updates;
  const text = newest?.body?.replaceAll("\r\n", "\n");
  const status = STATUSES.indexOf(newest?.status);
  // After a status that stands without an update, and after an end, the app tells more.
  if (updates.some((each) => !STATUSES.includes(each.status) || !shown(each)) || (incident.status ?? newest?.status) !== newest?.status) return undefined;

  const named = incident.components?.length ? incident.components : updates.flatMap((update) => update.affected_components ?? []);
  const ids = new Set(named.map((each) => each.id ?? each.code ?? each));
  const all = components.filter(({ id }) => ids.has(id));
  if (all.length > MOST) return undefined;
  const top = (each) => components.find((group) => group.group && group.id === each.group_id) ?? each;
  const place = (each) => [top(each).position ?? 0, top(each).name, top(each).id, each.position ?? 0, each.name];
  const touched = all.sort((one, other) => order(place(one), place(other)));
  // A group, one that is hidden while it is well, one of two of a name: the app knows what they are called, if anything.
  const isHard = (each) => each.group || (each.only_show_if_degraded && isWell(each)) || components.filter(({ name }) => name === each.name).length > 1;
  // That nothing of an outage is out is a contradiction, which the app says above it.
  if (touched.some(isHard) || (touched.length && touched.every(isWell) && newest.status !== "monitoring")) return undefined;

  const told = {
    id: incident.id,
    title: incident.name,
    rank: IMPACT.indexOf(incident.impact),
    names: touched.map(({ name }) => name),
    since,
    status,
    text,
    at: shown(newest ?? {}),
  };
  // Of a mere notice and of an impact that nobody knows, words and shape are their own.
  if (told.rank <= UNKNOWN || ![text, told.title, ...told.names].every(isPlain)) return undefined;
  told.next = promised(text, told.at);
  // What is late, or a minute from it, changes while it is read.
  return told.next === 0 || told.next >= now + A_MINUTE ? told : undefined;
}

/** Hours and minutes as the app writes them (`src/ui/intl.rs`). */
const CLOCK = { hour: "2-digit", minute: "2-digit" };

/** A time with UTC beside it, where that is another (`src/ui/time.rs`). */
function times(at, lang) {
  const said = (form, timeZone) => when(at, lang, { ...CLOCK, ...form, timeZone });
  const time = document.createElement("time");
  time.dateTime = new Date(at).toISOString();
  time.textContent = said(DAY);
  const there = said(DAY, "UTC");
  if (time.textContent === there) return [time];
  const day = (timeZone) => new Date(at).toLocaleDateString("en", { timeZone });
  const beside = document.createElement("span");
  beside.className = "time-utc";
  beside.textContent = `(${day() === day("UTC") ? said({}, "UTC") : there})`;
  return [time, " ", beside];
}

/** Puts something in the place {0} of an element's words. */
function fill(element, ...inside) {
  const [before, after] = element.textContent.split("{0}");
  element.replaceChildren(before, ...inside, after);
}

/** Fills the frame's `section` with what `goingOn` gave, and shows it; `first` is what the first-state script left. */
export function show(section, told, now, { draw, SHAPES, STATES, WORDS }) {
  const { lang } = document.documentElement;
  const one = (selector) => section.querySelector(selector);
  const tone = STATES[told.rank];
  for (const each of section.querySelectorAll("[data-state]")) each.dataset.state = tone;
  const link = one("a");
  link.textContent = told.title;
  link.href = `incidents/${encodeURIComponent(told.id)}`;
  draw(one("svg"), SHAPES[told.rank]);
  const [, word, names, since] = section.querySelectorAll(".incident-meta span");
  word.textContent = WORDS[lang][told.rank];
  fill(since, ...times(told.since, lang));
  told.names.forEach((name, place) => {
    const isolated = document.createElement("bdi");
    isolated.textContent = name;
    names.append(place ? ", " : "", isolated);
  });
  if (!told.names.length) names.remove();
  const status = one(".timeline-status");
  status.replaceChildren(status.children[told.status].textContent);
  one(".timeline-when").replaceChildren(...times(told.at, lang));
  one(".timeline-text").textContent = told.text;

  const promise = one(".promise");
  if (told.next) {
    const clock = (timeZone) => when(told.next, lang, { ...CLOCK, timeZone });
    const time = document.createElement("time");
    time.dateTime = new Date(told.next).toISOString();
    time.textContent = `${time.dateTime.slice(11, 16)} UTC`;
    fill(promise.firstElementChild, time);
    const minutes = Math.floor((told.next - now) / A_MINUTE);
    const length = [[minutes / 60, "hour"], [minutes % 60, "minute"]]
      .filter(([count]) => count >= 1)
      .map(([count, unit]) => Math.floor(count).toLocaleString(locale(lang), { style: "unit", unit, unitDisplay: "long" }));
    fill(promise.lastElementChild, length.join(" "));
    if (clock() !== clock("UTC")) promise.lastElementChild.prepend(`${clock()}, `);
  } else {
    promise.remove();
  }
  section.hidden = false;
}
