// The words that stand outside of the tables in `src/` say what the tables say: the first-state script's, the
// badge's and the static frame's. And the languages of the tables have the same places for values.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { judge, STATES } from "../../first/judge.mjs";
import { notices, WORDS } from "../../first/words.mjs";
import { FIELDS as DECLARED, PRIMITIVES, TABLES } from "./tables.mjs";

const text = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const cases = JSON.parse(text("tests/golden/overall.json"));
const FIELDS = {
  operational: "all_operational",
  maintenance: "under_maintenance",
  unknown: "unknown",
  degraded: "degraded",
  partial: "partial_outage",
  major: "major_outage",
};

test("the tables were read, and no language lacks a word", () => {
  assert.ok(Object.keys(TABLES.en).length > 70);
  assert.ok(Object.keys(PRIMITIVES.en).length >= 8);
  const read = (table) => [...new Set(Object.keys(table).map((field) => field.split(".")[0]))];
  assert.deepEqual(read(TABLES.en).sort(), DECLARED.tables.sort());
  assert.deepEqual(read(PRIMITIVES.en).sort(), DECLARED.primitives.sort());
  assert.equal(TABLES.en["notices.1"], "{0} notices");
  assert.ok(TABLES.de["rule.7"].includes("50"));
  assert.deepEqual(Object.keys(TABLES.de), Object.keys(TABLES.en));
  assert.deepEqual(Object.keys(PRIMITIVES.de), Object.keys(PRIMITIVES.en));
});

for (const lang of ["en", "de"]) {
  test(`the first state of every case in words: ${lang}`, () => {
    assert.equal(WORDS[lang].length, STATES.length);
    for (const { name, summary, files, at_a_glance: glance, state } of cases) {
      assert.equal(WORDS[lang][judge(summary, files).rank], TABLES[lang][FIELDS[glance?.state ?? state]], name);
    }
  });

  test(`the notices are counted as the app counts them: ${lang}`, () => {
    const table = text(`src/views/words/${lang === "en" ? "english" : "german"}.rs`);
    const [, one, more] = table.match(/notices: \["([^"]+)", "([^"]+)"\]/);
    assert.equal(notices(lang, 1), one);
    assert.equal(notices(lang, 7), more.replace("{0}", 7));
  });

  test(`the badge waits in the words of the app: ${lang}`, () => {
    assert.ok(text("badge/badge.mjs").includes(`${lang}: ["${TABLES[lang].checking}"`));
  });
}

test("both languages have the same places for values", () => {
  for (const tables of [TABLES, PRIMITIVES]) {
    for (const [field, said] of Object.entries(tables.en)) {
      const places = (words) => [...words.matchAll(/\{\d\}/g)].map(String).sort();
      assert.deepEqual(places(tables.de[field]), places(said), field);
    }
  }
});

test("the frame says in German what the app says there", () => {
  const german = new Map();
  for (const { en, de } of [TABLES, PRIMITIVES]) {
    for (const field of Object.keys(en)) german.set(en[field], de[field]);
  }
  const [auto, automatic] = [...text("src/ui/words.rs").matchAll(/themes: \["(\w+)"/g)].map(([, said]) => said);
  german.set(auto, automatic);
  const tags = [...text("index.html").matchAll(/<[^>]*\sdata-de="([^"]*)"[^>]*>([^<]*)/g)];
  const said = tags.filter(([tag]) => !tag.includes('id="start-failed"'));
  assert.ok(said.length >= 8);
  for (const [tag, de, inside] of said) {
    const en = tag.match(/aria-label="([^"]*)"/)?.[1] ?? inside;
    assert.equal(de, german.get(en), en);
    const named = tag.match(/data-config-de="([^"]*)"/)?.[1];
    if (named) assert.equal(named, TABLES.de.page_of.replace("{0}", "{organisation}"));
  }
});
