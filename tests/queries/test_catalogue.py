"""Every question binds on LadybugDB, uses only what the model has, and answers the same on both stores."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, fields
from typing import Any

import pytest

from graph_model.dialect import LADYBUG, NEO4J
from graph_model.model import MODEL
from graph_model.stores import open_graph
from graph_model.stores.graph import Graph, Reader
from queries.catalogue import CATALOGUE, finding, showing
from queries.query import Query, run
from tests.queries.patterns import problems
from tests.queries.sample import BLACK, DAY, USCC, Sample, publish_sample

NAMES = sorted(CATALOGUE)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    graph = open_graph(str(tmp_path_factory.mktemp("empty") / "graph"))
    graph.create()
    with graph.reading() as reader:
        yield reader
    graph.close()


def _binding(query: Query[Any]) -> dict[str, Any]:
    limit = {"limit": query.limit} if query.limit else {}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in query.samples().items()} | limit


def test_there_are_questions_for_every_subject() -> None:
    assert len(CATALOGUE) >= 50
    assert all(query.title and query.question.endswith(("?", ".")) for query in CATALOGUE.values())


@pytest.mark.parametrize("name", NAMES)
def test_text_binds_on_an_empty_graph(empty: Reader, name: str) -> None:
    empty.rows(f"EXPLAIN {CATALOGUE[name].text}", _binding(CATALOGUE[name]))


@pytest.mark.parametrize("name", NAMES)
def test_patterns_exist_in_the_model(name: str) -> None:
    assert list(problems(LADYBUG.text(CATALOGUE[name].text))) == []
    assert list(problems(NEO4J.text(CATALOGUE[name].text))) == []


@pytest.mark.parametrize("name", NAMES)
def test_row_has_a_field_for_every_column(name: str) -> None:
    query = CATALOGUE[name]
    last = re.split(r"\bRETURN\b", query.text.split("UNION ALL")[0])[-1]
    returned = set(re.findall(r"\bAS (\w+)", re.sub(r"\{\{.*?\}\}", "x", last)))
    assert returned == {f.name for f in fields(query.row)}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("MATCH (a:Enterprise)-[r:DIRECTOR_OF]->(p:Person) RETURN a.id", "does not lead"),
        ("MATCH (p:Person)<-[r:DIRECTOR_OF]-(e:Enterprise) RETURN p.id", "does not lead"),
        ("MATCH (a:Firm) RETURN a.id", "unknown label"),
        ("MATCH (a:Person)-[r:OWNS]->(b) RETURN a.id", "unknown type"),
        ("MATCH (a:Person) RETURN a.uscc", "uscc"),
        ("MATCH (a:Person|Penalty)-[r:DIRECTOR_OF]->(e:Enterprise) RETURN a.id", "Penalty"),
        ("MATCH (a:Person)-[r:DIRECTOR_OF|BRANCH_OF]->(e:Enterprise) RETURN a.id", "BRANCH_OF"),
    ],
)
def test_the_pattern_check_sees_what_is_wrong(text: str, word: str) -> None:
    assert any(word in problem for problem in problems(text))


def test_fragments_are_a_short_list() -> None:
    used = Counter(mark for query in CATALOGUE.values() for mark in re.findall(r"\{\{(\w+)", query.text))
    assert set(used) == {"asserted", "known", "label", "number", "possible", "type", "types"}
    assert used["number"] == 1  # whole texts for one store: none, a Query cannot hold one


@pytest.mark.parametrize("label", MODEL.subjects)
def test_texts_of_show_and_search_bind(empty: Reader, label: str) -> None:
    given = {"id": "x", "key": "示例", "number": "1", "open": 0, "limit": 1, "label": "", "rank": -1, "after": "", "name": "示例", "exact": "|示例|"}
    texts = [value for module in (finding, showing) for value in vars(module).values() if isinstance(value, str) and "MATCH" in value]
    for text in [*texts, finding.NODE_OF[label]]:
        if "TYPE" in text:
            continue
        wanted = set(re.findall(r"\$(\w+)", LADYBUG.text(text))) - {"run"}
        empty.rows(f"EXPLAIN {text}".replace("LABEL", label), {name: given[name] for name in wanted})


# --- what they answer -------------------------------------------------------------------------------


@pytest.fixture
def sample(graph: Graph) -> Sample:
    return publish_sample(graph)


def _ask(graph: Graph, query: str, **given: Any) -> list[dict[str, Any]]:
    with graph.reading() as reader:
        return [asdict(row) for row in run(reader, CATALOGUE[query], **given)]


def test_every_question_runs_on_a_graph(graph: Graph, sample: Sample) -> None:
    assert sample
    with graph.reading() as reader:
        for query in CATALOGUE.values():
            given: dict[str, Any] = query.samples()
            assert isinstance(run(reader, query, **given), list)


def test_persons_shares_and_neighbours_of_an_enterprise(graph: Graph, sample: Sample) -> None:
    alpha = {"ids": [sample.alpha], "at": DAY}
    persons = _ask(graph, "persons_of_enterprise", **alpha)
    assert [(p["id"], p["relation"], p["source"]) for p in persons].count((sample.zhang, "LEGAL_REPRESENTATIVE_OF", "src-register")) == 1
    assert {(s["id"], s["percent"]) for s in _ask(graph, "shareholders_of", **alpha)} == {(sample.beta, "65"), (sample.beta, "55")}
    assert {h["id"] for h in _ask(graph, "holdings_of", ids=[sample.state], at=DAY)} == {sample.beta}
    assert {n["id"] for n in _ask(graph, "same_address_as", ids=[sample.alpha])} == {sample.beta}
    assert _ask(graph, "shared_addresses", minimum=2) == [{"text": "杭州市示例路1号", "count": 2}]
    same_name = _ask(graph, "same_named_legal_representative_as", ids=[sample.alpha])
    assert {n["id"] for n in same_name} == {sample.gamma}
    assert _ask(graph, "same_legal_representative_as", **alpha) == []


def test_posts_of_persons_by_day(graph: Graph, sample: Sample) -> None:
    at_once = _ask(graph, "enterprises_of_person", ids=[sample.zhang], at="2017-01-01")
    assert {row["id"] for row in at_once} == {sample.alpha, sample.beta}
    assert {row["id"] for row in _ask(graph, "enterprises_of_person", ids=[sample.zhang], at=DAY)} == {sample.alpha}
    assert {row["id"] for row in _ask(graph, "former_posts_of", ids=[sample.zhang], at=DAY)} == {sample.beta}
    assert {row["id"] for row in _ask(graph, "persons_named", name="张示例")} == {sample.zhang, sample.zhang_elsewhere}
    assert _ask(graph, "ambiguous_names", minimum=2) == [{"text": "张示例", "count": 2}]


def test_lists(graph: Graph, sample: Sample) -> None:
    members = _ask(graph, "members_of_list", list=BLACK, at=DAY)
    assert {m["subject"] for m in members} == {sample.alpha}
    assert _ask(graph, "members_of_list", list=BLACK, at="2019-12-31") == []
    assert {m["subject"] for m in _ask(graph, "removed_between", since="2020-05-01", until="2020-05-31")} == {sample.gamma}
    assert {m["subject"] for m in _ask(graph, "unknown_since_between", since="2020-01-01", until="2020-12-31")} == {sample.alpha_named}
    assert {m["id"] for m in _ask(graph, "on_red_and_black", at=DAY)} == {sample.alpha}
    newly = _ask(graph, "listed_between", since="2020-01-01", until="2020-12-31")
    assert {m["subject"] for m in newly} == {sample.alpha}
    assert _ask(graph, "legal_representatives_of_listed", at=DAY, minimum=1) == [
        {"id": sample.zhang, "label": "Person", "caption": "张示例", "count": 1}
    ]


def test_penalties(graph: Graph, sample: Sample) -> None:
    window = {"since": "2020-01-01", "until": "2020-12-31"}
    assert [p["fine"] for p in _ask(graph, "penalties_of", ids=[sample.alpha])] == ["100000", "50000"]
    assert [p["yuan"] for p in _ask(graph, "largest_fines", **window)] == [100000.0, 50000.0]
    assert [(row["id"], row["count"]) for row in _ask(graph, "penalised_twice_within", **window, minimum=2)] == [(sample.alpha, 2)]
    assert [p["penalties"] for p in _ask(graph, "penalties_by_authority", **window)] == [1]


def test_sources_problems_and_runs(graph: Graph, sample: Sample) -> None:
    assert [(row["subject"], row["source"]) for row in _ask(graph, "invalid_uscc")] == [(sample.alpha, "src-third")]
    assert [row["subject"] for row in _ask(graph, "proposed_repairs")] == [sample.alpha]
    differing = {row["subject"] for row in _ask(graph, "names_that_differ")}
    assert differing == {sample.alpha, sample.beta}
    closed = _ask(graph, "relations_closed_in_run", seq=2)
    assert [(row["claim"], row["closed"]) for row in closed] == [(sample.share, True)]
    assert [row["seq"] for row in _ask(graph, "runs")][:2] == [2, 1]
    assert [row["runs"] for row in _ask(graph, "sources") if row["id"] == "src-register"] == [2]
    assert {row["uscc"] for row in _ask(graph, "enterprise_records", ids=[sample.alpha])} == {USCC, None}
