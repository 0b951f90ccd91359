// What a reader sees of the page's state from a moment on: every wording of it, and everything that moves.

/** Keeps the app back on every page of a context; gives what lets it come. */
export async function holdApp(context) {
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await context.route("**/*_bg.wasm", async (route) => {
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
