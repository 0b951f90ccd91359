// Asks for what is wanted soon, while the page is still arriving and nothing else is on its way: the languages' worker,
// which finds this copy when `first/start.mjs` begins it, and the parts that draw every page but the home page. The app
// itself is asked for when the page is painted. Stands in the status page's head; `tools/stage.mjs` writes the names of the
// files in.
fetch("__LANGUAGES__").catch(() => {});
if (location.pathname !== new URL(document.baseURI).pathname) {
  for (const href of "__LATER__".split(" ")) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "", href }));
  }
}
