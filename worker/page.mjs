// The page's side of the service worker: registers it once the page has settled, and says quietly when a new
// version is ready. Nothing reloads but by a person's own word, and then only the tab in which they gave it.

const WORDS = {
  en: ["A new version of this page is ready.", "Reload now"],
  de: ["Eine neue Fassung dieser Seite liegt bereit.", "Jetzt neu laden"],
};

/** A line at the foot of the page, told politely; `found` is the registration of what waits. */
function offer(found) {
  if (document.querySelector(".renewal")) return;
  const [say, reload] = WORDS[document.documentElement.lang.slice(0, 2)] ?? WORDS.en;
  const line = Object.assign(document.createElement("div"), { className: "renewal" });
  line.setAttribute("role", "status");
  document.body.append(line);
  const button = Object.assign(document.createElement("button"), { className: "button", type: "button", textContent: reload });
  button.addEventListener("click", () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    // A newer version may wait in its place by now, and another tab may have let it in: then there is nothing to wait for.
    if (found.waiting) found.waiting.postMessage("take over");
    else location.reload();
  });
  // What is added to a line that is there already is read out.
  requestAnimationFrame(() => line.append(say, " ", button));
}

/** Milliseconds after which a worker that still waits is waiting for a person: the kill switch takes over by itself. */
const MOMENT = 1_000;

async function begin() {
  const scope = new URL(".", document.baseURI);
  const found = await navigator.serviceWorker.register(new URL("sw.js", scope), { scope: scope.pathname, updateViaCache: "none" });
  if (!found) return;
  const look = () => setTimeout(() => {
    if (found.waiting && found.active) offer(found);
  }, MOMENT);
  found.addEventListener("updatefound", () => found.installing?.addEventListener("statechange", look));
  look();
  // A page that stays open for days looks for a new version when somebody comes back to it, and no more
  // often than hourly.
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - looked < 3_600_000) return;
    looked = Date.now();
    found.update().catch(() => {});
  });
}

// Without a worker (an old browser, a private window, one that was switched off) the page is as good, online.
if (navigator.serviceWorker && document.documentElement.dataset.worker !== "off") begin().catch(() => {});
