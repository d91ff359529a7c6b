"""What the verbs of law do: parameters handed to the functions of `queries.answers.law`, and the files of cases."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from api.context import Context
from api.warm import index_of
from graph_model.errors import InputError, UnknownEntity
from graph_model.stores import open_graph
from graph_model.stores.graph import Graph
from ingest.scenario import load_scenario
from queries.answers import law as verbs
from queries.answers import owning
from queries.answers.answer import canonical
from queries.answers.law_frame import Clocked
from queries.answers.reach_list import as_csv, reach_list
from queries.answers.replay import differing, replay
from queries.answers.scenario import Labels, ask_scenario
from queries.answers.verify import verify as check_again
from queries.law.checker import measures
from queries.law.reader import read_yaml_file
from queries.law.scenario import read_scenario
from queries.law.statutes import law, rule_rows, rule_shown, rules_problems


def clocked(p: Any) -> Clocked:
    """The clocks and the view a question asks for."""
    return Clocked(p.at, p.known_at, p.rules_at, p.place, getattr(p, "history", None), p.identity)


def _ask(context: Context, function: Any, *given: Any, **more: Any) -> Any:
    with context.graph.reading() as reader:
        return function(reader, *given, **more)


def status(context: Context, p: Any) -> Any:
    """Every listing, penalty, order and enforcement of a subject."""
    return _ask(context, verbs.status, p.subject, clocked(p), anchor=p.anchor)


def reach(context: Context, p: Any) -> Any:
    """Which measures reach a subject."""
    with context.graph.reading() as reader:
        index = index_of(context.graph, reader, context.face)
        return verbs.reach(reader, p.subject, clocked(p), anchor=p.anchor, index=index)


def reach_of_list(context: Context, p: Any) -> str:
    """Everybody on a list and behind it whom a measure reaches, as a file."""
    found = _ask(context, reach_list, p.list, clocked(p))
    return as_csv(found.rows) if p.format == "csv" else canonical(found) + "\n"


def qualify(context: Context, p: Any) -> Any:
    """May a person take a post."""
    return _ask(context, verbs.qualify, p.person, p.post, clocked(p), of=p.of, anchor=p.anchor)


def grade(context: Context, p: Any) -> Any:
    """The grade under a scheme."""
    return _ask(context, verbs.grade, p.enterprise, p.scheme, clocked(p), year=p.year)


def bidders(context: Context, p: Any) -> Any:
    """The bidders in a file: kind, date, and who bids."""
    document = read_yaml_file(p.file)
    if not isinstance(document, dict) or not {"kind", "date", "bidders"} <= document.keys():
        raise InputError(f"{p.file}: expected the keys kind (政府采购 or 招标投标), date and bidders (ids, numbers or names)")
    when = Clocked(p.at or str(document["date"]), p.known_at, p.rules_at, p.place, None, p.identity)
    who = [str(one) for one in document["bidders"]]
    return _ask(context, verbs.bidders, str(document["kind"]), who, when, name=str(document.get("project") or p.file))


def owners(context: Context, p: Any) -> Any:
    """Who owns how much in the end."""
    return _ask(context, owning.owners, p.subject, clocked(p))


def holdings(context: Context, p: Any) -> Any:
    """How much of whom a subject owns in the end."""
    return _ask(context, owning.held_by, p.subject, clocked(p))


def controller(context: Context, p: Any) -> Any:
    """Who controls an enterprise."""
    return _ask(context, owning.controller, p.subject, clocked(p))


def beneficial_owners(context: Context, p: Any) -> Any:
    """The beneficial owners of an enterprise."""
    return _ask(context, owning.owners_of_benefit, p.subject, clocked(p))


def related_party(context: Context, p: Any) -> Any:
    """Whether two subjects are related parties."""
    return _ask(context, owning.related_party, p.a, p.b, clocked(p))


# --- the rules ------------------------------------------------------------------------------------------


def law_list(_: Context, p: Any) -> list[dict[str, Any]]:
    """Every rule by instrument, with how far its text was read."""
    return [row for row in rule_rows(law()) if p.instrument in (None, row["instrument"])]


def law_show(_: Context, p: Any) -> dict[str, Any]:
    """One rule, instrument or scheme with all that its file says."""
    found = rule_shown(law(), p.id)
    if found is None:
        raise UnknownEntity(f"no rule, instrument or scheme is called {p.id!r}; `xinpu law list` shows them")
    return found


def law_check(_: Context, __: Any) -> dict[str, Any]:
    """Whether the rules are without contradiction."""
    problems = rules_problems()
    return {"good": not problems, "rules": len(law().rules) if not problems else 0, "problems": problems}


# --- cases ----------------------------------------------------------------------------------------------


def scenario_run(_: Context, p: Any) -> list[dict[str, Any]]:
    """Each file's questions asked in an empty graph of its own; one row a question."""
    rows = []
    for file in p.files:
        scenario = read_scenario(Path(file))
        with _empty() as graph:
            names = load_scenario(graph, scenario.facts, scenario.name, scenario.asked)
            with graph.reading() as reader:
                asked = ask_scenario(reader, scenario, Labels(names.nodes, names.facts))
        for one in asked:
            differences = [{"key": d.key, "expected": d.expected, "got": d.got} for d in one.differences]
            rows.append({"file": scenario.name, "question": one.number, "ask": one.ask, "good": not differences, "differences": differences})
    return rows


@contextmanager
def _empty() -> Iterator[Graph]:
    with tempfile.TemporaryDirectory() as folder:
        graph = open_graph(str(Path(folder) / "graph"))
        graph.create()
        try:
            yield graph
        finally:
            graph.close()


def all_good(result: Any) -> int:
    """0 where every row is good, else 1."""
    rows = result if isinstance(result, list) else [result]
    return 0 if all(row["good"] for row in rows) else 1


def verify(context: Context, p: Any) -> dict[str, Any]:
    """Whether a saved answer still follows from the rules and claims it cites."""
    try:
        answer = json.loads(p.file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{p.file}: no saved answer: {error}") from error
    problems = _ask(context, check_again, answer)
    if p.replay:
        cut = ", and the saved answer was cut by its time" if answer["coverage"]["truncated"] else ""
        problems += [f"asked again, {part} differs{cut}" for part in differing(answer, _ask(context, replay, answer))]
    return {"good": not problems, "measures": sum(1 for _ in measures(answer)), "problems": problems}
