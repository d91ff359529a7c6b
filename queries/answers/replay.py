"""A saved answer asked again: the same question with its three clocks must give the same bytes."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from graph_model.errors import InputError
from graph_model.stores.graph import Reader
from queries.answers import law, owning
from queries.answers.answer import canonical
from queries.answers.evidence import RawRows
from queries.answers.law_frame import Clocked
from queries.answers.linked import linked

Saved = Mapping[str, Any]


def replay(reader: Reader, saved: Saved, *, raw: RawRows | None = None) -> str:
    """The answer to the question of a saved answer, in canonical JSON. Raises `InputError` on an answer of another verb."""
    verb = str((saved.get("question") or {}).get("verb"))
    if verb not in _VERBS:
        raise InputError(f"a saved answer of {verb!r} cannot be asked again; expected one of {', '.join(_VERBS)}")
    return canonical(_VERBS[verb](reader, saved, raw))


def saved_text(saved: Saved) -> str:
    """A saved answer in canonical JSON, without its timing."""
    return json.dumps({k: v for k, v in saved.items() if k != "timing"}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def differing(saved: Saved, again: str) -> list[str]:
    """The parts of the answer that differ; none where it is the same byte for byte."""
    if saved_text(saved) == again:
        return []
    new = json.loads(again)
    keys = sorted((saved.keys() | new.keys()) - {"timing"})
    return [key for key in keys if _text(saved.get(key)) != _text(new.get(key))] or ["its bytes"]


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


# --- one way to ask a verb ------------------------------------------------------------------------------


def _when(saved: Saved) -> Clocked:
    q = saved["question"]
    return Clocked(q["at"], saved["clocks"]["known_at"], q["rules_at"], q["place"], q["history"], q["identity"])


def _linked(reader: Reader, saved: Saved, raw: RawRows | None) -> Any:
    q = saved["question"]
    return linked(
        reader, q["subject"]["text"], anchor=q["subject"]["anchor"], at=q["at"], known_at=saved["clocks"]["known_at"], rules_at=q["rules_at"],
        place=q["place"], history=q["history"], to=q["to"], max_hops=q["max_hops"], identity=q["identity"], limit=q["limit"],
        seconds=q["budget_seconds"], raw=raw,
    )  # fmt: skip


def _named(function: Callable[..., Any], *arguments: str) -> Callable[[Reader, Saved, RawRows | None], Any]:
    """A verb asked of a person or subject that may be named with an anchor."""

    def ask(reader: Reader, saved: Saved, raw: RawRows | None) -> Any:
        q = saved["question"]
        given = [q["arguments"][name] for name in arguments]
        return function(reader, q["subject"]["text"], *given, _when(saved), anchor=q["subject"]["anchor"], raw=raw)

    return ask


def _plain(function: Callable[..., Any], *arguments: str) -> Callable[[Reader, Saved, RawRows | None], Any]:
    def ask(reader: Reader, saved: Saved, raw: RawRows | None) -> Any:
        q = saved["question"]
        return function(reader, q["subject"]["text"], *(q["arguments"][name] for name in arguments), _when(saved), raw=raw)

    return ask


def _qualify(reader: Reader, saved: Saved, raw: RawRows | None) -> Any:
    q = saved["question"]
    given = q["arguments"]
    return law.qualify(reader, q["subject"]["text"], given["as"], _when(saved), of=given.get("of"), anchor=q["subject"]["anchor"], raw=raw)


def _grade(reader: Reader, saved: Saved, raw: RawRows | None) -> Any:
    q = saved["question"]
    year = q["arguments"].get("year")
    return law.grade(reader, q["subject"]["text"], q["arguments"]["scheme"], _when(saved), year=int(year) if year else None, raw=raw)


_VERBS: Mapping[str, Callable[[Reader, Saved, RawRows | None], Any]] = {
    "linked": _linked, "status": _named(law.status), "reach": _named(law.reach), "qualify": _qualify, "grade": _grade,
    "owners": _plain(owning.owners), "holdings": _plain(owning.held_by), "controller": _plain(owning.controller),
    "beneficial_owners": _plain(owning.owners_of_benefit), "related_party": _plain(owning.related_party, "to"),
}  # fmt: skip
