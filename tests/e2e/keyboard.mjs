// A responder with the keyboard alone: what has the focus is reached with Tab, and nothing by a pointer.

/** Tabs forward until an element has the focus. */
export async function reach(page, target) {
  for (let steps = 0; steps < 120; steps += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`not reached with Tab: ${target}`);
}

export async function press(page, target, key = "Enter") {
  await reach(page, target);
  await page.keyboard.press(key);
}

export async function type(page, target, text) {
  await reach(page, target);
  await page.keyboard.type(text);
}
