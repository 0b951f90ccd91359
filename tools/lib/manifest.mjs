// What a phone or a desktop is told when somebody installs one of the apps.
import { readFileSync, writeFileSync } from "node:fs";
import { fill } from "./config.mjs";
import { attribute } from "./html.mjs";

export const MANIFESTS = ["manifest.webmanifest", "console/manifest.webmanifest"];

/** The colour that the page itself names: there is no place for two in a manifest, so it is the light one. */
function colour(html) {
  const [tag] = html.match(/<meta\b[^>]*\sname="theme-color"[^>]*light[^>]*>/) ?? [];
  return tag && attribute(tag, "content");
}

/** Writes both apps' manifests; each has an identity of its own, so that both can be installed. */
export function finishManifests(dist, base, config) {
  for (const file of MANIFESTS) {
    const folder = file.slice(0, -"manifest.webmanifest".length);
    const [scope, up] = [base + folder, folder === "" ? "" : "../"];
    const paint = colour(readFileSync(`${dist}/${folder}index.html`, "utf8"));
    const [name, short] = folder === ""
      ? [fill("{organisation} status", config) ?? "Service status", fill("{organisation}", config) ?? "Status"]
      : [fill("{organisation} incident console", config) ?? "Allclear console", "Allclear"];
    const icon = (path, sizes, more = {}) => ({ src: `${up}icons/${path}`, sizes, type: path.endsWith(".svg") ? "image/svg+xml" : "image/png", ...more });
    const manifest = {
      id: scope,
      name,
      short_name: short,
      start_url: scope,
      scope,
      display: folder === "" ? "minimal-ui" : "standalone",
      ...(paint && { theme_color: paint, background_color: paint }),
      icons: [
        icon("allclear.svg", "any"),
        icon("allclear-192.png", "192x192"),
        icon("allclear-512.png", "512x512"),
        icon("allclear-maskable-512.png", "512x512", { purpose: "maskable" }),
      ],
    };
    writeFileSync(`${dist}/${file}`, `${JSON.stringify(manifest, null, 2)}\n`);
  }
}
