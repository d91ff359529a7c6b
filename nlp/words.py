"""The word lists behind the name finders, each a pattern made once from `patterns/words.yml`."""

import re
from functools import cache
from importlib.resources import files

import yaml


@cache
def _lists() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = yaml.safe_load(files("nlp").joinpath("patterns", "words.yml").read_text("utf-8"))
    return lists


@cache
def either(name: str) -> str:
    """A regular expression for any word of a list, in a group."""
    return f"(?:{'|'.join(_lists()[name])})"


@cache
def pattern(name: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """The words of a list as a pattern, between two others."""
    return re.compile(before + either(name) + after)


@cache
def word_set(name: str) -> frozenset[str]:
    """The words of a list as they stand."""
    return frozenset(_lists()[name])


def is_word(name: str, text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether a stretch of text is a word of the list."""
    return pattern(name).fullmatch(text, start, len(text) if end is None else end) is not None
