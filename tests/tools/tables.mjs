// The tables of words, read from their sources: by language, by field.
import { readFileSync } from "node:fs";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

/** The texts of a table: a field that holds one by its name, of one that holds several each by name and place
 * (`notices.1`). */
function fields(rust) {
  const [inside] = rust.split(/^\};/m);
  const [, ...found] = inside.replace(/^ *\/\/.*$/gm, "").split(/^ {4}(\w+):/m);
  const said = {};
  for (let at = 0; at < found.length; at += 2) {
    const texts = [...found[at + 1].matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text.replaceAll('\\"', '"'));
    const one = !found[at + 1].trim().startsWith("[");
    texts.forEach((text, place) => { said[one ? found[at] : `${found[at]}.${place}`] = text; });
  }
  return said;
}

/** What comes first and what comes later, in one table: no field stands in both. */
function table(language) {
  const [first, later] = ["", "later/"].map((folder) => fields(read(`src/views/words/${folder}${language}.rs`)));
  const twice = Object.keys(first).filter((field) => field in later);
  if (twice.length > 0) throw new Error(`${language}: ${twice.join(", ")} in both tables`);
  return { ...first, ...later };
}

const [, english, german] = read("src/ui/words.rs").split(/static \w+: Words = /);
/** What the page says, in each language: `TABLES.de.today`. */
export const TABLES = {
  en: table("english"),
  de: table("german"),
};
/** What the primitives say. */
export const PRIMITIVES = { en: fields(english), de: fields(german) };
/** The fields that there are, as their types have them. */
export const FIELDS = {
  tables: ["table.rs", "later/table.rs"].flatMap((file) => declared(read(`src/views/words/${file}`))),
  primitives: declared(read("src/ui/words.rs")),
};

function declared(rust) {
  return [...rust.matchAll(/^ {4}pub (\w+): /gm)].map(([, field]) => field);
}
