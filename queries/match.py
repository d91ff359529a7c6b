"""Who is meant: an id, a number or a name → graded hits → one subject, or candidates and never more than that.

`judge` is pure; the rest fetches what it weighs. An id or a valid number an authority issued is `confirmed`; a
full name that one subject bears is `anchored`, and so is a person named in the record of the enterprise given as
anchor; a former name is `probable`; a short name or a person's bare name is `name_only` and singles out nobody.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph_model.claims import ASSERTED, GRADES, POSITIVE_GRADES
from graph_model.errors import UnknownEntity, UsageError
from graph_model.identifiers import normal_number, orgcode_of, read_number
from graph_model.names.clean import name_key
from queries.catalogue.identity import (
    BEARERS,
    ENTERPRISES_NUMBERED,
    RECORDS_ALIASED,
    RECORDS_NAMED,
    RECORDS_NUMBERED,
    SUBJECTS_NAMED,
    BearerRow,
    RecordedRow,
)
from queries.folding import fold
from queries.network import Network

_NUMBER = re.compile(r"[0-9A-Z*]{6,20}")
_TICKER = re.compile(r"[0-9A-Z]{1,6}\.[A-Z]{2}")  # 000001.SZ: the dot is a part of it


@dataclass(frozen=True, slots=True)
class Hit:
    """One node that may be meant, how sure that is and why; `anchor` is in whose record a person is named."""

    id: str
    label: str
    grade: str
    reason: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a text means: one node or none, the grade, why, and every hit."""

    id: str | None
    grade: str
    reason: str | None
    hits: tuple[Hit, ...] = ()
    namesakes: int | None = None


def judge(hits: Sequence[Hit], group_of: Mapping[str, str]) -> Match:
    """One subject where the best hits are one group (`group_of`: node → the group's main node), else none."""
    if not hits:
        return Match(None, "name_only", "no subject of this name is known")
    best = min((hit.grade for hit in hits), key=GRADES.index)
    groups = sorted({group_of[hit.id] for hit in hits if hit.grade == best})
    ordered = tuple(sorted(set(hits), key=lambda h: (GRADES.index(h.grade), h.id, h.reason)))
    if best == "name_only":
        return _names_only(ordered, groups)
    if len(groups) > 1:
        return Match(
            None, "ambiguous", f"{len(groups)} subjects fit equally well; choose one by its id", ordered
        )
    chosen = next(hit for hit in ordered if hit.grade == best)
    others = tuple(hit for hit in ordered if group_of[hit.id] != groups[0])
    return Match(groups[0], best, None if best == "confirmed" else chosen.reason, others)


def _names_only(hits: tuple[Hit, ...], groups: Sequence[str]) -> Match:
    grade = "name_only" if len(groups) == 1 else "ambiguous"
    many = f"{len(groups)} records bear it" if len(groups) > 1 else "one record bears it"
    return Match(
        None, grade, f"a name alone is no identity: {many}; give an id, or the enterprise as anchor", hits
    )


def resolve(network: Network, text: str, anchor: str | None = None) -> Match:
    """Whom the text means. Raises `UnknownEntity` where it is an id or number that nothing carries."""
    text = text.strip()
    if not text:
        raise UsageError("an empty subject; expected an id, a number or a name")
    if anchor is not None:
        return _person_at(network, text, anchor)
    found = _by_id(network, text) or _by_number(network, text)
    return found if found is not None else _by_name(network, text)


def _by_id(network: Network, text: str) -> Match | None:
    found = _keyed(network, text)
    if found is not None:
        return found
    if re.match(r"(cn-(uscc|orgcode|regno|name)|p)-", text):
        raise UnknownEntity(f"nothing in the graph has the id {text}; try `xinpu search` with its name")
    return None


# --- numbers ---------------------------------------------------------------------------------------------


def _by_number(network: Network, text: str) -> Match | None:
    if _TICKER.fullmatch(text.upper()):
        return _by_ticker(network, text.upper())
    number = normal_number(text)
    if not _NUMBER.fullmatch(number) or not any(c.isdigit() for c in number):
        return None
    read = read_number(number)
    if read is not None and read.valid:
        direct = _keyed(network, f"cn-{read.scheme}-{read.value}")
        if direct is not None:
            return direct
    valid = (read is not None and read.valid) or len(number) == 6
    hits = _numbered(network, number, valid)
    if not hits and read is not None and read.scheme == "uscc" and read.valid:
        hits = _numbered(network, orgcode_of(number), valid)
    if not hits:
        why = f" (and it is no valid number: {read.problem})" if read is not None and read.problem else ""
        raise UnknownEntity(
            f"nothing in the graph carries the number {number}{why}; try `xinpu search` with a name"
        )
    return judge(hits, _groups(network, hits))


def _by_ticker(network: Network, ticker: str) -> Match:
    direct = _keyed(network, f"cn-ticker-{ticker}")
    if direct is not None:
        return direct
    hits = _numbered(network, ticker, True)
    if not hits:
        raise UnknownEntity(f"nothing in the graph carries the stock code {ticker}; try `xinpu search` with a name")
    return judge(hits, _groups(network, hits))


def _keyed(network: Network, id_: str) -> Match | None:
    network.meet(id_)
    return Match(id_, "confirmed", None) if id_ in network.labels else None


