"""The reach of a whole list in one pass is that of asking everybody one by one."""

import csv
import io
from typing import Any

import pytest

from graph_model.errors import UnknownEntity
from graph_model.stores.graph import Graph, Reader
from ingest.scenario import load_scenario
from queries.answers.law import reach
from queries.answers.law_answer import MeasureFinding
from queries.answers.law_frame import Clocked
from queries.answers.reach_list import ListReachRow, as_csv, reach_list

LIST = "严重违法失信名单"
FACTS: dict[str, Any] = {
    "enterprises": [
        {"id": "杭公司", "kind": "有限责任公司", "place": "浙江省"}, {"id": "鲁公司", "kind": "有限责任公司", "place": "山东省"},
        {"id": "鲁公司旧", "kind": "有限责任公司", "place": "山东省"}, {"id": "赣公司", "kind": "有限责任公司", "place": "江西省"},
        {"id": "旁公司", "kind": "有限责任公司", "place": "山东省"},
    ],
    "persons": [{"id": n, "name": n} for n in ("甲", "乙", "丙", "丙二", "丁", "戊", "己", "庚")],
    "same_as": [{"a": "鲁公司", "b": "鲁公司旧", "grade": "confirmed"}, {"a": "丙", "b": "丙二", "grade": "confirmed"}],
    "roles": [
        {"person": "甲", "enterprise": "杭公司", "role": "法定代表人", "from": "2015-01-01"},
        {"person": "乙", "enterprise": "杭公司", "role": "实际控制人", "from": "2015-01-01"},
        {"person": "丙二", "enterprise": "鲁公司旧", "role": "法定代表人", "from": "2015-01-01"},
        {"person": "丁", "enterprise": "赣公司", "role": "法定代表人", "from": "2015-01-01"},
        {"person": "戊", "enterprise": "赣公司", "role": "监事", "from": "2015-01-01"},
        {"person": "庚", "enterprise": "赣公司", "role": "实际控制人", "from": "2015-01-01"},
        {"person": "己", "enterprise": "鲁公司", "role": "主要负责人", "from": "2022"},
        {"person": "己", "enterprise": "旁公司", "role": "法定代表人", "from": "2015-01-01"},
    ],
    "listings": [
        {"id": "l1", "subject": "杭公司", "list": LIST, "listed": "2022-01-10"}, {"id": "l2", "subject": "鲁公司", "list": LIST, "listed": "2022-01-10"},
        {"id": "l3", "subject": "赣公司", "list": LIST, "listed": "2022-01-10"},
        {"id": "l4", "subject": "旁公司", "list": "重大税收违法失信主体", "listed": "2022-02-10"},
    ],
    "orders": [{"id": "o1", "subject": "赣公司", "order": "限制消费令", "issued": "2022-03-01"}, {"id": "o2", "subject": "旁公司", "order": "限制消费令", "issued": "2022-03-01"}],
    "findings": [{"about": "甲", "event": "l1", "condition": "负有责任", "found": "yes", "date": "2022-01-10"}],
}  # fmt: skip
WHEN = Clocked("2022-06-15")
Told = tuple[object, ...]


def _row(row: ListReachRow) -> Told:
    return row.who, row.role, row.through, row.rule, row.fact, row.from_, row.until, row.holds, row.reasons, row.unknown, row.claims


def _found(who: str, one: MeasureFinding) -> Told:
    claims = tuple(c for part in (one.derivation.roles, one.derivation.triggers, one.derivation.findings) for c in part)
    return who, one.role, one.through.id, one.derivation.rule, one.fact, one.from_, one.until, one.holds, one.reasons, one.unknown, claims


def _one_by_one(reader: Reader, ids: list[str], units: set[str]) -> set[Told]:
    told = set()
    for id_ in ids:
        answer = reach(reader, id_, WHEN)
        told |= {_found(str(answer.subject.id), one) for one in (*answer.measures, *answer.undetermined) if one.through.id in units}
    return told


def test_one_pass_says_what_asking_everybody_says(graph: Graph) -> None:
    names = load_scenario(graph, FACTS, "list")
    with graph.reading() as reader:
        found = reach_list(reader, LIST, WHEN)
        units = {row.through for row in found.rows}
        everybody = sorted({row.who for row in found.rows} | {names.nodes[n] for n in ("戊", "乙")})

        assert {_row(row) for row in found.rows} == _one_by_one(reader, everybody, units)
        assert {(row.who_name, row.holds) for row in found.rows} >= {("甲", "yes"), ("丁", "yes"), ("庚", "yes"), ("赣公司", "yes"), ("己", "undetermined")}
        assert names.nodes["旁公司"] not in units and (found.listed, found.behind) == (3, 7)
        assert found.timing.queries < 40


def test_a_list_of_nobody_and_a_list_of_no_name(ladybug_graph: Graph) -> None:
    load_scenario(ladybug_graph, FACTS, "list")
    with ladybug_graph.reading() as reader:
        assert reach_list(reader, "环保失信黑名单", WHEN).rows == ()
        with pytest.raises(UnknownEntity, match="no list is called"):
            reach_list(reader, "无此名单", WHEN)


def test_the_rows_are_a_file_that_a_spreadsheet_reads(ladybug_graph: Graph) -> None:
    load_scenario(ladybug_graph, FACTS, "list")
    with ladybug_graph.reading() as reader:
        found = reach_list(reader, LIST, WHEN)
    read = list(csv.DictReader(io.StringIO(as_csv(found.rows))))

    assert [row["who"] for row in read] == [row.who for row in found.rows] and read[0]["from"]
    assert as_csv([]).startswith("who,who_name,role,through")
