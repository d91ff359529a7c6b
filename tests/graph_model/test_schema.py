"""Contradictions in a model are found when it is built; fragments are resolved strictly; generated text is golden."""

import json
import os
from pathlib import Path

import pytest

from graph_model import describe, statements
from graph_model.dialect import LADYBUG, NEO4J, parameters_of
from graph_model.errors import ModelError
from graph_model.model import MODEL
from graph_model.schema import ListType, Model, NodeType, Property, RelType, RoleTerm

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
GOOD = NodeType("Thing", "物", "subject", "A thing.", "name", (Property("name", "name", "Its name."),))
REL = RelType("KNOWS", "知道", "tie", (("Thing", "Thing"),), "Knows the other.")


@pytest.mark.parametrize(
    ("nodes", "rels", "more", "problem"),
    [
        ((GOOD, GOOD), (), {}, "label Thing is declared twice"),
        ((GOOD,), (RelType("KNOWS", "知道", "tie", (("Thing", "Other"),), "Knows."),), {}, "unknown end Other"),
        ((GOOD,), (RelType("KNOWS", "知道", "tie", (("Thing", "Thing"),), "Knows.", (), ("since",)),), {}, "identity since is no property"),
        ((GOOD,), (RelType("KNOWS", "知道", "tie", (("Thing", "Thing"),), "Knows.", (Property("source", "text", "X."),)),), {}, "the name is reserved"),
        ((GOOD,), (REL,), {"roles": (RoleTerm("董事", "DIRECTOR_OF", "director"),)}, "no relationship DIRECTOR_OF"),
        ((GOOD,), (REL,), {"lists": (ListType("甲", "a", "negative", "x"), ListType("乙", "b", "negative", "x", aliases=("甲",)))}, "list name 甲 is declared twice"),
        ((NodeType("thing", "物", "subject", "A thing.", "name", ()),), (), {}, "write it like Enterprise"),
        ((NodeType("Thing", "物", "subject", "no sentence", "name", (Property("name", "kind", "Its name."),)),), (), {}, "unknown kind kind"),
        ((NodeType("Thing", "物", "event", "A thing.", "name", (Property("name", "name", "Its name."),)),), (), {}, "an event needs identity and begins"),
    ],
)  # fmt: skip
def test_a_contradiction_is_found_when_the_model_is_built(nodes: tuple[NodeType, ...], rels: tuple[RelType, ...], more: dict[str, object], problem: str) -> None:
    with pytest.raises(ModelError, match=problem):
        Model(nodes, rels, **more)  # type: ignore[arg-type]


def test_every_list_has_a_polarity_and_the_lists_of_the_issue_are_there() -> None:
    named = {entry.term: entry.polarity for entry in MODEL.lists}
    for term in ("失信被执行人", "严重违法失信名单", "经营异常名录", "重大税收违法失信主体", "拖欠农民工工资失信名单", "安全生产严重失信主体名单"):
        assert named[term] == "negative"
    assert named["红名单"] == "positive"


def test_the_chair_or_the_head_is_no_legal_representative() -> None:
    assert [MODEL.role[t].type for t in ("法定代表人", "董事长", "负责人")] == ["LEGAL_REPRESENTATIVE_OF", "DIRECTOR_OF", "PRINCIPAL_OF"]


def test_fragments_differ_by_store_and_unknown_ones_are_errors() -> None:
    question = "MATCH (a)-[r:{{types(walked)}}]->(b) WHERE {{known(r)}} RETURN {{type(r)}}, {{label(b)}}"
    assert "label(r)" in LADYBUG.text(question) and "type(r), labels(b)[0]" in NEO4J.text(question)
    assert parameters_of(LADYBUG.text(question)) == {"run"}
    for wrong in ("{{nonsense(r)}}", "{{types(everything)}}"):
        with pytest.raises(ModelError, match="unknown"):
            LADYBUG.text(wrong)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ladybug.cypher", "\n".join(statements.ladybug_ddl())),
        ("neo4j.cypher", "\n".join(statements.neo4j_ddl())),
        ("model.json", json.dumps(describe.as_dict(), ensure_ascii=False, indent=1)),
    ],
)
def test_generated_text_is_as_it_was_seen_and_approved(name: str, text: str) -> None:
    """`XINPU_REFRESH=1 pytest` writes the files anew; look at the difference before committing it."""
    path = GOLDEN / name
    if os.environ.get("XINPU_REFRESH"):
        path.write_text(text + "\n", "utf-8")
    assert path.read_text("utf-8") == text + "\n"
