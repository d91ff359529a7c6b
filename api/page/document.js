// A document read: its text with every fact marked in it, and each fact to be accepted or rejected.

import { post, word } from "./client.js";
import { both, el, en, find, heading, pairs } from "./dom.js";

const said = (kind, key) => both(word(kind, key).zh, word(kind, key).en);
let access = () => ({});
let tell = () => {};
let given = null; // what was handed in: {text} or {file}, and the date

export function startReader({ accessOf, notice }) {
  access = accessOf;
  tell = notice;
  const area = find("drop"), file = find("document-file");
  for (const name of ["dragenter", "dragover"]) area.addEventListener(name, (event) => { event.preventDefault(); area.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) area.addEventListener(name, () => area.classList.remove("over"));
  area.addEventListener("drop", (event) => { event.preventDefault(); read({ file: event.dataTransfer.files[0] }); });
  file.addEventListener("change", () => read({ file: file.files[0] }));
  find("reader-form").addEventListener("submit", (event) => { event.preventDefault(); read({ text: find("document-text").value }); });
}

async function read({ file = null, text = "" }) {
  if (!file && !text.trim()) return;
  given = { file, text, date: find("document-date").value };
  tell("正在读这份文件……", "reading the document");
  try {
    show(await extract(false));
    tell("");
  } catch (error) {
    tell(error.message, "", { error: true });
  }
  find("document-file").value = "";
}

// The same document twice is the same document: what it says keeps its ids.
function extract(intoGraph) {
  if (!given.file) return post("extract", { text: given.text, name: title(given.text), date: given.date, into_graph: intoGraph }, access());
  const form = new FormData();
  form.append("file", given.file);
  form.append("into_graph", String(intoGraph));
  if (given.date) form.append("date", given.date);
  return post("extract", form, access());
}

// What a pasted text is called: its first line.
const title = (text) => text.trim().split("\n")[0].slice(0, 40);

function show({ documents: [document_] }) {
  const view = { document: document_, states: new Map() };
  const names = new Map(document_.entities.map((entity) => [entity.id, entity]));
  find("reading").replaceChildren(
    heading(2, document_.name, "", { id: "reading-title", tabindex: "-1" }),
    el("p", { class: "quiet" }, `${document_.facts.length} 项事实 `, en("facts"), `，${names.size} 个名称 `, en("names"), `，${document_.characters.toLocaleString("zh-CN")} 字 `, en("characters"), document_.ocr ? "，由图像识别而来 OCR" : ""),
    el("div", { class: "reading" },
      el("section", { class: "sheet", "aria-label": "原文 text" }, el("pre", { class: "document", tabindex: "0" }, marked(document_))),
      el("section", { class: "facts", "aria-label": "事实 facts" }, reason(document_), el("ol", { class: "findings" }, document_.facts.map((fact) => card(fact, view))))));
  find("reading").hidden = false;
  find("reading-title").focus();
}

function reason({ facts }) {
  if (!facts.length) return el("p", {}, "没有找到事实。", en(" No facts were found in it."));
  return el("label", { class: "field" }, el("span", {}, ...both("审核理由，随每项决定留存", "what a decision rests on; kept with it")), el("input", { id: "why", value: "与原文核对", maxlength: "2000" }));
}

// --- the text ----------------------------------------------------------------------------------

// Facts may overlap, so the text is cut at every edge; offsets are Python's, which count characters, not UTF-16 units.
function marked({ text, facts, entities }) {
  const letters = Array.from(text);
  const names = entities.flatMap((entity) => entity.mentions);
  const edges = [...new Set([0, letters.length, ...facts.flatMap((fact) => [fact.span.start, fact.span.end]), ...names.flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b);
  return edges.slice(0, -1).map((start, at) => {
    const end = edges[at + 1], words = letters.slice(start, end).join("");
    const inside = facts.filter((fact) => fact.span.start <= start && end <= fact.span.end);
    const named = names.some((span) => span.start <= start && end <= span.end);
    const shown = named ? el("u", {}, words) : words;
    if (!inside.length) return shown;
    const title = inside.map((fact) => `${word("fact", fact.type).zh} ${fact.subject_name}`).join("；");
    return el("mark", { class: inside.some((fact) => fact.status === "asserted") ? "sure" : "unsure", "data-facts": ` ${inside.map((fact) => fact.number).join(" ")} `, title, onclick: () => point(inside[0].number) }, shown);
  });
}

const marks = (number) => document.querySelectorAll(`mark[data-facts~="${number}"]`);

function point(number) {
  for (const mark of document.querySelectorAll("mark.open, .fact.open")) mark.classList.remove("open");
  for (const mark of marks(number)) mark.classList.add("open");
  const box = find(`fact-${number}`);
  box.classList.add("open");
  box.scrollIntoView({ block: "nearest" });
}

function reveal(number) {
  point(number);
  marks(number)[0]?.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

// --- the facts ---------------------------------------------------------------------------------

function card(fact, view) {
  const values = Object.entries(fact.attrs).filter(([, value]) => value !== null && value !== "" && !(Array.isArray(value) && !value.length));
  return el("li", { class: "fact", id: `fact-${fact.number}`, "data-type": fact.type },
    el("p", {}, el("strong", {}, ...said("fact", fact.type)), " ", fact.status === "asserted" ? null : el("span", { class: "flag" }, ...said("stance", fact.status))),
    el("p", { class: "trail" }, el("span", { class: "node" }, fact.subject_name), fact.object_name ? [" → ", el("span", { class: "node" }, fact.object_name)] : null),
    values.length ? pairs(values.map(([name, value]) => [word("attribute", name).zh, word("attribute", name).en, Array.isArray(value) ? value.join("、") : String(value)])) : null,
    el("p", {}, el("button", { type: "button", class: "link", onclick: () => reveal(fact.number) }, `“${fact.quote.length > 60 ? `${fact.quote.slice(0, 60)}…` : fact.quote}”`), " ", el("span", { class: "quiet" }, place(fact.place))),
    decisions(fact, view));
}

const place = ({ page, paragraph, row }) => [row === null ? "" : `第 ${row} 行`, page === null ? "" : `第 ${page} 页`, paragraph === null ? "" : `第 ${paragraph} 段`].filter(Boolean).join(" ");

function decisions(fact, view) {
  const box = el("p", { class: "decide", id: `decide-${fact.number}` });
  draw(box, fact, view);
  return box;
}

function draw(box, fact, view) {
  const state = view.states.get(fact.number) ?? "waiting";
  const act = (decision, zh, english, style) => el("button", { type: "button", class: style, onclick: () => decide(fact, decision, view) }, ...both(zh, english));
  if (fact.held) return box.replaceChildren(el("span", { class: "quiet" }, ...said("held", fact.held)));
  if (state === "waiting") return box.replaceChildren(act("accept", "采信", "accept", ""), " ", act("reject", "不采信", "reject", "quiet-button"));
  return box.replaceChildren(el("span", { class: "flag" }, ...said("decision", state)), " ", act("reopen", "撤回", "take back", "link"));
}

async function decide(fact, decision, view) {
  try {
    if (!view.claims) await intoGraph(view);
    const current = view.document.facts[fact.number];
    if (!current.claim) return draw(find(`decide-${fact.number}`), current, view);
    const reply = await post("candidates", { ids: [view.claims.get(fact.number)], decision, why: find("why").value.trim() }, access());
    if (reply.claims.length) view.claims.set(fact.number, reply.claims[0].claim);
    view.states.set(fact.number, { accept: "accepted", reject: "rejected", reopen: "waiting" }[decision]);
    tell("");
    draw(find(`decide-${fact.number}`), fact, view);
  } catch (error) {
    tell(error.message, "", { error: true });
  }
}

// The first decision puts the whole document into the graph: candidates wait there, whoever goes on with them.
async function intoGraph(view) {
  const { documents: [document_] } = await extract(true);
  view.document = document_;
  view.claims = new Map(document_.facts.filter((fact) => fact.claim).map((fact) => [fact.number, fact.claim]));
  for (const fact of document_.facts.filter((one) => one.held)) draw(find(`decide-${fact.number}`), fact, view);
}
