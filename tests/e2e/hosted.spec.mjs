// The product on hosted services behind the shipped nginx: the login, the state in the page, the keys, a drill, and the
// tests before the real need; counted at the sandbox.
import { readdirSync, readFileSync } from "node:fs";
import { enter, expect, open, SANDBOX_KEYS, test, underWay } from "./hosted.mjs";
import { mail, post, press, storage } from "./hosted-responder.mjs";
import { SOON, until } from "./passing.mjs";
import { channel, duty, sent, social, startDrill, tellTeam } from "./responder.mjs";
import { check, troubles } from "./scripted-edge.mjs";
import { holdApp, seenSince, watchState } from "./state-watch.mjs";

const overall = (page) => page.getByRole("status", { name: "Overall status" });

// The browser notes every answer of failure in its console.
test.use({ allowed: /Failed to load resource|ERR_/ });

test("without a login there is no console; one that ends in the middle keeps what was typed, holds what was pressed, and goes on", async ({ page, context, hosted, clock }) => {
  for (const path of ["/console/", "/console/declare", "/console/sop.toml", "/console/team.toml", "/api/whoami"]) {
    expect((await fetch(hosted.address + path, { headers: { "Sec-Fetch-Site": "same-origin" } })).status, path).toBe(401);
  }
  expect((await fetch(hosted.address)).status).toBe(200);

  await underWay({ page, context, clock });
  await expect(page.getByRole("textbox", { name: "You are" })).toHaveCount(0);
  const messages = await channel(page, "Status page");
  await messages.getByRole("textbox", { name: "Symptom" }).fill("typed before the login ended");
  // The rest of the console comes while it is quiet.
  await clock.pass(0.1);
  hosted.endLogins();
  await press(page);
  await until(clock, () => expect(sent(page)).toContainText("Failed: your login has ended", SOON));
  await expect(troubles(page)).toContainText("Your login has ended. Nothing is lost.");
  await expect(messages.getByRole("textbox", { name: "Symptom" })).toHaveValue("typed before the login ended");
  await expect(page.getByRole("region", { name: "Break glass" })).toBeVisible();
  await press(page);
  await expect(page.getByText("held, and not sent")).toBeVisible();
  expect(await hosted.incidents()).toEqual([]);

  hosted.again();
  await until(clock, () => expect(duty(page, "Status page: first message")).toContainText("Done", SOON));
  await expect(troubles(page)).not.toContainText("Your login has ended");
  expect((await hosted.posts()).map(({ body }) => body).join()).toContain("typed before the login ended");
  expect(await hosted.posts()).toHaveLength(1);
});

test("the state comes with the page and stands before the app does; what is old, or was never given, the page asks for", async ({ page, context, hosted, clock, request }) => {
  const BROKEN = { id: "one", name: "</script><script>window.broken = 1</script><!--", status: "major_outage" };
  const CALM = { id: "two", name: "Billing", status: "operational" };
  const show = (...components) => hosted.sandbox.ask("/page", { components });
  const components = page.getByRole("region", { name: "Components" });
  const asked = [];
  page.on("request", (each) => { if (each.url().endsWith("/summary.json")) asked.push(each.url()); });

  await show(BROKEN, CALM);
  const letGo = await holdApp(context);
  await page.goto("/", { waitUntil: "commit" });
  await expect(overall(page)).toHaveText("Major outage");
  await watchState(page);
  letGo();
  await expect(components).toContainText(BROKEN.name);
  expect(await seenSince(page)).toEqual({ said: ["Major outage"], moved: [] });
  expect(asked).toEqual([]);
  expect(await page.evaluate(() => globalThis.broken)).toBeUndefined();

  // A page that the browser kept.
  const answer = await request.get("/", { headers: { "Sec-Fetch-Dest": "document" } });
  const kept = (await answer.text()).replace(/"at":(\d+)/, (_, at) => `"at":${Number(at) - 60}`);
  expect(kept).toContain('"status":"major_outage"');
  await show(CALM);
  const { "content-encoding": _, "content-length": __, ...headers } = answer.headers();
  const give = (route) => route.fulfill({ status: 200, headers, body: kept });
  await page.route("/", give);
  await clock.pass(0);
  await page.goto("/", { waitUntil: "commit" });
  await watchState(page);
  await expect(components).toContainText(CALM.name);
  expect((await seenSince(page)).said).not.toContain("Major outage");
  expect(asked).toHaveLength(1);
  await page.unroute("/", give);

  // The vendor gave the edge none.
  await hosted.switches({ faults: [{ match: { vendor: "public", path: "/summary" }, nth: 1, kind: "drop-before" }] });
  await open(page, "/");
  await expect(components).toContainText(CALM.name);
  await expect(overall(page)).toHaveText("All systems operational");
  expect(asked).toHaveLength(2);
});

