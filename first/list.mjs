// The list of incidents, asked for when the app has just begun: the app asks for it once it has drawn what stands around it.

/** How long it is kept for the app, in milliseconds: what is older is no news. */
const KEPT = 10_000;

/** Asks the page's `source` for its list, and leaves in `first` what the app (`src/platform/first.rs`) takes over. */
export function askForList(source, first) {
  const controller = new AbortController();
  const answer = fetch(`${source}/incidents.json`, { cache: "no-cache", signal: controller.signal });
  const list = first.list = { answer, controller };
  // Whoever takes it is told why it failed.
  answer.catch(() => {});
  setTimeout(() => {
    if (first.list !== list) return;
    delete first.list;
    controller.abort();
  }, KEPT);
}
