// The state that an edge writes into the page.
import assert from "node:assert/strict";

/** What a browser says of itself when a person opens the page. */
export const PERSON = { "sec-fetch-dest": "document" };

/** A page of the vendor's whose text tries to leave the place that it stands in. */
export const SUMMARY = { page: { name: "x" }, incidents: [{ name: "</script><script>alert(1)</script><!-- <b>\\<" }] };

/** What stands in the page as its state: the data that end where the browser ends them, read; else their text. */
export function stateIn(page) {
  const [, data] = page.match(/<script type="application\/json">([\s\S]*?)<\/script>/) ?? assert.fail(page);
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
