"""The rule files under `rules/`, read into values: `law()` gives the rules that come with the product."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from pydantic import TypeAdapter, ValidationError

from graph_model.errors import ModelError
from queries.law.checks import check
from queries.law.reader import LINE, read_yaml
from queries.law.rules import RULE_KINDS, Instrument, Law

_KIND_OF = {made: kind for kind, made in RULE_KINDS.items()}


@lru_cache(maxsize=1)
def law() -> Law:
    """The rules that come with the product. Raises `ModelError` with every problem, file and line."""
    found, problems = load_rules({p.name: p.read_text(encoding="utf-8") for p in _files()})
    if problems:
        raise ModelError("the rules contradict themselves:\n  " + "\n  ".join(problems))
    return found


def _files() -> Iterable[Any]:
    return sorted((p for p in files("queries.law").joinpath("rules").iterdir() if p.name.endswith(".yml")), key=lambda p: p.name)


def rules_problems() -> list[str]:
    """Every contradiction in the rules that come with the product, with file and line."""
    return load_rules({p.name: p.read_text(encoding="utf-8") for p in _files()})[1]


@lru_cache(maxsize=1)
def cases_of() -> Mapping[str, tuple[int, int]]:
    """How many cases test each rule: those it reaches, and those that came near and it does not reach."""
    record: dict[str, dict[str, str]] = json.loads(files("queries.law").joinpath("tested.json").read_text(encoding="utf-8"))
    every = [(rule, signs) for found in record.values() for rule, signs in found.items()]
    return {rule: (sum(r == rule and "+" in s for r, s in every), sum(r == rule and "-" in s for r, s in every)) for rule, _ in every}


def rule_rows(found: Law) -> list[dict[str, Any]]:
    """Rules and schemes as rows, by instrument, with how many cases test each: positive and negative."""
    rows = [_row(r.instrument, r.article, r.id, _KIND_OF[type(r)], str(r.from_), str(r.until) if r.until else None, r.place, r.mark, r.reading, r.sense)
            for r in found.rules]  # fmt: skip
    for name, s in found.schemes.items():
        rows.append(_row(s.get("instrument") or s.get("source"), "", name, "scheme", s.get("from_"), s.get("until"), s.get("place"), "quoted", "read", str(s.get("reading") or "")))
    return sorted(rows, key=lambda r: (str(r["instrument"]), str(r["article"]), str(r["id"])))


_COLUMNS = ("instrument", "article", "id", "kind", "from", "until", "place", "mark", "reading", "sense")


def _row(*values: Any) -> dict[str, Any]:
    row = dict(zip(_COLUMNS, values, strict=True))
    row["positive"], row["negative"] = cases_of().get(str(row["id"]), (0, 0))
    return row


def rule_shown(found: Law, name: str) -> dict[str, Any] | None:
    """One rule, instrument or scheme with everything its file says."""
    rule = next((r for r in found.rules if r.id == name), None) or found.instruments.get(name)
    if rule is None:
        return dict(found.schemes[name]) if name in found.schemes else None
    shown: dict[str, Any] = TypeAdapter(type(rule)).dump_python(rule, mode="json")
    return shown


def load_rules(texts: Mapping[str, str]) -> tuple[Law, list[str]]:
    """The rules in files by name, and every problem found in them."""
    problems: list[str] = []
    instruments: dict[str, Instrument] = {}
    rules: dict[str, list[Any]] = {kind: [] for kind in RULE_KINDS}
    schemes: dict[str, Mapping[str, Any]] = {}
    for name, text in texts.items():
        document = read_yaml(text, name, lines=True) or {}
        for entry in document.get("instruments", ()):
            made = _made(Instrument, entry, name, problems)
            if made is not None:
                instruments[made.name] = made
        for entry in document.get("rules", ()):
            kind = entry.pop("kind", None)
            if kind not in RULE_KINDS:
                problems.append(f"{name}, line {entry[LINE]}: kind {kind!r}; known: {', '.join(RULE_KINDS)}")
                continue
            if kind == "list":
                entry["list_"] = entry.pop("list", "")
            made = _made(RULE_KINDS[kind], {**entry, "file": name, "line": entry[LINE]}, name, problems)
            if made is not None:
                rules[kind].append(made)
        for entry in document.get("schemes", ()):
            schemes[entry["name"]] = _plain(entry) | {"file": name, "line": entry[LINE]}
    made_law = Law(
        instruments, tuple(rules["measure"]), tuple(rules["list"]), tuple(rules["display"]), tuple(rules["liability"]),
        tuple(rules["bid"]), tuple(rules["figure"]), tuple(rules["precedence"]), schemes,
    )  # fmt: skip
    return made_law, [*problems, *check(made_law)]


def _made(kind: Any, entry: Mapping[str, Any], name: str, problems: list[str]) -> Any:
    values = _plain(entry)
    try:
        return TypeAdapter(kind).validate_python(values)
    except ValidationError as error:
        for one in error.errors():
            where = ".".join(str(p) for p in one["loc"])
            problems.append(f"{name}, line {entry[LINE]}: {where}: {one['msg']}")
        return None


def _plain(value: Any) -> Any:
    """Without line marks; `from` is `from_` in Python."""
    if isinstance(value, Mapping):
        return {("from_" if k == "from" else k): _plain(v) for k, v in value.items() if k != LINE}
    return [_plain(v) for v in value] if isinstance(value, list) else value
