"""Search: a number, an id or a name to ranked hits; a person's hit says in whose record he is named."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from graph_model.errors import UsageError
from graph_model.identifiers import normal_number, orgcode_of, read_uscc
from graph_model.model import MODEL
from graph_model.names.clean import clean_name, name_key
from graph_model.stores.graph import Reader
from queries.answers.answer import Anchor, Grade
from queries.answers.when import When, when
from queries.caption import captions, chunks
from queries.catalogue import finding

Match = Literal["id", "number", "name", "other_name", "prefix", "contains", "other_contains"]
# The order of the hits: how the text matches, then the shorter name, then the id.
TIERS: tuple[Match, ...] = ("id", "number", "name", "other_name", "prefix", "contains", "other_contains")
WIDTH = 1000  # a place is tier × WIDTH + length of the name: one number to page by
MOST_HITS = 200
ORDER = ("match", "shorter name", "id")
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
    known_run: int
    hits: tuple[Hit, ...]
    persons_of_name: int
    order: tuple[str, ...]
    next: str | None


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


def search(
    reader: Reader, text: str, *, label: str | None = None, limit: int = 20, after: str | None = None, known_at: str | None = None
) -> SearchAnswer:
    """The subjects that a number, id or name may mean, best first. Raises `UsageError` on an empty text or a bad cursor."""
    asked = _Asked.of(text, label)
    at, limit = when(reader, known_at=known_at), max(1, min(limit, MOST_HITS))
    start = _cursor(after)
    places = _page(reader, asked, at, start, limit)
    known = _known(reader, [place.id for place in places], at)
    bearers = _bearers(reader, asked, at)
    hits = _hits(reader, [place for place in places if place.id in known], asked, at, bearers)
    question = SearchQuestion("search", asked.text, asked.key, label, at.known_at, limit, after)
    following = places[-1].cursor if len(places) == limit else None
    return SearchAnswer(question, at.run, hits, bearers, ORDER, following)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The text in the forms it is looked up by."""

    text: str
    name: str
    key: str
    number: str
    label: str

    @classmethod
    def of(cls, text: str, label: str | None) -> "_Asked":
        name = clean_name(text)
        if not name or not (key := name_key(text) or name):
            raise UsageError(f"nothing to search for in {text!r}; give a name, a part of one, a number or an id")
        if label is not None and label not in MODEL.subjects:
            raise UsageError(f"label {label!r}: expected one of {', '.join(MODEL.subjects)}")
        number = normal_number(text)
        return cls(text.strip(), name, key, number if _NUMBER.fullmatch(number) else "", label or "")

    @property
    def by_name(self) -> dict[str, str]:
        return {"key": self.key, "label": self.label}


def _cursor(after: str | None) -> _Place:
    if after is None:
        return _Place(-1, "")
    rank, _, id_ = after.partition(":")
    if not rank.isdecimal() or not id_:
        raise UsageError(f"after={after!r} is no cursor; give the `next` of the page before")
    return _Place(int(rank), id_)


def _page(reader: Reader, asked: _Asked, at: When, start: _Place, limit: int) -> list[_Place]:
    """The next places behind `start`: numbers first, then names of records and of nodes without a record that matches."""
    exact = _exact(reader, asked, at)
    named = _by_name(reader, asked, at, start, limit + len(exact))
    taken = {place.id for place in exact}
    ahead = [p for p in exact if (p.rank, p.id) > (start.rank, start.id)]
    return sorted([*ahead, *(p for p in named if p.id not in taken)])[:limit]


def _exact(reader: Reader, asked: _Asked, at: When) -> list[_Place]:
    found = [
        _Place(0, row["id"], row["label"], row["id"])
        for row in reader.rows(finding.BY_ID, {"text": asked.text})
    ]
    for number in _numbers(asked.number):
        rows = reader.rows(finding.BY_NUMBER, {"number": number})
        rows += reader.rows(finding.BY_RECORD_NUMBER, {"number": number, "run": at.run})
        found += [_Place(WIDTH + (number != asked.number), row["id"], row["label"], number) for row in rows]
    best: dict[str, _Place] = {}
    for place in sorted(found):
        best.setdefault(place.id, place)
    return [p for p in best.values() if asked.label in ("", p.label)]


def _numbers(number: str) -> Iterable[str]:
    if number:
        yield number
        judged = read_uscc(number)
        if judged is not None and judged.valid:
            yield orgcode_of(number)


