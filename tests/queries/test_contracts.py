"""Show, search, export and info keep the published schema, and say the same on every asking."""

from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

from graph_model.stores.graph import Graph, Reader
from queries.answers.answer import as_data, canonical
from queries.answers.info import info
from queries.answers.neighbourhood import neighbourhood
from queries.answers.profile import show
from queries.answers.schema import answer_schema
from queries.answers.search import search
from tests.queries.sample import BLACK, DAY, Sample, publish_sample

ASKED: dict[str, Callable[[Reader, Sample], Any]] = {
    "show enterprise": lambda reader, s: show(reader, s.alpha, at=DAY),
    "show person": lambda reader, s: show(reader, s.zhang, at=DAY, history=True),
    "show penalty": lambda reader, s: show(reader, s.penalty, at=DAY),
    "show claim": lambda reader, s: show(reader, s.share, at=DAY),
    "show list": lambda reader, _: show(reader, f"list-{BLACK}", at=DAY),
    "search name": lambda reader, _: search(reader, "示例"),
    "search nothing": lambda reader, _: search(reader, "没有"),
    "export": lambda reader, s: neighbourhood(reader, s.alpha, at=DAY),
}


@pytest.fixture
def sample(graph: Graph) -> Sample:
    return publish_sample(graph)


def _valid(answer: Any) -> None:
    schema = {"$ref": f"#/$defs/{type(answer).__name__}", "$defs": answer_schema()["$defs"]}
    jsonschema.validate(as_data(answer), schema)


def test_answers_keep_the_schema(graph: Graph, sample: Sample) -> None:
    for ask in ASKED.values():
        with graph.reading() as reader:
            first = ask(reader, sample)
            _valid(first)
            assert canonical(ask(reader, sample)) == canonical(first)


def test_both_stores_give_the_same_text(ladybug_graph: Graph, neo4j_graph: Graph) -> None:
    both = (ladybug_graph, neo4j_graph)
    left, right = (publish_sample(graph) for graph in both)
    assert left == right
    for name, ask in ASKED.items():
        with both[0].reading() as one, both[1].reading() as other:
            assert canonical(ask(one, left)) == canonical(ask(other, right)), name


def test_info_counts_what_is_believed(graph: Graph, sample: Sample) -> None:
    assert sample
    now, before = info(graph), info(graph, known_at="2021-01-31")
    _valid(now)
    counted = {count.name: count.count for count in (*now.nodes, *now.relations)}
    assert (counted["Enterprise"], counted["Record"], counted["Listing"], counted["SHAREHOLDER_OF"]) == (4, 5, 5, 3)
    assert {c.name: c.count for c in before.nodes}["Record"] == 4
    assert [s.as_of for s in now.sources if s.id == "src-register"] == ["2021-02-01"]
    assert [s.as_of for s in before.sources if s.id == "src-register"] == ["2020-01-01"]
    assert now.lists[0].listings == 2 and {entry.list for entry in now.lists[:3]} == {BLACK, "经营异常名录", "红名单"}
    assert [run.seq for run in now.runs][:2] == [2, 1] and now.runs_total == len(now.runs)