/** A key as it is, and as a login in base64 would hide it, whatever stands before it there. */
const spellings = (key) => [key, ...["", "x", "xx"].map((before) => Buffer.from(before + key).toString("base64").replace(/=+$/, "").slice(4, -1))];

/** Every file of a folder, as one text. */
function everyFile(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  expect(files.length).toBeGreaterThan(20);
  return files.map((file) => readFileSync(`${file.parentPath}/${file.name}`, "latin1")).join("\n");
}

test.describe("with the service worker", () => {
  test.use({ serviceWorkers: "allow" });

  test("no key is in anything that a browser gets, asks, keeps or exports, nor in a log; a revoked one is red", async ({ page, context, hosted, clock }) => {
    const downloaded = async (name) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
      return readFileSync(await download.path(), "utf8");
    };
    const [seen, addresses] = [[], []];
    context.on("response", (response) => seen.push(response.body().then((body) => `${response.url()} ${JSON.stringify(response.headers())} ${body}`, () => response.url())));
    context.on("request", (request) => {
      addresses.push(request.url());
      seen.push(`${JSON.stringify(request.headers())} ${request.postData()}`);
    });
    context.on("console", (message) => seen.push(message.text()));

    await hosted.switches({ deny: [{ pattern: "^gone@" }] });
    await underWay({ page, context, clock });
    await post(page, clock);
    await mail(page, clock, { to: "lin@example.com\ngone@example.com", people: "2 people" });
    await until(clock, () => expect(duty(page, "Email: first message")).toContainText("Done", SOON));
    const files = {
      "Download evidence": await downloaded("Download evidence"),
      "who was not reached": await downloaded("Download who was not reached"),
    };
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    files["Download everything"] = await downloaded("Download everything");
    await page.getByRole("link", { name: "Readiness", exact: true }).click();
    await until(clock, () => expect(check(page, "Email service")).toContainText("Postmark takes a sample mail in its test mode.", SOON));
    await expect.poll(() => page.evaluate(() => caches.keys().then((all) => all.length)), "the worker keeps something").toBeGreaterThan(0);
    const console = await storage(page);
    await open(page, "/");
    // What the worker keeps of the page holds no state: the edge writes it anew each time.
    const kept = () => page.evaluate(async () => (await (await caches.match(new URL("./", document.baseURI).href))?.text()) ?? "");
    await expect.poll(kept).toContain("<!--#include");
    expect(await kept()).not.toContain("Billing");

    const places = {
      ...files,
      "the bundle": everyFile(hosted.dist),
      "what the browser keeps for the console": console,
      "what the browser keeps for the status page": await storage(page),
      "the addresses that were asked": addresses.join("\n"),
      "what was asked and got": (await Promise.all(seen)).join("\n"),
      "nginx's logs": hosted.logs(),
    };
    // Each place holds what it should, and the keys did reach the vendors: else there would be nothing to find.
    for (const [place, text] of [
      ["Download evidence", "errors when signing in"], ["Download everything", "errors when signing in"], ["who was not reached", "gone@example.com"],
      ["what the browser keeps for the console", "lin@example.com"], ["what the browser keeps for the console", "/console/sop.toml"],
      ["the addresses that were asked", "/api/postmark/"], ["what was asked and got", "lin@example.com"], ["nginx's logs", "/api/statuspage/"],
    ]) expect(places[place], place).toContain(text);
    const exchanges = await hosted.exchanges();
    for (const vendor of ["statuspage", "postmark"]) {
      const used = exchanges.filter((each) => each.vendor === vendor && each.response.status < 300);
      expect(JSON.stringify(used.map(({ request }) => request.headers)), `what ${vendor} got`).toContain(SANDBOX_KEYS[vendor]);
    }
    places["the addresses that the vendors got"] = exchanges.map(({ path, query }) => `${path} ${JSON.stringify(query)}`).join("\n");
    for (const [place, text] of Object.entries(places)) {
      for (const [vendor, key] of Object.entries(SANDBOX_KEYS)) {
        for (const spelling of spellings(key)) expect(text.includes(spelling), `the key of ${vendor} in ${place}, as ${spelling}`).toBe(false);
      }
    }

    await hosted.switches({ revoked: ["postmark"] });
    await open(page, "/console/readiness");
    await until(clock, () => expect(check(page, "Email service")).toContainText("does not accept the key that the edge adds", SOON));
  });
});

