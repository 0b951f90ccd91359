// The public page where there is little room, in the longer of its languages: on a narrow phone, and enlarged.
import { cutOff, FILES, ROUTES, tooWide } from "./hard-to-fit.mjs";
import { serveSource } from "./page-source.mjs";
import { expect, open, test } from "./support.mjs";

test.use({ locale: "de-DE" });

test("320 pixels wide, and at 200 % of the text's size, nothing is cut off and nothing scrolls sideways", async ({ page, context }) => {
  await serveSource(context, FILES);
  await context.addInitScript(() => {
    // A window twice as wide stands for the enlarged text.
    addEventListener("DOMContentLoaded", () => {
      if (innerWidth < 640) return;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(":root { font-size: 200% }");
      document.adoptedStyleSheets = [sheet];
    });
  });
  for (const size of [{ width: 320, height: 640 }, { width: 640, height: 400 }]) {
    await page.setViewportSize(size);
    for (const route of ROUTES) {
      await open(page, route);
      await expect(page.getByText("Zeiten stehen in Ihrer Zeitzone")).toBeVisible();
      if (route === "/") await expect(page.getByText(/von 90 Tagen$/).first()).toBeVisible();
      for (const summary of await page.locator("summary").all()) await summary.click();
      const where = `${route} at ${size.width}`;
      expect(await tooWide(page), where).toEqual([]);
      expect(await cutOff(page), where).toEqual([]);
      const narrow = await page.getByRole("button").filter({ visible: true }).evaluateAll((all) => all
        .filter((each) => each.scrollWidth > each.clientWidth + 1 || each.getBoundingClientRect().left < 0).map((each) => each.textContent));
      expect(narrow, `${where}: words of buttons`).toEqual([]);
    }
  }
});
