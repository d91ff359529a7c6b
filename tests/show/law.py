"""Lines of the law: every case, every rule tested both ways, boundaries, replays, mutations, a whole list, one person."""

import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from graph_model.stores import open_graph
from queries.law.statutes import cases_of, law, rule_rows, rules_problems
from tests.bench import reach_list, reach_one
from tests.show.line import Line

TESTS = Path(__file__).parents[1] / "queries" / "law"


def lines(*, quick: bool, folder: Path | None = None) -> Iterator[Line]:
    """All of them; with `quick` the second store left out and a short list."""
    yield from _rules()
    yield _tested("cases on LadybugDB, the 27 given and our own", "test_scenarios.py", at_least=27 + 60)
    if not quick:
        yield _tested("cases on Neo4j", "test_scenarios.py", store="neo4j", at_least=27 + 60)
    yield _tested("bans that no case file can name: last day, day after, post not named", "test_bans.py")
    yield _tested("boundaries: a role's interval moved, a term's last day, unrelated claims", "test_properties.py")
    yield _tested("ownership against brute force on random graphs with cycles", "test_ownership.py")
    yield _tested("a saved answer asked again with its three clocks, byte for byte", "test_replay.py")
    yield _tested("500 mutations of derivations refused by a second program", "test_checker.py")
    yield _tested("the index in memory changes no answer", "test_presence.py")
    yield _list(500 if quick else 10_000)
    yield _person(folder)


def _rules() -> Iterator[Line]:
    rows, problems = rule_rows(law()), rules_problems()
    kinds = f"{len(law().rules)} rules and {len(law().schemes)} schemes of {len(law().instruments)} instruments"
    yield Line("rules loaded and held against each other", f"{kinds}, {len(problems)} problems", "≥ 70 rules, no problem", len(law().rules) >= 70 and not problems)
    read = Counter(row["reading"] for row in rows)
    yield Line("rules compared with the stored text of their instrument", f"{read['read']} read, {read['unread']} unread", "each says which", read["read"] > 0)
    tested = sum(row["positive"] > 0 and row["negative"] > 0 for row in rows)
    cases = sum(sum(cases_of().get(str(row["id"]), (0, 0))) for row in rows)
    yield Line("rules with a positive and a negative test", f"{tested} of {len(rows)}; {cases} tests in all", "every rule", tested == len(rows))


@dataclass(slots=True)
class _Count:
    """What became of the tests of a file."""

    outcomes: Counter[str] = field(default_factory=Counter)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            self.outcomes[report.outcome] += 1


def _tested(name: str, file: str, *, store: str = "ladybug", at_least: int = 1) -> Line:
    """A line of a test file run here."""
    started, count = time.monotonic(), _Count()
    chosen = "neo4j" if store == "neo4j" else "not neo4j"
    code = pytest.main(["-o", "addopts=", "-n0", "-p", "no:cacheprovider", "-p", "no:terminal", "-k", chosen, str(TESTS / file)], [count])
    passed, other = count.outcomes["passed"], count.outcomes.total() - count.outcomes["passed"]
    figure = f"{passed} passed, {other} failed or skipped, {time.monotonic() - started:.0f} s"
    return Line(name, figure, f"all{f', ≥ {at_least}' if at_least > 1 else ''}", code == 0 and not other and passed >= at_least)


def _list(listings: int) -> Line:
    with tempfile.TemporaryDirectory() as made:
        graph = open_graph(str(Path(made) / "graph"))
        graph.create()
        reach_list.build(graph, listings, 1)
        found = reach_list.measure(graph, reach_list.LIST, 100)
        graph.close()
    asked = f"{found['questions_to_the_store']} questions"
    figure = f"{found['listed']:,} listed, {found['behind']:,} behind, {found['rows']:,} rows: {found['seconds']} s, {asked}; one by one {found['seconds_one_by_one']:,} s, {found['ratio']} ×"
    return Line("the reach of a whole list in one pass", figure, "a fixed number of questions; ≥ 10 × one by one", found["questions_to_the_store"] < 50 and found["ratio"] >= 10)


def _person(folder: Path | None) -> Line:
    """On the large graph, where one was loaded."""
    name, aim = "reach for one person, the index warm", "p50 ≤ 5 ms on 1 M enterprises, the same answers"
    if folder is None or not (folder / "home" / "graph").exists():
        return Line(name, "no loaded graph: give --folder, that of the large lines", aim, False)
    graph = open_graph(str(folder / "home" / "graph"))
    found = reach_one.measure(graph, 200)
    graph.close()
    return Line(name, json.dumps(found), aim, found["any"]["index"]["p50_ms"] <= 5 and not found["differ"])
