// A phone on a bad network, as the browser itself can be one: 150 ms to every answer, 1.6 Mbit/s down, a CPU
// four times slower. Nothing is simulated afterwards; the times are those of a clock.

const NETWORK = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const SLOWER = 4;
const VIEWPORT = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
/** How long a page is watched after it has settled, in milliseconds: what comes late must not move it. */
const WATCHED = 2_000;

/** What the page says to whoever measures, once it stands. */
const THERE = "benched";

/**
 * Runs in the page: notes when the words have been painted, what moved, and what kept the page busy, and says when `settled`
 * stands too. It says so by itself: what a browser is asked for from outside takes it tasks of 80 ms at this speed, which
 * would count as the page's.
 */
function note({ selector, words, settled, there }) {
  const seen = (globalThis.benched = { at: undefined, shift: 0, tasks: [], frames: [] });
  const observe = (type, each) => new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  observe("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.shift += entry.value; });
  observe("longtask", (entry) => seen.tasks.push([entry.startTime, entry.duration]));
  observe("long-animation-frame", ({ startTime, duration, renderStart, scripts }) => {
    seen.frames.push({ from: startTime, to: renderStart || startTime + duration, ran: scripts.length > 0 });
  });
  let found = false;
  const look = () => {
    const says = (element) => element.textContent.includes(words);
    if (!found && [...document.querySelectorAll(selector)].some(says)) {
      found = true;
      // The frame after the next is drawn when the one with the words has been.
      requestAnimationFrame(() => requestAnimationFrame(() => {
        seen.at = performance.now();
        look();
      }));
    }
    if (seen.at === undefined || (settled && !document.querySelector(settled))) return;
    seen.settled = performance.now();
    observer.disconnect();
    console.debug(there);
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, characterData: true });
}

/** A fresh phone: no cache, no storage. */
export function phone(browser) {
  return browser.newContext({ ...VIEWPORT, locale: "en-GB", timezoneId: "Europe/Berlin" });
}

/** Slows a page to a phone's processor; the session with its browser. */
export async function slow(context, page) {
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  return session;
}

/**
 * Whether a task is the page's own: a script of it ran, or it was drawn. In others the browser works for whoever measures:
 * the end of a body of 10 MB takes it 170 ms at this speed, as it is kept for the developer's tools.
 */
const isOwn = ({ frames }, [start, length]) =>
  !frames.some(({ from, to, ran }) => !ran && from - 1 <= start && start + length <= to + 1);

/**
 * Opens an address and watches it: milliseconds until `words` stand in `selector` on screen, and until `settled` is there;
 * bytes that came, the layout shift, the longest task of all and the longest after the words in milliseconds, the elements in
 * the end.
 */
export async function visit(context, { address, selector, words, settled }) {
  const page = await context.newPage();
  const cdp = await slow(context, page);
  await cdp.send("Network.enable");
  await cdp.send("Network.emulateNetworkConditions", NETWORK);
  let bytes = 0;
  cdp.on("Network.loadingFinished", ({ encodedDataLength }) => { bytes += encodedDataLength; });
  await page.addInitScript(note, { selector, words, settled, there: THERE });
  const stands = page.waitForEvent("console", { predicate: (said) => said.text() === THERE, timeout: 120_000 });
  await page.goto(address, { waitUntil: "commit" });
  await stands;
  await page.waitForTimeout(WATCHED);
  const seen = await page.evaluate(() => ({ ...globalThis.benched, nodes: document.querySelectorAll("*").length }));
  const own = seen.tasks.filter((task) => isOwn(seen, task));
  const after = own.filter(([start, length]) => start + length > seen.at).map(([start, length]) => Math.min(length, start + length - seen.at));
  const longest = Math.max(0, ...own.map(([, length]) => length));
  return { page, time: seen.at, settled: seen.settled, bytes, shift: seen.shift, longest, task: Math.max(0, ...after), nodes: seen.nodes };
}
