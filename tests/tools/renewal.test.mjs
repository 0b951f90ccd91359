// What the line about a new version does when it is pressed: the page's side of the service worker as it is built, with
// as much of a browser around it as it uses.
import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { scripts } from "../../tools/lib/scripts.mjs";

const { renewal } = await scripts();

/** Lets everything run that waits for nothing from outside. */
const settled = () => new Promise((done) => setImmediate(done));
const worker = (heard) => Object.assign(new EventTarget(), { postMessage: (words) => heard.push(words) });

/** A page on which a version is in use; `installed` puts another one beside it. */
async function opened() {
  const registration = Object.assign(new EventTarget(), { active: {}, waiting: null, installing: null });
  const container = Object.assign(new EventTarget(), { register: async () => registration });
  const body = [];
  const page = { reloads: 0, container, registration, body };
  const document = Object.assign(new EventTarget(), {
    baseURI: "https://status.example.com/",
    documentElement: { lang: "en", dataset: {} },
    body: { append: (line) => body.push(line) },
    createElement: () => Object.assign(new EventTarget(), { inside: [], setAttribute() {}, append(...parts) { this.inside.push(...parts); } }),
    querySelector: () => body[0] ?? null,
  });
  vm.runInNewContext(renewal, {
    URL, document,
    navigator: { serviceWorker: container },
    location: { reload: () => { page.reloads += 1; } },
    setTimeout: (then) => then(),
    requestAnimationFrame: (then) => then(),
  });
  await settled();
  const installed = () => {
    const heard = [];
    const fresh = registration.installing = worker(heard);
    registration.dispatchEvent(new Event("updatefound"));
    registration.waiting = fresh;
    registration.installing = null;
    fresh.dispatchEvent(new Event("statechange"));
    return heard;
  };
  const press = () => body[0].inside.at(-1).dispatchEvent(new Event("click"));
  return Object.assign(page, { installed, press });
}

test("a press lets the version in that waits then, not the one that waited when the line was shown", async () => {
  const page = await opened();
  const first = page.installed();
  const second = page.installed();
  assert.equal(page.body.length, 1, "there is one line");
  page.press();
  assert.deepEqual([first, second], [[], ["take over"]]);
  assert.equal(page.reloads, 0, "the page is loaded anew when the version has taken over");
  page.container.dispatchEvent(new Event("controllerchange"));
  assert.equal(page.reloads, 1);
});

test("where another tab has let it in meanwhile, a press loads the page anew", async () => {
  const page = await opened();
  const heard = page.installed();
  page.registration.waiting = null;
  page.press();
  assert.deepEqual(heard, []);
  assert.equal(page.reloads, 1);
});

test("nothing reloads and nothing is offered without a new version", async () => {
  const page = await opened();
  page.container.dispatchEvent(new Event("controllerchange"));
  assert.deepEqual([page.reloads, page.body.length], [0, 0]);
});
