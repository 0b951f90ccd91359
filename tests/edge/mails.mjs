// Mails as the console writes them, and everything else that the same key could send.
import { readFileSync } from "node:fs";
import { call, KEYS, MAIL } from "./calls.mjs";

const PATHS = { postmark: "/api/postmark/email/batch", test: "/api/postmark-test/email/batch", resend: "/api/resend/emails/batch", sendgrid: "/api/sendgrid/v3/mail/send" };
const FROM = `"AIAS \\"Platform\\"" <${MAIL.sender}>`;

/** One mail of each service; a field of `undefined` is left out. */
const postmark = (more = {}) => ({
  From: FROM,
  HtmlBody: "<p>Hi Zo\u{eb},</p>",
  MessageStream: MAIL.stream,
  Metadata: { chunk: "3", item: "0", op: "op-1" },
  ReplyTo: MAIL.answers,
  Subject: "[URGENT] St\u{f6}rung \u{1F6A8}",
  TextBody: "Hi Lovelace, \"Ada\",\n\n\"quoted\" & <kept> \\ \u0000\u001f\u007f\u2028",
  To: '"Lovelace, \\"Ada\\"" <ada@example.com>',
  ...more,
});
const resend = (more = {}) => ({ from: FROM, html: "<p>Hi</p>", reply_to: MAIL.answers, subject: "x", text: "Hi", to: ["zo\u{eb}@example.com"], ...more });
const recipient = (more = {}) => ({ custom_args: { chunk: "0", item: "0", op: "op-1" }, subject: "x", substitutions: { allclear1t: "Ada" }, to: [{ email: "ada@example.com", name: "Ada" }], ...more });
const sendgrid = (more = {}) => ({
  content: [{ type: "text/plain", value: "Hi allclear1t" }, { type: "text/html", value: "<p>Hi</p>" }],
  from: { email: MAIL.sender, name: "AIAS" },
  mail_settings: { sandbox_mode: { enable: false } },
  personalizations: [recipient(), recipient({ substitutions: undefined, to: [{ email: "bo@example.com" }] })],
  reply_to: { email: MAIL.answers },
  ...more,
});
const of = (make, each) => JSON.stringify(make === sendgrid ? make(each) : [make(), make(each)]);
const many = (number, make) => JSON.stringify(Array.from({ length: number }, (_, place) => make({ To: `p${place}@example.com` })));

const mail = (name, path, body, host, key, more = {}) => ({
  name,
  ...call("POST", path, { body, headers: more }),
  reaches: { path: path.replace(/^\/api\/[a-z-]+/, ""), host, key, also: more },
});
const POSTMARK = ["api.postmarkapp.com", ["x-postmark-server-token", KEYS.postmark]];
const RESEND = ["api.resend.com", ["authorization", `Bearer ${KEYS.resend}`]];
const SENDGRID = ["api.sendgrid.com", ["authorization", `Bearer ${KEYS.sendgrid}`]];

/** Whom the console mails: its own test takes this very list. */
const { taken: ADDRESSES } = JSON.parse(readFileSync(new URL("../golden/addresses.json", import.meta.url), "utf8"));
const named = (address) => `"Lovelace, \\"Ada\\"" <${address}>`;

