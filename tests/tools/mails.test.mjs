// What the measuring of 100,000 mails lets pass: everybody once and by name, and nothing else.
import assert from "node:assert/strict";
import test from "node:test";
import { wrong } from "../../tools/bench/mails.mjs";
import { everybody } from "../../tools/bench/many.mjs";

const mail = ({ address, name }) => ({ address, text: `Hi ${name},\n\nErrors.`, html: `<p>Hi ${name},</p>` });
const all = everybody().map(mail);
const judged = (postmark, others = {}) => wrong("postmark", { postmark, resend: [], sendgrid: [], refused: [], dropped: [], ...others });

test("everybody once and by name is all that passes", () => {
  assert.deepEqual(judged(all), []);
  assert.deepEqual(judged(all.toReversed()), []);
  const [first, second, ...rest] = all;
  const stranger = mail({ address: "nobody@example.com", name: "Nobody" });
  assert.match(judged(rest).join(), /holds 99998 mails.*2 people have no mail/);
  assert.match(judged([...all, first]).join(), /holds 100001 mails.*1 mails are a second one/);
  assert.match(judged([first, first, ...rest]).join(), /second one.*1 people have no mail/);
  assert.match(judged([stranger, second, ...rest]).join(), /1 people have no mail.*1 people are mailed who are not on the list/);
  assert.match(judged([{ ...first, html: second.html }, second, ...rest]).join(), /1 mails do not greet/);
  assert.match(judged(all, { dropped: [first] }).join(), /1 mails were refused, dropped/);
});
