// Building the page from text: nothing that comes from the API is ever read as HTML.

export const find = (id) => document.getElementById(id);

// el("p", {class: "x", onclick: f}, "text", otherElement, null)
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export const en = (text) => (text ? el("i", { lang: "en" }, text) : null);

// Chinese with English beside it.
export const both = (zh, english) => [zh, english ? " " : "", en(english)];

export function heading(level, zh, english, attributes = {}) {
  return el(`h${level}`, attributes, ...both(zh, english));
}

export function table(columns, rows, caption) {
  const head = el("tr", {}, columns.map(([zh, english]) => el("th", { scope: "col" }, ...both(zh, english))));
  const body = rows.map((row) => el("tr", {}, row.map((cell) => el("td", {}, cell ?? "–"))));
  const made = el("table", {}, caption ? el("caption", {}, caption) : null, el("thead", {}, head), el("tbody", {}, body));
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption || "表 table" }, made);
}

export function pairs(entries) {
  return el("dl", {}, entries.filter(Boolean).map(([zh, english, value]) => [el("dt", {}, ...both(zh, english)), el("dd", {}, value ?? "–")]));
}
