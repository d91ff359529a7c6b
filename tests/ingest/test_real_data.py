"""The published files themselves: every row is loaded, unchanged or quarantined, and why rows are quarantined."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from graph_model.stores.graph import Graph
from ingest.maps import load_map
from ingest.run import Home, Report, ingest
from tests.shared import needs_shared, shared

pytestmark = [needs_shared, pytest.mark.shared]


@dataclass(frozen=True)
class Case:
    """Files of one layout, their rows, and the expected counts."""

    preset: str
    files: tuple[str, ...]
    read: int
    quarantined: Mapping[str, int]
    unchanged: int = 0  # rows that repeat another row of the file


_A_SHARE = "a_share_2020"
QUICK = (
    # 万人民币 without a number (6) and &nbsp; (1) in 注册资金.
    Case("registered-companies", ("registry/registered_companies_10k.xlsx",), 10_000, {"money": 7}),
    # no_fact: the only investor is 未披露机构 or 个人天使; pattern: Latin investors, of which a space separates the
    # names and the words; lookup: 债权融资, 停止运营 (2), 未融资; date: the year 0002.
    Case("investment-events", ("registry/investment_events_2k.xlsx",), 2_000, {"no_fact": 482, "pattern": 278, "lookup": 4, "date": 2}),
    Case("ecommerce-list-2017", ("lists/ecommerce_blacklist_2017.xlsx",), 500, {}),
    Case("transport-list-2017", ("lists/transport_dishonest_2017.xls",), 270, {}),
    Case("pollution-2017", ("lists/pollution_penalties_2017.xlsx",), 86, {}),
    # One batch of one maker stands twice, with the sample from two hospitals.
    Case("herbs-2017", ("lists/substandard_herbs_2017.xlsx",), 39, {}, unchanged=1),
    Case("fundraising-2017", ("lists/illegal_fundraising_2017_ocr.xlsx",), 144, {}),
    Case("a-share-basic", (f"{_A_SHARE}/company_basic_info.csv",), 3_873, {}),
    Case("a-share-industries", (f"{_A_SHARE}/industry_info.csv",), 3_873, {}),
    # Address (11) and Passport (1) have no place; 27 sanctions of lists the model does not declare, 14 name no list;
    # 3 posts that it does not know.
    Case("ftm", ("formats/ftm/zala.entities.ftm.json",), 91, {"no_place": 12, "unknown_list": 27, "missing": 14, "unknown_role": 3}),
    # Payment (290) and Address (89) have no place.
    Case("ftm", ("formats/ftm/parteispenden.entities.ftm.json",), 475, {"no_place": 379}),
)
SLOW = (
    Case("a-share-shareholders", (f"{_A_SHARE}/shareholder_info.csv",), 33_296, {}),
    Case("a-share-products", (f"{_A_SHARE}/product_info.csv",), 39_732, {}, unchanged=41),
    # 992 independent directors stand twice under one code.
    Case("a-share-officers", (f"{_A_SHARE}/keydirector_info.csv",), 119_731, {}, unchanged=992),
    # pattern: anonymous suppliers (第一名, 供应商A …), which under one name would become one; and public bodies are read as such.
    Case("a-share-suppliers", (f"{_A_SHARE}/supplier_info.csv",), 38_657, {"pattern": 27_438}),
    # pattern: anonymous customers; ends: customers named like persons.
    Case("a-share-customers", (f"{_A_SHARE}/customer_info.csv",), 12_340, {"pattern": 945, "ends": 401}),
    # no_fact: the holder 208 has no name (its full names begin with 一).
    Case(
        "neo4j-admin", tuple(f"holders_2020/{n}.csv" for n in ("company", "holder", "holder_company")), 43_363, {"no_fact": 8}, unchanged=5
    ),
)  # fmt: skip


def load(case: Case, graph: Graph, home: Home, request: pytest.FixtureRequest) -> Report:
    """Loads a case and says how long it took."""
    started = time.perf_counter()
    report = ingest([shared("data", *name.split("/")) for name in case.files], load_map(case.preset), graph, home)
    request.config.get_terminal_writer().line(f" {case.preset}: {case.read} rows in {time.perf_counter() - started:.1f} s")
    return report


@pytest.mark.parametrize("case", [*QUICK, *(pytest.param(c, marks=pytest.mark.slow) for c in SLOW)], ids=lambda c: c.preset)
def test_all_rows_are_accounted_for(case: Case, ladybug_graph: Graph, home: Home, request: pytest.FixtureRequest) -> None:
    report = load(case, ladybug_graph, home, request)
    held = sum(case.quarantined.values())
    assert report.quarantined == case.quarantined
    assert report.rows == {"read": case.read, "loaded": case.read - held - case.unchanged, "unchanged": case.unchanged, "quarantined": held}


def test_fundraising_names_get_proposals_and_damaged_numbers_stay(ladybug_graph: Graph, home: Home, request: pytest.FixtureRequest) -> None:
    [case] = [c for c in QUICK if c.preset == "fundraising-2017"]
    load(case, ladybug_graph, home, request)
    with ladybug_graph.reading() as reader:
        records = [r["r"] for r in reader.rows("MATCH (r:Record)-[:DESCRIBES]->(e:Enterprise) RETURN r")]
    assert len(records) == 144
    assert sum(1 for r in records if r.get("uscc")) == 14  # of 81 printed
    assert sum(1 for r in records if r.get("proposals")) > 100


@pytest.mark.slow
def test_the_hub_of_the_holders_keeps_its_holdings(ladybug_graph: Graph, home: Home, request: pytest.FixtureRequest) -> None:
    load(SLOW[-1], ladybug_graph, home, request)
    query = "MATCH (h:Enterprise)-[r:SHAREHOLDER_OF]->(e:Enterprise) RETURN h.caption AS name, count(*) AS n ORDER BY n DESC LIMIT 1"
    with ladybug_graph.reading() as reader:
        [hub] = reader.rows(query)
    assert hub["n"] >= 913
