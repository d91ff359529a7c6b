"""Small extractions written by hand: what a perfect reading of a text would give."""

from typing import Any

from ingest.documents.read import text_document
from ingest.documents.text import Document
from nlp.extraction import Entity, Extraction, Fact

USCC = "91360102XP000001X6"
TEXT = (
    "示例市市场监督管理局行政处罚决定书 示监罚〔2024〕7号\n"
    "当事人：示例甲建设有限公司，统一社会信用代码91360102XP000001X6，法定代表人示例卫五。\n"
    "对当事人罚款50000元。2024年3月5日\n"
    "同日，该公司被列入经营异常名录；拟将示例乙投资有限公司列入严重违法失信名单。"
)


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    """Where the words first stand."""
    start = text.index(words)
    return (start, start + len(words))


def entity(id_: str, type_: Any, name: str, text: str = TEXT, **attrs: Any) -> Entity:
    """An entity named once."""
    return Entity(id_, type_, name, (span(name, text),), attrs)


def fact(type_: Any, subject: str, object_: str | None, words: str, text: str = TEXT, **more: Any) -> Fact:
    """A fact that some words say; `attrs` and the fact's own fields by name."""
    own = {k: more.pop(k) for k in ("status", "rule", "confidence", "coref") if k in more}
    return Fact(type_, subject, object_, more, span(words, text), **{"rule": "test", "confidence": 0.9, **own})


ENTITIES = (
    entity("e1", "Authority", "示例市市场监督管理局"),
    entity("e2", "Enterprise", "示例甲建设有限公司", uscc=USCC),
    entity("e3", "Person", "示例卫五"),
    entity("e4", "Enterprise", "示例乙投资有限公司"),
    entity("e5", "List", "经营异常名录"),
    entity("e6", "List", "严重违法失信名单"),
)
FACTS = (
    fact("Penalty", "e2", "e1", "罚款50000元", decision_no="示监罚〔2024〕7号", date="2024-03-05", fine_amount=50000.0, penalty_types=["罚款"]),
    fact("Role", "e3", "e2", "法定代表人示例卫五", role="法定代表人", role_text="法定代表人", tense="current"),
    fact("ListMembership", "e2", "e5", "列入经营异常名录", list_code="经营异常名录", listed_on="2024-03-05"),
    fact("ListMembership", "e4", "e6", "拟将示例乙投资有限公司列入严重违法失信名单", list_code="严重违法失信名单", status="planned"),
    fact("Penalty", "e4", None, "示例乙投资有限公司", status="conditional"),
    fact("Measure", "e2", "e1", "示监罚", measure_type="责令改正"),
)


def example(**more: Any) -> tuple[Document, Extraction]:
    """A decision against one enterprise, and its perfect reading."""
    values = {"text": TEXT, "entities": ENTITIES, "facts": FACTS, "date_context": "2024-03-05", "version": "t1", **more}
    return text_document(values["text"], "decision.txt"), Extraction(**values)
