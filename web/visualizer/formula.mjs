/** The output-size formula along one axis: in symbols, with the numbers, and worked out. */

import { h } from "./elements.mjs";
import { number } from "./numbers.mjs";

/** Three lines, as on the figure `output-size`. @param {ReturnType<typeof import("../arithmetic.mjs").axisSize>} axis */
export function formulaLines(axis, letter, say) {
  const spoken = say("common.formula.spoken", {
    rounding: "floor", input: axis.input, padding: axis.padding, span: axis.span, stride: axis.stride, output: axis.output,
  });
  const symbols = {
    input: role("input", letter), before: role("padding", "P"), kernel: role("kernel", "K"), dilation: role("dilation", "D"),
    stride: h("var", {}, "S"),
  };
  const numbers = {
    input: role("input", axis.input), before: role("padding", axis.before), after: role("padding", axis.after),
    kernel: role("kernel", axis.kernel), dilation: role("dilation", axis.dilation), stride: number(axis.stride),
  };
  return h("div", { class: "formula", role: "img", "aria-label": spoken },
    h("div", {}, role("output", say("common.formula.out")), " = ", rounded(axis, symbols, true)),
    h("div", {}, "= ", rounded(axis, numbers, false)),
    h("div", {}, "= ", floor(fraction(number(axis.numerator), number(axis.stride))), " + 1 = ", number(axis.quotient), " + 1 = ",
      role("output", axis.output, "result")));
}

function rounded(axis, parts, symbols) {
  const dot = symbols ? "" : "\u00b7";
  const padding = axis.before === axis.after
    ? ["2", dot, parts.before]
    : symbols ? [role("padding", "P"), h("sub", {}, "0"), " + ", role("padding", "P"), h("sub", {}, "1")]
      : [parts.before, " + ", parts.after];
  const span = axis.dilation === 1 ? [parts.kernel] : ["(", parts.dilation, dot, "(", parts.kernel, " \u2212 1) + 1)"];
  return [floor(fraction([parts.input, " + ", ...padding, " \u2212 ", ...span], parts.stride)), " + 1"];
}

function fraction(top, bottom) {
  return h("span", { class: "fraction" }, h("span", {}, top), h("span", {}, bottom));
}

function floor(inside) {
  return h("span", { class: "floor" }, inside);
}

function role(name, text, more = "") {
  return h("var", { class: `role-${name} ${more}` }, typeof text === "number" ? number(text) : text);
}
