// The console opens by itself alone: a page of another origin that shows it in a frame could draw over it, and have a
// responder press what they do not see. Where a host sends our headers the browser itself refuses (frame-ancestors); a
// page cannot say that of itself.

/** Whether a window is shown, however far down, by a page of another origin. */
export function isFramed(window) {
  try {
    for (let each = window; each.parent !== each; each = each.parent) {
      if (each.parent.location.origin !== window.location.origin) return true;
    }
    return false;
  } catch {
    // What another origin shows is not told.
    return true;
  }
}

/** Says so, with a link that opens the same address by itself. */
export function sayFramed({ document, location }) {
  const sentence = document.getElementById("framed");
  sentence.querySelector("a").href = location.href;
  sentence.hidden = false;
  sentence.parentNode.querySelector(".late").remove();
}
