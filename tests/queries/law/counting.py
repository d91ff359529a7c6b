"""Which rules a scenario tests: reached by it, or held against its facts and refused; counted from the findings that its expectations meet.

`XINPU_REFRESH=1 pytest -n0 tests/queries/law -k "not neo4j"` writes `queries/law/tested.json`, which `xinpu law list` prints from.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from graph_model.stores.graph import Reader
from queries.answers.scenario import Labels, tell
from queries.law.scenario import Told, fits
from queries.law.statutes import law

RECORD = Path(str(files("queries.law").joinpath("tested.json")))
Credit = tuple[str, str]
POSITIVE, NEGATIVE = "+", "-"
_FOUND = ("measures", "bans", "hypotheses", "pairs")
_REFUSED = ("not_measures", "not_bans", "not_hypotheses", "not_pairs")


def credits_of(reader: Reader, question: Mapping[str, Any], labels: Labels, told: Told) -> Iterator[Credit]:
    """Every rule that a question of a scenario tests, with the sign of the test."""
    expect = question["expect"]
    day = str(question.get("rules_at") or question.get("at") or "9999-12-31")
    yield from _findings(told, expect, day)
    yield from _verdicts(told, expect)
    yield from _standings(reader, question, labels, told, expect)
    yield from _figures(question, told, expect, day)
    if question["ask"] == "grade":
        unsure = expect.get("grade") == "undetermined" or {"grade_not", "not_eligible", "reason"} & set(expect)
        yield question["scheme"], NEGATIVE if unsure else POSITIVE


def _findings(told: Told, expect: Mapping[str, Any], day: str) -> Iterator[Credit]:
    for key in _FOUND:
        for item in expect.get(key, ()):
            yield from ((rule, POSITIVE) for one in told.findings.get(key, ()) if fits(item, one) for rule in _rules(one, day))
    for key in _REFUSED:
        for item in expect.get(key, ()):
            named = {k: v for k, v in item.items() if k not in ("reason", "share")}
            looked_at = [one for one in told.denied.get(key, ()) if type(one) is dict and fits(named, one) and _because(item, one)]
            yield from ((rule, NEGATIVE) for one in looked_at if _near(item, one) for rule in _rules(one, day))


def _because(item: Mapping[str, Any], one: Mapping[str, Any]) -> bool:
    return "reason" not in item or item["reason"] in one.get("reasons", ())


def _near(item: Mapping[str, Any], one: Mapping[str, Any]) -> bool:
    """A refusal counts where the case names the article or the fact, or where the rule came near: it had a trigger."""
    return "article" in item or "between" in item or bool(one.get("fact"))


def _rules(one: Mapping[str, Any], day: str) -> Iterable[str]:
    if "rule" in one:
        return [str(one["rule"])]
    cited = str(one.get("article"))
    return [r.id for r in law().rules if r.cited == cited and str(r.from_) <= day and (r.until is None or day <= str(r.until) or day > "9")]


def _verdicts(told: Told, expect: Mapping[str, Any]) -> Iterator[Credit]:
    """A bare verdict tests the rules that decided it."""
    for key, found, refused in (("reached", "measures", "not_measures"), ("allowed", "bans", "not_bans"), ("liable_if_ruled", "hypotheses", "not_hypotheses")):
        if key in expect and key in told.values:
            positive = told.values[key] == ("no" if key == "allowed" else "yes")
            own = {str(one["rule"]) for one in told.findings.get(found, ())}
            if positive and len(own) == 1:
                yield own.pop(), POSITIVE
            if not positive:
                yield from ((str(one["rule"]), NEGATIVE) for one in told.denied.get(refused, ()) if type(one) is dict and one.get("fact"))


# --- listings and penalties -----------------------------------------------------------------------------

_OVER = ("ended", "repaired", "removed", "annulled", "never_displayed", "proposed")


def _standings(reader: Reader, question: Mapping[str, Any], labels: Labels, told: Told, expect: Mapping[str, Any]) -> Iterator[Credit]:
    for key in ("items", "lists"):
        for item in expect.get(key, ()):
            yield from (c for one in told.findings.get(key, ()) if fits(item, one) and one["rule"] for c in _standing(item, one))
    if expect.get("absent"):
        every = tell(reader, {**question, "history": "counting"}, labels)
        yield from ((str(one["rule"]), NEGATIVE) for one in every.findings["items"] if one["fact"] in expect["absent"] and one["rule"])
    if expect.get("listed") == "no" or expect.get("not_lists"):
        yield from ((str(one["rule"]), NEGATIVE) for one in told.findings.get("lists", ()) if one["rule"] and one["holds"] != "yes")
        day = str(question.get("rules_at") or question["at"])
        for item in expect.get("not_lists", ()):
            yield from ((r.id, NEGATIVE) for r in law().lists if r.list_ == item["list"] and str(r.from_) <= day <= str(r.until or "9999"))


def _standing(item: Mapping[str, Any], one: Mapping[str, Any]) -> Iterator[Credit]:
    yield str(one["rule"]), NEGATIVE if one["state"] in _OVER else POSITIVE
    if item.get("may_apply") == "no":
        yield str(one["rule"]), NEGATIVE


# --- figures and ranks ----------------------------------------------------------------------------------


def _figures(question: Mapping[str, Any], told: Told, expect: Mapping[str, Any], day: str) -> Iterator[Credit]:
    in_force = {f.name: f.id for f in law().figures if str(f.from_) <= day <= str(f.until or "9999")}
    signs = {
        ("controlling_share", POSITIVE): question["ask"] == "controller" and bool(expect.get("controllers")),
        ("controlling_share", NEGATIVE): bool(expect.get("not_controllers")) or expect.get("related_party") == "no",
        ("controller_may_be_shareholder", POSITIVE): bool(expect.get("controllers")),
        ("controller_may_be_shareholder", NEGATIVE): bool(expect.get("not_controllers")),
        ("beneficial_share", POSITIVE): bool(expect.get("owners")), ("beneficial_share", NEGATIVE): bool(expect.get("not_owners")),
        ("beneficial_exempt_capital", POSITIVE): expect.get("exempt") == "yes", ("beneficial_exempt_capital", NEGATIVE): expect.get("exempt") == "no",
        ("state_parent_excepted", POSITIVE): expect.get("related_party") == "no" and "state_parent" in told.sets.get("flags", ()),
        ("state_parent_excepted", NEGATIVE): expect.get("related_party") == "yes",
        ("red_and_black", POSITIVE): "red_and_black" in expect.get("flags", ()), ("red_and_black", NEGATIVE): "red_and_black" in expect.get("not_flags", ()),
    }  # fmt: skip
    yield from ((in_force[name], sign) for (name, sign), hit in signs.items() if hit and name in in_force)
    for item in expect.get("conflicts", ()):
        if item.get("kind") == "sources":
            yield from ((r.id, POSITIVE if "prevails" in item else NEGATIVE) for r in law().precedences)


# --- the record -----------------------------------------------------------------------------------------


def as_words(found: Iterable[Credit]) -> dict[str, str]:
    """Signs by rule: `+`, `-` or `+-`."""
    words: dict[str, str] = {}
    for rule, sign in sorted(set(found)):
        words[rule] = words.get(rule, "") + sign
    return dict(sorted(words.items()))


def recorded() -> dict[str, dict[str, str]]:
    """What each case tests, as `xinpu law list` counts it."""
    found: dict[str, dict[str, str]] = json.loads(RECORD.read_text(encoding="utf-8"))
    return found


def record(case: str, found: Iterable[Credit]) -> None:
    """Write down what a case tests."""
    every = {**(recorded() if RECORD.exists() else {}), case: as_words(found)}
    RECORD.write_text(json.dumps(dict(sorted(every.items())), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