def _numbered(network: Network, number: str, valid: bool) -> list[Hit]:
    grade = "confirmed" if valid else "probable"
    reason = (
        f"carries the number {number}"
        if valid
        else f"a record prints the number {number}, which is not a valid one"
    )
    hits = []
    for row in network.inquiry.ask(ENTERPRISES_NUMBERED, number=number):
        network.add(row.id, row.label, row.caption)
        hits.append(Hit(row.id, row.label, grade, reason))
    rows = network.inquiry.ask(RECORDS_NUMBERED, number=number)
    return hits + _recorded(network, rows, lambda _: (grade, reason))


def _recorded(
    network: Network, rows: Iterable[RecordedRow], graded: Callable[[RecordedRow], tuple[str, str]]
) -> list[Hit]:
    hits = []
    for row in rows:
        if row.status == ASSERTED and row.label != "Person":
            network.add(row.id, row.label, None)
            hits.append(Hit(row.id, row.label, *graded(row)))
    return hits


# --- names -----------------------------------------------------------------------------------------------


def _by_name(network: Network, text: str) -> Match:
    key = name_key(text)
    hits = _named(network, text, key)
    persons = network.inquiry.ask(BEARERS, key=key)
    bearers = sorted({row.id for row in persons})
    if not hits and not bearers:
        hits = _aliased(network, text, key)
    hits += _bearers(network, text, persons, frozenset())
    match = judge(hits, _groups(network, hits))
    if bearers and match.id is not None:
        reason = f"an enterprise and {len(bearers)} persons bear this name; choose one by its id"
        match = Match(None, "ambiguous", reason, tuple(hits))
    return replace(match, namesakes=len({hit.id for hit in hits}))


def _named(network: Network, text: str, key: str) -> list[Hit]:
    hits = []
    for row in network.inquiry.ask(SUBJECTS_NAMED, key=key):
        network.add(row.id, row.label, row.caption)
        hits.append(Hit(row.id, row.label, "anchored", f"its full name is {text}"))
    known = network.inquiry.clocks.known_run

    def graded(row: RecordedRow) -> tuple[str, str]:
        if row.known_to > known:
            return "anchored", f"a record gives its full name as {text}"
        return "probable", f"an earlier record gave its name as {text}"

    return _best(hits + _recorded(network, network.inquiry.ask(RECORDS_NAMED, key=key), graded))


def _aliased(network: Network, text: str, key: str) -> list[Hit]:
    def graded(row: RecordedRow) -> tuple[str, str]:
        former = {name_key(name) for name in (row.former_names or "").split("、") if name}
        return (
            ("probable", f"{text} is a former name")
            if key in former
            else ("name_only", f"{text} is a short name")
        )

    return _best(_recorded(network, network.inquiry.ask(RECORDS_ALIASED, mark=f"|{key}|"), graded))


def _best(hits: Sequence[Hit]) -> list[Hit]:
    """One hit a node, the strongest."""
    best: dict[str, Hit] = {}
    for hit in sorted(hits, key=lambda h: (GRADES.index(h.grade), h.reason)):
        best.setdefault(hit.id, hit)
    return [best[i] for i in sorted(best)]


# --- persons ---------------------------------------------------------------------------------------------


def _person_at(network: Network, name: str, anchor: str) -> Match:
    """The person of this name whom the record of the anchor names."""
    at = resolve(network, anchor)
    key = name_key(name)
    persons = network.inquiry.ask(BEARERS, key=key)
    count = len({row.id for row in persons})
    if at.id is None:
        hits = _bearers(network, name, persons, frozenset())
        reason = f"the anchor {anchor} is no one subject: {at.reason}"
        return Match(None, "name_only" if count == 1 else "ambiguous", reason, tuple(hits), count)
    firm = frozenset(fold(network, at.id, sure=True))
    hits = _bearers(network, name, persons, firm, "anchored" if at.grade in POSITIVE_GRADES else "probable")
    match = judge(hits, _groups(network, hits))
    if not any(hit.grade in FOUND for hit in hits) and hits:
        match = replace(
            match, reason=f"no record of {network.captions[at.id]} names a {name}; {match.reason}"
        )
    return replace(match, namesakes=count)


FOUND = GRADES[:3]


def _bearers(
    network: Network, name: str, rows: Sequence[BearerRow], firm: frozenset[str], grade: str = "anchored"
) -> list[Hit]:
    hits = []
    for id_ in sorted({row.id for row in rows}):
        own = [row for row in rows if row.id == id_]
        anchor = next((row.anchor for row in own if row.anchor), None) or min(
            (r.other or "" for r in own), default=""
        )
        network.add(id_, "Person", name)
        if firm & {place for row in own for place in (row.anchor, row.other)}:
            hits.append(Hit(id_, "Person", grade, "named in the record of the anchor", anchor))
        else:
            hits.append(Hit(id_, "Person", "name_only", "only the name is the same", anchor))
    return hits


# --- groups ----------------------------------------------------------------------------------------------


def _groups(network: Network, hits: Iterable[Hit]) -> dict[str, str]:
    """Each hit's group under SAME_AS that an answer may rest on, named by its main node; a bare name groups nothing."""
    groups: dict[str, str] = {}
    for hit in sorted(hits, key=lambda h: h.id):
        if hit.grade == "name_only":
            groups[hit.id] = hit.id
        elif hit.id not in groups:
            members = fold(network, hit.id, sure=True)
            main = min(members, key=_main)
            groups |= dict.fromkeys(members, main)
    return groups


def _main(node: str) -> tuple[int, str]:
    """A node with an authority's number speaks for its group before one with a name only."""
    kinds = ("cn-uscc-", "cn-orgcode-", "cn-regno-")
    return next((i for i, kind in enumerate(kinds) if node.startswith(kind)), len(kinds)), node
