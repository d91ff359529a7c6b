"""`path` between two subjects."""

import json
from typing import Any

import jsonschema

from graph_model.stores.graph import Graph
from queries.answers.answer import PathAnswer, as_data
from queries.answers.path import path
from queries.answers.schema import answer_schema
from tests.factory import COURT, THIRD, Facts

AT = "2021-06-01"


def ask(graph: Graph, a: str, b: str, **options: Any) -> PathAnswer:
    with graph.reading() as reader:
        answer = path(reader, a, b, at=AT, seconds=60.0, **options)
    data = json.loads(json.dumps(as_data(answer)))
    jsonschema.validate(data, {"$ref": "#/$defs/PathAnswer", "$defs": answer_schema()["$defs"]})
    assert {c for p in answer.paths for s in p.steps for c in s.claims} <= set(answer.evidence)
    return answer


def nodes(answer: PathAnswer) -> list[list[str]]:
    return [[node.id for node in p.nodes] for p in answer.paths]


def test_a_common_holder_connects_two_companies(graph: Graph) -> None:
    facts = Facts()
    a, b, holder = (facts.enterprise(f"示例{n}有限公司") for n in "甲乙丙")
    facts.share(holder, a, percent="30", start="2015-01-01")
    facts.share(holder, b, percent="5..10", start="2015-01-01")
    facts.publish(graph)

    answer = ask(graph, a, "示例乙有限公司")

    assert (answer.connected.answer, nodes(answer), answer.paths[0].hops) == ("yes", [[a, holder, b]], 2)
    assert [(s.along, s.percent) for s in answer.paths[0].steps] == [("in", "30"), ("out", "5..10")]
    statements = {e.statement for e in answer.evidence.values()}
    assert "示例丙有限公司持有示例乙有限公司5%至10%股权（自2015-01-01起）。" in statements


def test_all_shortest_paths_come_in_the_declared_order(graph: Graph) -> None:
    facts = Facts()
    a, b = facts.enterprise("示例甲有限公司"), facts.enterprise("示例乙有限公司")
    ways = {source: facts.enterprise(f"示例{source}有限公司") for source in ("src-register", COURT, THIRD)}
    for source, middle in ways.items():
        facts.share(middle, a, start="2015-01-01", source=source)
        facts.share(middle, b, start="2015-01-01", source=source)
    longer = facts.enterprise("示例远有限公司")
    facts.share(a, longer, start="2015-01-01")
    facts.publish(graph)

    every = [[a, ways[source], b] for source in ("src-register", COURT, THIRD)]
    assert nodes(ask(graph, a, b)) == every
    cut = ask(graph, a, b, limit=2)
    assert (nodes(cut), cut.coverage.truncated) == (every[:2], True)


def test_unconnected_and_unsure(graph: Graph) -> None:
    facts = Facts()
    a, b, c = (facts.enterprise(f"示例{n}有限公司") for n in "甲乙丙")
    facts.share(a, b, start="2015-01-01", valid_to="unknown", as_of="2022-01-01")
    facts.publish(graph)

    assert (ask(graph, a, c).connected.answer, ask(graph, a, c).paths) == ("no", ())
    assert (ask(graph, a, b).connected.answer, nodes(ask(graph, a, b))) == ("undetermined", [[a, b]])


def test_the_same_subject_is_connected_at_no_hop(graph: Graph) -> None:
    facts = Facts()
    a, b = facts.enterprise("示例甲有限公司"), facts.enterprise("示例乙有限公司")
    facts.same_as(a, b, "confirmed")
    facts.publish(graph)

    (found,) = ask(graph, a, b).paths

    assert (found.hops, found.identity, [s.relation for s in found.steps]) == (0, "confirmed", ["SAME_AS"])


def test_a_bare_name_connects_nobody(graph: Graph) -> None:
    facts = Facts()
    a = facts.enterprise("示例甲有限公司")
    facts.role(facts.person("示例张三", a), "DIRECTOR_OF", a, start="2018-01-01")
    facts.publish(graph)

    assert (ask(graph, "示例张三", a).connected.answer, ask(graph, "示例张三", a).paths) == (
        "undetermined",
        (),
    )
    assert ask(graph, "示例张三", a, anchor_a=a).connected.answer == "yes"
