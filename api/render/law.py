"""Answers of law for people: what reaches whom by which article, through which role, from when until when; and what does not, and why."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from api.render.subjects import subject_parts
from api.render.tables import heading, indented, pairs, table
from api.words import both

Data = Mapping[str, Any]
MARKS = {"yes": "●", "no": "○", "undetermined": "◐"}


def verdict_text(title: str, answer: str, reasons: Sequence[str] = ()) -> Text:
    """A verdict with the reasons for it."""
    line = Text.assemble(f"{MARKS[answer]} ", title, "  ", (both("answer", answer), "bold"))
    return line.append(f"  理由 reason: {words('reason', reasons)}") if reasons else line


def words(kind: str, keys: Sequence[str]) -> str:
    """Several words of a kind in both languages."""
    return "、".join(both(kind, key) for key in keys)


def measure_parts(data: Data, *, refused: str = "not_measures", found: str = "measures") -> Iterator[RenderableType]:
    """Measures that reach, those that may, and those that came near and why not; the others counted by reason."""
    yield from (indented(_measure(one)) for one in data[found])
    yield from (indented(_measure(one)) for one in data["undetermined"])
    near = [one for one in data[refused] if one["fact"] is not None and "other_place" not in one["reasons"]]
    yield from (indented(_measure(one)) for one in near)
    rest = len(data[refused]) - len(near)
    if rest:
        yield indented(Text(f"另有 {rest} 项没有触发或属其他地域 others not triggered, or of another place", style="dim"))


def _measure(one: Data) -> Text:
    """One measure: what, by which article, through which role where, from when until when, why not."""
    through = f"，经 through {one['role']}（{one['through']['caption'] or one['through']['id']}）" if one["role"] else "，对本人 himself"
    line = Text.assemble(f"{MARKS[one['holds']]} ", (one["measure"], "bold"), f"（{one['modality']}）  {one['article']}{through}")
    if one["from"]:
        line.append(f"  {one['from']} – {until(one['until'])}")
    if one["posts"]:
        line.append(f"  职务 posts: {'、'.join(one['posts'])}" + (f"（{one['trade']}）" if one["trade"] else ""))
    if one["holds"] != "yes":
        line.append(f"\n  为何 why: {words('reason', one['reasons'])}" + (f"；不详 unknown: {'、'.join(one['unknown'])}" if one["unknown"] else ""))
        line.append(f"\n  {one['would_change']}" if one["would_change"] else "", style="dim")
    claims = [c for part in ("roles", "triggers", "findings") for c in one["derivation"][part]]
    return line.append(f"\n  据 claims: {', '.join(claims)}", style="dim") if claims else line


def until(text: str) -> str:
    """The last day, or the word for what is no day."""
    return {"open": "未见终止 open", "life": "终身 life", "unknown": "不详 unknown"}.get(text, text)


def hypothesis_parts(data: Data) -> Iterator[RenderableType]:
    """What only a court can extend: the article, who must prove, how far."""
    for one in data["hypotheses"]:
        amount = f"，{one['amount_yuan']} 元" if one["amount_yuan"] else ""
        yield indented(Text(f"● {one['article']}  {one['through']['caption']}，{one['limit']}{amount}；举证 burden: {one['burden']}"))
    near = [one for one in data["not_hypotheses"] if one["fact"] is not None and "not_in_force" not in one["reasons"]]
    for one in near:
        yield indented(Text(f"{MARKS[one['holds']]} {one['article']}  {one['through']['caption']}  为何 why: {words('reason', one['reasons'])}"))


def not_list_parts(data: Data) -> Iterator[RenderableType]:
    """Lists that the subject is not on though something speaks for it, and why not."""
    for one in data["not_lists"]:
        through = f"，{one['through']['caption']} 在列" if one["through"] else ""
        article = f"（{one['article']}）" if one["article"] else ""
        yield indented(Text(f"○ {one['list']}{through}；本人不在列 not on it: {both('reason', one['reason'])}{article}"))


def conflict_parts(data: Data) -> Iterator[RenderableType]:
    """Articles or sources that differ, and what ranks them."""
    for one in data["conflicts"]:
        ranked = f"以 {one['prevails']} 为准" if one["prevails"] else "没有先后"
        yield indented(Text(f"⚖ {' ≠ '.join(one['between'])}  {ranked}：{one['reason']}"))


def question_parts(data: Data) -> Iterator[RenderableType]:
    """Whom and when an answer of law is about."""
    yield from subject_parts(data["subject"])
    q = data["question"]
    rows = [("事实截至 true on", q["at"]), ("所知截至 known at", q["known_at"]), ("法规截至 rules at", q["rules_at"])]
    yield heading("时点", "Clocks")
    yield indented(pairs([*rows, *((k, v) for k, v in (("地域 place", q["place"]), ("用途 history for", q["history"])) if v)]))


# --- one renderer a verb --------------------------------------------------------------------------------


def reach_parts(data: Data) -> Iterator[RenderableType]:
    """`reach` as a person reads it."""
    yield from question_parts(data)
    yield heading("措施所及", "What reaches")
    yield indented(verdict_text("措施所及 reached", data["reached"]["answer"], data["reached"]["reasons"]))
    yield from (indented(part) for part in measure_parts(data))
    yield from conflict_parts(data)


def qualify_parts(data: Data) -> Iterator[RenderableType]:
    """`qualify` as a person reads it."""
    yield from question_parts(data)
    yield heading("任职资格", "May he take the post")
    title = f"可否任 may be {data['question']['arguments']['as']}"
    yield indented(verdict_text(title, data["allowed"]["answer"], data["allowed"]["reasons"]))
    if data["barred_until"]:
        yield indented(Text(f"限制至 barred until {until(data['barred_until'])}"))
    yield from (indented(part) for part in measure_parts(data, found="bans", refused="not_bans"))
    yield from conflict_parts(data)


def list_parts(data: Sequence[Data]) -> Iterator[RenderableType]:
    """The rules by instrument, how far each was read, and how many cases test it."""
    for instrument, rows in groupby(data, key=lambda row: str(row["instrument"])):
        yield Text.assemble("\n", (instrument, "bold"))
        names = ["条 article", "规则 rule", "类 kind", "施行 in force", "地域 place", "文本 mark", "核读 reading", "例 tests +/−", "大意 sense"]
        yield indented(table(names, ([r["article"], r["id"], r["kind"], f"{r['from'] or '?'} – {r['until'] or ''}", r["place"], r["mark"], r["reading"],
                                      f"{r['positive']} / {r['negative']}", r["sense"]] for r in rows)))  # fmt: skip
    read = sum(row["reading"] == "read" for row in data)
    yield Text(f"\n{len(data)} 条规则 rules，{read} 条已与所存文本核读 read against the stored text", style="dim")


def status_parts(data: Data) -> Iterator[RenderableType]:
    """`status` as a person reads it."""
    yield from question_parts(data)
    yield heading("状态", "State of every record")
    rows = ([i["name"], i["number"], both("state", i["state"]), i["from"], until(i["until"]), i["repairable_from"], i["severity"], i["article"], words("reason", i["reasons"])]
            for i in data["items"])  # fmt: skip
    if data["items"]:
        names = ["事项 what", "文号 number", "状态 state", "自 from", "至 until", "可修复自 repairable from", "等级 severity", "条款 article", "理由 reason"]
        yield indented(table(names, rows))
    if data["left_out"]:
        yield indented(Text(f"另有 {data['left_out']} 项已经结束，说明用途（--history）后可见 over: give a purpose to see them", style="dim"))
    yield from conflict_parts(data)
