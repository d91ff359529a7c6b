"""The policy that may accept candidates of a kind: data, off unless somebody measured and says on what."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import yaml

from graph_model.errors import InputError
from nlp.extraction import Fact, FactType

_TOP = {"least_precision", "least_facts", "accept"}
_NEEDED, _KNOWN = {"precision", "facts", "measured_on"}, {"precision", "facts", "measured_on", "confidence"}


@dataclass(frozen=True, slots=True)
class Measured:
    """How right facts of a type were found to be, on what, and how sure the extractor must be."""

    precision: float
    facts: int
    measured_on: str
    confidence: float = 0.0

    def __str__(self) -> str:
        return f"precision {self.precision:g} of {self.facts} facts on {self.measured_on}"


@dataclass(frozen=True, slots=True)
class Policy:
    """What is accepted without a person, by type of fact."""

    accept: Mapping[str, Measured]

    def accepts(self, fact: Fact) -> str | None:
        """What the acceptance of this fact rests on, in words; None where a person must decide."""
        rule = self.accept.get(fact.type)
        if rule is None or (fact.confidence or 0.0) < rule.confidence:
            return None
        return f"{fact.type}: {rule}"


NO_POLICY = Policy({})


def read_policy(path: Path | None = None) -> Policy:
    """The policy in a file, or the one that comes with the product. Raises `InputError` naming what is wrong in it."""
    where = str(path or "policy.yml")
    try:
        text = path.read_text("utf-8") if path else files("ingest").joinpath("candidates", "policy.yml").read_text("utf-8")
        data = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"{where}: the acceptance policy cannot be read: {error}") from error
    if not isinstance(data, dict) or data.keys() - _TOP:
        raise InputError(f"{where}: expected the keys {', '.join(sorted(_TOP))}")
    least = (_number(where, "least_precision", data.get("least_precision", 0.98)), _number(where, "least_facts", data.get("least_facts", 100)))
    accept = data.get("accept") or {}
    if not isinstance(accept, dict):
        raise InputError(f"{where}: accept: expected a mapping from types of fact")
    return Policy({str(kind): _rule(where, str(kind), rule, least) for kind, rule in accept.items()})


def _rule(where: str, kind: str, rule: Any, least: tuple[float, float]) -> Measured:
    if kind not in get_args(FactType):
        raise InputError(f"{where}: accept: {kind!r} is no type of fact; known: {', '.join(get_args(FactType))}")
    if not isinstance(rule, dict) or not rule.keys() >= _NEEDED or rule.keys() - _KNOWN:
        raise InputError(f"{where}: accept.{kind}: expected {', '.join(sorted(_NEEDED))} and perhaps confidence: no kind is accepted unmeasured")
    precision, facts = _number(where, f"{kind}.precision", rule["precision"]), _number(where, f"{kind}.facts", rule["facts"])
    if precision < least[0] or facts < least[1]:
        raise InputError(f"{where}: accept.{kind}: precision {precision:g} on {facts:g} facts is below the least ({least[0]:g} on {least[1]:g})")
    return Measured(precision, int(facts), str(rule["measured_on"]), _number(where, f"{kind}.confidence", rule.get("confidence", 0)))


def _number(where: str, name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"{where}: {name}: expected a number, got {value!r}")
    return float(value)
