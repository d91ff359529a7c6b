"""A saved answer asked again with its three clocks is the same, byte for byte, also after a later run."""

import json
from pathlib import Path
from typing import Any

import pytest

from graph_model.errors import InputError
from graph_model.stores.graph import Graph, Reader
from ingest.scenario import load_scenario
from queries.answers import law, owning
from queries.answers.answer import canonical
from queries.answers.law_frame import Clocked
from queries.answers.linked import linked
from queries.answers.replay import differing, replay, saved_text
from queries.law.scenario import read_scenario
from tests.factory import Facts

CASE = Path(__file__).parent / "given" / "X13-three-clocks.yml"
CLOCKS = Clocked("2022-06-01", "2022-06-01", "2022-06-01", "江西省")


def _answers(reader: Reader, person: str, firm: str) -> list[Any]:
    return [
        linked(reader, person, at="2022-06-01", known_at="2022-06-01", rules_at="2015-07-21", seconds=300), law.reach(reader, person, CLOCKS),
        law.qualify(reader, person, "董事", CLOCKS, of=firm), law.status(reader, firm, Clocked("2022-06-01", history="核查")),
        law.grade(reader, firm, "安徽企业信用分类", CLOCKS, year=2021), owning.owners(reader, firm, CLOCKS), owning.held_by(reader, person, CLOCKS),
        owning.controller(reader, firm, CLOCKS), owning.owners_of_benefit(reader, firm, CLOCKS), owning.related_party(reader, person, firm, CLOCKS),
    ]  # fmt: skip


def test_every_verb_is_asked_again_byte_for_byte(graph: Graph) -> None:
    scenario = read_scenario(CASE)
    names = load_scenario(graph, scenario.facts, scenario.name)
    person, firm = names.nodes["朱一"], names.nodes["杨公司"]
    with graph.reading() as reader:
        saved = [json.loads(canonical(answer)) for answer in _answers(reader, person, firm)]
    later = Facts()
    other = later.enterprise("后来的公司")
    later.role(person, "LEGAL_REPRESENTATIVE_OF", other, "2015-01-01", post="法定代表人")
    later.publish(graph, "2030-01-01T00:00:00+00:00")

    with graph.reading() as reader:
        assert [differing(one, replay(reader, one)) for one in saved] == [[] for _ in saved]
        assert canonical(law.reach(reader, person, Clocked("2022-06-01"))) != saved_text(saved[1])


def test_what_was_changed_by_hand_is_told(ladybug_graph: Graph) -> None:
    scenario = read_scenario(CASE)
    names = load_scenario(ladybug_graph, scenario.facts, scenario.name)
    with ladybug_graph.reading() as reader:
        saved = json.loads(canonical(law.reach(reader, names.nodes["朱一"], CLOCKS)))
        saved["reached"]["answer"] = "undetermined"

        assert differing(saved, replay(reader, saved)) == ["reached"]
        with pytest.raises(InputError, match="cannot be asked again"):
            replay(reader, {"question": {"verb": "show"}})