test("a drill runs from declare to post-mortem, and no service is asked for anything but reading", async ({ page, hosted, clock }) => {
  const banner = page.getByText("Drill: nothing leaves this browser.");
  await enter(page);
  // A drill has no log to begin with: its button is where it begins.
  await page.getByRole("button", { name: "Start a drill" }).click();
  const service = page.getByRole("combobox", { name: "Service" });
  await until(clock, () => expect(service.getByRole("option", { name: "API" })).toBeAttached(SOON));
  await expect(banner).toBeVisible();
  await page.getByRole("button", { name: "It is real: no drill" }).click();
  await expect(banner).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Declare", exact: true })).toBeVisible();
  await open(page, "/console/");
  await startDrill(page);
  await expect(banner).toBeVisible();
  const incident = page.url();

  await tellTeam(page);
  await press(page);
  await until(clock, () => expect(duty(page, "Status page: first message")).toContainText("Done", SOON));
  const messages = await channel(page, "Email");
  await messages.getByText("Send a test to me").click();
  await messages.getByRole("textbox", { name: "Your address" }).fill("me@example.com");
  await messages.getByRole("button", { name: "Send a test", exact: true }).click();
  await expect(messages.getByText("Look into the mailbox of me@example.com")).toBeVisible();
  await mail(page, clock, { to: "lin@example.com\nbo@example.com", people: "2 people" });
  await until(clock, () => expect(duty(page, "Email: first message")).toContainText("Done", SOON));
  await channel(page, "X");
  await expect(page.getByRole("button", { name: "Open X" })).toHaveAttribute("aria-disabled", "true");
  await social(page, "X", "https://x.com/none");
  // What is shared with nobody is not said to be, and there is no glass to break.
  await expect(page.getByRole("region", { name: "Shared with the other consoles" })).toHaveCount(0);
  // What changes is judged by the drill's own page: the service's has been well all the time.
  const onPage = await channel(page, "Status page");
  await onPage.getByRole("radio", { name: "Resolved" }).check();
  await expect(onPage.getByText("API becomes operational.")).toBeVisible();
  await press(page, { status: "Resolved", facts: { "Cause and resolution": "A bad deploy was rolled back" } });
  await until(clock, () => expect(duty(page, "Status page: resolved")).toContainText("Done", SOON));
  await page.goto(`${incident}/postmortem`);
  await expect(banner).toBeVisible();
  await page.getByRole("textbox", { name: "Participants" }).fill("Ada");
  await page.getByRole("button", { name: "Record post-mortem" }).click();
  await expect(page.getByRole("region", { name: "Recorded post-mortem" })).toContainText("Held on");
  await clock.pass(2);

  const asked = await hosted.exchanges();
  expect(asked.filter(({ method }) => method !== "GET")).toEqual([]);
  expect(asked.filter(({ vendor }) => !["statuspage", "public"].includes(vendor))).toEqual([]);
  expect(await hosted.incidents()).toEqual([]);
  expect(Object.values(await hosted.mails()).flat()).toEqual([]);
  // The mails lie in this browser's outbox.
  await page.getByRole("link", { name: "Outbox" }).click();
  await expect(page.getByRole("list", { name: "Mails" }).getByRole("article")).toHaveCount(3);
});

