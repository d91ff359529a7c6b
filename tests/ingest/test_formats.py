"""Layouts of more than one table: neo4j-admin CSV and FollowTheMoney."""

import json
from pathlib import Path

import pytest

from graph_model.errors import InputError, MapError
from graph_model.stores.graph import Graph
from ingest.maps import load_map, parse_map
from ingest.run import Home, ingest
from tests.ingest.stating import told

COMPANIES = "companyId:ID(Company),name:string,area:string,industry:string,fullname:string,listDate:date,:LABEL"
HOLDERS = "name,holderId:ID(Holder),:LABEL"
HOLDINGS = ":END_ID(Company),annDate:date,holderFullname:string,holdRatio:double,:START_ID(Holder),:TYPE"
FIRM = "示例甲建设股份有限公司"


@pytest.fixture
def holders(tmp_path: Path) -> list[Path]:
    """A small set of node and relationship files; one holding names a holder that is not there."""
    texts = {
        "company": [COMPANIES, f"000000.SZ,示例甲,深圳,建设,{FIRM},1991-04-03,Company", "000001.SZ,示例乙,深圳,银行,示例乙银行股份有限公司,1991-04-03,Company"],
        "holder": [HOLDERS, "示例丙控股,0,Holder", "王示例,1,Holder", "示例丙控股再来,0,Holder"],
        "holding": [HOLDINGS, "000000.SZ,2020-04-21,示例丙控股有限公司-自有资金,49.56,0,hold_stock", "000000.SZ,2020-04-21,王示例,8.6,1,hold_stock",
                    "000001.SZ,2020-04-30,示例丙控股有限公司,2,0,hold_stock", "000001.SZ,2020-04-30,示例丁,1,7,hold_stock"],
    }  # fmt: skip
    for name, lines in texts.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return [tmp_path / f"{name}.csv" for name in texts]


def test_neo4j_admin_files_come_with_the_columns_of_their_ends(holders: list[Path]) -> None:
    out = told(holders, load_map("neo4j-admin"))
    share = {"percent": "49.56", "percent_text": "49.56", "name_used": "示例丙控股有限公司-自有资金", "valid_from": "2020-04-21"}
    assert ("示例丙控股", "SHAREHOLDER_OF", FIRM, share) in out.links
    assert sorted(out.roles) == sorted([
        ("示例丙控股", "SHAREHOLDER_OF", FIRM), ("王示例", "SHAREHOLDER_OF", FIRM), ("示例丙控股", "SHAREHOLDER_OF", "示例乙银行股份有限公司"),
    ])  # fmt: skip
    assert len(out.ids["示例丙控股"]) == 1 and out.labels["王示例"] == "Person"
    assert out.records[0] == (FIRM, {"name": FIRM, "short_name": "示例甲", "ticker": "000000.SZ", "place": "深圳", "industry": "建设"})
    assert out.bad == [(5, "dangling_end")]


def test_neo4j_admin_rows_add_up_whatever_the_order_of_the_files(holders: list[Path], ladybug_graph: Graph, tmp_path: Path) -> None:
    report = ingest(holders[::-1], load_map("neo4j-admin"), ladybug_graph, Home(tmp_path / "home"))
    assert report.rows == {"read": 6, "loaded": 5, "unchanged": 0, "quarantined": 1}
    assert report.quarantined == {"dangling_end": 1}


def test_a_relationship_file_needs_its_node_files(holders: list[Path]) -> None:
    with pytest.raises(InputError, match="id space 'Holder'"):
        told([holders[0], holders[2]], load_map("neo4j-admin"))


def test_a_plain_table_is_no_neo4j_admin_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("企业名称,股东\n示例甲,示例乙\n", "utf-8")
    with pytest.raises(InputError, match="neither a node file"):
        told([tmp_path / "a.csv"], load_map("neo4j-admin"))


def test_types_in_one_file_are_shapes_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text(f":ID,name:string,:LABEL\n1,{FIRM},Firm\n2,示例王五,Firm\n", "utf-8")
    (tmp_path / "r.csv").write_text(":START_ID,:END_ID,:TYPE\n2,1,LEADS\n2,1,OWNS\n2,1,\n2,1,OWNS\n", "utf-8")
    end = "{label: Enterprise, name: end.name}, p: {label: Person, name: start.name, within: e}"
    text = f"""
name: own
format: neo4j-admin
source: {{id: own, name: 示例}}
parts:
  - {{shape: LEADS, subjects: {{e: {end}}}, links: [{{type: LEGAL_REPRESENTATIVE_OF, from: p, to: e}}]}}
  - {{shape: OWNS, subjects: {{e: {end}}}, links: [{{type: SHAREHOLDER_OF, from: p, to: e}}]}}
"""
    out = told([tmp_path / "n.csv", tmp_path / "r.csv"], parse_map(text, "own"))
    assert out.roles == [("示例王五", "LEGAL_REPRESENTATIVE_OF", FIRM)] + [("示例王五", "SHAREHOLDER_OF", FIRM)] * 2
    assert out.bad == [(4, "missing")]


