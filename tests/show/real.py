"""The real inputs of the graph issue: the two agency tables, the lists and registers, the holders."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from graph_model.identifiers import read_uscc
from graph_model.names.clean import name_key
from graph_model.stores import open_graph
from graph_model.stores.graph import Graph
from ingest.maps import load_map
from ingest.pack import load_pack
from ingest.run import Home, Options, Report, ingest
from queries.answers.path import path as find_paths
from tests.shared import SHARED
from tests.show.line import Line

LISTS = (
    ("lists/ecommerce_blacklist_2017.xlsx", "ecommerce-list-2017", 500),
    ("lists/transport_dishonest_2017.xls", "transport-list-2017", 270),
    ("lists/pollution_penalties_2017.xlsx", "pollution-2017", 86),
    ("lists/illegal_fundraising_2017_ocr.xlsx", "fundraising-2017", 144),
    ("lists/substandard_herbs_2017.xlsx", "herbs-2017", 39),
    ("registry/registered_companies_10k.xlsx", "registered-companies", 10_000),
    ("registry/investment_events_2k.xlsx", "investment-events", 2_000),
)
A_SHARE = (
    ("company_basic_info.csv", "a-share-basic", 3_873),
    ("keydirector_info.csv", "a-share-officers", 119_731),
    ("shareholder_info.csv", "a-share-shareholders", 33_296),
    ("supplier_info.csv", "a-share-suppliers", 38_657),
    ("customer_info.csv", "a-share-customers", 12_340),
    ("product_info.csv", "a-share-products", 39_732),
    ("industry_info.csv", "a-share-industries", 3_873),
)


def agencies() -> Iterator[Line]:
    """Two tables of the same 57 agencies: how many enterprises after matching, how many pairs with differing names."""
    with TemporaryDirectory() as folder:
        graph, home = open_graph(str(Path(folder) / "graph")), Home(Path(folder))
        graph.create()
        for _ in load_pack(graph, home):
            pass
        groups, pairs = _groups(graph)
        yield Line("agencies: enterprises after matching two tables of 57", str(groups), "57", groups == 57)
        with graph.reading() as reader:
            filed = {r["uscc"] for r in reader.rows("MATCH (r:Record) WHERE r.filed IS NOT NULL RETURN DISTINCT r.uscc AS uscc") if r["uscc"]}
        valid = sum(1 for u in filed if (found := read_uscc(u)) and found.valid)
        yield Line("agencies: valid USCC", str(valid), "45", valid == 45)
        yield Line("agencies: pairs whose names differ, shown with both names", str(len(pairs)), "15", len(pairs) == 15)
        for a, b in sorted(pairs):
            yield Line(f"  {a}", b, "both names", True)
        graph.close()


def _groups(graph: Graph) -> tuple[int, set[tuple[str, str]]]:
    """Enterprises of the two agency sources under SAME_AS, and the joined pairs whose names differ."""
    with graph.reading() as reader:
        nodes = reader.rows("MATCH (r:Record)-[:DESCRIBES]->(e:Enterprise) WHERE r.filed IS NOT NULL RETURN DISTINCT e.id AS id, e.caption AS name")
        joins = reader.rows("MATCH (a:Enterprise)-[s:SAME_AS]->(b:Enterprise) WHERE s.grade IN $grades RETURN a.id AS x, b.id AS y", {"grades": ["confirmed", "anchored", "probable"]})
    names = {n["id"]: n["name"] for n in nodes}
    root = {i: i for i in names}

    def find(i: str) -> str:
        while root[i] != i:
            i = root[i]
        return i

    differ = set()
    for join in joins:
        if join["x"] in root and join["y"] in root:
            root[find(join["x"])] = find(join["y"])
            if name_key(names[join["x"]]) != name_key(names[join["y"]]):  # the width of a bracket is no other name
                differ.add((names[join["x"]], names[join["y"]]))
    return len({find(i) for i in root}), differ


def shared_files() -> Iterator[Line]:
    """Every row of the real lists, registers and listed companies accounted for."""
    if SHARED is None:
        yield Line("real files", "skipped: the shared data sets are not here", "all rows accounted for", False)
        return
    data = SHARED / "data"
    with TemporaryDirectory() as folder:
        graph, home = open_graph(str(Path(folder) / "graph")), Home(Path(folder))
        graph.create()
        for name, map_name, rows in LISTS:
            yield _accounted(ingest([data / name], load_map(map_name), graph, home), Path(name).name, rows)
        for name, map_name, rows in A_SHARE:
            yield _accounted(ingest([data / "a_share_2020" / name], load_map(map_name), graph, home), name, rows)
        held = [data / "holders_2020" / n for n in ("company.csv", "holder.csv", "holder_company.csv")]
        yield _accounted(ingest(held, load_map("neo4j-admin"), graph, home, options=Options()), "holders_2020 (companies and holdings; 26,865 holders are joined into them)", 3_829 + 39_534)
        yield from _hub(graph)
        graph.close()


def _accounted(report: Report, name: str, rows: int) -> Line:
    counts = report.rows
    ok = counts["read"] == rows == counts["loaded"] + counts["unchanged"] + counts["quarantined"]
    held = f" {json.dumps(report.quarantined)}" if report.quarantined else ""
    return Line(f"{name}: rows read = loaded + unchanged + quarantined", f"{counts['read']} = {counts['loaded']} + {counts['unchanged']} + {counts['quarantined']}{held}", f"{rows}, all accounted for", ok)


def _hub(graph: Graph) -> Iterator[Line]:
    """A path between two companies with a common holder, the hub named as one."""
    with graph.reading() as reader:
        answer = find_paths(reader, "000001.SZ", "000002.SZ", at="2020-12-31", max_hops=2)
    hubs = [(h.caption, h.degree) for h in answer.coverage.hubs]
    yield Line("holders_2020: path between 000001.SZ and 000002.SZ", f"{len(answer.paths)} paths, hubs {hubs[:3]}", "a common holder, the hub named", bool(answer.paths and hubs))
