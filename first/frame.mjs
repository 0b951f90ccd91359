// What the static frame says of a page before the app is there, and how the app takes its place.
import { goingOn, isPlain, show } from "./going-on.mjs";

/** Does something when the browser has nothing more urgent to do. */
export const whenIdle = globalThis.requestIdleCallback ?? setTimeout;

/** The page's path below the app's base; empty at home. */
export const path = () => location.pathname.slice(new URL("./", document.baseURI).pathname.length);

/**
 * Puts the app's room beside the frame, out of sight; it takes the frame's place when its page stands there
 * (`src/status_page/mod.rs`). Until then the frame says more than an app that has just begun.
 */
export function cover(place) {
  const room = document.createElement("div");
  room.hidden = true;
  place.after(room);
  place.id = "frame";
  room.id = "app";
  const lift = () => {
    const had = document.activeElement;
    const isOurs = place.contains(had);
    place.remove();
    room.hidden = false;
    // Whoever has tabbed to a link goes on from the app's own.
    if (isOurs) ([...room.querySelectorAll("a")].find(({ href }) => href === had.href) ?? room.querySelector("h1"))?.focus();
  };
  const seen = new MutationObserver(() => {
    if (!room.querySelector("[data-stands]")) return;
    seen.disconnect();
    // What was drawn before is seen first, also where a browser is busy: nobody waits for what stands there already.
    whenIdle(lift, { timeout: 500 });
  });
  seen.observe(room, { attributeFilter: ["data-stands"], childList: true, subtree: true });
  // Whoever goes on to another page is shown how far the app is with that, and the focus finds its heading.
  place.addEventListener("click", ({ target }) => {
    if (room.firstElementChild && target.closest("a")) lift();
  });
}

/** What goes on, at home; `first` is what the first-state script left, `prepare` readies what dates are written by. */
export async function sayWhatGoesOn(place, first, prepare) {
  await first?.done;
  const languages = prepare();
  if (!first?.open?.length) return;
  const told = goingOn(first.summary, first, Date.now());
  if (!told) return;
  await languages;
  show(place.querySelector("[data-going-on]"), told, Date.now(), first);
}

/** The heading of an incident that is open, on its page. */
export async function sayHeading(place, first, prepare) {
  prepare();
  const [, id] = path().match(/^incidents\/([^/]+)$/) ?? [];
  if (id) await first?.done;
  // An id that is no text leads nowhere.
  const told = id && first?.open?.find((each) => typeof each.id === "string" && encodeURIComponent(each.id) === id);
  if (isPlain(told?.name)) {
    const heading = place.querySelector("h1");
    heading.firstChild.textContent = told.name;
    heading.classList.remove("frame-heading");
  }
}
