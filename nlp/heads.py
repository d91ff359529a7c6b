"""The words that end an organisation's name, and what it then is: an authority, a court, an enterprise …"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from nlp.extraction import EntityType

_KINDS: tuple[EntityType, ...] = ("Court", "Authority", "SocialOrg", "Institution", "Enterprise")


@dataclass(frozen=True, slots=True)
class Head:
    """One head word in a text."""

    start: int
    end: int
    type: EntityType


@cache
def _patterns() -> Mapping[EntityType, re.Pattern[str]]:
    table = yaml.safe_load(files("nlp").joinpath("patterns", "heads.yml").read_text("utf-8"))
    return {kind: re.compile("|".join(f"(?:{word})" for word in table[kind])) for kind in _KINDS}


def heads(text: str, start: int = 0, end: int | None = None) -> Iterator[Head]:
    """Every head word of the text; of several that end at one place the longest, then the more public kind."""
    stop = len(text) if end is None else end
    best: dict[int, Head] = {}
    for kind, pattern in _patterns().items():
        for match in pattern.finditer(text, start, stop):
            known = best.get(match.end())
            if known is None or match.start() < known.start:
                best[match.end()] = Head(match.start(), match.end(), kind)
    yield from sorted(best.values(), key=lambda head: head.end)


@lru_cache(maxsize=16384)
def type_of_name(name: str) -> EntityType | None:
    """What an organisation is by the end of its name; None where the end says nothing."""
    bare = re.sub(r"（[^（）]{1,10}）$", "", name) if not re.search(r"合伙）$", name) else name
    found = [head for head in heads(bare) if head.end == len(bare)]
    return found[0].type if found else None
