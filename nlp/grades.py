"""Credit grades given by an authority (`patterns/grades.yml`): colours of environmental credit, letters of tax credit …"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from nlp.extraction import Fact
from nlp.graded import Graded, graded
from nlp.reading import Reading
from nlp.references import issuer
from nlp.shorthand import plain
from nlp.structure import ONE_NOTICE


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme: its name, what a text about it says, how it is called beside a grade, how a grade is written; `official` where the same words serve commercial raters, so that an authority must be near."""

    name: str
    cue: re.Pattern[str]
    words: re.Pattern[str]
    grade: re.Pattern[str]
    official: bool = False


@cache
def schemes() -> tuple[Scheme, ...]:
    """Every scheme, in the order in which they are tried."""
    text = files("nlp").joinpath("patterns", "grades.yml").read_text("utf-8")
    return tuple(
        Scheme(
            e["scheme"],
            re.compile(e["cue"]),
            re.compile(e["words"]),
            re.compile(e["grade"]),
            e.get("official", False),
        )
        for e in yaml.safe_load(text)
    )


def find(reading: Reading) -> list[Fact]:
    """The grades that a reading states, one for each subject and scheme."""
    text = plain(reading.text)
    found: dict[tuple[str, str], Fact] = {}
    for scheme in schemes():
        if scheme.cue.search(text):
            facts = list(_of(reading, scheme, text))
            for fact in facts:
                found.setdefault((fact.subject, str(fact.attrs["grade"])), fact)
            if facts:
                break
    return sorted(found.values(), key=lambda f: f.evidence)


def _of(reading: Reading, scheme: Scheme, text: str) -> Iterator[Fact]:
    words = scheme.words.search(text)
    organ = issuer(reading.text, reading.entities) if len(reading.text) <= ONE_NOTICE else None
    every = list(graded(reading, scheme.grade, scheme.cue))
    before = {one.subject: one.grade for one in every if one.earlier}
    current = {one.subject for one in every if not one.earlier}
    for one in every:
        if one.earlier and one.subject in current:
            continue
        if scheme.official and not reading.within(max(0, one.span[0] - 200), one.span[1], "Authority"):
            continue
        attrs: dict[str, Any] = {"scheme": words[0] if words else scheme.name, "grade": _grade(one.grade)}
        if one.previous is not None and _grade(one.previous) != attrs["grade"]:
            attrs["previous_grade"] = _grade(one.previous)
        elif one.subject in before and not one.earlier and _grade(before[one.subject]) != attrs["grade"]:
            attrs["previous_grade"] = _grade(before[one.subject])
        if organ:
            attrs["authority"] = reading.entities[organ].name
        yield Fact("CreditGrade", one.subject, None, attrs, one.span, one.status, one.coref, rule=_rule(one))


def _grade(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return groups.get("g") or match[0]


def _rule(one: Graded) -> str:
    return "graded" if not one.coref else "graded-coref"
