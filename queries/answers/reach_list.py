"""A whole list at once: everybody on it and behind it whom a measure reaches, or may reach, in one pass over the graph."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from graph_model.claims import Clocks, Holds
from graph_model.errors import UnknownEntity
from graph_model.model import MODEL
from graph_model.stores.graph import Reader
from queries.answers.answer import Asked, FromDay, Timing
from queries.answers.law_answer import LawQuestion
from queries.answers.law_frame import Clocked, Frame, open_frame
from queries.law.bulk import gather_list
from queries.law.reach import Reached, reached_by


@dataclass(frozen=True, slots=True)
class ListReachRow:
    """One measure that reaches, or may reach, one person or enterprise through one listed subject."""

    who: str
    who_name: str
    role: str | None
    through: str
    through_name: str
    measure: str
    modality: str
    article: str
    rule: str
    fact: str
    fact_kind: str
    from_: FromDay
    until: str
    holds: Holds
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListReachAnswer:
    """The reach of a list: how many are on it and behind it, and every measure that reaches or may reach one of them."""

    question: LawQuestion
    clocks: Clocks
    list: str
    listed: int
    behind: int
    rows: tuple[ListReachRow, ...]
    timing: Timing


def reach_list(reader: Reader, list_: str, when: Clocked) -> ListReachAnswer:
    """Whom measures reach through the subjects of a list. Raises `UnknownEntity` on a list that the model does not have."""
    if list_ not in MODEL.list_named:
        raise UnknownEntity(f"no list is called {list_!r}; known: {', '.join(MODEL.list_named)}")
    frame = open_frame(reader, when)
    listed = gather_list(frame.gathering, list_)
    world = frame.case.world
    units = {min(world.nodes(one)) for one in listed}
    behind = {min(world.nodes(person)) for unit in units for person in _behind(frame, unit)}
    found = [one for who in sorted({*units, *behind}) for one in reached_by(frame.case, who, near=True)]
    rows = tuple(_row(frame, one) for one in found if one.truth.value != "no" and one.through in units)
    question = frame.common("reach_list", Asked(list_))["question"]
    return ListReachAnswer(question, frame.network.inquiry.clocks, list_, len(units), len(behind), rows, frame.timing())


def _behind(frame: Frame, unit: str) -> Iterator[str]:
    for kind in ("role", "event_role"):
        yield from (str(role.get("person")) for role in frame.case.world.of(kind, "unit", unit))


def _row(frame: Frame, one: Reached) -> ListReachRow:
    assert one.fact is not None  # only rules that something set off were asked for
    names = frame.network.named
    facts = (*one.roles, one.fact, *one.findings)
    return ListReachRow(
        one.person, names.get(one.person, one.person), one.role, one.through, names.get(one.through, one.through), one.effect.measure,
        one.rule.modality, one.rule.cited, one.rule.id, one.fact.id, one.fact.kind, one.from_.text if one.from_ else None, one.until_text,
        one.truth.value, one.reasons, one.truth.unknown, tuple(dict.fromkeys(c for f in facts for c in f.claims)),
    )  # fmt: skip


# --- as a file ------------------------------------------------------------------------------------------


def as_csv(rows: Iterable[ListReachRow]) -> str:
    """The rows as CSV with a heading; several values of a cell are separated by spaces."""
    out = io.StringIO()
    names = [f.name for f in fields(ListReachRow)]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([name.rstrip("_") for name in names])
    writer.writerows([_cell(getattr(row, name)) for name in names] for row in rows)
    return out.getvalue()


def _cell(value: object) -> object:
    """A cell; text that a spreadsheet would take for a formula is marked as text."""
    text = " ".join(value) if isinstance(value, tuple) else value
    return f"'{text}" if isinstance(text, str) and text[:1] in "=+-@" else text
