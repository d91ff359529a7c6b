// One subject's answer: who it is, the four verdicts, the drawing, what a line rests on, what was searched.

import { terms, word } from "./client.js";
import { both, el, en, heading, pairs, table } from "./dom.js";
import { beside, draw, elements, period, stepKey } from "./drawing.js";
import { lawSections } from "./law.js";

const MARKS = { yes: "●", no: "○", undetermined: "◐" };
const said = (kind, key) => both(word(kind, key).zh, word(kind, key).en);
const spans = (kind, keys) => keys.map((key) => el("span", { class: "flag", title: word(kind, key).means || null }, ...said(kind, key)));

export function renderAnswer(answer, { again, choose, knownAt }) {
  const view = { answer, claims: claimsPanel(), choose, graph: null, steps: new Map() };
  const paths = Object.values(answer.verdicts).flatMap((verdict) => verdict.findings).map((finding) => finding.path).filter(Boolean);
  for (const path of paths) for (const step of path.steps) view.steps.set(stepKey(step), { step, path });
  const parts = [subject(answer, choose), question(answer, again, knownAt), verdicts(view), who(answer) ? lawSections(answer, (title, claims) => openClaims(view, title, claims)) : null, el("div", { class: "work" }, found(view), drawing(view, paths)), coverage(answer.coverage)];
  return { parts: parts.filter(Boolean), start: () => start(view, paths) };
}

const who = (answer) => answer.subject.id !== null;

// --- who ---------------------------------------------------------------------------------------

function subject({ subject: who, question: asked }, choose) {
  const name = who.id ? who.caption : asked.subject.text;
  const facts = [
    who.id ? ["类别", "kind", el("span", {}, ...said("label", who.label))] : null,
    who.id ? ["编号", "id", el("code", {}, who.id)] : null,
    ["身份", "identity", el("span", { title: word("grade", who.identity).means || null }, ...said("grade", who.identity))],
    who.reason ? ["理由", "reason", reason(who.reason)] : null,
    who.namesakes ? ["同名", "namesakes", String(who.namesakes)] : null,
    asked.subject.anchor ? ["锚定企业", "anchor", asked.subject.anchor] : null,
    who.same_as.length ? ["并入", "same as", el("ul", { class: "plain" }, who.same_as.map((one) => el("li", {}, el("code", {}, one.id), " ", ...said("grade", one.grade))))] : null,
  ];
  return el("header", { class: "subject" },
    el("h1", { id: "subject-name", tabindex: "-1" }, name),
    who.id ? null : el("p", { class: "lead" }, "未能确定到一个主体；下列只是可能的人选，不作任何肯定结论。", en(" Not resolved to one subject: these are only candidates, and nothing positive is said of any.")),
    pairs(facts), candidates(who.candidates, choose));
}

export function candidates(list, choose) {
  if (!list.length) return null;
  return el("ul", { class: "cards" }, list.map((one) => el("li", {}, el("button", { type: "button", class: "card", onclick: () => choose(one.id) },
    el("strong", {}, one.caption ?? one.id), el("span", {}, ...said("label", one.label)),
    anchors(one).length ? el("span", {}, ...both("所在记录", "named in"), " ", anchors(one).map((anchor) => anchor.caption).join("、")) : null,
    one.match ? el("span", {}, ...said("match", one.match), one.matched && one.matched !== one.caption ? `：${one.matched}` : "") : null,
    el("span", { class: "grade", title: word("grade", one.identity).means || null }, "身份 ", ...said("grade", one.identity)),
    Object.entries(one.numbers ?? {}).map(([kind, number]) => el("span", { class: "quiet" }, `${word("number", kind).zh} ${number}`)),
    one.reason ? el("span", { class: "quiet" }, one.reason) : null, el("code", {}, one.id)))));
}

const anchors = (one) => one.anchors ?? (one.anchor ? [one.anchor] : []);

// --- when --------------------------------------------------------------------------------------

