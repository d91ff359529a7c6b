"""Subjects: whom an answer is about, who else may be meant, what a search found."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from api.render.tables import heading, indented, pairs, table
from api.words import both


def subject_parts(subject: Mapping[str, Any], *, zh: str = "主体", en: str = "Subject") -> Iterator[RenderableType]:
    """The resolved subject, or the candidates where there is none."""
    yield heading(zh, en)
    asked = subject["asked"]
    asked_text = asked["text"] + (f"（{asked['anchor']}）" if asked.get("anchor") else "")
    rows: list[tuple[str, Any]] = [("所问 asked", asked_text)]
    if subject["id"]:
        rows += [("名称 name", Text(subject["caption"] or "", style="bold")), ("类别 label", both("label", subject["label"])), ("编号 id", subject["id"])]
    else:
        rows.append(("名称 name", Text("未确定到一个主体 no single subject", style="bold")))
    rows.append(("身份 identity", both("grade", subject["identity"])))
    if subject.get("reason"):
        rows.append(("理由 reason", both("reason", subject["reason"])))
    if subject.get("namesakes"):
        rows.append(("同名 namesakes", subject["namesakes"]))
    yield indented(pairs(rows))
    yield from _folded(subject.get("same_as") or ())
    yield from candidate_parts(subject.get("candidates") or ())


def _folded(same_as: Any) -> Iterator[RenderableType]:
    if same_as:
        rows = ([one["id"], both("grade", one["grade"]), one["claims"]] for one in same_as)
        yield indented(table(["并入 same as", "身份 identity", "依据 claims"], rows))


def candidate_parts(candidates: Any) -> Iterator[RenderableType]:
    """Whom the text may mean: never more than that."""
    if candidates:
        rows = ([c["caption"], both("label", c["label"]), _anchor(c), both("grade", c["identity"]), c["reason"], c["id"]] for c in candidates)
        yield indented(table(["候选 candidate", "类别 label", "所在记录 named in", "身份 identity", "理由 reason", "编号 id"], rows))


def _anchor(candidate: Mapping[str, Any]) -> str | None:
    anchor = candidate.get("anchor")
    return anchor["caption"] if anchor else None


def search_parts(data: Mapping[str, Any]) -> Iterator[RenderableType]:
    """The hits, best first."""
    if not data["hits"]:
        yield Text("没有找到 nothing found; try a part of the name, or a number", style="dim")
        return
    rows = ([h["caption"], both("label", h["label"]), "、".join(a["caption"] for a in h["anchors"]), both("match", h["match"]), both("grade", h["identity"]), h["id"]] for h in data["hits"])
    yield table(["名称 name", "类别 label", "所在记录 named in", "匹配 match", "身份 identity", "编号 id"], rows)
    if data["persons_of_name"] > 1:
        yield Text(f"{data['persons_of_name']} 条记录同名，未必同一人 records bear this name; not known to be one person", style="dim")
    if data["next"]:
        yield Text(f"还有 more: --after {data['next']}", style="dim")
