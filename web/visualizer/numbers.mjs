/** Numbers as a reader sees them: the same text as `look.number`, which the proof compares too. */

const MINUS = "\u2212";
const SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";
const EXACT = 100; // digits: more than enough to see on which side of a half a double lies

/**
 * `value` for a cell or a sentence: a true minus, `digits` significant digits but never fewer than the whole part, and a
 * power of ten for what is longer than seven digits or below 0.0001.
 * @param {number} value
 * @returns {string}
 */
export function number(value, digits = 4) {
  if (value === 0) return "0";
  const sign = value < 0 ? MINUS : "";
  const size = Math.abs(value);
  const [lead, power] = leading(size, digits);
  const text = Number.isInteger(size) && size < 1e7 ? String(size) : plain(size, Math.max(0, digits - 1 - power));
  if (Number(text) >= 1e-4 && Number(text) < 1e7) return sign + trimmed(text);
  const exponent = [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)]).join("");
  return `${sign}${trimmed(lead)}\u00d710${power < 0 ? "\u207b" : ""}${exponent}`;
}

/** Extents joined by a true multiplication sign: `extents([3, 3])` is 3×3. @param {number[]} sizes */
export function extents(sizes) {
  return sizes.map((size) => number(size)).join("\u00d7");
}

/** A pair as one number where both are alike. @param {number[]} values */
export function alike(values, joint = ", ") {
  return (values.every((value) => value === values[0]) ? values.slice(0, 1) : values).map((value) => number(value)).join(joint);
}

/** A factor in brackets where it is negative, as one writes a product by hand. @param {number} value */
export function factor(value) {
  return value < 0 ? `(${number(value)})` : number(value);
}

function trimmed(text) {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** The first `digits` digits of a positive double, halves to even, as "d.ddd", and its power of ten. */
function leading(size, digits) {
  const [mantissa, exponent] = size.toExponential(EXACT).split("e");
  const whole = evenly(mantissa.replace(".", ""), digits);
  const power = Number(exponent) + (whole.length - digits);
  const shown = whole.slice(0, digits);
  return [digits > 1 ? `${shown[0]}.${shown.slice(1)}` : shown, power];
}

/** A positive double with `places` decimals, halves to even. */
function plain(size, places) {
  if (size >= 1e21) return String(size);
  const [whole, decimals] = size.toFixed(EXACT).split(".");
  const digits = evenly(whole + decimals, whole.length + places);
  return places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
}

/** `text`, a row of digits, cut to `keep` of them (or one more, when all were nines), halves to even. */
function evenly(text, keep) {
  const [kept, rest] = [text.slice(0, keep), text.slice(keep)];
  const half = "5".padEnd(rest.length, "0");
  const up = rest > half || (rest === half && Number(kept.at(-1)) % 2 === 1);
  return up ? String(BigInt(kept) + 1n).padStart(keep, "0") : kept;
}