/** What leaves. */
export const MAILS = [
  mail("Postmark: to every address that the console takes", PATHS.postmark, JSON.stringify(ADDRESSES.flatMap((each) => [each, named(each)]).map((To) => postmark({ To }))), ...POSTMARK),
  mail("Resend: to every address that the console takes", PATHS.resend, JSON.stringify(ADDRESSES.flatMap((each) => [each, named(each)]).map((to) => resend({ to: [to] }))), ...RESEND),
  mail("SendGrid: to every address that the console takes", PATHS.sendgrid, JSON.stringify(sendgrid({ personalizations: ADDRESSES.map((email) => recipient({ to: [{ email, name: "Ada" }] })) })), ...SENDGRID),
  mail("Postmark: a batch", PATHS.postmark, of(postmark), ...POSTMARK),
  mail("Postmark: a sender without a name, and addresses of every kind", PATHS.postmark, JSON.stringify([
    "bo@example.com", "zo\u{eb}@b\u{fc}cher.example", '"john doe"@example.com', '"Zo\u{eb} \u{1F6A8}" <o\'neil+x@mail.example>', "a.b@[192.0.2.1]",
  ].map((To) => postmark({ From: MAIL.sender, To }))), ...POSTMARK),
  mail("Postmark: the largest batch", PATHS.postmark, many(500, (each) => postmark({ ...each, TextBody: "\u{1F6A8}".repeat(2_400) })), ...POSTMARK),
  mail("Postmark: the test token", PATHS.test, of(postmark), "api.postmarkapp.com", ["x-postmark-server-token", "POSTMARK_API_TEST"]),
  mail("Resend: a batch with its idempotency key", PATHS.resend, of(resend), ...RESEND, { "idempotency-key": "allclear-op1-0", "x-batch-validation": "permissive" }),
  mail("SendGrid: a mail", PATHS.sendgrid, of(sendgrid), ...SENDGRID),
  mail("SendGrid: in its test mode", PATHS.sendgrid, of(sendgrid, { mail_settings: { sandbox_mode: { enable: true } } }), ...SENDGRID),
];

/** What each service would send too, by what is wrong with one mail of a batch. */
const WRONG = [
  [PATHS.postmark, postmark, {
    "another sender": { From: "ceo@example.com" },
    "another sender behind the name of ours": { From: `"${MAIL.sender}" <ceo@example.com>` },
    "two senders": { From: `${MAIL.sender}, ceo@example.com` },
    "a sender in other letters": { From: MAIL.sender.toUpperCase() },
    "no sender": { From: undefined },
    "answers to elsewhere": { ReplyTo: "evil@example.com" },
    "no address for answers": { ReplyTo: undefined },
    "another message stream": { MessageStream: "outbound" },
    "no message stream": { MessageStream: undefined },
    "two recipients": { To: "ada@example.com,bo@example.com" },
    "two recipients, each with a name": { To: '"Ada" <ada@example.com>, "Bo" <bo@example.com>' },
    "two recipients by a semicolon": { To: "ada@example.com;bo@example.com" },
    "a recipient with a line's end": { To: "ada@example.com\r\nBcc: bo@example.com" },
    "a recipient behind a name that ends early": { To: '"Ada" <ada@example.com>" <bo@example.com>' },
    "recipients as a list": { To: ["ada@example.com", "bo@example.com"] },
    "no recipient": { To: undefined },
    "a copy": { Cc: "bo@example.com" },
    "a hidden copy": { Bcc: "bo@example.com" },
    "a field in small letters": { bcc: "bo@example.com" },
    "an attachment": { Attachments: [{ Name: "x.exe", Content: "TVo=", ContentType: "application/octet-stream" }] },
    "a template": { TemplateId: 1, TemplateModel: {} },
    "headers of its own": { Headers: [{ Name: "Sender", Value: "ceo@example.com" }] },
    "tracking": { TrackOpens: true },
    "a text that is none": { TextBody: { evil: "x" } },
    "metadata that are no texts": { Metadata: { op: ["x"] } },
    "a field without a name": { "": "x" },
  }],
  [PATHS.resend, resend, {
    "another sender": { from: "ceo@example.com" },
    "answers to elsewhere": { reply_to: "evil@example.com" },
    "answers to two": { reply_to: [MAIL.answers, "evil@example.com"] },
    "two recipients": { to: ["ada@example.com", "bo@example.com"] },
    "two recipients in one text": { to: ["ada@example.com, bo@example.com"] },
    "a recipient that is no list": { to: "ada@example.com" },
    "a copy": { cc: ["bo@example.com"] },
    "a hidden copy": { bcc: "bo@example.com" },
    "an attachment": { attachments: [{ filename: "x.exe", path: "https://evil.example/x.exe" }] },
    "a template": { template: { id: "x" } },
    "another time": { scheduled_at: "in 1 hour" },
    "headers of its own": { headers: { Sender: "ceo@example.com" } },
  }],
  [PATHS.sendgrid, sendgrid, {
    "another sender": { from: { email: "ceo@example.com" } },
    "a sender for one recipient": { personalizations: [recipient({ from: { email: "ceo@example.com" } })] },
    "answers to elsewhere": { reply_to: { email: "evil@example.com" } },
    "answers to a list": { reply_to_list: [{ email: "evil@example.com" }] },
    "two recipients of one mail": { personalizations: [recipient({ to: [{ email: "ada@example.com" }, { email: "bo@example.com" }] })] },
    "two recipients in one text": { personalizations: [recipient({ to: [{ email: "ada@example.com,bo@example.com" }] })] },
    "a copy": { personalizations: [recipient({ cc: [{ email: "bo@example.com" }] })] },
    "a hidden copy": { personalizations: [recipient({ bcc: [{ email: "bo@example.com" }] })] },
    "headers of its own": { personalizations: [recipient({ headers: { Sender: "x" } })] },
    "another time": { send_at: 1 },
    "an attachment": { attachments: [{ content: "TVo=", filename: "x.exe" }] },
    "a template": { template_id: "d-1" },
    "data for a template": { personalizations: [recipient({ dynamic_template_data: {} })] },
    "content of another type": { content: [{ type: "text/calendar", value: "x" }] },
    "lists that are passed by": { mail_settings: { sandbox_mode: { enable: false }, bypass_list_management: { enable: true } } },
    "too many recipients": { personalizations: Array.from({ length: 501 }, () => recipient()) },
    "no recipient": { personalizations: [] },
  }],
];

