/** A matrix of cells: tinted by their values, typed into, clicked or only looked at, with frames laid over them. */

import { range } from "../arithmetic.mjs";
import { h } from "./elements.mjs";
import { number } from "./numbers.mjs";

/**
 * @typedef {{text?: string, value?: number, limit?: number, role?: string, class?: string, label?: string, id?: string,
 *   onchange?: (text: string) => boolean, onclick?: () => void, onpoint?: () => void, current?: boolean}} Cell
 * @typedef {{rows: number[], cols: number[], class: string}} Frame
 */

/**
 * A matrix with its heading. `cell(row, col)` says what stands where; `frames` are the first and last rows and columns of
 * what is framed.
 * @param {{title: any, label: string, rows: number, cols: number, cell: (row: number, col: number) => Cell,
 *   frames?: Frame[], key?: string, class?: string, onleave?: () => void}} matrix
 */
export function grid({ title, label, rows, cols, cell, frames = [], key, class: more = "", onleave }) {
  const cells = range(rows).flatMap((row) => range(cols).map((col) => drawn(cell(row, col), row, col)));
  const laid = frames.map((frame) => {
    const [top, left] = [frame.rows[0], frame.cols[0]];
    const [height, width] = [frame.rows.at(-1) - top + 1, frame.cols.at(-1) - left + 1];
    return h("span", { class: `frame ${frame.class}`, style: `--top:${top};--left:${left};--height:${height};--width:${width}` });
  });
  const body = h("div", { class: `cells ${more}`, role: "group", "aria-label": label, style: `--rows:${rows};--cols:${cols}`,
    onpointerleave: onleave }, cells, laid);
  return h("figure", { class: "grid", key: `${key ?? ""}${rows}x${cols}` }, h("figcaption", {}, title), body);
}

/** What stands between two matrices. @param {string} text */
export function sign(text) {
  return h("span", { class: "sign", "aria-hidden": "true" }, text);
}

/** The largest magnitude of nested numbers, as the full strength of their tint. */
export function magnitude(values) {
  return values.flat(Infinity).reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
}

/** @param {Cell} cell */
function drawn(cell, row, col) {
  const text = cell.text ?? (cell.value === undefined ? "" : number(cell.value));
  const props = {
    class: `cell ${cell.class ?? ""}`,
    style: `grid-area:${row + 1}/${col + 1};${tint(cell)}${text.length > 3 ? `--chars:${text.length};` : ""}`,
    onpointerenter: cell.onpoint,
    id: cell.id,
  };
  if (cell.onchange) {
    return typed({ ...props, "aria-label": cell.label }, cell.value, text, cell.onchange);
  }
  if (cell.onclick) {
    return h("button", { ...props, type: "button", "aria-label": cell.label, "aria-pressed": String(Boolean(cell.current)),
      tabindex: cell.current ? "0" : "-1", onclick: cell.onclick }, text);
  }
  return h("span", props, text);
}

/** Where a number is typed: `onchange` says whether it takes a text, and what it did not take is gone when it is left. */
export function typed(props, value, text, onchange) {
  return h("input", {
    ...props, type: "text", inputmode: "text", autocomplete: "off", spellcheck: "false", value: text,
    onfocus: (event) => {
      event.target.value = String(value);
      event.target.select();
    },
    oninput: (event) => {
      if (onchange(event.target.value)) event.target.removeAttribute("aria-invalid");
      else event.target.setAttribute("aria-invalid", "true");
    },
    onblur: (event) => {
      event.target.value = text;
      event.target.removeAttribute("aria-invalid");
    },
  });
}

/** A value's fill, stronger with its magnitude: the rule of `look.shade`, mixed by the style sheet. */
function tint({ value, limit, role }) {
  if (!value || !role) return "";
  const own = role === "input" || role === "kernel" ? role : "positive";
  const strength = 20 + 80 * Math.min(1, Math.abs(value) / limit);
  return `--tint:var(--cell-${value > 0 ? own : "negative"});--strength:${strength.toFixed(1)}%;`;
}
