"""Damaged names and court names (character recognition, broken lines): what they probably said, as a proposal.

A proposal stands beside the raw text with every step and its reason. Nothing applies it silently, and a
confusion counts only with the word beside it that makes it certain (`data/ocr_confusions.yml`).
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Step:
    """One change: where it stands in the raw text, what was there, what it becomes, and why."""

    position: int
    was: str
    becomes: str
    why: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A damaged text, its proposed reading, and the steps between them."""

    raw: str
    proposed: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Confusion:
    pattern: re.Pattern[str]
    becomes: str
    why: str


_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_GAP = re.compile(rf"(?<=[{_HAN}0-9〉）)〕]) +(?=[{_HAN}〈（(〔])|(?<=[{_HAN}〉）)〕]) +(?=[0-9〉）)〕])")
_YEAR = re.compile(r"(?P<x>[〈<《]\s?((?:19|20)\d\d)\s?[〉>》])")
_ODD_BRACKETS = re.compile(rf"(?P<x>[(（〈]([{_HAN}]{{2,6}})[〉>])|(?P<y>[〈<]([{_HAN}]{{2,6}})[)）])")


def propose_repair(text: str) -> Repair | None:
    """What the damaged text probably said, with each step explained; None where nothing is certain."""
    if _GAP.search(text) is None and _any_damage().search(text) is None:
        return None
    steps = [Step(gap.start(), gap[0], "", "a space inside a word") for gap in _GAP.finditer(text)]
    compact, places = _without(text, steps)
    steps += _brackets(compact, places) + _confusions(compact, places)
    steps = _apart(steps)
    proposed = _apply(text, steps)
    return Repair(text, proposed, tuple(steps)) if proposed != text else None


def _without(text: str, gaps: list[Step]) -> tuple[str, list[int]]:
    """The text without its gaps, and for each of its characters the place it has in the raw text."""
    dropped = {at for gap in gaps for at in range(gap.position, gap.position + len(gap.was))}
    places = [at for at in range(len(text)) if at not in dropped]
    return "".join(text[at] for at in places), places


def _brackets(text: str, places: list[int]) -> list[Step]:
    years = [
        (found.start(), found.end(), "a year stands in round brackets") for found in _YEAR.finditer(text)
    ]
    odd = [
        (found.start(), found.end(), "a bracket closes as it opens") for found in _ODD_BRACKETS.finditer(text)
    ]
    return [
        Step(places[at], text[at], sign, why)
        for start, end, why in years + odd
        for at, sign in ((start, "（"), (end - 1, "）"))
        if text[at] not in "()（）"
    ]


def _confusions(text: str, places: list[int]) -> list[Step]:
    """One step for each damaged character; a gap inside a damaged word keeps its own step."""
    steps = []
    for confusion in _table():
        for found in confusion.pattern.finditer(text):
            start, was, becomes = found.start("x"), found["x"], confusion.becomes
            if len(was) == len(becomes):
                changed = [i for i in range(len(was)) if was[i] != becomes[i]]
                steps += [Step(places[start + i], was[i], becomes[i], confusion.why) for i in changed]
            else:
                steps += _spread(was, becomes, places[start : start + len(was)], confusion.why)
    return steps


def _spread(was: str, becomes: str, places: list[int], why: str) -> list[Step]:
    """The change of a piece to one of another length: its first character takes all, the others go."""
    return [
        Step(at, char, becomes if i == 0 else "", why)
        for i, (at, char) in enumerate(zip(places, was, strict=True))
    ]


def _apart(steps: list[Step]) -> list[Step]:
    """The steps in order of place, without a second one for the same place."""
    first: dict[int, Step] = {}
    for step in steps:
        first.setdefault(step.position, step)
    return [first[at] for at in sorted(first)]


def _apply(text: str, steps: list[Step]) -> str:
    for step in reversed(steps):
        text = text[: step.position] + step.becomes + text[step.position + len(step.was) :]
    return text


@cache
def _table() -> tuple[_Confusion, ...]:
    text = files("nlp").joinpath("data", "ocr_confusions.yml").read_text("utf-8")
    return tuple(
        _Confusion(re.compile(_pattern(entry)), entry["becomes"], entry["why"])
        for entry in yaml.safe_load(text)
    )


def _pattern(entry: dict[str, str]) -> str:
    return rf"(?:{entry.get('before', '')})(?P<x>{entry['was']})(?={entry['after']})"


@cache
def _any_damage() -> re.Pattern[str]:
    """One pattern that finds any damage at all: what a clean text is let through by."""
    parts = [confusion.pattern.pattern for confusion in _table()] + [_YEAR.pattern, _ODD_BRACKETS.pattern]
    return re.compile("|".join(re.sub(r"\?P<[xy]>", "?:", part) for part in parts))
