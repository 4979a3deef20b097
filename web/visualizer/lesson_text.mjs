/** A setting as the lesson file that `render.py` reads. */

/**
 * The TOML of a lesson that has the same numbers, step and unit.
 * @param {import("./setting.mjs").Setting} setting
 * @param {Record<string, string>} title the lesson's title by language
 */
export function lessonText(setting, title) {
  const { input, kernel, bias, stride, padding, dilation, groups, mode, flip, at, layers, unit } = setting;
  const plain = input.length === 1 && kernel.length === 1;
  const titles = Object.entries(title).map(([lang, text]) => `${lang} = ${JSON.stringify(text)}`);
  const lines = [
    `title = { ${titles.join(", ")} }`,
    "",
    "[convolution]",
    `input = ${listed(plain ? input[0] : input)}`,
    `kernel = ${listed(plain ? kernel[0][0] : kernel)}`,
    bias.some((value) => value !== 0) && `bias = ${listed(bias)}`,
    `stride = ${listed(stride)}`,
    `padding = ${listed(padding)}`,
    mode !== "zeros" && padding.some((cells) => cells > 0) && `padding_mode = ${JSON.stringify(mode)}`,
    `dilation = ${listed(dilation)}`,
    groups !== 1 && `groups = ${groups}`,
    flip && "flip = true",
    `highlight = ${listed(at.slice(0, 2))}`,
    "",
    "[receptive_field]",
    "layers = [",
    ...layers.map(
      (layer) =>
        `  { kernel = ${listed(layer.kernel)}, stride = ${listed(layer.stride)}, padding = ${listed(layer.padding)}, ` +
        `dilation = ${listed(layer.dilation)} },`,
    ),
    "]",
    unit[0] === layers.length && `unit = ${listed(unit.slice(1))}`,
  ];
  return lines.filter((line) => line !== false).join("\n") + "\n";
}

/** Nested numbers as TOML has them: a row of cells on a line of its own. */
function listed(values, indent = "") {
  if (!Array.isArray(values[0])) return `[${values.join(", ")}]`;
  const inner = values.map((value) => `${indent}  ${listed(value, `${indent}  `)},\n`).join("");
  return `[\n${inner}${indent}]`;
}
