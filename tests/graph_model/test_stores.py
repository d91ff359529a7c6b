"""What a store promises, held against both: one protocol, one meaning."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from graph_model import statements
from graph_model.errors import BudgetExceeded, StoreBusy, StoreError, StoreUnavailable, UsageError, XinpuError
from graph_model.model import MODEL
from graph_model.schema import STILL_KNOWN, Model, Property
from graph_model.stores import ladybug, open_graph
from graph_model.stores.graph import Graph, Row
from tests.graph_model.small_graph import (
    LINKS,
    NODES,
    ROLE,
    SOURCE,
    add_all,
    half_a_run,
    load,
    nodes,
    rels,
)

ROOT = Path(__file__).resolve().parents[2]
OPEN_ROLES = f"MATCH (p:Person)-[r:{ROLE}]->(e:Enterprise) WHERE {{{{known(r)}}}} RETURN p.id AS person, e.id AS firm, r.post AS post ORDER BY person, firm"
ROLE_1 = pa.table({"from": ["p-1"], "to": ["e-1"], "claim_id": ["role-1"]})


def ask(graph: Graph, question: str, **parameters: Any) -> list[Row]:
    with graph.reading() as reader:
        return reader.rows(question, parameters)


def everything(graph: Graph) -> set[tuple[Any, ...]]:
    """All nodes and relationships, whole, without what differs by the clock on the wall."""
    with graph.reading() as reader:
        nodes_ = {_flat(row["n"]) for row in reader.rows("MATCH (n) RETURN n")}
        rels_ = reader.rows("MATCH (a)-[r]->(b) RETURN a.id AS `from`, r, b.id AS `to`")
    return nodes_ | {(row["from"], row["to"], *_flat(row["r"])) for row in rels_}


def _flat(entity: Row) -> tuple[Any, ...]:
    return tuple(sorted((k, type(v).__name__, v) for k, v in entity.items() if k not in ("started", "published")))


# --- creating, opening ----------------------------------------------------------------------------------


def test_create_twice_changes_nothing(graph: Graph) -> None:
    assert graph.exists()
    assert graph.create() is False
    assert ask(graph, "MATCH (r:Run) RETURN r.id AS id, r.seq AS seq") == [{"id": "run-00000000", "seq": 0}]
    assert ask(graph, "MATCH (n:List) RETURN count(n) AS n") == [{"n": len(MODEL.lists)}]


def test_info_names_the_store_and_no_password(graph: Graph, store: str) -> None:
    info = graph.info()
    assert info.store.lower().startswith(store)
    assert info.version[0].isdigit()
    assert info.url == graph.url


def test_reading_before_create_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="xinpu init"), open_graph(str(tmp_path / "none")).reading():
        pass


def test_a_closed_graph_opens_again(graph: Graph) -> None:
    graph.close()
    assert graph.exists()
    assert len(ask(graph, "MATCH (r:Run) RETURN r.seq AS seq")) == 1


# --- a run ----------------------------------------------------------------------------------------------


def test_a_load_becomes_visible_as_a_whole_when_it_is_published(graph: Graph, tmp_path: Path) -> None:
    with graph.writing() as writer:
        assert writer.fresh and writer.run == 1
        added = add_all(writer, tmp_path)
        assert ask(graph, OPEN_ROLES) == []
        assert ask(graph, "MATCH (s:Source) RETURN s.id AS id") == []
        published = writer.publish({"source": SOURCE, "counts": '{"read": 2}'})
    assert added == {name: len(rows) for name, rows in NODES} | {type_: len(rows) for type_, _, _, rows in LINKS}
    assert published.seq == 1
    assert ask(graph, OPEN_ROLES) == [{"person": "p-1", "firm": "e-1", "post": "法定代表人"}, {"person": "p-2", "firm": "e-2", "post": ""}]
    run = ask(graph, "MATCH (r:Run {seq: 1}) RETURN r")[0]["r"]
    assert run == {"_label": "Run", "id": "run-00000001", "seq": 1, "published": published.published, "source": SOURCE, "counts": '{"read": 2}'}


def test_the_same_nodes_again_add_nothing(graph: Graph, tmp_path: Path) -> None:
    load(graph, tmp_path)
    before = everything(graph)
    with graph.writing() as writer:
        assert not writer.fresh and writer.run == 2
        for label, rows in NODES:
            assert writer.add_nodes(label, nodes(tmp_path, label, rows, run=writer.run)) == 0
        writer.publish({})
    assert everything(graph) == before | {_flat({"_label": "Run", "id": "run-00000002", "seq": 2})}


def test_a_run_that_is_not_published_leaves_nothing(graph: Graph, tmp_path: Path) -> None:
    load(graph, tmp_path)
    before = everything(graph)
    with pytest.raises(ZeroDivisionError), graph.writing() as writer:
        writer.add_nodes("Enterprise", nodes(tmp_path, "Enterprise", [{"id": "e-3"}], run=writer.run))
        writer.add_nodes("Source", nodes(tmp_path, "Source", [{"id": "src-2"}], run=writer.run))
        writer.set_properties("Enterprise", pa.table({"id": ["e-1", "e-3"], "caption": ["other", "other"]}))
        writer.close_nodes("Listing", ["l-1"])
        writer.close_rels(ROLE, "Person", "Enterprise", ROLE_1)
        raise ZeroDivisionError
    assert everything(graph) == before
    with graph.writing() as writer:
        assert writer.run == 2


def test_a_killed_run_is_swept_by_the_next(graph: Graph, store: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    load(graph, tmp_path)
    before = everything(graph)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if store == "neo4j":
        environment["XINPU_NEO4J_PASSWORD"] = request.getfixturevalue("neo4j_server")[2]
    with writing_child(graph, tmp_path, environment) as child:
        with pytest.raises(StoreBusy, match="another run"), graph.writing():
            pass
        assert ask(graph, OPEN_ROLES)[0]["firm"] == "e-1"
        assert ask(graph, "MATCH (l:Listing) WHERE {{known(l)}} RETURN l.id AS id") == [{"id": "l-1"}]
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert open_when_free(graph) == 2
    assert everything(graph) == before


@contextmanager
def writing_child(graph: Graph, folder: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A process in the middle of a run."""
    text = f"from pathlib import Path; from {half_a_run.__module__} import half_a_run; half_a_run({graph.url!r}, Path({str(folder)!r}))"
    with subprocess.Popen([sys.executable, "-c", text], env=environment, stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout is not None and child.stdout.readline() == "written\n"
            yield child
        finally:
            child.kill()


def open_when_free(graph: Graph) -> int:
    """The next run's number, as soon as the server has noticed that the last writer is gone."""
    for _ in range(50):
        try:
            with graph.writing() as writer:
                return writer.run
        except StoreBusy:
            time.sleep(0.1)
    raise AssertionError("the lock of a killed run was never freed")


def test_two_writers_exclude_each_other(graph: Graph) -> None:
    with graph.writing() as writer:
        with pytest.raises(StoreBusy, match="another run is writing"), graph.writing():
            pass
        writer.publish({})
    with graph.writing() as writer:
        assert writer.run == 2


def test_a_reader_keeps_its_run_while_another_is_published(graph: Graph, tmp_path: Path) -> None:
    with graph.reading() as old:
        load(graph, tmp_path)
        assert old.run == 0
        assert old.rows(OPEN_ROLES) == []
        with graph.reading() as new:
            assert new.run == 1
            assert len(new.rows(OPEN_ROLES)) == 2


# --- closing, replaying ---------------------------------------------------------------------------------


def test_closed_claims_are_still_there_for_an_earlier_run(graph: Graph, tmp_path: Path) -> None:
    load(graph, tmp_path)
    with graph.writing() as writer:
        assert writer.close_rels(ROLE, "Person", "Enterprise", ROLE_1) == 1
        assert writer.close_rels(ROLE, "Person", "Enterprise", ROLE_1) == 0
        new = [{"from": "p-2", "to": "e-1", "claim_id": "role-3", "post": "负责人"}]
        assert writer.add_rels(ROLE, "Person", "Enterprise", rels(tmp_path, ROLE, new, run=writer.run)) == 1
        writer.publish({})
    assert [row["person"] for row in ask(graph, OPEN_ROLES)] == ["p-2", "p-2"]
    assert [row["person"] for row in ask(graph, OPEN_ROLES, run=1)] == ["p-1", "p-2"]
    assert ask(graph, OPEN_ROLES, run=0) == []


def test_closing_a_node_closes_what_hangs_on_it(graph: Graph, tmp_path: Path) -> None:
    load(graph, tmp_path)
    with graph.writing() as writer:
        assert writer.close_nodes("Listing", ["l-1", "l-none"]) == 1
        assert writer.close_nodes("Record", ["r-2"]) == 1
        assert writer.close_nodes("Record", []) == 0
        writer.publish({})
    ends = {type_: _known_to(graph, type_, source, target) for type_, source, target, _ in LINKS}
    assert ends == {ROLE: [STILL_KNOWN] * 2, "DESCRIBES": [STILL_KNOWN, 2], "SUBJECT_OF": [2], "ON_LIST": [2]}
    assert ask(graph, "MATCH (n:Listing) RETURN n.known_to AS k") == [{"k": 2}]


def _known_to(graph: Graph, type_: str, source: str, target: str) -> list[int]:
    rows = ask(graph, f"MATCH (:{source})-[r:{type_}]->(:{target}) RETURN r.claim_id AS c, r.known_to AS k ORDER BY c")
    return [row["k"] for row in rows]


def test_existing_claims_of_a_source(graph: Graph, tmp_path: Path) -> None:
    load(graph, tmp_path)
    with graph.writing() as writer:
        ends = (ROLE, "Person", "Enterprise")
        writer.close_rels(*ends, ROLE_1)
        both = writer.existing_rels(*ends, by=SOURCE, pairs=None).sort_by("claim_id")
        assert both.to_pydict() == {"from": ["p-1", "p-2"], "to": ["e-1", "e-2"], "claim_id": ["role-1", "role-2"], "known_to": [2, STILL_KNOWN]}
        pairs = pa.table({"from": ["p-2", "p-2"], "to": ["e-2", "e-1"]})
        assert writer.existing_rels(*ends, by=SOURCE, pairs=pairs)["claim_id"].to_pylist() == ["role-2"]
        none = writer.existing_rels(*ends, by="src-other", pairs=None)
        assert none.num_rows == 0 and none.schema == both.schema
        subjects = pa.table({"subject": ["e-1", "p-1"], "subject_label": ["Enterprise", "Person"]})
        assert writer.existing_nodes("Record", by=SOURCE, subjects=None)["id"].to_pylist() in (["r-1", "r-2"], ["r-2", "r-1"])
        assert writer.existing_nodes("Record", by=SOURCE, subjects=subjects).to_pylist() == [{"id": "r-1", "known_to": STILL_KNOWN, "subject": "e-1"}]
        assert writer.existing_nodes("Listing", by=SOURCE, subjects=subjects)["subject"].to_pylist() == ["e-1"]


def test_captions_change_with_the_run_that_sets_them(graph: Graph, tmp_path: Path) -> None:
    load(graph, tmp_path)
    captions = "MATCH (e:Enterprise) RETURN e.id AS id, e.caption AS caption, e.uscc AS uscc ORDER BY id"
    old = ask(graph, captions)
    new = pa.table({"id": ["e-1", "e-3", "e-none"], "caption": ["改名后", "新的", "x"], "uscc": pa.array([None, "u", "x"], pa.string())})
    with graph.writing() as writer:
        writer.add_nodes("Enterprise", nodes(tmp_path, "Enterprise", [{"id": "e-3"}], run=writer.run))
        assert writer.set_properties("Enterprise", new) == 2
        assert writer.set_properties("Source", pa.table({"id": [SOURCE], "licence": ["示例"]})) == 1
        assert [row for row in ask(graph, captions) if row["id"] != "e-3"] == old
        writer.publish({})
    assert ask(graph, captions) == [
        {"id": "e-1", "caption": "改名后", "uscc": None}, old[1], {"id": "e-3", "caption": "新的", "uscc": "u"},
    ]  # fmt: skip
    assert ask(graph, "MATCH (s:Source) RETURN s.licence AS l") == [{"l": "示例"}]


def test_a_relationship_without_its_end_is_refused(graph: Graph, tmp_path: Path) -> None:
    load(graph, tmp_path)
    before = everything(graph)
    lost = [{"from": "p-1", "to": "e-none", "claim_id": "role-x"}]
    with pytest.raises(StoreError, match="e-none"), graph.writing() as writer:
        writer.add_rels(ROLE, "Person", "Enterprise", rels(tmp_path, ROLE, lost, run=writer.run))
    assert everything(graph) == before


# --- asking ---------------------------------------------------------------------------------------------


def test_nodes_and_relationships_come_as_plain_dicts(graph: Graph, tmp_path: Path) -> None:
    load(graph, tmp_path)
    row = ask(graph, f"MATCH (p:Person {{id: 'p-2'}})-[r:{ROLE}]->(e) RETURN p, r, collect(e) AS es, {{{{label(e)}}}} AS l, {{{{type(r)}}}} AS t")[0]
    assert row["p"] == {"_label": "Person", "id": "p-2", "caption": "李示例", "anchor": "e-2"}
    assert row["es"] == [{"_label": "Enterprise", "id": "e-2", "caption": "示例乙有限公司", "name_key": ""}]
    assert (row["l"], row["t"], row["r"]["_label"]) == ("Enterprise", ROLE, ROLE)
    assert row["r"]["post"] == "" and row["r"]["row"] == 9_007_199_254_740_993
    assert "valid_from" not in row["r"]


def test_tables_are_typed_even_when_empty(graph: Graph, tmp_path: Path) -> None:
    question = f"MATCH (p:Person)-[r:{ROLE}]->(e:Enterprise) RETURN p.id AS `from`, r.known_to AS known_to, r.valid_to AS valid_to"
    types = [pa.string(), pa.int64(), pa.string()]
    with graph.reading() as reader:
        assert reader.table(question).schema.types == types
    load(graph, tmp_path)
    with graph.reading() as reader:
        assert reader.table(question).schema.types == types
        assert sorted(reader.table(question)["from"].to_pylist()) == ["p-1", "p-2"]


def test_missing_and_needless_parameters_are_refused(graph: Graph) -> None:
    with graph.reading() as reader:
        with pytest.raises(UsageError, match="needs id"):
            reader.rows("MATCH (n:List {id: $id}) RETURN n")
        with pytest.raises(UsageError, match="no parameter other"):
            reader.rows("MATCH (n:List) RETURN n", {"other": 1})


def test_a_question_past_its_time_is_stopped(graph: Graph) -> None:
    lists = ", ".join(f"(n{i}:List)" for i in range(6))
    started = time.monotonic()
    with graph.reading() as reader:
        with pytest.raises(BudgetExceeded):
            reader.rows(f"MATCH {lists} WHERE n0.id < n1.id OR n2.id < n3.id OR n4.id < n5.id RETURN count(*) AS n", seconds=0.2)
        assert reader.rows("MATCH (r:Run) RETURN r.seq AS seq", seconds=5) == [{"seq": 0}]
    assert time.monotonic() - started < 5


def test_a_broken_question_is_a_store_error(graph: Graph) -> None:
    with pytest.raises(StoreError, match="refused"):
        ask(graph, "MATCH (n:List RETURN n")


# --- one store against the other, and each on its own ---------------------------------------------------


@pytest.mark.neo4j
def test_both_stores_hold_the_same(ladybug_graph: Graph, neo4j_graph: Graph, tmp_path: Path) -> None:
    for graph in (ladybug_graph, neo4j_graph):
        load(graph, tmp_path)
    assert everything(ladybug_graph) == everything(neo4j_graph)


def with_new_property() -> Model:
    person = MODEL.node["Person"]
    wider = replace(person, properties=(*person.properties, Property("nickname", "name", "What friends call him.")))
    return replace(MODEL, nodes=tuple(wider if n.label == "Person" else n for n in MODEL.nodes))


def test_a_new_property_reaches_an_old_file(ladybug_graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(ladybug_graph, tmp_path)
    for module in (statements, ladybug):
        monkeypatch.setattr(module, "MODEL", with_new_property())
    assert ladybug_graph.create() is True
    assert ladybug_graph.create() is False
    with ladybug_graph.writing() as writer:
        assert writer.set_properties("Person", pa.table({"id": ["p-1"], "nickname": ["小张"]})) == 1
        writer.publish({})
    assert ask(ladybug_graph, "MATCH (p:Person) RETURN p.nickname AS n ORDER BY p.id") == [{"n": "小张"}, {"n": None}]


@pytest.mark.neo4j
def test_a_wrong_password_says_which_setting(neo4j_server: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XINPU_NEO4J_PASSWORD", raising=False)
    for password in (None, "not-the-password"):
        graph = open_graph(neo4j_server[0], password=password)
        with pytest.raises(StoreUnavailable, match="XINPU_NEO4J_PASSWORD"):
            graph.exists()
        graph.close()


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
def test_a_server_that_is_not_there(scheme: str) -> None:
    graph = open_graph(f"{scheme}://127.0.0.1:1", password="x")
    with pytest.raises(StoreUnavailable, match="cannot be reached"), graph.reading():
        pass
    graph.close()


def test_the_url_never_shows_the_password() -> None:
    assert open_graph("neo4j://ann:secret@db.example:7000/credit").url == "neo4j://ann@db.example:7000/credit"
    assert open_graph("bolt+s://db.example").url == "bolt+s://neo4j@db.example:7687"
    with pytest.raises(XinpuError, match="no host"):
        open_graph("neo4j://")
