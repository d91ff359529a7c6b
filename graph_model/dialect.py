"""The few expressions that the two stores write differently, and how a question's text is completed.

A question is written once in the common subset of Cypher; `{{name(argument)}}` marks a fragment. Fragments are
a closed list, resolved strictly: an unknown one is an error, so a text cannot quietly mean something else.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph_model.errors import ModelError
from graph_model.model import MODEL

Fragment = Callable[[str], str]
_MARK = re.compile(r"\{\{(\w+)(?:\(([^()]*)\))?\}\}")
_PARAMETER = re.compile(r"\$([A-Za-z_]\w*)")


def _known(name: str) -> str:
    return f"{name}.known_from <= $run AND {name}.known_to > $run"


def _asserted(name: str) -> str:
    return f"{name}.status = 'asserted'"


def _possible(name: str) -> str:
    """May hold at $at: a shorter end (2021-03) may still be the day, so month and year are compared as they stand."""
    return (
        f"({name}.valid_from IS NULL OR {name}.valid_from <= $at) AND ({name}.valid_to IS NULL"
        f" OR {name}.valid_to >= $at OR {name}.valid_to = substring($at, {{0}}, 7) OR {name}.valid_to = substring($at, {{0}}, 4))"
    )


def _types(name: str) -> str:
    sets = {"walked": MODEL.walked, "roles": tuple(r.type for r in MODEL.rels if r.category == "role"),
            "events": tuple(source for source, _ in MODEL.rel["ISSUED_BY"].ends), "subjects": MODEL.subjects}  # fmt: skip
    if name not in sets:
        raise ModelError(f"{{{{types({name})}}}}: unknown set; known: {', '.join(sets)}")
    return "|".join(sets[name])


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one store writes the expressions that differ."""

    name: str
    label: str
    type: str
    number: str
    first_character: int

    def fragments(self) -> Mapping[str, Fragment]:
        """The closed list of what may stand between double braces."""
        return {
            "label": lambda a: self.label.format(a),
            "type": lambda a: self.type.format(a),
            "number": lambda a: self.number.format(a),
            "known": _known,
            "asserted": _asserted,
            "possible": lambda a: _possible(a).format(self.first_character),
            "types": _types,
        }

    def text(self, question: str) -> str:
        """The question as this store reads it. Raises `ModelError` on an unknown fragment."""
        fragments = self.fragments()

        def fill(found: re.Match[str]) -> str:
            if found[1] not in fragments:
                raise ModelError(f"unknown fragment {found[0]}; known: {', '.join(sorted(fragments))}")
            return fragments[found[1]](found[2] or "")

        return _MARK.sub(fill, question)


LADYBUG = Dialect("ladybug", "label({0})", "label({0})", "CAST({0} AS DOUBLE)", 1)
NEO4J = Dialect("neo4j", "labels({0})[0]", "type({0})", "toFloat({0})", 0)


def parameters_of(text: str) -> frozenset[str]:
    """Names of the parameters a text uses."""
    return frozenset(_PARAMETER.findall(text))
