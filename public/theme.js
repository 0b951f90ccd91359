// Shows the theme and the language that were chosen before the first paint. The button "Theme" keeps the one
// (src/ui/theme.rs), the choice "Language" the other (src/ui/lang.rs). A page that speaks several languages
// lists them in `data-languages`; without a choice the browser's come in their order. The status page holds this
// script in itself (tools/stage.mjs), the console asks for it.
{
  const { currentScript, documentElement: root } = document;
  // Without scripts nothing is ever checked, and the frame does not say that it is.
  root.dataset.scripted = "";
  const site = new URL(".", currentScript.src || document.baseURI).pathname;
  const kept = (name) => {
    try {
      return localStorage.getItem(`allclear:${site}:${name}`);
    } catch {
      // Storage is denied: what the system says it is.
    }
  };
  const theme = kept("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  const spoken = root.dataset.languages?.split(" ") ?? [];
  const wanted = [kept("language"), ...navigator.languages.map((tag) => tag.split("-")[0])];
  root.lang = wanted.find((tag) => spoken.includes(tag)) ?? root.lang;
}