function question({ question: asked, clocks }, again, knownAt) {
  const input = (name, zh, english, attributes) => el("label", { class: "field" }, el("span", {}, ...both(zh, english)), el("input", { name, ...attributes }));
  const hops = el("select", { name: "hops" }, [1, 2, 3, 4, 5, 6, 7, 8].map((n) => el("option", { value: n, selected: n === asked.max_hops }, `${n}`)));
  const submit = (event) => { event.preventDefault(); again(Object.fromEntries(new FormData(event.target))); };
  return el("form", { class: "question", id: "question", onsubmit: submit, "aria-label": "时点与层数 day and hops" },
    input("at", "事实日", "true on", { type: "date", value: asked.at, required: true }),
    input("known_at", "所知日", "known at", { type: "date", value: knownAt?.slice(0, 10), title: "留空即用全部已载入数据 leave empty for everything known" }),
    el("label", { class: "field" }, el("span", {}, ...both("最多层数", "hops")), hops),
    el("button", { type: "submit" }, ...both("重新核查", "Ask again")),
    el("p", { class: "quiet" }, `依据第 ${clocks.known_run} 次载入，发布于 ${clocks.known_at.slice(0, 19).replace("T", " ")} UTC`, en(` run ${clocks.known_run}`)));
}

// --- verdicts ----------------------------------------------------------------------------------

function verdicts(view) {
  return el("section", { class: "verdicts", "aria-label": "结论 verdicts" }, terms("verdict").map((name) => verdict(name, view)));
}

function reason(text) {
  const known = word("reason", text);
  return known.en ? el("span", {}, ...both(known.zh, known.en)) : text;
}

function verdict(name, view) {
  const found = view.answer.verdicts[name], about = word("verdict", name), answer = word("answer", found.answer);
  return el("section", { class: `verdict ${found.answer}`, "data-verdict": name },
    heading(2, about.zh, about.en),
    el("p", { class: "sign" }, el("span", { class: "mark", "aria-hidden": "true" }, MARKS[found.answer]), el("strong", {}, answer.zh), " ", en(answer.en)),
    found.reason ? el("p", { class: "why" }, el("span", { class: "quiet" }, ...both(found.answer === "undetermined" ? "为何未定" : "说明", "why"), "："), reason(found.reason)) : null,
    found.findings.length ? el("p", { class: "why" }, `${found.findings.length} 项 `, en(found.findings.length === 1 ? "finding" : "findings")) : null,
    el("p", { class: "means" }, about.means));
}

function found(view) {
  const groups = terms("verdict").map((name) => [name, view.answer.verdicts[name].findings]).filter(([, findings]) => findings.length);
  if (!groups.length) return null;
  return el("section", { class: "found", "aria-label": "发现 findings" }, groups.map(([name, findings]) => [
    heading(2, word("verdict", name).zh, word("verdict", name).en),
    el("ol", { class: "findings" }, findings.map((finding) => el("li", {}, ...finding_(finding, view))))]));
}

function finding_(finding, view) {
  return [
    el("p", {}, el("strong", {}, finding.list), " ", el("span", { class: "quiet" }, ...said("polarity", finding.polarity), " · ", ...said("state", finding.state))),
    el("p", {}, finding.path ? el("span", {}, finding.subject.caption, `，${finding.hops} 层 `, en("hops"), " · ") : null, el("span", { class: "dates" }, period({ valid_from: finding.from, valid_to: finding.to ?? finding.since }) || "日期不明")),
    finding.holds !== "yes" ? el("p", { class: "quiet" }, "成立与否 ", en("holds"), "：", ...said("answer", finding.holds)) : null,
    finding.flags.length ? el("p", {}, spans("flag", finding.flags)) : null,
    finding.path ? trail(finding.path, view) : null,
    el("p", {}, el("button", { type: "button", class: "link", onclick: () => openClaims(view, `${finding.list} · ${finding.subject.caption}`, finding.evidence) }, ...both("查看依据", "evidence"), `（${finding.evidence.length}）`)),
  ];
}

