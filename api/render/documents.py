"""Documents: facts with their words and places, candidates with what was decided, whom a document names."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from api.render.tables import heading, indented, pairs, plain_parts, table
from api.words import WORDS, both

Data = Mapping[str, Any]
_ID = 12  # characters of a claim's id that tell it from any other and may be typed for it
_QUOTED = 60
_OBVIOUS = frozenset({"name_key", "alias_keys", "name_used", "polarity"})  # said by the claim's head, or made by us


def extract_parts(data: Data) -> Iterator[RenderableType]:
    """Each document's facts, then what the graph took in and what could not be read."""
    for document in data["documents"]:
        yield from _document(document)
    if data["graph"]:
        yield heading("候选入图", "Candidates in the graph")
        yield indented(pairs((name, value) for name, value in data["graph"].items() if value or name == "run"))
    for one in data["failed"]:
        yield Text(f"未能读取 not read: {one['name']}")


def _document(document: Data) -> Iterator[RenderableType]:
    row = f"，第 {document['row']} 行 row" if document["row"] is not None else ""
    head = f"{len(document['entities'])} 个名称 names，{len(document['facts'])} 项事实 facts，{document['characters']:,} 字 characters"
    yield Text.assemble("\n", (f"{document['name']}{row}", "bold"), f"  {head}", "  OCR" if document["ocr"] else "")
    if document["facts"]:
        columns = ["事实 fact", "内容 values", "原文与位置 words and place"]
        yield indented(table(columns, (_fact(fact) for fact in document["facts"])))


def _fact(fact: Data) -> Sequence[Any]:
    stance = "" if fact["status"] == "asserted" else f"（{both('stance', fact['status'])}）"
    head = f"{both('fact', fact['type'])}{stance}\n{_short(fact['subject_name'])}" + (f" → {_short(fact['object_name'])}" if fact["object_name"] else "")
    claim = f"候选 {fact['claim'][:_ID]}" if fact["claim"] else both("held", fact["held"]) if fact["held"] else ""
    return [head, _values(fact["attrs"]), "\n".join(filter(None, (_short(fact["quote"]), _place(fact["place"]), claim)))]


def _values(values: Data) -> str:
    return "；".join(f"{_named(name)} {'、'.join(map(str, v)) if isinstance(v, list) else v}" for name, v in values.items() if v not in (None, "", []))


def _named(name: str) -> str:
    word = WORDS["attribute"].get(name)
    return word.zh if word else name


def _short(text: str | None) -> str:
    shown = " ".join((text or "").split())
    return shown if len(shown) <= _QUOTED else f"{shown[:_QUOTED]}…"


def _place(place: Data) -> str:
    told = [f"第 {place['row']} 行" if place["row"] is not None else "", f"第 {place['page']} 页" if place["page"] else "", f"第 {place['paragraph']} 段" if place["paragraph"] else ""]
    return " ".join(filter(None, told))


def review_parts(data: Sequence[Data]) -> Iterator[RenderableType]:
    """Candidates, a row each."""
    if not data:
        yield Text("没有候选 no candidates", style="dim")
        return
    yield table(["编号 id", "说法 claim", "内容 values", "原文与位置 words and place", "状态 state"], (_candidate(one) for one in data))
    yield Text("xinpu review accept|reject 编号 --why 理由", style="dim")


def _candidate(one: Data) -> Sequence[Any]:
    head = f"{one['term']}\n{_short(one['subject']['caption'])}" + (f" → {_short(one['object']['caption'])}" if one["object"] else "")
    place = "，".join(filter(None, (one["document"]["name"], one["position"])))
    sure = f"可信度 {one['confidence']:g}" if one["confidence"] is not None else ""
    values = {k: v for k, v in one["values"].items() if k not in _OBVIOUS}
    return [one["id"][:_ID], head, _values(values), "\n".join(filter(None, (_short(one["quote"]), place, sure))), both("decision", one["state"])]


def candidate_parts(data: Data) -> Iterator[RenderableType]:
    """One candidate in full."""
    yield Text.assemble((f"{data['term']}  {data['subject']['caption']}", "bold"), f"  {both('decision', data['state'])}")
    if data["quote"]:
        yield indented(Text(f"“{data['quote']}”"))
    yield from plain_parts(data)


def screen_parts(data: Data) -> Iterator[RenderableType]:
    """Whom the document names, a row each."""
    yield Text.assemble((data["name"], "bold"), f"  {len(data['screened'])} 个名称 names，{data['characters']:,} 字 characters")
    columns = ["名称 name", "图中主体 subject", *(WORDS["verdict"][v].zh for v in WORDS["verdict"]), "名单 lists", "候选"]
    yield table(columns, (_screened(one) for one in data["screened"]))


def _screened(one: Data) -> Sequence[Any]:
    subject = one["subject"]
    found = f"{subject['id'] or '未确定到一个主体'}\n{both('grade', subject['identity'])}" if subject else "图中没有 not in the graph"
    verdicts = [WORDS["answer"][one["verdicts"][name]].zh for name in WORDS["verdict"]]
    return [f"{_short(one['name'])}\n{both('entity', one['type'])}", found, *verdicts, "、".join(one["lists"]), one["candidates"] or None]
