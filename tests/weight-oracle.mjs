// Compares our weighted length of posts with X's own library (npm twitter-text 3.1.0, configuration v3)
// on generated texts: `node tests/weight-oracle.mjs`. Needs `twitter-text` in node_modules.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const twitter = require("twitter-text");

// A small generator with a seed: the same texts every time.
let state = 0x2026_1123;
function random(below) {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}
const pick = (list) => list[random(list.length)];

const words = [
  "We're", "experiencing", "an", "outage", "é", "e\u0301", "ñandú", "漢字", "テスト", "привет", "שלום", "…", "—",
  "“quoted”", "(see", "below)", "e.g.", "100%", "$5", "#status", "@allclear", "a_b", "naïve", "\u200b", "\u2060",
];
const addresses = [
  "https://status.aias-platform.com", "http://example.org/a/b?c=d&e=f#g", "https://example.com/path_(with)_parens",
  "https://example.com/a,b;c.", "https://example.com:8080/x", "https://t.co/abcdef", "https://t.co/abc/def",
  "https://пример.рф/путь", "https://日本.jp", "https://nowhere", "https://foo_bar.example.com/", "HTTPS://EXAMPLE.COM/A",
  "api.example.com", "auth.io", "auth.io/login?x=1", "sub.domain.co.uk", "example.museum", "example.notatld",
  "support@aias-platform.com", "a.b@c.de", "done.Then", "v1.2.3", "10.0.0.1", "file.rs", "main.py:12", "xn--e1afmkfd.xn--p1ai",
  "日本example.com", "example.comと", "münchen.de", "-auth.io", "_auth.io", "/auth.io", "..auth.io", "auth.io.", "auth.io@x",
  "https://a.b.c.d.e.com/?", "https://example.com/?q=", "https://example.com?x=1.", "example.com?x=1", "https://-a.com", "a-.com",
  "https://example.com/(a(b)c)d", "https://example.com/(open", `https://${"l".repeat(63)}.com`, `https://${"l".repeat(64)}.com`,
];
const emoji = [
  "😀", "👍", "👍🏽", "👩‍💻", "👩🏿‍🚀", "👨‍👩‍👧‍👦", "👩‍❤️‍💋‍👨", "🏳️‍🌈", "🏴‍☠️", "🇩🇪", "🇬🇧🇫🇷", "🇽🇽", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "#⃣", "☺️", "☺", "☺︎", "©", "©️", "™",
  "‼", "⚠️", "🚨", "✅", "❤️", "🕵️‍♀️", "⛹🏻", "🤷🏽‍♂️", "♟", "♟️",
];
const joints = [" ", " ", " ", "", "\n", ". ", ", ", "\n\n", ":", "(", ")", "\u00a0", "。"];

const texts = ["", "a".repeat(280), "漢".repeat(141)];
for (const address of addresses) {
  for (const [before, after] of [["", ""], ["(", ")"], [" ", "."], ["x", "y"], ["漢", "字"], ["#", "!"], ["@", "/"], ["-", "-"]]) {
    texts.push(before + address + after);
  }
}
texts.push(...emoji, ...emoji.map((one) => `${one}${one} a${one}b`));
for (let count = 0; count < 600; count += 1) {
  let text = "";
  for (let pieces = 1 + random(12); pieces > 0; pieces -= 1) {
    text += pick([words, words, addresses, emoji].at(random(4))) + pick(joints);
  }
  texts.push(text);
}

const run = spawnSync("cargo", ["run", "--quiet", "--example", "weights"], {
  input: JSON.stringify(texts),
  encoding: "utf8",
  maxBuffer: 1 << 26,
});
if (run.status !== 0) {
  console.error(run.stderr || run.error);
  process.exit(1);
}
const ours = JSON.parse(run.stdout);
let failed = 0;
texts.forEach((text, at) => {
  const theirs = twitter.parseTweet(text, twitter.configs.version3).weightedLength;
  if (theirs !== ours[at]) {
    failed += 1;
    console.error(`${JSON.stringify(text)}: X says ${theirs}, we say ${ours[at]}`);
  }
});
console.log(`weight oracle: ${texts.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
