// A state's shape, as `src/ui/shape.rs` draws it: what is filled, what is drawn as lines, how wide, with what gaps.
const RING = "M8 1.4a6.6 6.6 0 1 0 0 13.2A6.6 6.6 0 1 0 8 1.4z";

/** In the order of `STATES`. */
export const SHAPES = [
  ["M8 .8a7.2 7.2 0 1 0 0 14.4A7.2 7.2 0 1 0 8 .8z", "", 0],
  ["", "M8 .8a7.2 7.2 0 1 0 0 14.4A7.2 7.2 0 1 0 8 .8zM12.1 6.1a2.2 2.2 0 1 1-2.2-2.2M8.3 7.7 4.9 11.1", 1.5],
  ["", RING, 1.9, "4.4 2.51"],
  ["M8 .9 15.8 14.9H.2z", "", 0],
  ["M1.6 1.6H8v12.8H1.6z", "M1.6 1.6h12.8v12.8H1.6z", 1.6],
  ["M8 .2 15.8 8 8 15.8.2 8z", "", 0],
];

/** Draws a shape into the two paths of an SVG. */
export function draw([filled, lined], [fill, lines, width, gaps]) {
  filled.setAttribute("d", fill);
  lined.setAttribute("d", lines);
  lined.setAttribute("stroke-width", width);
  if (gaps) lined.setAttribute("stroke-dasharray", gaps);
  else lined.removeAttribute("stroke-dasharray");
}
