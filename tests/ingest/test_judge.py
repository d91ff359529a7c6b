"""A person's judgement on identity: recorded, changed, taken back; and refused where it cannot be."""

import pytest

from graph_model.errors import UnknownEntity, UsageError
from graph_model.stores.graph import Graph
from ingest.judge import judge
from tests.ingest.conftest import REGISTER, Ingest
from tests.ingest.test_run import FIRM, HEAD

OTHER = "示例乙有限公司,91360102XP00000286,1000万元,2016-04-08,示例张三"


@pytest.fixture
def two(graph: Graph, put: Ingest) -> list[str]:
    """Two records of one name in two companies."""
    put([HEAD, FIRM, OTHER], REGISTER)
    with graph.reading() as reader:
        return [r["id"] for r in reader.rows("MATCH (p:Person) RETURN p.id AS id ORDER BY p.id")]


def grades(graph: Graph) -> list[tuple[str, str, str]]:
    with graph.reading() as reader:
        rows = reader.rows("MATCH (a)-[r:SAME_AS]->(b) WHERE {{known(r)}} RETURN r.grade AS g, r.decided_by AS who, r.evidence AS why")
    return [(r["g"], r["who"], r["why"]) for r in rows]


def test_a_judgement_is_recorded_with_who_and_why_and_taken_back(graph: Graph, two: list[str]) -> None:
    first = judge(graph, *two, grade="confirmed", why="the same masked ID", close=False, who="tester")
    assert grades(graph) == [("confirmed", "tester", "the same masked ID")]
    judge(graph, *two, grade=None, why="mistaken", close=True, who="tester")
    assert grades(graph) == []
    with graph.reading() as reader:
        then = reader.rows("MATCH (a)-[r:SAME_AS]->(b) WHERE {{known(r)}} RETURN r.grade AS g", {"run": first["run"]})
    assert [r["g"] for r in then] == ["confirmed"], "what was believed then stays on record"


def test_a_new_judgement_replaces_the_old_one(graph: Graph, two: list[str]) -> None:
    judge(graph, *two, grade="confirmed", why="it seems so", close=False, who="tester")
    judge(graph, *reversed(two), grade="ruled_out", why="born in different years", close=False, who="tester")
    assert [g for g, *_ in grades(graph)] == ["ruled_out"]


def test_the_same_judgement_twice_changes_nothing(graph: Graph, two: list[str]) -> None:
    judge(graph, *two, grade="confirmed", why="it seems so", close=False, who="tester")
    again = judge(graph, *two, grade="confirmed", why="it seems so", close=False, who="tester")
    assert again["changed"] == 0 and again["run"] is None


def test_what_cannot_be_judged_is_refused(graph: Graph, two: list[str]) -> None:
    with pytest.raises(UnknownEntity, match="no subject has the id 'p-none'"):
        judge(graph, two[0], "p-none", grade="confirmed", why="x", close=False, who="tester")
    with pytest.raises(UsageError, match="cannot be one subject"):
        judge(graph, two[0], "cn-uscc-91360102XP000001X6", grade="confirmed", why="x", close=False, who="tester")
    with pytest.raises(UnknownEntity, match="no judgement"):
        judge(graph, *two, grade=None, why="x", close=True, who="tester")


def test_an_id_number_in_a_reason_is_masked(graph: Graph, two: list[str]) -> None:
    judge(graph, *two, grade="confirmed", why="both 33010219800101123X", close=False, who="tester")
    assert [why for *_, why in grades(graph)] == ["both 330102********123X"]