// The path in words; every relation is a button that opens its claims, so the drawing is never the only way.
function trail(path, view) {
  const captions = new Map(path.nodes.map((node) => [node.id, node.caption]));
  const name = (id) => el("span", { class: "node" }, captions.get(id) ?? id);
  return el("p", { class: "trail" }, name(path.nodes[0].id), path.steps.map((step) => [
    el("button", { type: "button", class: `step${step.grade ? " same" : ""}`, title: step.claims.join(" "), onclick: () => openStep(view, stepKey(step)) }, arrow(step)), name(step.to)]));
}

function arrow(step) {
  const text = [step.term, step.post && step.post !== step.term ? step.post : null, step.percent ? `${step.percent}%` : null, step.grade ? word("grade", step.grade).zh : null].filter(Boolean).join(" ");
  const dated = [beside(step), period(step)].filter(Boolean).map((part) => ` ${part}`).join("");
  if (step.grade) return `╌ ${text}${dated} ╌`;
  return step.along === "out" ? `—${text}${dated}→` : `←${text}${dated}—`;
}

// --- drawing and claims ------------------------------------------------------------------------

function drawing(view, paths) {
  if (!paths.length) return Object.values(view.answer.verdicts).some((verdict) => verdict.findings.length) || view.answer.law.measures.length ? view.claims.box : null;
  return el("section", { class: "drawn", "aria-label": "关系图 drawing" },
    el("div", { class: "sheet" },
      el("div", { class: "sheet-head" }, heading(2, "关系图", "Drawing"), el("span", { class: "tools" },
        el("button", { type: "button", class: "quiet-button", onclick: () => view.graph.fit(undefined, 30) }, ...both("全图", "fit")),
        el("button", { type: "button", class: "quiet-button", "aria-label": "放大 zoom in", onclick: () => zoom(view.graph, 1.25) }, "＋"),
        el("button", { type: "button", class: "quiet-button", "aria-label": "缩小 zoom out", onclick: () => zoom(view.graph, 0.8) }, "－"))),
      el("div", { id: "graph", role: "img", "aria-label": "结论所依路径的关系图；同样内容以文字列在各结论之下。The paths drawn; the same stands in words under each verdict." }),
      legend()),
    view.claims.box);
}

function legend() {
  const item = (kind, zh, english) => el("li", {}, el("span", { class: `swatch ${kind}`, "aria-hidden": "true" }), ...both(zh, english));
  return el("ul", { class: "legend" }, item("asked", "所问主体", "subject"), item("listed", "在名单上", "listed"), item("hub", "枢纽", "hub"), item("person", "人员", "person"), item("firm", "企业", "enterprise"), item("same", "同一认定", "same as"), item("unsure", "不确定", "unsure"));
}

const zoom = (graph, factor) => graph.zoom({ level: graph.zoom() * factor, renderedPosition: { x: graph.width() / 2, y: graph.height() / 2 } });

function start(view, paths) {
  if (!paths.length) return null;
  const { coverage: seen, verdicts: all } = view.answer;
  const listed = new Map(), mark = (id, list) => listed.set(id, [...new Set([...(listed.get(id) ?? []), list])]);
  for (const finding of Object.values(all).flatMap((verdict) => verdict.findings)) {
    if (finding.state === "displayed" && finding.polarity === "negative") mark(finding.subject.id, finding.list);
  }
  const marks = { subject: paths[0].nodes[0].id, listed, hubs: new Map(seen.hubs.map((hub) => [hub.id, hub.degree])) };
  const box = document.getElementById("graph");
  view.graph = draw(box, elements(paths, marks, box.clientWidth < 560), (kind, id) => (kind === "step" ? openStep(view, id) : openNode(view, id, paths)));
  return view.graph;
}

function claimsPanel() {
  const title = el("h2", { id: "claims-title", tabindex: "-1" }, ...both("依据", "Evidence"));
  const body = el("div", { id: "claims-body" }, el("p", { class: "quiet" }, "点一条关系或一项“查看依据”，这里列出它的来源、文件、行与原始行。", en(" Choose a relation, or “evidence”: its source, file, row and the raw row are shown here.")));
  return { box: el("aside", { class: "claims", id: "claims", "aria-labelledby": "claims-title" }, title, body), title, body };
}

