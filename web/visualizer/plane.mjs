/** One plane of a stack: its cells as a ruled sheet, what a unit reads of it, and the unit itself. */

import { range } from "../arithmetic.mjs";
import { h } from "./elements.mjs";
import { number } from "./numbers.mjs";

const CELL = 30;
const EDGE = 3; // room for the outlines of what lies at the rim
export const LEGIBLE = 18; // pixels of a cell, from which on a number in it can be read

/** How wide a sheet of so many columns is, with cells of so many pixels. */
export function widthOf(columns, pixels) {
  return ((columns * CELL + 2 * EDGE) * pixels) / CELL;
}

/**
 * @param {{size: number[], pixels: number, margin: number[], label: string, factors: number[][] | null, region: number[] | null,
 *   unit: number[] | null, counted: boolean, role: string, onpoint: (cell: number[] | null) => void,
 *   onchoose: (cell: number[]) => void}} plane `margin` [top, left, bottom, right]
 *   is drawn around it, outside the plane; `pixels` are a cell's width
 */
export function sheet({ size: [rows, cols], pixels, margin: [top, left, bottom, right], label, factors, region, unit, counted, role, onpoint, onchoose }) {
  const [width, height] = [(left + cols + right) * CELL, (top + rows + bottom) * CELL];
  const most = factors ? Math.max(...factors[0]) * Math.max(...factors[1]) : 0;
  const lit = factors
    ? range(rows).flatMap((row) => range(cols).map((col) => [row, col, factors[0][row] * factors[1][col]])).filter(([, , paths]) => paths)
    : [];
  const box = (row, col, more) => ({ x: col * CELL, y: row * CELL, width: CELL, height: CELL, ...more });
  const at = (event) => {
    const edge = event.currentTarget.getBoundingClientRect();
    const cell = [
      Math.floor((((event.clientY - edge.top) / edge.height) * (height + 2 * EDGE) - EDGE) / CELL) - top,
      Math.floor((((event.clientX - edge.left) / edge.width) * (width + 2 * EDGE) - EDGE) / CELL) - left,
    ];
    return cell[0] >= 0 && cell[1] >= 0 && cell[0] < rows && cell[1] < cols ? cell : null;
  };
  const lines = range(rows + 1).map((row) => `M0 ${row * CELL}H${cols * CELL}`).join("") +
    range(cols + 1).map((col) => `M${col * CELL} 0V${rows * CELL}`).join("");
  return h("svg", { class: `sheet ${role}`, viewBox: `${-left * CELL - EDGE} ${-top * CELL - EDGE} ${width + 2 * EDGE} ${height + 2 * EDGE}`, role: "img",
    "aria-label": label, style: `--wide:${widthOf(left + cols + right, pixels)}px`, onpointermove: (event) => onpoint(at(event)), onpointerleave: () => onpoint(null),
    onclick: (event) => at(event) && onchoose(at(event)) },
  h("rect", { class: "outside", x: -left * CELL, y: -top * CELL, width, height }),
  h("rect", { class: "ground", x: 0, y: 0, width: cols * CELL, height: rows * CELL }),
  lit.map(([row, col, paths]) => h("rect", box(row, col, { class: "lit", style: `--strength:${counted ? (20 + (80 * paths) / most).toFixed(1) : 70}%` }))),
  h("path", { class: "ruled", d: lines }),
  counted && pixels >= LEGIBLE &&
    lit.map(([row, col, paths]) => h("text", { x: (col + 0.5) * CELL, y: (row + 0.5) * CELL, style: `--chars:${number(most).length}` }, number(paths))),
  region && h("rect", { class: "region", x: region[1] * CELL, y: region[0] * CELL, width: (region[3] - region[1]) * CELL,
    height: (region[2] - region[0]) * CELL, rx: 3 }),
  unit && h("rect", box(unit[0], unit[1], { class: "unit", rx: 3 })));
}
