// Time that stands until a test moves it, and then passes as it does for people: a request that is under way gets its
// answer first. A test's clock runs faster than any machine answers, and would let the limits of requests pass that
// a real server keeps well.

/** No step is longer where every timer fires: the shortest limit of a request is twice as long. */
const STEP = 5_000;
/** What has no answer after so long, in real milliseconds, is meant to have none. */
const PATIENCE = 10_000;

const watched = new WeakMap();

/** What is asked of the services and of the host for a part of the app: what comes after hangs on it. */
const counts = ({ pathname }) => pathname.includes("/api/") || pathname.endsWith(".wasm");

/** The page says itself what it asks for, before the step of the clock ends that made it ask. The browser says so,
 *  too, by a way that can take longer than the steps that follow. */
function telling() {
  const { harnessHears: tell, fetch } = globalThis;
  const page = Math.random();
  let number = 0;
  globalThis.fetch = (asked, options) => {
    const { href } = new URL(asked.url ?? asked, document.baseURI);
    const id = `${page}/${number += 1}`;
    void tell({ id, href });
    const answer = fetch(asked, options);
    const over = () => void tell({ id });
    answer.then(over, over);
    return answer;
  };
}

/** What is under way in a context, and who waits for it. */
class UnderWay {
  /** What the browser has told of. */
  requests = new Set();
  /** What a page says that it asks for, by its id, until the browser tells of it. */
  announced = new Map();
  /** What the browser has told of before the page said so. */
  early = [];
  /** What nobody waits for. */
  unanswered = () => false;
  #waiting = [];

  async watch(context) {
    context.on("request", (request) => {
      const told = { page: pageOf(request), href: request.url() };
      const said = [...this.announced].find(([, asked]) => isSame(asked, told));
      if (said) this.announced.delete(said[0]);
      else if (request.resourceType() === "fetch") this.early.push(told);
      if (counts(new URL(request.url())) && !this.unanswered(request)) this.requests.add(request);
      this.#tell();
    });
    const over = (request) => {
      this.requests.delete(request);
      this.#tell();
    };
    context.on("requestfinished", over);
    context.on("requestfailed", over);
    // What a page asked for that is closed, nobody hears of any more.
    context.on("page", (page) => page.on("close", () => {
      for (const request of this.requests) if (pageOf(request) === page) this.requests.delete(request);
      for (const [id, asked] of this.announced) if (asked.page === page) this.announced.delete(id);
      this.#tell();
    }));
    await context.exposeBinding("harnessHears", ({ page }, { id, href }) => {
      const asked = { page, href };
      const before = this.early.findIndex((told) => isSame(asked, told));
      if (!href) this.announced.delete(id);
      else if (before >= 0) this.early.splice(before, 1);
      else if (counts(new URL(href))) this.announced.set(id, asked);
      this.#tell();
    });
    await context.addInitScript(telling);
  }

  #isQuiet() {
    return this.requests.size + this.announced.size === 0;
  }

  #tell() {
    if (this.#isQuiet()) for (const done of this.#waiting.splice(0)) done();
  }

  async none() {
    if (this.#isQuiet()) return;
    const all = [...this.requests];
    const said = [...this.announced.keys()];
    let timer;
    const patience = new Promise((done) => { timer = setTimeout(done, PATIENCE); });
    await Promise.race([new Promise((done) => this.#waiting.push(done)), patience]);
    clearTimeout(timer);
    for (const request of all) this.requests.delete(request);
    for (const id of said) this.announced.delete(id);
  }
}

const isSame = (one, other) => one.page === other.page && one.href === other.href;

function pageOf(request) {
  try {
    return request.frame().page();
  } catch {
    return null;
  }
}

/** From now on nobody waits for the answers of a context's requests that are so: they are kept back on purpose. */
export function unanswered(context, isSo) {
  watched.get(context).unanswered = isSo;
}

/** Keeps the browser's own timers at hand, before a clock takes their places. */
function keepOwn() {
  const own = ["setTimeout", "clearTimeout", "requestAnimationFrame", "cancelAnimationFrame", "requestIdleCallback", "cancelIdleCallback"];
  globalThis.harnessOwn = Object.fromEntries(own.map((name) => [name, globalThis[name].bind(globalThis)]));
}

/** What waits for no time at all comes at once, frames are drawn, and a page that idles is told, while the clock stands:
 *  an app that loads needs all three, and none lets any time pass. */
function atOnce() {
  const { harnessOwn, setTimeout: later, clearTimeout: forget } = globalThis;
  if (!harnessOwn) return;
  const { setTimeout: soon, clearTimeout: notSoon, ...drawn } = harnessOwn;
  Object.assign(globalThis, drawn);
  const ours = new Set();
  globalThis.setTimeout = (then, milliseconds, ...rest) => {
    if (milliseconds > 0) return later(then, milliseconds, ...rest);
    const id = soon((...all) => {
      ours.delete(id);
      then(...all);
    }, 0, ...rest);
    ours.add(id);
    return id;
  };
  globalThis.clearTimeout = (id) => (ours.delete(id) ? notSoon(id) : forget(id));
}

/** One clock for every page of every context that it is given, those opened later included. It stands. */
export class Clock {
  #contexts = [];

  /** `now` in milliseconds since 1970. `along` is told how many pass, before they do, and says how many it are for the pages. */
  constructor(now, along = async (milliseconds) => milliseconds) {
    Object.assign(this, { now, along });
  }

  /** Takes a context in, before it has a page. `off`: so many milliseconds its device is before the others. */
  async stand(context, off = 0) {
    const underWay = new UnderWay();
    watched.set(context, underWay);
    await underWay.watch(context);
    await context.addInitScript(keepOwn);
    const time = new Date(this.now + off);
    await context.clock.install({ time });
    await context.clock.pauseAt(time);
    await context.addInitScript(atOnce);
    this.#contexts.push(context);
    context.on("close", () => this.#contexts.splice(this.#contexts.indexOf(context), 1));
  }

  /** Waits until every request to a service has its answer. */
  async answered() {
    for (const context of this.#contexts) await watched.get(context).none();
  }

  async #move(milliseconds, how) {
    await this.answered();
    const pass = await this.along(milliseconds, this.now);
    this.now += pass;
    await Promise.all(this.#contexts.map((context) => context.clock[how](pass)));
    await this.answered();
  }

  /** Time passes as while a laptop sleeps: timers that are due fire once. */
  pass = (minutes) => this.#move(Math.round(minutes * 60_000), "fastForward");

  /** Time passes with every timer firing each time. */
  run = async (minutes) => {
    for (let left = Math.round(minutes * 60_000); left > 0; left -= STEP) await this.#move(Math.min(left, STEP), "runFor");
  };

  /** It is another time, and no timer fires: for pages that are opened after it. */
  async set(time) {
    this.now = Date.parse(time);
    await Promise.all(this.#contexts.map((context) => context.clock.setSystemTime(new Date(this.now))));
  }
}

/** Lets time pass in steps of so many seconds until something holds; what `holds` looks for, it looks for `SOON`. */
export async function until(clock, holds, { step = 3, most = 240 } = {}) {
  for (let passed = 0; ; passed += step) {
    try {
      return await holds();
    } catch (error) {
      if (passed >= most) throw error;
    }
    await clock.pass(step / 60);
  }
}

/** For `holds` of `until`: what is not there now is looked for again after time has passed. */
export const SOON = { timeout: 250 };
