// The kill switch: takes the place of a service worker that must go. It removes what the worker had kept and
// then itself; open pages run on as they are, and the next visit comes from the network. Written by
// `node tools/assemble.mjs --worker off`.
import { names, remove } from "./store.mjs";

const SETTINGS = JSON.parse("__SETTINGS__");
const OURS = `allclear:${SETTINGS.site}:${SETTINGS.app}:`;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => {
  const go = async () => {
    await Promise.all((await names()).filter((name) => name.startsWith(OURS)).map(remove));
    await registration.unregister();
  };
  event.waitUntil(go());
});
