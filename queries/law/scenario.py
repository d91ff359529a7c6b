"""A scenario file: one legal case as facts, questions and expected answers; read, checked, and compared word by word.

`scenario.schema.json` decides what is valid. This module knows no store and asks nothing: `queries.answers.scenario`
puts the questions to the ordinary functions and hands each answer here in the words of the file (a `Told`).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from graph_model.errors import InputError
from queries.law.reader import read_yaml_file

Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One case."""

    name: str
    title: str
    facts: Mapping[str, Any]
    questions: tuple[Mapping[str, Any], ...]

    @property
    def asked(self) -> list[str]:
        """The days at which knowledge is asked for."""
        return sorted({str(q["known_at"]) for q in self.questions if "known_at" in q})


@dataclass(slots=True)
class Told:
    """One answer in the words of the file.

    `values`: scalars. `findings`: positive findings by key. `denied`: for a `not_` key, what was looked at and did not
    hold, each with `reasons`. `sets`: named members. `reasons`: for each verdict.
    """

    values: dict[str, Any] = field(default_factory=dict)
    findings: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    positive: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    denied: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    sets: dict[str, set[str]] = field(default_factory=dict)
    reasons: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """One key of one question whose answer is not as expected."""

    file: str
    question: int
    key: str
    expected: Any
    got: Any


# --- reading --------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def scenario_schema() -> dict[str, Any]:
    """The schema that decides what is a scenario."""
    found: dict[str, Any] = json.loads(files("queries.law").joinpath("scenario.schema.json").read_text(encoding="utf-8"))
    return found


def read_scenario(path: Path) -> Scenario:
    """The case in a file. Raises `InputError` naming the place where it is no valid scenario."""
    document = read_yaml_file(path)
    problems = sorted(Draft202012Validator(scenario_schema()).iter_errors(document), key=lambda e: [str(p) for p in e.absolute_path])
    if problems:
        raise InputError(f"{path.name}: no valid scenario:\n  " + "\n  ".join(_told(p) for p in problems[:10]))
    _calendar(document, path.name, "")
    _references(document["facts"], path.name)
    return Scenario(path.name, document["title"], document["facts"], tuple(document["questions"]))


def _told(problem: Any) -> str:
    deepest = min(problem.context, key=lambda e: -len(e.absolute_path), default=problem) if problem.context else problem
    where = ".".join(str(p) for p in deepest.absolute_path) or "the document"
    return f"{where}: {deepest.message[:200]}"


