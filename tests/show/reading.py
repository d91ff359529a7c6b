"""Lines of the extractor: annotated passages beside baselines, real decisions, the five documents, speed, bad input."""

import csv
import re
import statistics
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stdnum.cn import uscc

from nlp.baselines import bare_tagger, expressions
from nlp.evaluate import Figures, evaluate, evaluate_with, held_out
from nlp.gold import read_records
from nlp.pipeline import extract, predict
from tests.bench.extract import memory, speed
from tests.shared import SHARED
from tests.show.line import Line

OWN = Path(__file__).resolve().parents[1] / "data" / "nlp"
# What the five documents assert of a named subject; everything else in them is a rule, a proposal or a statistic.
TOLD = {("000", "龚某某", "removed"), ("001", "三农食品", "asserted"), ("001", "浙江省建工集团有限责任公司", "asserted")}
_ADVERSE = ("ListMembership", "Penalty")


def lines(*, quick: bool) -> Iterator[Line]:
    """All of them; without the shared data only our own passages."""
    yield from _blind()
    if SHARED is None:
        yield Line("annotated passages, decisions, documents", "the shared data is not here", "measured", False)
        return
    gold = SHARED / "data" / "gold"
    yield from _gold([gold / "dev.jsonl", gold / "dev_csrc.jsonl"])
    yield from _decisions(SHARED / "data" / "csrc_penalties" / "penalty_decisions.csv", 30 if quick else None)
    yield from _documents(SHARED / "documents")
    yield from _speed(SHARED / "documents", quick)


# --- annotated passages -----------------------------------------------------------------------------------


def _said(figures: Figures) -> str:
    return (
        f"entity F1 {figures.entity.f1:.3f}, fact F1 {figures.fact.f1:.3f} (macro {figures.macro.value or 0:.3f}), "
        f"attributes {figures.attribute_accuracy or 0:.3f}, negatives with a false fact {figures.negatives_false} of {figures.negatives} "
        f"(adverse {figures.negatives_adverse})"
    )


def _blind() -> Iterator[Line]:
    """The half that no pattern was written from: the honest figure."""
    for name, aim in (("blind", True), ("open", False)):
        figures = evaluate_with(read_records(OWN / f"{name}.jsonl"), predict)
        ok = figures.entity.f1 >= 0.90 and figures.fact.f1 >= 0.75 and (figures.attribute_accuracy or 0) >= 0.85 and not figures.negatives_adverse
        what = "own passages, blind half" if aim else "own passages, open half (patterns were written from it)"
        yield Line(f"{what}, {figures.passages}", _said(figures), "entity ≥ .90, fact ≥ .75, attributes ≥ .85, no adverse false fact", ok)
        yield Line(f"  {what}: fact F1 by type", ", ".join(f"{t} {c.f1:.2f}" for t, c in figures.facts.items() if c.right + c.missed), "-", True)


def _gold(files: list[Path]) -> Iterator[Line]:
    records = [record for path in files for record in read_records(path)]
    found = {str(r["id"]): predict(r) for r in records}
    figures = evaluate(records, found)
    rate = figures.negatives_false / max(1, figures.negatives)
    yield Line("gold, visible: entity F1", f"{figures.entity.f1:.3f}", "≥ .95", figures.entity.f1 >= 0.95)
    yield Line("gold, visible: fact F1", f"{figures.fact.f1:.3f} micro, {figures.macro.value or 0:.3f} macro", "≥ .90", figures.fact.f1 >= 0.90)
    accuracy = figures.attribute_accuracy or 0
    yield Line("gold, visible: attributes of matched facts", f"{accuracy:.3f}", "≥ .95", accuracy >= 0.95)
    yield Line("gold, visible: negatives with a false fact", f"{figures.negatives_false} of {figures.negatives}", "≤ 2 %", rate <= 0.02)
    for key in ("kind", "source_group"):
        values = [f.fact.f1 for f in held_out(records, found, key).values() if f.fact.right + f.fact.missed]
        yield Line(f"  gold by {key}: fact F1", f"median {statistics.median(values):.3f}, least {min(values):.3f} of {len(values)} groups", "beside it", True)
    for name, baseline in (("bare tagger", bare_tagger), ("expressions alone", expressions)):
        yield Line(f"  baseline: {name}", f"entity F1 {evaluate_with(records, baseline).entity.f1:.3f}, no facts", "beside it", True)


# --- real decisions ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    """What the decisions' headers and their texts say together."""

    decisions: int = 0
    numbered: int = 0
    number: int = 0
    day: int = 0
    authority: int = 0
    parties: int = 0
    fines: int = 0
    with_party: int = 0
    codes: int = 0
    valid: int = 0
    worst: list[str] = field(default_factory=list)