def test_an_unknown_format_is_refused(holders: list[Path]) -> None:
    map_ = parse_map("name: a\nformat: gexf\nsource: {id: a, name: a}\nsubjects: {e: {name: 名称}}", "own")
    with pytest.raises(MapError, match="known: ftm, neo4j-admin"):
        told(holders, map_)


def entity(schema: str, id_: str, **properties: list[str] | str) -> str:
    return json.dumps({"id": id_, "schema": schema, "properties": {k: v if isinstance(v, list) else [v] for k, v in properties.items()}}, ensure_ascii=False)


ENTITIES = [
    entity("Company", "c1", name=[FIRM, "示例甲"], registrationNumber="91360102XP000001X6", incorporationDate="2016-04-08", jurisdiction="cn"),
    entity("Company", "c2", name="Example Holdings Ltd", incorporationDate=["2002-12-31", "2003-01-01"]),
    entity("Person", "p1", name="示例王五", nationality="cn"),
    entity("Person", "p2", name="示例周九"),
    entity("Ownership", "o1", owner=["p1", "c2"], asset="c1", percentage="35%", startDate="2018-01-25"),
    entity("Directorship", "d1", director="p1", organization="c1", role="director", startDate="2019"),
    entity("Directorship", "d2", director="p1", organization="c1", role="Grand Vizier"),
    entity("Family", "f1", person="p1", relative="p2", relationship="配偶"),
    entity("Sanction", "s1", entity="c1", program="失信被执行人", startDate="2021-03-15", authority="示例法院"),
    entity("Sanction", "s2", entity="c1", program="Unheard-of List"),
    entity("Ownership", "o2", owner="nobody", asset="c1"),
    entity("Ownership", "o3", asset="c1"),
    entity("Address", "a1", full="示例路1号"),
    "{not json",
]


@pytest.fixture
def entities(tmp_path: Path) -> Path:
    (tmp_path / "example.ftm.json").write_text("\n".join(ENTITIES) + "\n", "utf-8")
    return tmp_path / "example.ftm.json"


def test_ftm_entities_become_nodes_links_and_listings(entities: Path) -> None:
    out = told([entities], load_map("ftm"))
    share = {"percent": "35", "percent_text": "35%", "valid_from": "2018-01-25"}
    assert sorted(out.links, key=str) == sorted([
        ("示例王五", "SHAREHOLDER_OF", FIRM, share), ("Example Holdings Ltd", "SHAREHOLDER_OF", FIRM, share),
        ("示例王五", "DIRECTOR_OF", FIRM, {"post": "董事", "valid_from": "2019"}), ("示例王五", "FAMILY_OF", "示例周九", {"relation": "配偶"}),
    ], key=str)  # fmt: skip
    assert [(about, v["list"], v["valid_from"]) for _, about, v in out.events] == [(FIRM, "失信被执行人", "2021-03-15")]
    records = dict(out.records)
    assert records[FIRM] == {"name": FIRM, "uscc": "91360102XP000001X6", "former_names": "示例甲", "founded": "2016-04-08", "place": "cn"}
    assert "founded" not in records["Example Holdings Ltd"]  # two dates that contradict each other
    assert all(len(ids) == 1 for ids in out.ids.values())


def test_ftm_leaves_nothing_out_in_silence(entities: Path, ladybug_graph: Graph, tmp_path: Path) -> None:
    report = ingest([entities], load_map("ftm"), ladybug_graph, Home(tmp_path / "home"))
    assert report.quarantined == {"unknown_role": 1, "unknown_list": 1, "dangling_end": 1, "missing": 1, "no_place": 1, "not_an_entity": 1}
    assert report.rows["read"] == report.rows["loaded"] + report.rows["unchanged"] + report.rows["quarantined"]
    assert report.rows["loaded"] == 8


def test_a_file_without_entities_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"name": "示例"}\n', "utf-8")
    with pytest.raises(InputError, match="no entity has a shape"):
        told([tmp_path / "a.json"], load_map("ftm"))