def _calendar(value: Any, name: str, where: str) -> None:
    """Every text in the form of a day must be one."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            _calendar(inner, name, f"{where}.{key}" if where else str(key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _calendar(inner, name, f"{where}[{index}]")
    elif isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-" and value.replace("-", "").isdigit():
        try:
            date.fromisoformat(value)
        except ValueError as error:
            raise InputError(f"{name}: {where}: {value} is no day of the calendar") from error


_SUBJECTS = ("authorities", "enterprises", "persons")
_NAMING: Mapping[str, tuple[str, ...]] = {
    "same_as": ("a", "b"), "roles": ("person", "enterprise"), "shares": ("holder", "of"), "control": ("by", "of"), "manages": ("manager", "managed"),
    "family": ("a", "b"), "penalties": ("subject",), "listings": ("subject", "named"), "orders": ("subject",), "enforcements": ("subject",),
    "debts": ("debtor",), "findings": ("about",), "grades": ("subject",), "records": ("subject",), "bids": ("bidders",), "enterprises": ("branch_of",),
}  # fmt: skip
_ANY: Mapping[str, tuple[str, ...]] = {
    "roles": ("for",), "findings": ("event",), "listings": ("because_of",), "records": ("penalised",), "disputes": ("about",), "reports": ("about",),
}  # fmt: skip


def _references(facts: Mapping[str, Any], name: str) -> None:
    """Every id that a fact names is declared, once."""
    subjects = {e["id"] for section in _SUBJECTS for e in facts.get(section, ())}
    every = [e["id"] for section, entries in facts.items() if section != "not_loaded" for e in entries if "id" in e]
    for twice in {i for i in every if every.count(i) > 1}:
        raise InputError(f"{name}: the id {twice!r} is used twice")
    sources = {e["id"] for e in facts.get("sources", ())}
    for section, entries in facts.items():
        for index, entry in enumerate(entries if section != "not_loaded" else ()):
            wrong = [*_unknown(entry, _NAMING.get(section, ()), subjects), *_unknown(entry, _ANY.get(section, ()), {*every})]
            wrong += _unknown(entry, ("source",), sources)
            if wrong:
                raise InputError(f"{name}: {section}[{index}] names {', '.join(map(repr, wrong))}, which the file does not declare")


def _unknown(entry: Item, keys: Sequence[str], known: set[str]) -> list[str]:
    named: list[Any] = [entry[key] for key in keys if entry.get(key) is not None]
    every = [str(v) for value in named for v in (value if isinstance(value, list) else [value])]
    return [one for one in every if one not in known]


# --- comparing ------------------------------------------------------------------------------------------

VERDICTS = ("listed", "reached", "associated", "liable_if_ruled", "related_party", "allowed", "answer")
_SETS = ("eligible", "not_eligible", "not_covered", "flags", "unknown")
_SHARES = ("share",)


def compare(scenario: Scenario, number: int, told: Told) -> list[Difference]:
    """Where the answer to question `number` (from 1) is not as expected; only the keys named are looked at."""
    expect = scenario.questions[number - 1]["expect"]
    found = [(key, expected, _problem(key, expected, told)) for key, expected in expect.items()]
    return [Difference(scenario.name, number, key, expected, got) for key, expected, got in found if got is not None]


def _problem(key: str, expected: Any, told: Told) -> Any:
    """What was got instead; None where it is as expected."""
    if key in VERDICTS and isinstance(expected, str):
        got = told.values.get(key)
        return None if got == expected or (expected == "not_yes" and got in ("no", "undetermined")) else _or_nothing(got)
    if key == "reasons":
        wrong = {k: told.reasons.get(k, ()) for k, reason in expected.items() if reason not in told.reasons.get(k, ())}
        return wrong or None
    if key == "reason":
        return None if expected in told.reasons.get("", ()) else told.reasons.get("", ())
    if key == "path":
        return None if list(expected) in told.values.get("paths", []) else told.values.get("paths", [])
    if key in ("absent", "not_listed", "grade_not", "not_flags") or key in _SETS:
        return _set_problem(key, expected, told)
    if isinstance(expected, list):
        return _list_problem(key, expected, told)
    got = told.values.get(key)
    return None if got == expected else _or_nothing(got)


def _or_nothing(got: Any) -> Any:
    return "nothing" if got is None else got


def _set_problem(key: str, expected: Sequence[Any], told: Told) -> Any:
    if key == "grade_not":
        return told.values.get("grade") if told.values.get("grade") in expected else None
    if key == "not_flags":
        return sorted(set(expected) & told.sets.get("flags", set())) or None
    if key == "absent":
        return sorted(set(expected) & told.sets.get("facts", set())) or None
    if key == "not_listed":
        return [item for item in expected if any(fits(item, one) for one in told.findings.get("listed", []))] or None
    missing = set(expected) - told.sets.get(key, set())
    return {"missing": sorted(missing), "got": sorted(told.sets.get(key, set()))} if missing else None


def _list_problem(key: str, expected: Sequence[Item], told: Told) -> Any:
    if key.startswith("not_"):
        return _denial_problem(key, expected, told)
    found = told.findings.get(key, [])
    missing = [item for item in expected if not any(fits(item, one) for one in found)]
    return {"missing": missing, "got": [_near(item, found) for item in missing]} if missing else None


def _near(item: Item, found: Sequence[Item]) -> Any:
    """The findings that come nearest, with the keys expected."""
    ranked = sorted(found, key=lambda one: -sum(_equal(k, v, one.get(k)) for k, v in item.items()))
    return [{k: one.get(k) for k in item} for one in ranked[:3]]


def _denial_problem(key: str, expected: Sequence[Item], told: Told) -> Any:
    wrong: list[dict[str, Any]] = []
    for item in expected:
        named = {k: v for k, v in item.items() if k not in ("reason", "share")}
        if any(fits(named, one) for one in told.positive.get(key, [])):
            wrong.append({"item": dict(item), "got": "a positive finding"})
            continue
        looked_at = [one for one in told.denied.get(key, []) if fits(named, one)]
        reasons = {reason for one in looked_at for reason in one.get("reasons", ())}
        if "reason" in item and item["reason"] not in reasons:
            wrong.append({"item": dict(item), "got": sorted(reasons)})
        if "share" in item and not any(_equal("share", item["share"], one.get("share")) for one in looked_at):
            wrong.append({"item": dict(item), "got": [one.get("share") for one in looked_at]})
    return wrong or None


def fits(item: Item, one: Item) -> bool:
    """Whether a finding has everything that an expected item names."""
    return all(_equal(key, value, one.get(key)) for key, value in item.items())


def _equal(key: str, expected: Any, got: Any) -> bool:
    if key == "article":
        return got is not None and _article(str(expected), str(got))
    if key == "between":
        return got is not None and _between(expected, got)
    if key == "prevails":
        return got is not None and (expected == got or _article(str(expected), str(got)))
    if key == "share":
        return got is not None and _share(expected) == _share(got)
    if key == "amount_yuan":
        return got is not None and Fraction(str(expected)) == Fraction(str(got))
    if key == "reason":
        return expected in (got or ())
    if key == "fact":
        return bool(expected == got)
    return bool(str(expected) == str(got))


def _between(expected: Iterable[str], got: Sequence[str]) -> bool:
    wanted = list(expected)
    return len(wanted) == len(got) and all(any(e == g or _article(e, g) for g in got) for e in wanted)


def _article(expected: str, got: str) -> bool:
    """Same instrument and number; the item in brackets only where it is expected."""
    return expected == got or ("(" not in expected and got.partition("(")[0].strip() == expected)


def _share(value: Any) -> tuple[Fraction, Fraction]:
    if isinstance(value, Mapping):
        return Fraction(str(value["min"])), Fraction(str(value["max"]))
    return Fraction(str(value)), Fraction(str(value))
