// Building the page from text alone: no markup is ever parsed from data.
const SVG = "http://www.w3.org/2000/svg";

/** The element with this id. */
const byId = (id) => document.getElementById(id);

/** An element with attributes, listeners (`onclick`) and children; strings become text nodes, null is left out. */
function el(tag, attributes = {}, ...children) {
  return build(document.createElement(tag), attributes, children);
}

function svg(tag, attributes = {}, ...children) {
  return build(document.createElementNS(SVG, tag), attributes, children);
}

function build(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null));
  return element;
}

/** A string with its `{0}`, `{1}` … replaced. */
function fill(template, ...values) {
  return template.replace(/\{(\d)\}/g, (_, index) => values[index]);
}

/** One of [singular, plural], filled with the number. */
const count = (forms, number) => fill(forms[number === 1 ? 0 : 1], number);

/** A link that opens elsewhere, or plain text when the address is not http or https. */
function link(address, text) {
  const safe = httpAddress(address);
  return safe ? el("a", { href: safe, target: "_blank", rel: "noopener noreferrer" }, text) : el("span", {}, text);
}

function httpAddress(address) {
  try {
    const url = new URL(address);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/** Up and down (or left and right) move the focus among the buttons of a list; Home and End jump. */
function arrowKeys(list) {
  list.addEventListener("keydown", (event) => {
    const items = [...list.querySelectorAll("button, a[href]")];
    const at = items.indexOf(document.activeElement);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (at < 0 || target === undefined) return;
    event.preventDefault();
    items[Math.max(0, Math.min(items.length - 1, target))].focus();
  });
  return list;
}

const ICONS = {
  filters: "M3 6h18M6 12h12M10 18h4",
  theme: "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  fit: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  image: "M12 4v11M7 11l5 5 5-5M4 20h16",
  close: "M6 6l12 12M18 6L6 18",
};

const icon = (name) => svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));

/** Put the words and icons into the elements of the template that ask for them. */
function fillTemplate() {
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = STRINGS[element.dataset.text];
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", STRINGS[element.dataset.label]);
    if (element.tagName === "BUTTON") element.title = STRINGS[element.dataset.label];
  }
  for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = STRINGS[element.dataset.placeholder];
  for (const element of document.querySelectorAll("[data-icon]")) element.append(icon(element.dataset.icon));
}
