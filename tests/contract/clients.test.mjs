// The vendors' official clients drive the sandbox as they would drive the vendors: their own notions of
// paths, headers, answers and errors, and none of ours.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { sandbox } from "./support.mjs";

const require = createRequire(import.meta.url);
/** Where tools/setup.sh puts the Python clients. */
const TOOLS = process.env.TOOLS ?? `${process.env.XDG_CACHE_HOME ?? `${process.env.HOME}/.cache`}/allclear/tools`;
const PYTHON = `${TOOLS}/python-contract`;

describe("official clients and the sandbox understand each other", () => {
  let peer;
  before(async () => (peer = await sandbox()));
  after(() => peer?.stop());

  test("npm postmark: single, batch with failures, search, errors by name", async () => {
    const { ServerClient, Errors } = require("postmark");
    const host = { useHttps: false, requestHost: new URL(peer.url).host };
    await peer.reset({ deny: [{ pattern: "^gone@" }] });
    const client = new ServerClient("sandbox-postmark-token", host);
    const mail = (To, item) => ({ From: "status@example.com", To, Subject: "s", TextBody: "Hi", MessageStream: "broadcast", Metadata: { op: "op-1", chunk: "0", item } });
    assert.equal((await client.sendEmail(mail("ada@example.com", "0"))).Message, "OK");
    const results = await client.sendEmailBatch([mail("bo@example.com", "1"), mail("gone@example.com", "2"), mail("nobody", "3")]);
    assert.deepEqual(results.map(({ ErrorCode }) => ErrorCode), [0, 406, 300]);
    const found = await client.getOutboundMessages({ count: 10, offset: 0, metadata_op: "op-1" });
    assert.deepEqual(found.Messages.map(({ Recipients }) => Recipients[0]), ["bo@example.com", "ada@example.com"]);
    const details = await client.getOutboundMessageDetails(found.Messages[0].MessageID);
    assert.equal(details.Metadata.item, "1");
    await assert.rejects(client.sendEmail(mail("gone@example.com", "4")), Errors.InactiveRecipientsError);
    await assert.rejects(new ServerClient("wrong", host).sendEmail(mail("a@example.com", "5")), Errors.InvalidAPIKeyError);
    await assert.rejects(client.sendEmailBatch(Array.from({ length: 501 }, () => mail("a@example.com", "6"))), (error) => error.code === 410);
  });

  test("npm postmark: the test token checks and keeps nothing", async () => {
    const { ServerClient } = require("postmark");
    await peer.reset();
    const client = new ServerClient("POSTMARK_API_TEST", { useHttps: false, requestHost: new URL(peer.url).host });
    const [taken, wrong] = await client.sendEmailBatch([
      { From: "status@example.com", To: "ada@example.com", TextBody: "Hi" }, { From: "status@example.com", To: "ada" },
    ]);
    assert.deepEqual([taken.ErrorCode, wrong.ErrorCode], [0, 300]);
    assert.deepEqual((await peer.control("mails")).postmark, []);
  });

  test("npm resend: batches once a key, whatever happens to the answer", async () => {
    const { Resend } = require("resend");
    await peer.reset();
    const client = new Resend("re_sandbox_key", { baseUrl: peer.url });
    const mails = (n) => Array.from({ length: n }, (_, i) => ({ from: "status@example.com", to: `p${i}@example.com`, subject: "s", text: "Hi" }));
    const key = { idempotencyKey: "allclear-op-1-0" };
    await peer.control("switches", { faults: [{ kind: "drop-after", nth: 1, match: { vendor: "resend" } }] });
    const lost = await client.batch.send(mails(3), key);
    assert.ok(lost.error, "the answer was lost");
    const again = await client.batch.send(mails(3), key);
    assert.equal(again.error, null);
    assert.equal(again.data.data.length, 3);
    const { resend } = await peer.control("mails");
    assert.deepEqual(resend.map(({ op, chunk, item }) => [op, chunk, item]), [["op-1", "0", "0"], ["op-1", "0", "1"], ["op-1", "0", "2"]]);
    assert.equal((await client.batch.send(mails(2), key)).error.name, "invalid_idempotent_request");
    assert.equal((await client.emails.get(again.data.data[0].id)).data.to[0], "p0@example.com");
    const mixed = [...mails(1), { from: "status@example.com", to: "nobody", subject: "s", text: "Hi" }];
    assert.equal((await client.batch.send(mixed)).error.name, "validation_error");
    const some = await client.batch.send(mixed, { batchValidation: "permissive" });
    assert.deepEqual([some.data.data.length, some.data.errors[0].index], [1, 1]);
    assert.equal((await new Resend("re_wrong", { baseUrl: peer.url }).batch.send(mails(1))).error.name, "invalid_api_key");
  });

  test("npm resend: a key whose request is still being worked on", async () => {
    const { Resend } = require("resend");
    await peer.reset({ faults: [{ kind: "latency", ms: 400, nth: 1, match: { vendor: "resend" } }] });
    const client = new Resend("re_sandbox_key", { baseUrl: peer.url });
    const send = () => client.batch.send([{ from: "status@example.com", to: "ada@example.com", subject: "s", text: "Hi" }], { idempotencyKey: "k" });
    const answers = await Promise.all([send(), send()]);
    assert.deepEqual(answers.map(({ error }) => error?.name).sort(), ["concurrent_idempotent_requests", undefined]);
    assert.equal((await peer.control("mails")).resend.length, 1);
  });

  test("npm @sendgrid/mail: personalised, rehearsed, refused", async () => {
    const mail = require("@sendgrid/mail");
    const { Client } = require("@sendgrid/client");
    await peer.reset({ deny: [{ pattern: "^gone@" }] });
    const client = new Client();
    client.setApiKey("SG.sandbox-key");
    client.setDefaultRequest("baseUrl", peer.url);
    mail.setClient(client);
    const message = (fields = {}) => ({
      from: "AIAS <status@example.com>", subject: "Hi {{n}}", text: "Hi {{n}}", html: "<p>Hi {{n}}</p>",
      personalizations: ["ada", "gone"].map((name, item) => ({
        to: `${name}@example.com`, substitutions: { n: name }, customArgs: { op: "op-1", chunk: "0", item: String(item) },
      })), ...fields,
    });
    const [answer] = await mail.send(message());
    assert.equal(answer.statusCode, 202);
    assert.match(answer.headers["x-message-id"], /^\w+$/);
    const { sendgrid, dropped } = await peer.control("mails?parts=1");
    assert.deepEqual(sendgrid.map(({ address, text, item }) => [address, text, item]), [["ada@example.com", "Hi ada", "0"]]);
    assert.deepEqual(dropped.map(({ address }) => address), ["gone@example.com"]);
    assert.equal((await mail.send(message({ mailSettings: { sandboxMode: { enable: true } } })))[0].statusCode, 200);
    assert.equal((await peer.control("mails")).sendgrid.length, 1, "a rehearsal sends nothing");
    await assert.rejects(mail.send(message({ subject: undefined })), (error) => error.code === 400 && error.response.body.errors[0].field === "subject");
  });

  for (const [name, script] of [["atlassian-statuspage", "official.py"], ["crunch-statuspageio", "crunch.py"]]) {
    test(`PyPI ${name}: an incident from its beginning to its end`, async () => {
      assert.ok(existsSync(PYTHON), `the Python clients are not installed: tools/setup.sh contract`);
      await peer.reset();
      const file = fileURLToPath(new URL(`./python/${script}`, import.meta.url));
      const { stdout } = await promisify(execFile)("python3", [file, peer.url], { env: { ...process.env, PYTHONPATH: PYTHON } }).catch((error) => {
        throw new Error(`${script}: ${error.stdout}${error.stderr}`);
      });
      assert.ok(stdout.trim().split("\n").length >= 9, stdout);
    });
  }
});
