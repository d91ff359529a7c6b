// What the law says under each verdict: measures with article, role and dates, and why the others do not reach; hypotheses; lists not extended.

import { word } from "./client.js";
import { both, el, en, heading } from "./dom.js";

const MARKS = { yes: "●", no: "○", undetermined: "◐" };
const UNTIL = { open: ["未见终止", "open"], life: ["终身", "for life"], unknown: ["不详", "unknown"] };
const said = (kind, key) => both(word(kind, key).zh ?? key, word(kind, key).en ?? "");
const reasons = (keys) => keys.flatMap((key, at) => [at ? "、" : "", el("span", {}, ...said("reason", key))]);

// `open(title, claims)` shows what a line rests on.
export function lawSections(answer, open) {
  const law = answer.law;
  const groups = [
    ["reached", [...law.measures, ...law.undetermined].map((one) => measure(one, open)), denied(law.not_measures, open)],
    ["listed", law.not_lists.map(notList), null],
    ["liable_if_ruled", law.hypotheses.map((one) => hypothesis(one, open)), null],
  ].filter(([, shown, more]) => shown.length || more);
  if (!groups.length && !law.conflicts.length) return null;
  return el("section", { class: "found law", "aria-label": "法律依据 law" }, groups.map(([name, shown, more]) => [
    heading(2, `${word("verdict", name).zh}：条文`, `${word("verdict", name).en}: articles`),
    shown.length ? el("ol", { class: "findings" }, shown.map((line) => el("li", {}, ...line))) : null, more]),
    law.conflicts.map((one) => el("p", {}, `⚖ ${one.between.join(" ≠ ")} `, one.prevails ? `以 ${one.prevails} 为准` : "没有先后", `：${one.reason}`)));
}

function measure(one, open) {
  const claims = [...one.derivation.roles, ...one.derivation.triggers, ...one.derivation.findings];
  return [
    el("p", {}, `${MARKS[one.holds]} `, el("strong", {}, one.measure), `（${one.modality}） `, el("span", {}, one.article)),
    el("p", {}, one.role ? [`经 `, en("through"), ` ${one.role}（${one.through.caption ?? one.through.id}）`] : ["对本人 ", en("himself")], one.from ? [" · ", el("span", { class: "dates" }, `${one.from} – `, ...until(one.until))] : null),
    one.posts.length ? el("p", { class: "quiet" }, "职务 ", en("posts"), `：${one.posts.join("、")}${one.trade ? `（${one.trade}）` : ""}`) : null,
    one.holds === "yes" ? null : el("p", { class: "quiet" }, "为何 ", en("why"), "：", ...reasons(one.reasons), one.unknown.length ? `；不详 ${one.unknown.join("、")}` : ""),
    one.holds === "yes" || !one.would_change ? null : el("p", { class: "quiet" }, one.would_change),
    claims.length ? el("p", {}, el("button", { type: "button", class: "link", onclick: () => open(`${one.measure} · ${one.article}`, claims) }, ...both("查看依据", "evidence"), `（${claims.length}）`)) : null,
  ];
}

// Those that came near stand in full; the many that nothing set off, and those of other places, are counted.
function denied(list, open) {
  const near = list.filter((one) => one.fact && !one.reasons.includes("other_place")), rest = list.length - near.length;
  if (!list.length) return null;
  return el("details", { class: "denied" }, el("summary", {}, `${near.length} 项不到达，${rest} 项没有触发或属其他地域 `, en(`${near.length} do not reach, ${rest} not set off or of another place`)),
    near.length ? el("ol", { class: "findings" }, near.map((one) => el("li", {}, ...measure(one, open)))) : null);
}

const until = (text) => (UNTIL[text] ? both(...UNTIL[text]) : [text]);

function notList(one) {
  return [el("p", {}, "○ ", el("strong", {}, one.list), one.through ? `：${one.through.caption ?? one.through.id} 在列，本人不在列 ` : " ", ...said("reason", one.reason), one.article ? `（${one.article}）` : "")];
}

function hypothesis(one, open) {
  const claims = [...one.derivation.roles, ...one.derivation.triggers];
  return [
    el("p", {}, "● ", el("strong", {}, one.article), ` ${one.through.caption ?? one.through.id}：${one.limit}${one.amount_yuan ? `，${Number(one.amount_yuan).toLocaleString("zh-CN")} 元` : ""}`),
    el("p", { class: "quiet" }, "举证 ", en("burden"), `：${one.burden}；`, "只有法院能裁定 ", en("only a court can rule so")),
    el("p", {}, el("button", { type: "button", class: "link", onclick: () => open(one.article, claims) }, ...both("查看依据", "evidence"), `（${claims.length}）`)),
  ];
}
