"""A saved answer re-checked: the claims it cites are read from the graph again and handed to the checker."""

from collections.abc import Mapping
from typing import Any

from graph_model.errors import InputError
from graph_model.stores.graph import Reader
from queries.catalogue.law import CITED_EVENT, CITED_ROLE
from queries.law.checker import check, cited, measures, read_rules
from queries.query import run


def verify(reader: Reader, answer: Mapping[str, Any]) -> list[str]:
    """Everything in a saved answer that does not follow from its claims and rules. Raises `InputError` on another file."""
    if not {"question", "clocks", "subject"} <= answer.keys():
        raise InputError("no saved answer of status, reach, qualify or linked: expected question, clocks, subject and findings")
    return check(answer, read_rules(), claims_of(reader, answer))


def claims_of(reader: Reader, answer: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The claims that an answer cites, as the graph has them."""
    persons = [answer["subject"]["id"], *(s["id"] for s in answer["subject"]["same_as"])]
    roles = {c for one in measures(answer) for c in one["derivation"]["roles"]}
    run_number = int(answer["clocks"]["known_run"])
    found: dict[str, dict[str, Any]] = {}
    for claim in cited(answer):
        own = _role(reader, persons, claim) if claim in roles else _event(reader, claim, run_number)
        if own is not None:
            found[claim] = own
    return found


def _role(reader: Reader, persons: list[str], claim: str) -> dict[str, Any] | None:
    for person in persons:
        for row in run(reader, CITED_ROLE, id=person, claim=claim):
            return {**row.claim, "kind": row.kind, "from": row.a, "to": row.b}
    return None


def _event(reader: Reader, claim: str, run_number: int) -> dict[str, Any] | None:
    for label, query in CITED_EVENT.items():
        rows = run(reader, query, id=claim, run=run_number)
        if rows:
            own = rows[0].claim
            return {**own, "kind_of_order": f"{own.get('kind')}令", "kind": label, "subjects": sorted({r.a for r in rows})}
    return None
