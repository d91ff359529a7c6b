"""The word lists behind the name rules, each read once when first asked for."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_NATION = "中国"


def _lines(name: str) -> list[list[str]]:
    text = files("graph_model").joinpath("data", name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line]


@cache
def places() -> dict[str, frozenset[str]]:
    """Place name, full or short → every GB/T 2260 code it may mean; 中国 means the empty code."""
    found: dict[str, set[str]] = {_NATION: {""}}
    for code, *names in _lines("places.tsv"):
        for name in names:
            if name:
                found.setdefault(name, set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def large_places() -> frozenset[str]:
    """The names of provinces and prefectures, full and short."""
    return frozenset(name for name, codes in places().items() if any(len(code) <= 4 for code in codes))


@cache
def forms() -> dict[str, str]:
    """Legal form → its class."""
    return {line[0]: line[1] for line in _lines("forms.tsv")}


@cache
def trades() -> frozenset[str]:
    """The words that name a line of business."""
    return frozenset(line[0] for line in _lines("trades.txt"))


@cache
def synonyms() -> dict[str, str]:
    """Trade word → the word it is compared as."""
    return {line[0]: line[1] for line in _lines("synonyms.tsv")}


@cache
def surnames() -> frozenset[str]:
    """Known family names, single and compound."""
    return frozenset(line[0] for line in _lines("surnames.txt"))


def either(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
