/**
 * Descriptions of elements, and one function that makes the page show them: what stays the same stays in place, so that
 * a slider can be dragged and a cell typed into while everything around it changes.
 *
 * @typedef {{tag: string, props: Record<string, any>, children: (Described | string)[]}} Described
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element: `h("p", { class: "note" }, "text")`. Props that begin with "on" are listeners; null and false are left out.
 * @param {string} tag
 * @param {Record<string, any>} props
 * @param {...any} children elements, texts, numbers, and lists of them; null and false are nothing
 * @returns {Described}
 */
export function h(tag, props = {}, ...children) {
  const kept = children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
  return { tag, props, children: kept.map((child) => (typeof child === "object" ? child : String(child))) };
}

/** Make `parent` hold exactly `children`. @param {Element} parent @param {(Described | string)[]} children */
export function show(parent, children) {
  children.forEach((child, index) => {
    const node = parent.childNodes[index];
    if (typeof child === "string") {
      if (node?.nodeType === Node.TEXT_NODE) node.data = child;
      else place(parent, node, document.createTextNode(child));
    } else if (node && node.described?.tag === child.tag && node.described.props.key === child.props.key) {
      update(node, child);
    } else {
      place(parent, node, made(child, parent));
    }
  });
  while (parent.childNodes.length > children.length) parent.lastChild.remove();
}

function place(parent, node, fresh) {
  if (node) parent.replaceChild(fresh, node);
  else parent.append(fresh);
}

function made(child, parent) {
  const inSvg = child.tag === "svg" || (parent.namespaceURI === SVG && parent.localName !== "foreignObject");
  const node = inSvg ? document.createElementNS(SVG, child.tag) : document.createElement(child.tag);
  update(node, child);
  return node;
}

function update(node, child) {
  const before = node.described?.props ?? {};
  for (const name of Object.keys(before)) if (!(name in child.props)) set(node, name, null);
  for (const [name, value] of Object.entries(child.props)) if (before[name] !== value || name === "value") set(node, name, value);
  node.described = child;
  show(node, child.children);
  // A choice can be shown as chosen only once its options are there.
  if (child.tag === "select") node.value = child.props.value;
}

function set(node, name, value) {
  if (name === "key") return;
  if (name.startsWith("on")) node[name] = value;
  else if (name === "value") {
    // What is being typed is the typist's: "-" and "1." are on the way to a number.
    if (node !== document.activeElement || node.type === "range") node.value = value ?? "";
  } else if (name === "checked" || name === "disabled" || name === "hidden") node[name] = Boolean(value);
  else if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? "" : value);
}
