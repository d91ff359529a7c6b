"""Search: a number, an id or a name to ranked hits; a person's hit says in whose record he is named."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from graph_model.claims import Clocks
from graph_model.errors import UsageError
from graph_model.identifiers import normal_number, orgcode_of, read_uscc
from graph_model.model import MODEL
from graph_model.names.clean import clean_name, name_key
from graph_model.stores.graph import Reader, Row
from queries.answers.answer import Anchor, Grade
from queries.caption import captions
from queries.catalogue import finding
from queries.catalogue.identity import SUBJECT_BY_ID
from queries.clocks import read_clocks
from queries.query import run

Match = Literal["id", "number", "name", "other_name", "prefix", "contains", "other_contains"]
# The order of the hits: how the text matches, then the shorter name, then the id.
TIERS: tuple[Match, ...] = ("id", "number", "name", "other_name", "prefix", "contains", "other_contains")
WIDTH = 1000  # a place is tier × WIDTH + length of the name: one number to page by
MOST_HITS = 200
ORDER = ("match", "shorter name", "id")
NUMBERS = ("uscc", "orgcode", "regno", "ticker", "id_masked")
_NUMBER = re.compile(r"[0-9A-Z*]{6,20}(\.[A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """The question in canonical form: `key` is the comparison form that names are searched by."""

    verb: Literal["search"]
    text: str
    key: str
    label: str | None
    known_at: str
    limit: int
    after: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """One subject found: how the text matches it, what matched, and what tells it from others of the name."""

    id: str
    label: str
    caption: str
    identity: Grade
    match: Match
    matched: str
    numbers: dict[str, str]
    anchors: tuple[Anchor, ...]
    same_as: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """Ranked hits. `persons_of_name`: how many records bear exactly this name; `next` asks for the page after this one."""

    question: SearchQuestion
    clocks: Clocks
    hits: tuple[Hit, ...]
    persons_of_name: int
    order: tuple[str, ...]
    next: str | None


def search(
    reader: Reader, text: str, *, label: str | None = None, limit: int = 20, after: str | None = None, known_at: str | None = None
) -> SearchAnswer:
    """The subjects that a number, id or name may mean, best first. Raises `UsageError` on an empty text or a bad cursor."""
    clocks, limit = read_clocks(reader, known_at=known_at), max(1, min(limit, MOST_HITS))
    asked, start = _Asked.of(text, label, clocks.known_run), _cursor(after)
    places, following = _page(reader, asked, start, limit)
    bearers = _bearers(reader, asked)
    hits = _hits(reader, _known(reader, places, asked), asked, bearers)
    question = SearchQuestion("search", asked.text, asked.key, label, clocks.known_at, limit, after)
    return SearchAnswer(question, clocks, hits, bearers, ORDER, following)


@dataclass(frozen=True, slots=True, order=True)
class _Place:
    """Where a hit stands in the order; also the cursor of a page."""

    rank: int
    id: str
    label: str = ""
    matched: str = ""

    @property
    def match(self) -> Match:
        return TIERS[self.rank // WIDTH]

    @property
    def cursor(self) -> str:
        return f"{self.rank}:{self.id}"


@dataclass(frozen=True, slots=True)
class _Asked:
    """The text in the forms it is looked up by, and the run as of which."""

    text: str
    name: str
    key: str
    number: str
    label: str
    run: int

    @classmethod
    def of(cls, text: str, label: str | None, run: int) -> "_Asked":
        name = clean_name(text)
        if not name or not (key := name_key(text) or name):
            raise UsageError(f"nothing to search for in {text!r}; give a name, a part of one, a number or an id")
        if label is not None and label not in MODEL.subjects:
            raise UsageError(f"label {label!r}: expected one of {', '.join(MODEL.subjects)}")
        number = normal_number(text)
        return cls(text.strip(), name, key, number if _NUMBER.fullmatch(number) else "", label or "", run)


def _cursor(after: str | None) -> _Place:
    if after is None:
        return _Place(-1, "")
    rank, _, id_ = after.partition(":")
    if not rank.isdecimal() or not id_:
        raise UsageError(f"after={after!r} is no cursor; give the `next` of the page before")
    return _Place(int(rank), id_)


def _page(reader: Reader, asked: _Asked, start: _Place, limit: int) -> tuple[list[_Place], str | None]:
    """The next places behind `start`, ids and numbers first, then names; and the cursor behind them, None at the end."""
    exact = _exact(reader, asked)
    named, end = _by_name(reader, asked, start, limit + len(exact))
    taken = {place.id for place in exact}
    ahead = [p for p in exact if (p.rank, p.id) > (start.rank, start.id)]
    places = sorted([*ahead, *(p for p in named if p.id not in taken)])
    if len(places) >= limit:
        return places[:limit], places[limit - 1].cursor
    return places, end.cursor if end else None


def _exact(reader: Reader, asked: _Asked) -> list[_Place]:
    found = [_Place(0, row.id, row.label, row.id) for row in run(reader, SUBJECT_BY_ID, id=asked.text)]
    for number in _numbers(asked.number):
        rows = [*reader.rows(finding.BY_NUMBER, {"number": number}), *reader.rows(finding.BY_MASKED_NUMBER, {"number": number})]
        rows += reader.rows(finding.BY_RECORD_NUMBER, {"number": number, "run": asked.run})
        found += [_Place(WIDTH + (number != asked.number), row["id"], row["label"], number) for row in rows]
    best: dict[str, _Place] = {}
    for place in sorted(found):
        best.setdefault(place.id, place)
    return [p for p in best.values() if asked.label in ("", p.label)]


def _numbers(number: str) -> Iterator[str]:
    """The number, and the 组织机构代码 inside a valid 统一社会信用代码."""
    if number:
        yield number
        judged = read_uscc(number)
        if judged is not None and judged.valid:
            yield orgcode_of(number)


def _by_name(reader: Reader, asked: _Asked, start: _Place, limit: int) -> tuple[list[_Place], _Place | None]:
    """Two ordered streams merged up to where the first of them was cut, and that place; None where neither was."""
    given = {"key": asked.key, "label": asked.label, "rank": start.rank, "after": start.id, "limit": limit}
    records = reader.rows(finding.BY_RECORD_NAME, {**given, "exact": f"|{asked.key}|", "run": asked.run})
    nodes = reader.rows(finding.BY_NODE_NAME, {**given, "name": asked.name})
    ends = [_Place(rows[-1]["rank"], rows[-1]["id"]) for rows in (records, nodes) if len(rows) == limit]
    told = _each(reader, finding.MATCHED_BY_RECORD, nodes, key=asked.key, run=asked.run)
    matched, end = {row["id"] for row in told}, min(ends, default=None)
    rows = [*records, *(row for row in nodes if row["id"] not in matched)]
    places = [_Place(r["rank"], r["id"], r["label"]) for r in rows]
    return [p for p in places if end is None or (p.rank, p.id) <= (end.rank, end.id)], end


def _each(reader: Reader, text: str, nodes: Iterable[Mapping[str, Any]], **given: Any) -> list[Row]:
    """The rows of a text for each node by its key: on LadybugDB faster than one `IN $ids` up to about a hundred."""
    return [row for n in nodes for row in reader.rows(text.replace("LABEL", n["label"]), {"id": n["id"], **given})]


def _known(reader: Reader, places: Sequence[_Place], asked: _Asked) -> list[_Place]:
    """Those that some claim names at the run; at the last run all do."""
    if asked.run >= reader.run:
        return list(places)
    named = _each(reader, finding.NAMED_AT, [_node(p) for p in places], run=asked.run)
    ids = {row["id"] for row in named}
    return [place for place in places if place.id in ids]


def _node(place: _Place) -> Row:
    return {"id": place.id, "label": place.label}


def _bearers(reader: Reader, asked: _Asked) -> int:
    rows = reader.rows(finding.PERSONS_OF_NAME, {"key": asked.key})
    return len(_known(reader, [_Place(0, row["id"], "Person") for row in rows], asked))


def _hits(reader: Reader, places: Sequence[_Place], asked: _Asked, bearers: int) -> tuple[Hit, ...]:
    nodes = [_node(place) for place in places]
    shown = captions(reader, [place.id for place in places], run=asked.run)
    joined, details, anchors = _joined(reader, nodes, asked), _details(reader, nodes, asked), _anchors(reader, nodes, asked)
    sole = len({min((p.id, *joined.get(p.id, ()))) for p in places if p.match == "name" and p.label != "Person"}) == 1

    def hit(place: _Place) -> Hit:
        id_, detail = place.id, details[place.id]
        grade = _grade(place, sole=sole, former=detail.former, bearers=bearers)
        matched = place.matched or detail.name
        near = tuple(sorted(anchors.get(id_, {}).values(), key=lambda a: a.id))
        return Hit(id_, place.label, shown[id_], grade, place.match, matched, detail.numbers, near, tuple(joined.get(id_, ())))

    return tuple(map(hit, places))


def _grade(place: _Place, *, sole: bool, former: bool, bearers: int) -> Grade:
    """How surely the text means this node: a number is the authority's, a person's bare name is never enough."""
    if place.match in ("id", "number"):
        return "confirmed" if place.rank <= WIDTH else "anchored"
    if place.label == "Person":
        return "ambiguous" if place.match == "name" and bearers > 1 else "name_only"
    if place.match == "name":
        return "anchored" if sole else "ambiguous"
    return "probable" if place.match == "other_name" and former else "name_only"


@dataclass(frozen=True, slots=True)
class _Detail:
    """The name that matched, the numbers of the subject, whether the name is a former one."""

    name: str
    numbers: dict[str, str]
    former: bool


def _details(reader: Reader, nodes: Sequence[Row], asked: _Asked) -> dict[str, _Detail]:
    gathered: dict[str, list[Row]] = {node["id"]: [] for node in nodes}
    for row in _each(reader, finding.NAMES_OF, nodes, run=asked.run):
        gathered[row["id"]].append(row)
    for node in nodes:
        gathered[node["id"]] += reader.rows(finding.NODE_OF[node["label"]], {"id": node["id"]})
    return {id_: _detail(rows, asked.key) for id_, rows in gathered.items()}


def _detail(rows: Sequence[Row], key: str) -> _Detail:
    former = [n for row in rows for n in (row.get("former_names") or "").split("、") if n]
    names = [str(row[k]) for k in ("name", "short_name") for row in rows if row.get(k)]
    best = min([*names, *former], key=lambda name: (_distance(name, key), name in former, len(name), name), default="")
    numbers = {s: str(row[s]) for s in NUMBERS for row in reversed(rows) if row.get(s)}
    return _Detail(best, numbers, best in former)


def _distance(name: str, key: str) -> int:
    other = name_key(name)
    return 0 if other == key else 1 if other.startswith(key) else 2 if key in other else 3


def _joined(reader: Reader, nodes: Sequence[Row], asked: _Asked) -> dict[str, list[str]]:
    found: dict[str, set[str]] = {}
    for row in _each(reader, finding.JOINED, nodes, run=asked.run):
        found.setdefault(row["id"], set()).add(row["other"])
    return {id_: sorted(others) for id_, others in found.items()}


def _anchors(reader: Reader, nodes: Sequence[Row], asked: _Asked) -> dict[str, dict[str, Anchor]]:
    """The enterprises in whose records the persons are named."""
    persons = [node for node in nodes if node["label"] == "Person"]
    pairs = [(row["id"], row["firm"]) for row in _each(reader, finding.FIRMS_OF_PERSONS, persons, run=asked.run)]
    names = captions(reader, {firm for _, firm in pairs}, run=asked.run)
    found: dict[str, dict[str, Anchor]] = {}
    for person, firm in pairs:
        found.setdefault(person, {})[firm] = Anchor(firm, names[firm])
    return found