test("before the real need: a test incident is written three times and nobody hears of it; a test notice reaches the team; a test mail by each service is checked, and reaches one address once", async ({ page, hosted, clock }) => {
  /** Whether a request is the check in test mode; Resend has none, but an address that takes everything. */
  const NOBODY = "delivered@resend.dev";
  const CHECKS = {
    postmark: ({ request }) => JSON.stringify(request.headers).includes("POSTMARK_API_TEST"),
    resend: ({ request }) => JSON.parse(request.body).every(({ to }) => [to].flat().join() === NOBODY),
    sendgrid: ({ request }) => JSON.parse(request.body).mail_settings?.sandbox_mode?.enable === true,
  };
  await enter(page, "ada", "/console/readiness");
  await page.getByRole("button", { name: "Run a test incident" }).click();
  const steps = (name) => page.getByRole("list", { name }).getByRole("listitem");
  await until(clock, () => expect(steps("Test incident")).toHaveText([/Done\s*Create/, /Done\s*Update/, /Done\s*Resolve/], SOON));
  const [made, ...more] = await hosted.incidents();
  expect(more).toEqual([]);
  expect(made).toMatchObject({ name: "[Test] Allclear test: please ignore", status: "resolved", impact: "none", notified: 0, components: [] });
  expect(made.incident_updates.map(({ status }) => status)).toEqual(["resolved", "monitoring", "investigating"]);

  await expect(check(page, "Internal team")).toContainText("can only be tried by a message");
  await page.getByRole("button", { name: "Send a test notice" }).click();
  await until(clock, () => expect(steps("Test notice")).toHaveText([/Done\s*Send to the channel/], SOON));
  await expect(check(page, "Internal team")).toContainText("Slack took a test notice.");
  expect((await hosted.notices()).map(({ text }) => text)).toEqual(["[Test] This is a test notice of our incident communication. Nothing is wrong."]);

  for (const [service, isCheck] of Object.entries(CHECKS)) {
    hosted.sendBy(service);
    await enter(page, "ada", "/console/readiness");
    // The page makes a check of its own.
    await until(clock, () => expect(check(page, "Email service")).toContainText("OK", SOON));
    await page.getByRole("textbox", { name: "Your address" }).fill("ada@example.com");
    await page.getByRole("button", { name: "Send a test mail to me" }).click();
    await until(clock, () => expect(steps("Test mail")).toHaveText([/Done\s*Check, in test mode/, /Done\s*Send/], SOON));
    await expect(page.getByRole("status", { name: "Last message" })).toContainText("The test mail was accepted.");
    const accepted = (await hosted.mails())[service].map(({ address }) => address);
    expect(accepted.filter((address) => address !== NOBODY), service).toEqual(["ada@example.com"]);
    const asked = (await hosted.exchanges()).filter(({ vendor, method }) => vendor === service && method === "POST");
    expect(asked.every(({ request }) => request.body.includes("[Test] Allclear test mail: please ignore")), service).toBe(true);
    expect(asked.slice(-2).map(isCheck), `${service}: the check comes first`).toEqual([true, false]);
  }
});
