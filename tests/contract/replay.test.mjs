// Every request that the app made in the end-to-end runs, and every answer it got from the sandbox, judged
// by the vendors' documents. The runs leave them in .stage/exchanges/, one file each, as the sandbox's
// `GET /_sandbox/exchanges` gives them.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { ROOT } from "../../tools/lib/run.mjs";
import { judge } from "./judge.mjs";
import { ask, noDocuments, PAGE, sandbox } from "./support.mjs";

const FOLDER = `${ROOT}/.stage/exchanges`;
const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith(".json")).sort() : [];
/** tools/lib/layers.mjs says so when the whole end-to-end layer ran before this one. */
const expected = process.env.ALLCLEAR_E2E_RAN === "1";
const nothing = !expected && files.length === 0 && "there are no recorded exchanges: the end-to-end layer did not run";

describe("the judge of recorded exchanges", { skip: noDocuments }, () => {
  let peer;
  let violations;
  before(async () => {
    peer = await sandbox();
    violations = await judge();
  });
  after(() => peer?.stop());

  /** What is found in what a request leaves in the record. */
  async function found(vendor, method, path, body, switches) {
    await peer.reset(switches);
    await ask(peer.url, vendor, method, path, body);
    const [exchange] = await peer.control("exchanges");
    return violations(exchange);
  }
  const incidents = `/v1/pages/${PAGE}/incidents`;
  const fields = { name: "x", status: "investigating", components: { cmpapi000001: "major_outage" }, metadata: { a: { b: 1 } } };

  test("finds nothing in what is right", async () => {
    assert.deepEqual(await found("statuspage", "POST", `${incidents}.json`, { incident: fields }), []);
    assert.deepEqual(await found("statuspage", "GET", `${incidents}/unresolved?page=1&per_page=100`), []);
    assert.deepEqual(await found("postmark", "GET", "/messages/outbound?count=500&offset=0&metadata_op=o"), []);
    assert.deepEqual(await found("postmark", "POST", "/email/batch", [{ From: "a@example.com", To: "b@example.com", TextBody: "x", Metadata: { op: "o" } }]), []);
  });
  test("finds a word, a field, a path and a parameter that the documents do not know", async () => {
    const bogus = await found("statuspage", "POST", incidents, { incident: { ...fields, status: "bogus" } });
    assert.match(bogus.join(), /request: .*allowed values/);
    const misspelt = await found("statuspage", "POST", incidents, { incident: { ...fields, deliver_notification: true } });
    assert.deepEqual(misspelt, ["request: the document knows no field incident.deliver_notification"]);
    const misspeltItem = await found("postmark", "POST", "/email/batch", [{ From: "a@example.com", To: "b@example.com", Text: "x" }]);
    assert.deepEqual(misspeltItem, ["request: the document knows no field [].Text"]);
    assert.match((await found("statuspage", "POST", `${incidents}/x/incident_updates`, {})).join(), /not in the document/);
    assert.deepEqual(await found("statuspage", "GET", `${incidents}?per_page=5`), ["request: the document knows no query parameter per_page"]);
  });
  test("finds a broken answer, and leaves an answer alone that a fault spoiled", async () => {
    await peer.reset();
    await ask(peer.url, "statuspage", "POST", incidents, { incident: fields });
    const [exchange] = await peer.control("exchanges");
    const answer = JSON.parse(exchange.response.body);
    const broken = { ...exchange, response: { ...exchange.response, body: JSON.stringify({ ...answer, status: "odd" }) } };
    assert.match(violations(broken).join(), /answer: .*allowed values/);
    assert.deepEqual(violations({ ...broken, faults: ["truncate"] }), []);
  });
});

describe("what the app sent in the end-to-end runs", { skip: noDocuments || nothing }, () => {
  let violations;
  before(async () => (violations = await judge()));

  test("there is something to judge", () => {
    assert.notEqual(files.length, 0, "the end-to-end layer ran and left nothing in .stage/exchanges");
  });
  for (const file of files) {
    test(file, () => {
      const exchanges = JSON.parse(readFileSync(`${FOLDER}/${file}`, "utf8"));
      const wrong = exchanges.flatMap((exchange) =>
        (violations(exchange) ?? []).map((one) => `${exchange.n}: ${exchange.method} ${exchange.path}: ${one}`),
      );
      assert.deepEqual(wrong, []);
    });
  }

  // A part of the runs leaves a part of the record: only of all of them is it known what must be in it.
  describe("what must be among it", { skip: !expected && "the end-to-end layer did not run before this one" }, () => {
    let judged;
    before(() => {
      const all = files.flatMap((file) => JSON.parse(readFileSync(`${FOLDER}/${file}`, "utf8")));
      judged = all.filter(({ method }) => method !== "GET").filter((exchange) => violations(exchange) !== undefined);
    });
    const to = (vendor) => judged.filter((exchange) => exchange.vendor === vendor);
    /** What the page was told of incidents: the method, and the incident's fields. */
    const incidents = () => to("statuspage")
      // What is deleted there is deleted by the vendor's own console.
      .filter(({ method, path }) => method !== "DELETE" && /\/incidents(\/\w+)?(\.json)?$/.test(path))
      .map(({ method, request }) => ({ method, ...JSON.parse(request.body).incident }));

    test("an incident, from its beginning to its end", () => {
      const statuses = new Set(incidents().map(({ method, status }) => `${method} ${status}`));
      for (const step of ["POST investigating", "PATCH resolved"]) assert.ok(statuses.has(step), `${step} is not among ${[...statuses]}`);
    });
    test("a batch of mails that was taken", () => {
      assert.ok(to("postmark").some(({ path, response }) => path.endsWith("/email/batch") && response?.status === 200));
    });
    test("writes of metadata alone", () => {
      const alone = incidents().filter(({ method, metadata, deliver_notifications: _, ...rest }) =>
        method === "PATCH" && metadata !== undefined && Object.keys(rest).length === 0);
      assert.notEqual(alone.length, 0);
    });
  });
});
