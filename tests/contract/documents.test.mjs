// The sandbox against the vendors' own documents, judged by Prism: a whole life of an incident and every
// mail route break nothing; a bad request and a broken answer are found, so that the judge is known to be
// awake.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ask, noDocuments, PAGE, prism, sandbox } from "./support.mjs";

describe("the sandbox keeps to the vendors' documents", { skip: noDocuments }, () => {
  let peer;
  const judges = {};
  before(async () => {
    peer = await sandbox();
    for (const vendor of ["statuspage", "postmark", "resend", "sendgrid"]) judges[vendor] = await prism(vendor, peer.url);
  });
  after(async () => {
    for (const judge of Object.values(judges)) await judge.stop();
    await peer?.stop();
  });

  const through = (vendor, ...request) => ask(judges[vendor].url, vendor, ...request);
  /** An answer with the status that is due, and no violation. */
  async function keeps(vendor, status, ...request) {
    const answer = await through(vendor, ...request);
    assert.equal(answer.violations, null, `${request[0]} ${request[1]}: ${JSON.stringify(answer.violations)}`);
    assert.equal(answer.status, status, `${request[0]} ${request[1]}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
  const incidents = `/pages/${PAGE}/incidents`;
  const incident = (fields) => ({ incident: fields });

  test("Statuspage: an incident from its beginning to its post-mortem", async () => {
    await peer.reset();
    const created = await keeps("statuspage", 201, "POST", incidents, incident({
      name: "API - Investigating Issue", status: "investigating", body: "We are investigating.\r\n<b>More</b> soon.",
      impact_override: "critical", components: { cmpapi000001: "major_outage", cmpworkflow1: "partial_outage" },
      deliver_notifications: true, metadata: { allclear_abc: { v: 1, ops: ["op1"] } },
    }));
    const one = `${incidents}/${created.id}`;
    assert.deepEqual(created.incident_updates[0].affected_components.map(({ name }) => name).sort(), ["API", "Automation - Workflow execution"]);
    await keeps("statuspage", 200, "GET", one);
    await keeps("statuspage", 200, "PATCH", one, incident({ metadata: { allclear_abc: { v: 1, ops: ["op1", "op2"] } } }));
    await keeps("statuspage", 200, "PATCH", one, incident({ status: "monitoring", body: "Watching.", deliver_notifications: false }));
    const resolved = await keeps("statuspage", 200, "PATCH", one, incident({
      status: "resolved", body: "Resolved.", components: { cmpapi000001: "operational" },
    }));
    assert.equal(resolved.incident_updates.length, 3, "metadata alone makes no update");
    assert.deepEqual(resolved.components.map(({ status }) => status), ["operational", "partial_outage"], "no component returns by itself");
    await keeps("statuspage", 200, "PATCH", `${one}/incident_updates/${resolved.incident_updates[0].id}`, { incident_update: { body: "Resolved at 12:00." } });
    await keeps("statuspage", 200, "PUT", `${one}/postmortem`, { postmortem: { body_draft: "# Why" } });
    await keeps("statuspage", 200, "GET", `${one}/postmortem`);
    await keeps("statuspage", 200, "PUT", `${one}/postmortem/publish`, { postmortem: { notify_subscribers: true, notify_twitter: false } });
    await keeps("statuspage", 200, "GET", one);
    await keeps("statuspage", 200, "PUT", `${one}/postmortem/revert`);
    await keeps("statuspage", 204, "DELETE", `${one}/postmortem`);
    await keeps("statuspage", 404, "GET", `${one}/postmortem`);
    await keeps("statuspage", 200, "DELETE", one);
  });

  test("Statuspage: maintenances, lists, components, groups, templates, refusals", async () => {
    await peer.reset();
    await keeps("statuspage", 201, "POST", incidents, incident({
      name: "Database upgrade", scheduled_for: "2031-01-01T10:00:00Z", scheduled_until: "2031-01-01T11:00:00Z", scheduled_remind_prior: true,
    }));
    for (const list of ["", "?limit=10&page=1", "/unresolved?page=1&per_page=100", "/scheduled", "/upcoming", "/active_maintenance"]) {
      await keeps("statuspage", 200, "GET", `${incidents}${list}`);
    }
    const components = await keeps("statuspage", 200, "GET", `/pages/${PAGE}/components?page=1&per_page=100`);
    assert.equal(components.length, 7, "six components and their group");
    await keeps("statuspage", 200, "GET", `/pages/${PAGE}/components/cmpapi000001`);
    await keeps("statuspage", 200, "PATCH", `/pages/${PAGE}/components/cmpapi000001`, { component: { status: "degraded_performance" } });
    await keeps("statuspage", 200, "GET", `/pages/${PAGE}/component-groups`);
    await keeps("statuspage", 200, "GET", `/pages/${PAGE}`);
    await keeps("statuspage", 201, "POST", `/pages/${PAGE}/incident_templates`, { template: { name: "n", title: "t", body: "b", component_ids: ["cmpapi000001"] } });
    await keeps("statuspage", 200, "GET", `/pages/${PAGE}/incident_templates`);
    await keeps("statuspage", 422, "POST", incidents, incident({ name: "x".repeat(256) }));
    await keeps("statuspage", 404, "GET", "/pages/anotherpage1/incidents");
    await peer.control("switches", { revoked: ["statuspage"] });
    await keeps("statuspage", 401, "GET", incidents);
  });

  const mail = (to, item) => ({
    From: "AIAS <status@example.com>", To: to, ReplyTo: "support@example.com", Subject: "Outage", TextBody: "Hi", HtmlBody: "<p>Hi</p>",
    Tag: "incident", MessageStream: "broadcast", Metadata: { op: "op-1", chunk: "0", item: String(item) },
  });
  test("Postmark: single, batch with failures inside, search, details", async () => {
    await peer.reset({ deny: [{ pattern: "^gone@" }] });
    await keeps("postmark", 200, "POST", "/email", mail("ada@example.com", 0));
    const results = await keeps("postmark", 200, "POST", "/email/batch", [mail("bo@example.com", 1), mail("gone@example.com", 2), mail("nobody", 3)]);
    assert.deepEqual(results.map(({ ErrorCode }) => ErrorCode), [0, 406, 300]);
    const found = await keeps("postmark", 200, "GET", "/messages/outbound?count=500&offset=0&metadata_op=op-1");
    assert.deepEqual(found.Messages.map(({ Metadata }) => Metadata.item), ["1", "0"]);
    await keeps("postmark", 200, "GET", `/messages/outbound/${found.Messages[0].MessageID}/details`);
    await keeps("postmark", 422, "GET", "/messages/outbound/none/details");
    await keeps("postmark", 422, "POST", "/email/batch", Array.from({ length: 501 }, (_, item) => mail("ada@example.com", item)));
  });

  const email = (to) => ({ from: "AIAS <status@example.com>", to: [to], subject: "Outage", text: "Hi", html: "<p>Hi</p>", reply_to: "support@example.com", tags: [{ name: "op", value: "op-1" }] });
  test("Resend: single, batch, the same key again, reading", async () => {
    await peer.reset();
    const { id } = await keeps("resend", 200, "POST", "/emails", email("ada@example.com"));
    const key = { "Idempotency-Key": "allclear-op-1-0" };
    const first = await keeps("resend", 200, "POST", "/emails/batch", [email("ada@example.com"), email("bo@example.com")], key);
    assert.deepEqual(await keeps("resend", 200, "POST", "/emails/batch", [email("ada@example.com"), email("bo@example.com")], key), first);
    await keeps("resend", 200, "GET", `/emails/${id}`);
    assert.equal((await peer.control("mails")).resend.length, 3, "the repeated batch sent nothing");
  });

  const toMany = (fields = {}) => ({
    from: { email: "status@example.com", name: "AIAS" }, reply_to: { email: "support@example.com" }, subject: "Outage",
    content: [{ type: "text/plain", value: "Hi %q7%" }, { type: "text/html", value: "<p>Hi %q7%</p>" }],
    personalizations: ["ada", "bo"].map((name, item) => ({
      to: [{ email: `${name}@example.com` }], substitutions: { "%q7%": name }, custom_args: { op: "op-1", chunk: "0", item: String(item) },
    })), ...fields,
  });
  test("SendGrid: sending, rehearsing, refusals", async () => {
    await peer.reset();
    await keeps("sendgrid", 202, "POST", "/v3/mail/send", toMany());
    // The document declares 202 only; that sandbox mode answers 200 stands in the vendor's guide.
    const rehearsed = await through("sendgrid", "POST", "/v3/mail/send", toMany({ mail_settings: { sandbox_mode: { enable: true } } }));
    assert.match(JSON.stringify([rehearsed.violations, rehearsed.body]), /returned status code/);
    const direct = await ask(peer.url, "sendgrid", "POST", "/v3/mail/send", toMany({ mail_settings: { sandbox_mode: { enable: true } } }));
    assert.equal(direct.status, 200);
    const { sendgrid } = await peer.control("mails?parts=1");
    assert.deepEqual(sendgrid.map(({ text }) => text), ["Hi ada", "Hi bo"]);
    await keeps("sendgrid", 400, "POST", "/v3/mail/send", toMany({ subject: undefined }));
    await peer.control("switches", { revoked: ["sendgrid"] });
    await keeps("sendgrid", 401, "POST", "/v3/mail/send", toMany());
  });

  const bad = {
    statuspage: ["POST", incidents, incident({ name: "x", status: "bogus" })],
    postmark: ["POST", "/email/batch", [{ ...mail("ada@example.com", 0), TextBody: 7 }]],
    resend: ["POST", "/emails/batch", [{ ...email("ada@example.com"), subject: undefined }]],
    sendgrid: ["POST", "/v3/mail/send", { ...toMany(), from: undefined }],
  };
  for (const [vendor, request] of Object.entries(bad)) {
    test(`the judge is awake: a bad request to ${vendor} never reaches the sandbox`, async () => {
      await peer.reset();
      const answer = await through(vendor, ...request);
      assert.equal(answer.status, 422, JSON.stringify(answer.body));
      assert.equal(answer.body.title, "Invalid request");
      assert.deepEqual(await peer.control("exchanges"), []);
    });
  }

  const good = {
    statuspage: ["POST", incidents, incident({ name: "x" })],
    postmark: ["POST", "/email/batch", [mail("ada@example.com", 0)]],
    resend: ["POST", "/emails/batch", [email("ada@example.com")]],
    sendgrid: ["POST", "/v3/mail/send", toMany()],
  };
  for (const [vendor, request] of Object.entries(good)) {
    test(`the judge is awake: a broken answer of ${vendor} is found`, async () => {
      await peer.reset({ faults: [{ kind: "break-shape", match: { vendor } }] });
      const answer = await through(vendor, ...request);
      assert.equal(answer.status, 500, JSON.stringify(answer.body));
      assert.match(answer.body.type, /#VIOLATIONS$/);
      assert.equal((await peer.control("exchanges"))[0].response.status < 300, true, "the sandbox itself answered");
    });
  }
});