const [good] = JSON.parse(of(postmark));
const text = JSON.stringify([good]);

/** What does not leave: name, path, body. */
export const NO_MAILS = [
  ...WRONG.flatMap(([path, make, changes]) => Object.entries(changes).map(([name, each]) => [`${name} at ${path}`, path, of(make, each)])),
  ["another sender at the test token", PATHS.test, of(postmark, { From: "ceo@example.com" })],
  ["too many mails at Postmark", PATHS.postmark, many(501, postmark)],
  ["too many mails at Resend", PATHS.resend, JSON.stringify(Array.from({ length: 101 }, () => resend()))],
  ["no mail", PATHS.postmark, "[]"],
  ["a mail that is in no list", PATHS.postmark, JSON.stringify(good)],
  ["a list in a list", PATHS.postmark, JSON.stringify([[good]])],
  ["nothing", PATHS.postmark, "null"],
  ["mail of another service", PATHS.resend, text],
  ["mail that is no JSON", PATHS.postmark, `${text} `.slice(0, -2)],
  ["a field that stands twice, the good one last", PATHS.postmark, text.replace('{"From"', '{"From":"ceo@example.com","From"')],
  ["a field that stands twice, the good one first", PATHS.postmark, text.replace('"To":', '"To":"bo@example.com","To":')],
  ["a field's name in other signs", PATHS.postmark, text.replace('{"From"', '{"\\u0046rom":"ceo@example.com","From"')],
  ["a field of the language's own", PATHS.postmark, text.replace('{"From"', '{"__proto__":{"Bcc":"bo@example.com"},"From"')],
  ["the same with spaces", PATHS.postmark, JSON.stringify([good], null, 1)],
  ["a mark before the text", PATHS.postmark, `\ufeff${text}`],
  ["signs that are none", PATHS.postmark, Buffer.concat(text.split("Hi Lovelace").flatMap((part, at) => [Buffer.from(at === 0 ? [] : [0xc0, 0xac]), Buffer.from(part)]))],
];
