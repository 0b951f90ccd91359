// What the static frame says of a page before the app is there, and how the app takes its place.
import { goingOn, isPlain, show } from "./going-on.mjs";

/** Does something when the browser has nothing more urgent to do. */
export const whenIdle = globalThis.requestIdleCallback ?? setTimeout;

/** The page's path below the app's base; empty at home. */
export const path = () => location.pathname.slice(new URL("./", document.baseURI).pathname.length);

/**
 * Puts the app's room beside the frame, out of sight; it takes the frame's place when all of its page stands there. The
 * frame says more until then than an app that has just begun.
 */
export function cover(place) {
  const room = document.createElement("div");
  room.hidden = true;
  place.after(room);
  place.id = "frame";
  room.id = "app";
  const lift = () => {
    place.remove();
    room.hidden = false;
  };
  const seen = new MutationObserver(() => {
    // What stands below everything else comes last (`src/status_page/frame.rs`).
    if (!room.querySelector(".colophon:not([hidden])")) return;
    seen.disconnect();
    // What was drawn before is seen first, also where a browser is busy: nobody waits for what stands there already.
    whenIdle(lift);
  });
  seen.observe(room, { attributeFilter: ["hidden"], childList: true, subtree: true });
  // Whoever goes on to another page is shown how far the app is with that, and the focus finds its heading.
  place.addEventListener("click", ({ target }) => {
    if (room.firstChild && target.closest("a")) lift();
  });
}

/** What goes on, at home; `first` is what the first-state script left. Whether there is something to say. */
export async function sayWhatGoesOn(place, first, prepare) {
  await first?.done;
  const languages = prepare();
  if (!first?.open?.length) return false;
  const told = goingOn(JSON.parse(await first.text), first, Date.now());
  if (!told) return false;
  await languages;
  show(place.querySelector("[data-going-on]"), told, Date.now(), first);
  return true;
}

/** The heading of an incident that is open, on its page. Every other page than the home page has something to say. */
export async function sayHeading(place, first, prepare) {
  prepare();
  const [, id] = path().match(/^incidents\/([^/]+)$/) ?? [];
  if (id) await first?.done;
  const told = id && first?.open?.find((each) => encodeURIComponent(each.id) === id);
  if (isPlain(told?.name)) {
    const heading = place.querySelector("h1");
    heading.firstChild.textContent = told.name;
    heading.classList.remove("frame-heading");
  }
  return true;
}
