// The README's pictures, made anew by `make screenshots`: both apps during an outage, at a fixed time.
import { open, test } from "./support.mjs";

const FOLDER = "docs/screenshots";

test("the pictures of the README", async ({ page }) => {
  for (const [name, address] of [["status", "/"], ["console", "/console/"]]) {
    await open(page, address);
    await page.screenshot({ path: `${FOLDER}/${name}.png`, animations: "disabled" });
  }
});
