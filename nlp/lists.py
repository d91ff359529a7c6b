"""List memberships: who was put on which list, or taken off it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from nlp.enumerations import headed_tables
from nlp.extraction import Fact
from nlp.list_case import SPOKEN, Case
from nlp.list_names import NamedList
from nlp.list_registry import registry_facts
from nlp.list_rows import labelled_facts, row_facts, sheet_facts, table_facts
from nlp.list_sentences import sentence_facts
from nlp.medical import rated
from nlp.reading import Reading
from nlp.shorthand import plain
from nlp.structure import read_structure

_CARRIED = 600  # characters over which a list that was named is still the one that is spoken of
_RANK: Mapping[str, int] = {"removed": 3, "asserted": 2, "planned": 1, "proposed": 0}


def find(reading: Reading) -> list[Fact]:
    """The list memberships that a reading states, one for each subject and list: told as removed, it is removed."""
    case = Case(reading)
    found: dict[tuple[str, str], Fact] = {}
    for fact in _all(case):
        key = (fact.subject, str(fact.attrs["list_code"]))
        known = found.get(key)
        if known is None or _RANK[fact.status] > _RANK[known.status]:
            found[key] = _merged(fact, known) if known and fact.status == "removed" else fact
        elif known.status == fact.status:
            found[key] = _merged(known, fact)
    return sorted(found.values(), key=lambda f: f.evidence)


def _merged(first: Fact, second: Fact) -> Fact:
    """Two tellings of one membership as one."""
    known = {k: v for k, v in second.attrs.items() if k != "listed_on" or len(str(v)) == 10}
    return Fact(
        "ListMembership",
        first.subject,
        first.object,
        {**known, **first.attrs},
        first.evidence,
        first.status,
        first.coref,
        rule=first.rule,
    )


def _all(case: Case) -> Iterator[Fact]:
    structure = read_structure(case.reading.text)
    yield from _rated(case)
    if not SPOKEN.search(plain(case.reading.text)):
        return
    carried: NamedList | None = None
    named_at = 0
    for span in structure.sentences:
        if not any(t.span[0] <= span[0] < t.span[1] for t in structure.tables):
            yield from sentence_facts(case, span, carried if span[0] - named_at <= _CARRIED else None)
            if names := case.lists(span):
                carried, named_at = names[-1], span[1]
    for table in headed_tables(case.reading.text):
        yield from table_facts(case, table)
    yield from row_facts(case)
    yield from sheet_facts(case)
    yield from labelled_facts(case)
    yield from registry_facts(case)


def _rated(case: Case) -> Iterator[Fact]:
    """The graded dishonest enterprises of the medicine rating."""
    for subject, named, grade, place, status, coref in rated(case.reading):
        fact = case.fact(subject, named, place, status, coref=coref, rule="rated")
        yield replace(fact, attrs={**fact.attrs, **({"grade": grade} if grade else {})})
