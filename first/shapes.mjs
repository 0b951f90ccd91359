// A state's shape, as `src/ui/shape.rs` draws it: what is filled, what is drawn as lines, how wide, with what gaps.

/** In the order of `STATES`. */
export const SHAPES = [
  ["M8 .8a7.2 7.2 0 1 0 0 14.4A7.2 7.2 0 1 0 8 .8z"],
  ["", "M8 .8a7.2 7.2 0 1 0 0 14.4A7.2 7.2 0 1 0 8 .8zM12.1 6.1a2.2 2.2 0 1 1-2.2-2.2M8.3 7.7 4.9 11.1", 1.5],
  ["", "M8 1.4a6.6 6.6 0 1 0 0 13.2A6.6 6.6 0 1 0 8 1.4z", 1.9, "4.4 2.51"],
  ["M8 .9 15.8 14.9H.2z"],
  ["M1.6 1.6H8v12.8H1.6z", "M1.6 1.6h12.8v12.8H1.6z", 1.6],
  ["M8 .2 15.8 8 8 15.8.2 8z"],
];

/** Draws a shape into an SVG of 16 by 16. */
export function draw(svg, [fill, lines = "", width = 0, gaps = 0]) {
  svg.innerHTML = `<path fill="currentColor" d="${fill}"/><path fill="none" stroke="currentColor" d="${lines}" stroke-width="${width}" stroke-dasharray="${gaps}"/>`;
}
