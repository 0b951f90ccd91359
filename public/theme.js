// Shows the theme that was chosen before the first paint. The button "Theme" keeps it (src/ui/theme.rs).
try {
  const site = new URL(".", document.currentScript.src).pathname;
  const chosen = localStorage.getItem(`allclear:${site}:theme`);
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage is denied: the system's theme it is.
}