def _decisions(path: Path, most: int | None) -> Iterator[Line]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="|"))[:most]
    tally = Tally()
    for row in rows:
        _compare(row, tally)
    n = tally.decisions
    yield Line(f"real decisions, {n}: 文号 of the text as in the header", f"{tally.number} of {tally.numbered} that have one", "agree", tally.number >= 0.98 * tally.numbered)
    yield Line("real decisions: date in the text not after, and within 60 days of, the publication", f"{tally.day} of {n}", "agree", tally.day >= 0.95 * n)
    yield Line("real decisions: authority of the bureau that publishes", f"{tally.authority} of {n}", "agree", tally.authority >= 0.98 * n)
    yield Line("real decisions: parties and fines found", f"{tally.with_party} of {n} with a punished party; {tally.parties} parties, {tally.fines} fines", "≥ 1 a decision", tally.with_party >= 0.98 * n)
    yield Line("real decisions: USCC with a valid check character", f"{tally.valid} of {tally.codes}", "all", tally.valid == tally.codes)
    for worst in tally.worst[:10]:
        yield Line("  failure", worst, "examples", True)


def _compare(row: Mapping[str, str], tally: Tally) -> None:
    found = extract(f"{row['名称']}\n{row['内容']}", row["发文日期"])
    penalties = [f for f in found.facts if f.type == "Penalty"]
    numbers = {_plain(f.attrs["decision_no"]) for f in penalties if f.attrs.get("decision_no")}
    days = {str(f.attrs["date"]) for f in penalties if f.attrs.get("date")}
    organs = {found.entity(f.object).name for f in penalties if f.object}
    codes = [str(e.attrs["uscc"]) for e in found.entities if e.attrs.get("uscc") and "*" not in str(e.attrs["uscc"])]
    wanted = _plain(row["文号"]) if row["文号"] not in ("", "null") else None
    right = wanted is None or any(wanted in n or n in wanted for n in numbers)
    tally.decisions += 1
    tally.numbered += wanted is not None
    tally.number += wanted is not None and right
    tally.day += any(_near(day, row["发文日期"]) for day in days)
    tally.authority += any(row["来源"].removesuffix("局") in organ or "证券监督管理委员会" in organ for organ in organs)
    tally.parties += len({f.subject for f in penalties})
    tally.fines += sum(1 for f in penalties if f.attrs.get("fine_amount") or f.attrs.get("group_total_amount"))
    tally.with_party += bool(penalties)
    tally.codes += len(codes)
    tally.valid += sum(map(uscc.is_valid, codes))
    if not right or not penalties or not days:
        tally.worst.append(f"{row['名称'][:40]}: header {row['文号']} {row['发文日期']}; text {sorted(numbers)[:2]} {sorted(days)[:2]}, {len(penalties)} penalties")


def _plain(number: Any) -> str:
    return re.sub(r"[\s〔〕\[\]()（）【】第]", "", str(number))


def _near(day: str, published: str) -> bool:
    return day[:4] <= published[:4] and (day[:7] == published[:7] or abs(_days(published) - _days(day)) <= 60) and day <= published


def _days(day: str) -> int:
    parts = [int(x) for x in (day + "-01-01")[:10].split("-")]
    return parts[0] * 365 + parts[1] * 30 + parts[2]


# --- the five documents -----------------------------------------------------------------------------------


def _documents(folder: Path) -> Iterator[Line]:
    told: set[tuple[str, str, str]] = set()
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text("utf-8")
        found = extract(text)
        for fact in (f for f in found.facts if f.type in _ADVERSE and f.status in ("asserted", "removed")):
            name, at = found.entity(fact.subject).name, text.count("\n", 0, fact.evidence[0]) + 1
            key = (path.name[:3], name, fact.status)
            told.add(key)
            yield Line(f"  document {path.name[:3]}, line {at}: {fact.type}, {fact.status}", f"{name}: {fact.attrs.get('list_kind') or fact.attrs.get('violation')}", "a case, no rule, proposal or statistic", key in TOLD)
    case = ("000", "龚某某", "removed") in told
    yield Line("the one individual case of the documents, listing removed", "found" if case else "not found", "found", case)


def _speed(folder: Path, quick: bool) -> Iterator[Line]:
    texts = [path.read_text("utf-8")[: 8_000 if quick else 30_000] for path in sorted(folder.glob("*.txt"))]
    bare, whole = speed(texts)
    yield Line("speed of the whole pipeline beside the bare tagger", f"{whole:,.0f} of {bare:,.0f} characters/s, ratio {whole / bare:.2f}", "≥ .60", whole / bare >= 0.6)
    size = 200_000 if quick else 2_000_000
    more = memory(texts, size)
    yield Line(f"memory on a text of {size:,} characters", f"{more:,.0f} MB more", "bounded (≤ 500 MB)", more <= 500)
