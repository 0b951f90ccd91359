// What a reader sees of the page's state from a moment on: every wording of it, and everything that moves.

/** Keeps the app back on every page of a context, or the parts of it that a pattern fits; gives what lets it come. */
export async function holdApp(context, parts = "**/*_bg.wasm") {
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await context.route(parts, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}

/** Begins to watch. */
export const watchState = (page) => page.evaluate(() => {
  globalThis.saidThere = [];
  globalThis.moved = [];
  new PerformanceObserver((list) => list.getEntries().forEach(({ value, sources }) => {
    globalThis.moved.push(`${value}`, ...sources.map(({ node, previousRect: a, currentRect: b }) =>
      `${(node?.closest?.("[class]") ?? node?.parentElement)?.className}: ${a.x},${a.y} -> ${b.x},${b.y}`));
  })).observe({ type: "layout-shift", buffered: true });
  const look = () => {
    const said = document.querySelector("[role=status][aria-label]")?.textContent;
    if (said !== undefined && globalThis.saidThere.at(-1) !== said) globalThis.saidThere.push(said);
  };
  look();
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
});

/** What was seen since: the wordings in their order, and what moved (nothing, where nothing did). */
export const seenSince = (page) => page.evaluate(() => ({ said: globalThis.saidThere, moved: globalThis.moved }));

/** What a section says and where, piece by piece: its headings, words and times as a reader sees them. */
export const laidOut = (section) => section.evaluate((section) =>
  ["h2", "h3", ".incident-meta", ".promise", ".timeline-status", ".timeline-when", ".timeline-text"].map((piece) => {
    const element = section.querySelector(piece);
    if (!element) return `${piece}: none`;
    const { x, y, width, height } = element.getBoundingClientRect();
    // Whole pixels: the frame and the app may end a line in other parts of one.
    return `${piece}: ${element.innerText.replaceAll(/\s+/g, " ")} at ${[x, y, width, height].map(Math.round)}`;
  }));
