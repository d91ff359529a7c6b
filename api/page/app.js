// The page: one question at a time; the address bar carries it, so that it can be shared and asked again.

import { ask, health, loadWords } from "./client.js";
import { candidates, renderAnswer } from "./answer.js";
import { startReader } from "./document.js";
import { el, en, find } from "./dom.js";

const ASKED = ["id", "name", "anchor", "at", "known_at", "hops", "q", "view"];
let graph = null;
let turn = 0;

const access = () => ({ key: find("key").value.trim(), purpose: find("purpose").value.trim() });

function readAddress() {
  const given = new URLSearchParams(location.search);
  return Object.fromEntries(ASKED.map((name) => [name, given.get(name)]).filter(([, value]) => value));
}

function go(state) {
  const address = new URLSearchParams(Object.entries(state).filter(([name, value]) => value && ASKED.includes(name)));
  history.pushState(null, "", `?${address}`);
  return show(state);
}

function notice(text, english = "", { error = false } = {}) {
  const box = find("notice");
  box.hidden = !text;
  box.classList.toggle("error", error);
  box.replaceChildren(text ?? "", english ? " " : "", ...(english ? [en(english)] : []));
}

function only(id) {
  for (const name of ["welcome", "hits", "answer", "reader"]) find(name).hidden = name !== id;
}

async function show(state) {
  const mine = ++turn;
  graph?.destroy();
  graph = null;
  const query = state.id || state.name ? linked : state.q ? search : null;
  if (!query && state.view === "document") return reader();
  if (!query) return home();
  notice("正在查询……", "asking");
  find("main").setAttribute("aria-busy", "true");
  try {
    const render = await query(state);
    if (mine !== turn) return; // another question was asked meanwhile
    notice("");
    render();
  } catch (error) {
    if (mine === turn) failed(error);
  } finally {
    if (mine === turn) find("main").removeAttribute("aria-busy");
  }
}

async function home() {
  only("welcome");
  document.title = "信谱 Xinpu";
  const found = await health();
  const stock = find("stock");
  if (!found) notice("服务没有应答。", "The server does not answer.", { error: true });
  else if (found.status !== "ok") notice("还没有图：先运行 xinpu init，再运行 xinpu ingest。", `There is no graph yet: ${found.message}`, { error: true });
  else if (!found.last_run || found.last_run.seq === 0) notice("图是空的：用 xinpu ingest 载入文件之后再查。", "The graph is empty: load files with `xinpu ingest`, then ask.");
  else stock.textContent = `第 ${found.last_run.seq} 次载入，发布于 ${found.last_run.published.slice(0, 19).replace("T", " ")} UTC · ${found.store}`;
}

function reader() {
  only("reader");
  notice("");
  document.title = "读文件 · 信谱 Xinpu";
  find("reader-title").focus();
}

async function search(state) {
  find("q").value = state.q;
  const { hits, next, persons_of_name: namesakes } = await ask("search", { text: state.q }, access());
  return () => {
    only("hits");
    document.title = `${state.q} · 信谱 Xinpu`;
    const list = candidates(hits, (id) => go({ id }));
    const notes = [
      namesakes > 1 ? el("p", { class: "lead" }, `${namesakes} 条人员记录同名，未必是同一人。`, en(` ${namesakes} records bear this name; not known to be one person.`)) : "",
      next ? el("p", { class: "quiet" }, "只列出最相符的；写得更全可缩小范围。", en(" Only the best are shown; write more of the name.")) : "",
    ];
    find("hits-body").replaceChildren(...notes, list ?? el("p", {}, "没有找到。换名称的一部分，或用号码再试。", en(" Nothing found: try a part of the name, or a number.")));
    find("hits-title").focus();
  };
}

async function linked(state) {
  const who = state.id ? { subject: state.id } : { name: state.name, anchor: state.anchor };
  const hops = state.hops ? { max_hops: Number(state.hops) } : {};
  const answer = await ask("linked", { ...who, at: state.at, known_at: state.known_at, ...hops }, access());
  return () => {
    const again = (changed) => go({ ...state, ...changed });
    const choose = (id) => go({ id, at: state.at, known_at: state.known_at, hops: state.hops });
    const { parts, start } = renderAnswer(answer, { again, choose, knownAt: state.known_at });
    only("answer");
    find("answer").replaceChildren(...parts);
    graph = start();
    document.title = `${find("subject-name").textContent} · 信谱 Xinpu`;
    find("subject-name").focus({ preventScroll: true });
    scrollTo(0, 0);
    window.xinpu = { graph, at: answer.clocks.valid_at }; // for looking at the drawing from outside, as the tests do
  };
}

function failed(error) {
  only("");
  if (error.status === 401) {
    find("key-field").hidden = false;
    find("key").focus();
    return notice("此处需要密钥：填写后再查。", "This address needs a key.", { error: true });
  }
  if (error.code === "purpose_needed") {
    find("purpose").focus();
    return notice("查询涉及人员：请先填写用途，用途会记入查询日志。", "A person is looked up: state the purpose, it is noted in the log; then ask again.", { error: true });
  }
  if (error.code === "unknown_entity") return notice("没有找到这个主体。", error.message, { error: true });
  return notice(error.message, "", { error: true });
}

function remember(id) {
  const field = find(id);
  field.value = sessionStorage.getItem(`xinpu-${id}`) ?? "";
  field.addEventListener("change", () => sessionStorage.setItem(`xinpu-${id}`, field.value.trim()));
}

// A purpose or key given after a refusal answers the same question again, with no need to type it anew.
function retryAfter(id) {
  find(id).addEventListener("keydown", (event) => {
    const state = readAddress();
    if (event.key !== "Enter" || !(state.id || state.name)) return;
    event.preventDefault();
    sessionStorage.setItem(`xinpu-${id}`, find(id).value.trim());
    show(state);
  });
}

for (const id of ["purpose", "key"]) { remember(id); retryAfter(id); }
if (find("key").value) find("key-field").hidden = false;
find("search").addEventListener("submit", (event) => {
  event.preventDefault();
  const q = find("q").value.trim();
  if (q) go({ q });
});
find("to-reader").addEventListener("click", (event) => {
  event.preventDefault();
  go({ view: "document" });
});
startReader({ accessOf: access, notice });
addEventListener("popstate", () => show(readAddress()));
await loadWords();
await show(readAddress());
document.documentElement.dataset.ready = "yes";
