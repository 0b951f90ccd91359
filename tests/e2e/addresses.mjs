// The addresses for which an app answers.
import { expect, open } from "./support.mjs";

/** It loads at its own address, `bare` where a reader leaves the last slash out, and at one that lies `deep` in it. */
export async function answersForItsOwn(page, { home, bare = home, deep }) {
  // What the browser knows of languages is read beside the page.
  const beside = page.waitForEvent("worker");
  const answer = await open(page, bare);
  expect(answer.status()).toBe(200);
  expect(new URL(page.url()).pathname).toBe(home);
  expect(new URL(await page.evaluate(() => document.baseURI)).pathname).toBe(home);
  expect(new URL((await beside).url()).pathname).toMatch(/\/languages-[0-9a-f]+\.js$/);

  expect((await open(page, deep)).status()).toBe(200);
  const scripts = await page.locator("script[type=module]").evaluateAll((all) => all.map((each) => each.src));
  expect(scripts).toHaveLength(1);
  expect(new URL(scripts[0]).pathname).toMatch(new RegExp(`^${home}start-[0-9a-f]+\\.js$`));
}
