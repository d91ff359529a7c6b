"""A link answer in full: verdicts, findings with their paths, coverage, evidence."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from api.render.law import conflict_parts, hypothesis_parts, measure_parts, not_list_parts
from api.render.subjects import subject_parts
from api.render.tables import heading, indented, pairs, table
from api.words import WORDS, both

Data = Mapping[str, Any]
_MARKS = {"yes": "●", "no": "○", "undetermined": "◐"}
# What the law says under each verdict.
_LAW = {"listed": not_list_parts, "reached": measure_parts, "associated": lambda _: iter(()), "liable_if_ruled": hypothesis_parts}


def linked_parts(data: Data) -> Iterator[RenderableType]:
    """`linked` as a person reads it."""
    yield from subject_parts(data["subject"])
    yield from clock_parts(data["clocks"])
    yield heading("结论", "Verdicts")
    for name in WORDS["verdict"]:
        yield from _verdict(name, data["verdicts"][name])
        yield from (indented(part) for part in _LAW[name](data["law"]) if data["subject"]["id"])
    yield from conflict_parts(data["law"])
    yield from coverage_parts(data["coverage"])
    yield from evidence_parts(data["evidence"])


def path_parts(data: Data) -> Iterator[RenderableType]:
    """`path` as a person reads it."""
    yield from subject_parts(data["a"], zh="甲方", en="From")
    yield from subject_parts(data["b"], zh="乙方", en="To")
    yield from clock_parts(data["clocks"])
    yield heading("路径", "Paths")
    connected = data["connected"]
    yield indented(_answer("相连 connected", connected))
    for number, path in enumerate(data["paths"], start=1):
        flags = f"  〔{_flags(path)}〕" if path["flags"] else ""
        yield indented(Text(f"{number}. {path['hops']} 层 hops · 身份 identity {both('grade', path['identity'])}{flags}"))
        yield indented(indented(path_text(path)))
    yield from coverage_parts(data["coverage"])
    yield from evidence_parts(data["evidence"])


def clock_parts(clocks: Data) -> Iterator[RenderableType]:
    """When: true on, known at."""
    yield heading("时点", "Clocks")
    yield indented(pairs([("事实截至 true on", clocks["valid_at"]), ("所知截至 known at", f"{clocks['known_at']}  (run {clocks['known_run']})"), ("法规截至 rules at", clocks["rules_at"])]))  # fmt: skip


def _answer(title: str, verdict: Data) -> Text:
    answer = verdict["answer"]
    line = Text.assemble(f"{_MARKS[answer]} ", title, "  ", (both("answer", answer), "bold"))
    if verdict["reason"]:
        line.append(f"  理由 reason: {both('reason', verdict['reason'])}")
    return line


def _verdict(name: str, verdict: Data) -> Iterator[RenderableType]:
    yield indented(_answer(both("verdict", name), verdict))
    for finding in verdict["findings"]:
        yield indented(indented(_finding(finding)))
        if finding["path"]:
            yield indented(indented(indented(path_text(finding["path"]))))


def _finding(finding: Data) -> Text:
    until = finding["to"] or finding["since"]
    period = f"{finding['from'] or '?'} – {until or ''}".rstrip()
    line = Text.assemble("· ", (finding["list"], "bold"), f"（{both('polarity', finding['polarity'])}） {both('state', finding['state'])}  {period}")
    line.append(f"  {finding['subject']['caption']}" + (f"，{finding['hops']} 层 hops" if finding["path"] else ""))
    if finding["holds"] != "yes":
        line.append(f"  成立与否 holds: {both('answer', finding['holds'])}")
    if finding["flags"]:
        line.append(f"  〔{_flags(finding)}〕")
    return line.append(f"\n  据 claims: {', '.join(finding['evidence'])}", style="dim")


def _flags(data: Data) -> str:
    return "、".join(both("flag", flag) for flag in data["flags"])


def path_text(path: Data) -> Text:
    """A path as 甲 —法定代表人→ 乙 (since, claims), one step a line."""
    captions = {node["id"]: node["caption"] for node in path["nodes"]}
    line = Text()
    for number, step in enumerate(path["steps"]):
        start = captions.get(step["from"], step["from"])
        line.append(f"{start} " if number == 0 else "  … ")
        line.append(_arrow(step)).append(f" {captions.get(step['to'], step['to'])} ").append(_note(step), style="dim")
        line.append("\n" if number + 1 < len(path["steps"]) else "")
    return line


def _arrow(step: Data) -> Text:
    said = "、".join(part for part in (step["term"], step["post"] if step["post"] != step["term"] else None, f"{step['percent']}%" if step["percent"] else None) if part)
    if step["grade"]:
        return Text(f"≈{said} {both('grade', step['grade'])}≈")
    return Text(f"—{said}→" if step["along"] == "out" else f"←{said}—")


def _note(step: Data) -> str:
    since = f"{step['valid_from'] or '?'} – {step['valid_to'] or ''}".rstrip() if step["valid_from"] or step["valid_to"] else ""
    as_of = f"截至 as of {step['as_of']}" if step["as_of"] and not since else ""
    unsure = f"成立与否 {both('answer', step['holds'])}" if step["holds"] != "yes" else ""
    also = "、".join(dict.fromkeys(one["post"] or one["term"] for one in step.get("also", ())))
    beside = f"另任 also {also}" if also else ""
    return f"({'; '.join(part for part in (since, as_of, unsure, beside, ' '.join(step['claims'])) if part)})"


def coverage_parts(coverage: Data) -> Iterator[RenderableType]:
    """What was searched and what was not."""
    yield heading("查询范围", "Coverage")
    rows = [row for entry in coverage["lists"] for row in _list_rows(entry)]
    if rows:
        yield indented(table(["名单 list", "类别", "来源 source", "数据截至 as of", "完整 complete", "条数 rows"], rows))
    yield indented(pairs(_coverage_pairs(coverage)))


def _list_rows(entry: Data) -> Iterator[Sequence[Any]]:
    for source in entry["sources"]:
        yield entry["list"], both("polarity", entry["polarity"]), source["name"], source["as_of"], source["complete"], source["rows"]


def _coverage_pairs(coverage: Data) -> Iterator[tuple[str, Any]]:
    yield "未覆盖 not covered", "、".join(coverage["not_covered"]) or None
    yield "查到层数 hops searched completely", str(coverage["hops"])
    yield "查过 searched", f"{coverage['searched']['nodes']:,} 节点 nodes, {coverage['searched']['relations']:,} 关系 relations"
    yield "截断 cut short", "；".join(coverage["cut"]) or ("是 yes" if coverage["truncated"] else "否 no")
    if coverage["budget"]["exhausted"]:
        yield "时限 time budget", f"{coverage['budget']['seconds']:g} 秒已用尽 seconds used up"
    if coverage["hubs"]:
        yield "枢纽 hubs", "、".join(f"{hub['caption']} ({hub['degree']:,})" for hub in coverage["hubs"])
    if coverage["candidates_excluded"]:
        yield "未采信的候选 candidates left out", coverage["candidates_excluded"]


def evidence_parts(evidence: Data) -> Iterator[RenderableType]:
    """Where each claim comes from, row by row."""
    if not evidence:
        return
    yield heading("依据", "Evidence")
    rows = ([claim, e["statement"], e["source_name"], _place(e)] for claim, e in sorted(evidence.items()))
    yield indented(table(["编号 claim", "内容 statement", "来源 source", "文件与行 file, row"], rows))


def _place(entry: Data) -> str:
    sheet = f"，{entry['sheet']}" if entry["sheet"] else ""
    row = f"，第 {entry['row']} 行" if entry["row"] is not None else ""
    span = f"，字符 {entry['span']['start']}–{entry['span']['end']}" if entry["span"] else ""
    return f"{entry['document_name'] or entry['document'] or '–'}{sheet}{row}{span}"
