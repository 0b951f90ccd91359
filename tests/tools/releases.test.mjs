// What deploy/README.md says of the second release: a server of one's own reads what `dist/` holds for it when it is told to.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ROOT } from "../../tools/lib/run.mjs";

const README = readFileSync(`${ROOT}/deploy/README.md`, "utf8");
const section = (title) => README.split(/^## /m).find((each) => each.startsWith(`${title}\n`)) ?? assert.fail(title);

test("every server whose configuration takes something in from dist/ is reloaded with the files, in one command", () => {
  for (const [title, server, file] of [["nginx", "nginx", "deploy/nginx/allclear/headers/page.conf"], ["Caddy", "caddy", "deploy/caddy/Caddyfile"]]) {
    assert.match(readFileSync(`${ROOT}/${file}`, "utf8"), /\/srv\/allclear\/dist\/_/, file);
    assert.match(section(title), new RegExp(`^rsync .*dist/ server:/srv/allclear/dist/ && ssh server '.*systemctl reload ${server}'$`, "m"), title);
  }
});
