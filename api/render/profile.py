"""A subject's profile: names, records side by side, then every section of facts with the claims that say them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from api.render.linked import clock_parts, evidence_parts
from api.render.tables import heading, indented, pairs, plain_parts, table, text
from api.words import WORDS, both

Data = Mapping[str, Any]
_SHOWN = 40  # characters of one value in a list of values


def show_parts(data: Data) -> Iterator[RenderableType]:
    """A profile; for anything that is no subject, its values and what hangs on it."""
    head = data.get("subject") or data["node"]
    yield heading(head["caption"], both("label", head["label"]))
    yield indented(pairs([("编号 id", head["id"]), *((f"并入 same as {both('grade', one['grade'])}", one["id"]) for one in data.get("same_as", ()))]))
    yield from clock_parts(data["clocks"])
    yield from _profile(data) if "subject" in data else _node(data)
    if data["truncated"]:
        yield Text("\n只列出一部分 cut short: there are more claims than are shown here", style="bold")
    yield from evidence_parts(data["evidence"])


def _node(data: Data) -> Iterator[RenderableType]:
    yield heading("内容", "Values")
    yield from (indented(part) for part in plain_parts(data["values"]))
    yield from _facts("attached", data["attached"])


def _profile(data: Data) -> Iterator[RenderableType]:
    if data["names"]:
        yield heading("名称", "Names" + ("（各来源不一 sources differ）" if data["names_differ"] else ""))
        yield indented(table(["名称 name", "类别 kind", "依据 claims"], ([n["name"], n["kind"], n["claims"]] for n in data["names"])))
    yield from _records(data["records"])
    for section in WORDS["section"]:
        yield from _facts(section, data[section])
    for key, zh, en in (("problems", "原文存疑", "Wrong as printed"), ("proposals", "建议修正", "Proposed repairs")):
        if data[key]:
            yield heading(zh, en)
            yield indented(table(["内容 text", "来源 source", "依据 claim"], ([r["text"], r["source"], r["claim"]] for r in data[key])))


def _records(records: Sequence[Data]) -> Iterator[RenderableType]:
    """What each source says, column beside column."""
    if not records:
        return
    yield heading("登记信息", "Records side by side")
    names = list(dict.fromkeys(name for record in records for name in record["values"] if not name.endswith(("_key", "_keys"))))
    columns = ["项目 item", *(f"{r['claims'][0]['source']} {r['claims'][0]['as_of'] or ''}".strip() for r in records)]
    yield indented(table(columns, ([name, *(record["values"].get(name) for record in records)] for name in names)))


def _facts(section: str, facts: Sequence[Data]) -> Iterator[RenderableType]:
    if not facts:
        return
    word = WORDS["section"].get(section)
    yield heading(word.zh if word else section, word.en if word else "")
    rows = ([_relation(fact), fact["other"]["caption"], _period(fact), both("answer", fact["holds"]), _values(fact), [said["claim"] for said in fact["claims"]]] for fact in facts)
    yield indented(table(["关系 relation", "对方 other", "期间 period", "当日成立 holds", "内容 values", "依据 claims"], rows))


def _relation(fact: Data) -> str:
    return f"{fact['term']} {'→' if fact['along'] == 'out' else '←'}"


def _period(fact: Data) -> str:
    said = fact["claims"][0]
    if said["valid_from"] or said["valid_to"]:
        return f"{said['valid_from'] or '?'} – {said['valid_to'] or ''}"
    return f"截至 as of {said['as_of']}" if said["as_of"] else ""


def _values(fact: Data) -> Text:
    skipped = ("name_used", "polarity", "problems", "remark")
    shown = (f"{name} {str(value)[:_SHOWN]}" for name, value in fact["values"].items() if name not in skipped and not name.endswith("_text"))
    return text("; ".join(shown))
