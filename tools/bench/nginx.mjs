// The measured site behind a real nginx with the shipped configuration, which writes the state into the page; the
// bare page comes from the same nginx.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { assemble } from "../assemble.mjs";
import { SANDBOX_KEYS } from "../lib/hosted.mjs";
import { startNginx } from "../lib/nginx.mjs";
import { freePorts } from "../lib/ports.mjs";

/** Starts it: `app` and `bare` are the folders of a measured site, `vendor` an address that has the page's files. */
export async function behindNginx({ app, bare, vendor, to }) {
  const dist = `${to}/dist`;
  rmSync(to, { recursive: true, force: true });
  cpSync(app, dist, { recursive: true });
  assemble({ dist, host: "nginx" });
  mkdirSync(`${dist}/bare`);
  const html = readFileSync(`${bare}/index.html`);
  writeFileSync(`${dist}/bare/index.html`, html);
  writeFileSync(`${dist}/bare/index.html.gz`, gzipSync(html, { level: 9 }));
  const vendors = Object.fromEntries(Object.keys(SANDBOX_KEYS).map((name) => [name, vendor]));
  const { ports, stop } = await startNginx({
    folder: `${to}/nginx`, dist, site: "one-host", ports: await freePorts(1), vendors, webhook: vendor, publicPage: vendor, keys: SANDBOX_KEYS, logins: {},
  });
  const address = `http://127.0.0.1:${ports[0]}/`;
  return { app: address, bare: `${address}bare/index.html`, stop };
}