def _by_name(reader: Reader, asked: _Asked, at: When, start: _Place, limit: int) -> list[_Place]:
    """Two ordered streams merged: no place is given that lies behind the end of a stream that was cut."""
    window: dict[str, Any] = {"rank": start.rank, "after": start.id, "limit": limit}
    records = reader.rows(finding.BY_RECORD_NAME, {**asked.by_name, "exact": f"|{asked.key}|", "run": at.run, **window})
    nodes = reader.rows(finding.BY_NODE_NAME, {**asked.by_name, "name": asked.name, **window})
    ends = [(rows[-1]["rank"], rows[-1]["id"]) for rows in (records, nodes) if len(rows) == limit]
    matched = _matched_by_record(reader, [row["id"] for row in nodes], asked, at)
    rows = [*records, *(row for row in nodes if row["id"] not in matched)]
    end = min(ends, default=None)
    return [_Place(r["rank"], r["id"], r["label"]) for r in rows if end is None or (r["rank"], r["id"]) <= end]


def _matched_by_record(reader: Reader, ids: Sequence[str], asked: _Asked, at: When) -> set[str]:
    found: set[str] = set()
    for chunk in chunks(ids):
        rows = reader.rows(finding.MATCHED_BY_RECORD, {"ids": chunk, "key": asked.key, "run": at.run})
        found.update(row["id"] for row in rows)
    return found


def _known(reader: Reader, ids: Sequence[str], at: When) -> set[str]:
    """Those that some claim names at the run; at the last run all do."""
    if at.run >= reader.run:
        return set(ids)
    return {row["id"] for chunk in chunks(ids) for row in reader.rows(finding.NAMED_AT, {"ids": chunk, "run": at.run})}


def _bearers(reader: Reader, asked: _Asked, at: When) -> int:
    rows = reader.rows(finding.PERSONS_OF_NAME, {"key": asked.key})
    return len(_known(reader, [row["id"] for row in rows], at))


def _hits(reader: Reader, places: Sequence[_Place], asked: _Asked, at: When, bearers: int) -> tuple[Hit, ...]:
    ids = [place.id for place in places]
    shown, joined = captions(reader, ids, run=at.run), _joined(reader, ids, at)
    details, anchors = _details(reader, ids, asked, at), _anchors(reader, ids, at)
    sole = len({min(p.id, *joined.get(p.id, ())) if joined.get(p.id) else p.id for p in places if p.match == "name"}) == 1
    hits = []
    for place in places:
        detail = details.get(place.id, _Detail(shown[place.id], {}, False))
        grade = _grade(place, place.label == "Person", sole, detail.former, bearers)
        hits.append(
            Hit(
                place.id, place.label, shown[place.id], grade, place.match, place.matched or detail.name, detail.numbers,
                tuple(anchors.get(place.id, ())), tuple(joined.get(place.id, ())),
            )  # fmt: skip
        )
    return tuple(hits)


def _grade(place: _Place, person: bool, sole: bool, former: bool, bearers: int) -> Grade:
    """How surely the text means this node: a number is the authority's, a person's bare name is never enough."""
    if place.match in ("id", "number"):
        return "confirmed" if place.rank <= WIDTH else "anchored"
    if person:
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


def _details(reader: Reader, ids: Sequence[str], asked: _Asked, at: When) -> dict[str, _Detail]:
    rows = [row for chunk in chunks(ids) for row in reader.rows(finding.NAMES_OF, {"ids": chunk, "run": at.run})]
    rows += [row for chunk in chunks(ids) for row in reader.rows(finding.NUMBERS_OF, {"ids": chunk})]
    gathered: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        gathered.setdefault(row["id"], []).append(row)
    return {id_: _detail(said, asked) for id_, said in gathered.items()}


def _detail(rows: Sequence[Mapping[str, Any]], asked: _Asked) -> _Detail:
    former = [n for row in rows for n in (row.get("former_names") or "").split("、") if n]
    names = [str(row[k]) for k in ("name", "short_name") for row in rows if row.get(k)]
    best = min([*names, *former], key=lambda name: (_distance(name, asked.key), len(name), name))
    numbers = {s: str(row[s]) for s in ("uscc", "orgcode", "regno", "ticker", "id_masked") for row in reversed(rows) if row.get(s)}
    return _Detail(best, numbers, best in former)


def _distance(name: str, key: str) -> int:
    other = name_key(name)
    return 0 if other == key else 1 if other.startswith(key) else 2 if key in other else 3


def _joined(reader: Reader, ids: Sequence[str], at: When) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for chunk in chunks(ids):
        for row in reader.rows(finding.JOINED, {"ids": chunk, "run": at.run}):
            found.setdefault(row["id"], []).append(row["other"])
    return {id_: sorted(set(others)) for id_, others in found.items()}


def _anchors(reader: Reader, ids: Sequence[str], at: When) -> dict[str, list[Anchor]]:
    """The enterprises in whose records the persons are named."""
    pairs = {
        (row["id"], row["firm"])
        for chunk in chunks([i for i in ids])
        for row in reader.rows(finding.FIRMS_OF_PERSONS, {"ids": chunk, "run": at.run})
    }
    names = captions(reader, {firm for _, firm in pairs}, run=at.run)
    found: dict[str, list[Anchor]] = {}
    for person, firm in sorted(pairs):
        found.setdefault(person, []).append(Anchor(firm, names[firm]))
    return found
