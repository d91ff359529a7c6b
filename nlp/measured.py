"""How far a fact of each type can be trusted: the share that was right on passages no pattern was written from."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files

import yaml

from nlp.extraction import Fact


def confident(facts: Iterable[Fact]) -> list[Fact]:
    """The facts with the measured confidence of their type."""
    return [replace(fact, confidence=confidence().get(fact.type)) for fact in facts]


@cache
def confidence() -> Mapping[str, float]:
    """Share of right facts by type, 0 to 1, drawn towards one half where few were seen (the rule of succession)."""
    counts = yaml.safe_load(files("nlp").joinpath("patterns", "measured.yml").read_text("utf-8"))
    return {kind: round((n["right"] + 1) / (n["found"] + 2), 3) for kind, n in counts.items()}