function openStep(view, key) {
  const { step, path } = view.steps.get(key);
  const captions = new Map(path.nodes.map((node) => [node.id, node.caption]));
  view.graph?.edges().removeClass("open");
  view.graph?.getElementById(key).addClass("open");
  openClaims(view, `${captions.get(step.from) ?? step.from} ${arrow(step)} ${captions.get(step.to) ?? step.to}`, step.claims);
}

function openNode(view, id, paths) {
  const node = paths.flatMap((path) => path.nodes).find((one) => one.id === id);
  const listings = Object.values(view.answer.verdicts).flatMap((verdict) => verdict.findings).filter((finding) => finding.subject.id === id);
  openClaims(view, node?.caption ?? id, [...new Set(listings.map((finding) => finding.listing))].filter((claim) => view.answer.evidence[claim]));
  view.claims.body.prepend(el("p", {}, el("span", {}, ...said("label", node?.label)), " ", el("code", {}, id)), el("p", {}, el("button", { type: "button", class: "link", onclick: () => view.choose(id) }, ...both("核查这个主体", "ask about this subject"))));
}

function openClaims(view, title, claims) {
  view.claims.title.replaceChildren(title);
  view.claims.body.replaceChildren(...(claims.length ? claims.map((claim) => claimCard(claim, view.answer.evidence[claim])) : [el("p", { class: "quiet" }, "没有单独的依据。", en(" No claims of its own."))]));
  view.claims.box.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  view.claims.title.focus({ preventScroll: true });
}

function claimCard(claim, evidence) {
  if (!evidence) return el("section", { class: "claim" }, el("code", {}, claim));
  const place = [evidence.document_name ?? evidence.document, evidence.sheet, evidence.row === null ? null : `第 ${evidence.row} 行 row`, evidence.span ? `字符 ${evidence.span.start}–${evidence.span.end}` : null].filter(Boolean).join("，");
  return el("section", { class: "claim" },
    el("p", { class: "statement" }, evidence.statement),
    pairs([["来源", "source", evidence.source_name], ["文件与行", "file, row", place], ["说法编号", "claim", el("code", {}, claim)], evidence.status === "asserted" ? null : ["状态", "status", evidence.status]]),
    evidence.raw ? table([["列", "column"], ["原文", "as printed"]], Object.entries(evidence.raw), "原始行 raw row") : el("p", { class: "quiet" }, "此处没有存下原始行。", en(" The raw row is not kept here.")));
}

// --- coverage ----------------------------------------------------------------------------------

function coverage(seen) {
  const rows = seen.lists.flatMap((list) => list.sources.map((source) => [list.list, el("span", {}, ...said("polarity", list.polarity)), source.name, source.as_of, source.complete === null ? null : el("span", {}, ...said("answer", source.complete ? "yes" : "no")), source.rows.toLocaleString("zh-CN")]));
  return el("section", { class: "coverage" }, heading(2, "查询范围", "Coverage"),
    rows.length ? table([["名单", "list"], ["类别", "polarity"], ["来源", "source"], ["数据截至", "as of"], ["完整", "complete"], ["条数", "rows"]], rows, "已查名单 lists searched") : el("p", {}, "没有载入任何名单。", en(" No list is loaded.")),
    pairs([
      ["未覆盖的名单", "not covered", seen.not_covered.join("、") || "–"],
      ["查全的层数", "hops searched completely", String(seen.hops)],
      ["查过", "searched", `${seen.searched.nodes.toLocaleString("zh-CN")} 个节点 nodes，${seen.searched.relations.toLocaleString("zh-CN")} 条关系 relations`],
      ["截断", "cut short", seen.cut.length ? seen.cut.join("；") : seen.truncated ? "是 yes" : "否 no"],
      seen.budget.exhausted ? ["时限", "time budget", `${seen.budget.seconds} 秒已用尽 seconds used up`] : null,
      seen.hubs.length ? ["枢纽", "hubs", seen.hubs.map((hub) => `${hub.caption}（${hub.degree.toLocaleString("zh-CN")}）`).join("、")] : null,
      seen.candidates_excluded ? ["未采信的候选", "candidates left out", String(seen.candidates_excluded)] : null,
    ]));
}
