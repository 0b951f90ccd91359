// What the badge says of a page and when: the badge as it is built, with as much of a browser around it as it uses.
import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { scripts } from "../../tools/lib/scripts.mjs";

const { badge } = await scripts();
const MINUTE = 60_000;
const CALM = { components: [{ id: "api", name: "API", status: "operational" }], incidents: [], scheduled_maintenances: [] };

/** Lets everything run that waits for nothing from outside. */
const settled = () => new Promise((done) => setImmediate(done));

/** A badge in a document; `host.files` is what its source has by name, `host.answer` how it is given. */
function placed({ files, hidden = false, answer = (file) => file }) {
  const host = { files, now: Date.parse("2026-03-10T22:00:00Z"), timer: undefined, answer };
  const document = Object.assign(new EventTarget(), { hidden });
  const [svg, said, beside] = [{}, { textContent: "" }, { textContent: "" }];
  const root = { firstChild: {}, children: [{ children: [svg, said] }, beside] };
  let Badge;
  vm.runInNewContext(badge, {
    document, AbortSignal, SyntaxError,
    addEventListener: document.addEventListener.bind(document),
    Date: class extends Date { static now() { return host.now; } },
    CSSStyleSheet: class { replaceSync() {} },
    HTMLElement: class {
      isConnected = true;
      dataset = {};
      shadowRoot = root;
      attachShadow() { return root; }
      matches() { return false; }
    },
    customElements: { define: (name, made) => { Badge = made; } },
    clearTimeout: () => {},
    setTimeout: (then) => { host.timer = then; },
    fetch: async (address) => {
      const file = host.files[/(?<name>[\w-]+)\.json$/.exec(address).groups.name];
      const status = file === undefined ? 404 : 200;
      return host.answer({ ok: status === 200, status, headers: new Headers(), json: async () => file });
    },
  });
  const element = new Badge();
  element.connectedCallback();
  const see = (isHidden) => {
    document.hidden = isHidden;
    document.dispatchEvent(new Event("visibilitychange"));
  };
  return { host, see, said: () => [element.dataset.state, said.textContent, beside.textContent !== ""] };
}

const WELL = ["operational", "All systems operational", true];
const ASKS = ["unknown", "Checking", false];

test("whoever comes back to a tab after a night sees no light of the evening", async () => {
  const { host, see, said } = placed({ files: { summary: CALM } });
  await settled();
  assert.deepEqual(said(), WELL);
  see(true);
  host.now += MINUTE;
  host.timer();
  await settled();
  host.now += 480 * MINUTE;
  // The answer is long in coming.
  host.answer = () => new Promise(() => {});
  see(false);
  await settled();
  assert.deepEqual(said(), ASKS);
});

test("whoever comes back soon sees what was heard last, until something newer is heard", async () => {
  const { host, see, said } = placed({ files: { summary: CALM } });
  await settled();
  see(true);
  host.now += MINUTE;
  host.timer();
  await settled();
  let give;
  host.answer = (answer) => new Promise((done) => { give = () => done(answer); });
  host.files = { summary: { ...CALM, components: [{ id: "api", name: "API", status: "major_outage" }] } };
  see(false);
  await settled();
  assert.deepEqual(said(), WELL);
  give();
  await settled();
  assert.deepEqual(said(), ["major", "Major outage", true]);
});

test("where nobody looks nothing is asked, and a device that slept knows nothing before it has asked", async () => {
  const { host, see, said } = placed({ files: { summary: CALM }, hidden: true });
  await settled();
  assert.equal(host.timer, undefined);
  see(false);
  await settled();
  assert.deepEqual(said(), WELL);
  host.now += 480 * MINUTE;
  host.answer = () => new Promise(() => {});
  host.timer();
  await settled();
  assert.deepEqual(said(), ASKS);
});

test("a page without its summary cannot be read, however well the rest of it is", async () => {
  const { said } = placed({ files: { components: CALM, incidents: CALM, "scheduled-maintenances": CALM } });
  await settled();
  assert.deepEqual(said(), ["unknown", "Unknown", false]);
});

test("a summary that leaves its lists to files of their own is read with them", async () => {
  const { said } = placed({ files: { summary: {}, components: CALM, incidents: CALM } });
  await settled();
  assert.deepEqual(said(), WELL);
});

test("a source that refuses cannot be reached, and is asked again", async () => {
  const { host, said } = placed({ files: { summary: CALM }, answer: () => ({ ok: false, status: 503, headers: new Headers() }) });
  await settled();
  assert.deepEqual(said(), ["unknown", "Unknown: its source cannot be reached", false]);
  host.answer = (answer) => answer;
  host.timer();
  await settled();
  assert.deepEqual(said(), WELL);
});
