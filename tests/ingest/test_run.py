"""One run after another into both stores: what is new, the same, changed, gone, refused; and that reports add up."""

from pathlib import Path
from typing import Any

import pytest

from graph_model.errors import MapError, SourceIncomplete
from graph_model.stores.graph import Graph
from ingest.run import Home, Options, Report, ingest
from tests.ingest.conftest import LISTS, REGISTER, Ingest, as_map

HEAD = "名称,代码,资本,成立,法人"
FIRM = "示例甲有限公司,91360102XP000001X6,1000万元,2016-04-08,示例张三"
LIST_HEAD = "名称,代码,名单,列入,移出,文号,机关"
LISTED = "示例甲有限公司,91360102XP000001X6,失信被执行人,2021-03-15,,文1,示例法院"
OTHER = "示例乙有限公司,91360102XP00000286,失信被执行人,2021-04-01,,文2,示例法院"


def open_claims(graph: Graph, label: str = "Listing") -> list[dict[str, Any]]:
    with graph.reading() as reader:
        rows = reader.rows(f"MATCH (n:{label}) WHERE {{{{known(n)}}}} RETURN n ORDER BY n.id")
    return [row["n"] for row in rows]


def adds_up(report: Report) -> bool:
    rows = report.rows
    return rows["read"] == rows["loaded"] + rows["unchanged"] + rows["quarantined"]


def test_a_register_row_becomes_nodes_a_record_and_a_role(graph: Graph, put: Ingest) -> None:
    report = put([HEAD, FIRM], REGISTER)
    assert report.rows == {"read": 1, "loaded": 1, "unchanged": 0, "quarantined": 0}
    assert report.claims["new"] == {"LEGAL_REPRESENTATIVE_OF": 1, "Record": 1}
    with graph.reading() as reader:
        [row] = reader.rows("MATCH (p:Person)-[r:LEGAL_REPRESENTATIVE_OF]->(e:Enterprise) RETURN p, r, e")
    assert row["e"]["id"] == "cn-uscc-91360102XP000001X6"
    assert row["e"]["orgcode"] == "XP000001X"
    assert row["p"]["caption"] == "示例张三" and row["p"]["anchor"] == row["e"]["id"]
    assert row["r"]["post"] == "法定代表人" and row["r"]["row"] == 2
    [record] = open_claims(graph, "Record")
    assert record["capital"] == "10000000" and record["capital_text"] == "1000万元"


def test_the_same_file_twice_changes_nothing(put: Ingest) -> None:
    put([HEAD, FIRM], REGISTER)
    for recheck in (False, True):
        again = put([HEAD, FIRM], REGISTER, recheck=recheck)
        assert again.changes == 0 and adds_up(again)
        assert again.rows["unchanged"] == 1


def test_a_changed_value_closes_the_claim_and_opens_another(graph: Graph, put: Ingest) -> None:
    first = put([HEAD, FIRM], REGISTER)
    report = put([HEAD, FIRM.replace("1000万元", "2000万元")], REGISTER)
    assert report.claims["closed"] == {"Record": 1} and report.claims["new"] == {"Record": 1}
    [record] = open_claims(graph, "Record")
    assert record["capital"] == "20000000"
    with graph.reading() as reader:
        [then] = reader.rows("MATCH (n:Record) WHERE {{known(n)}} RETURN n.capital AS c", {"run": first.run})
    assert then["c"] == "10000000"


def test_what_comes_back_after_it_was_closed_is_a_claim_of_its_own(graph: Graph, put: Ingest) -> None:
    for capital in ("1000万元", "2000万元", "1000万元"):
        put([HEAD, FIRM.replace("1000万元", capital)], REGISTER)
    with graph.reading() as reader:
        ids = [r["id"] for r in reader.rows("MATCH (n:Record) RETURN n.id AS id ORDER BY n.known_from")]
    assert len(set(ids)) == 3 and ids[2] == f"{ids[0]}-2"


def test_a_listing_gone_from_a_complete_edition_is_unknown_since_not_removed(graph: Graph, put: Ingest) -> None:
    put([LIST_HEAD, LISTED, OTHER], LISTS, as_of="2024-01-01")
    report = put([LIST_HEAD, OTHER], LISTS, as_of="2024-06-01")
    assert report.claims["unknown_since"] == {"Listing": 1}
    assert report.claims["unchanged"] == {"Listing": 1}
    gone = [c for c in open_claims(graph) if c.get("unknown_since")]
    assert [(c["number"], c["unknown_since"], c.get("removed")) for c in gone] == [("文1", "2024-06-01", None)]
    with graph.reading() as reader:
        hung = reader.rows("MATCH (s)-[r:SUBJECT_OF]->(n:Listing) WHERE n.id = $id AND {{known(r)}} RETURN s.id AS s", {"id": gone[0]["id"]})
    assert [r["s"] for r in hung] == ["cn-uscc-91360102XP000001X6"]
    again = put([LIST_HEAD, OTHER], LISTS, as_of="2024-07-01")
    assert again.claims["unknown_since"] == {}, "it is said once"


def test_a_listing_shown_again_is_asserted_again(graph: Graph, put: Ingest) -> None:
    put([LIST_HEAD, LISTED, OTHER], LISTS, as_of="2024-01-01")
    put([LIST_HEAD, OTHER], LISTS, as_of="2024-06-01")
    report = put([LIST_HEAD, LISTED, OTHER], LISTS, as_of="2024-09-01")
    assert report.claims["closed"] == {"Listing": 1} and report.claims["new"] == {"Listing": 1}
    assert all(c.get("unknown_since") is None for c in open_claims(graph))


def test_an_incomplete_edition_closes_nothing(graph: Graph, put: Ingest) -> None:
    put([LIST_HEAD, LISTED, OTHER], LISTS)
    report = put([LIST_HEAD, OTHER], LISTS, partial=True)
    assert report.changes == 0
    assert len(open_claims(graph)) == 2


def test_a_removal_decision_ends_the_listing_the_day_before(graph: Graph, put: Ingest) -> None:
    put([LIST_HEAD, LISTED], LISTS)
    put([LIST_HEAD, LISTED.replace(",,文1", ",2022-06-15,文1")], LISTS)
    [claim] = open_claims(graph)
    assert (claim["removed"], claim["valid_to"]) == ("2022-06-15", "2022-06-14")


def test_a_file_below_its_minimum_loads_and_closes_nothing(graph: Graph, put: Ingest) -> None:
    put([LIST_HEAD, LISTED, OTHER], LISTS)
    with pytest.raises(SourceIncomplete, match="at least 2"):
        put([LIST_HEAD, OTHER], LISTS.replace("complete: true", "complete: true, minimum: 2"))
    assert len(open_claims(graph)) == 2


def test_rows_that_cannot_be_used_wait_in_quarantine_with_their_place_and_reason(put: Ingest, home: Home) -> None:
    bad_date = FIRM.replace("2016-04-08", "2016-02-30").replace("示例甲", "示例丙")
    report = put([HEAD, FIRM, bad_date, ",,,,"], REGISTER)
    assert adds_up(report)
    assert report.rows == {"read": 2, "loaded": 1, "unchanged": 0, "quarantined": 1}
    [held] = home.quarantine.rows()
    assert (held.row, held.column, held.value, held.code) == (3, "成立", "2016-02-30", "date")
    assert held.file == "rows.csv" and held.raw["名称"] == "示例丙有限公司"


def test_an_unknown_list_is_not_guessed_at(graph: Graph, put: Ingest, home: Home) -> None:
    report = put([LIST_HEAD, LISTED.replace("失信被执行人", "某某名单")], LISTS)
    assert report.quarantined == {"unknown_list": 1}
    assert open_claims(graph) == []
    assert "某某名单" in home.quarantine.rows()[0].message


def test_a_wrong_check_character_is_recorded_and_never_repaired(graph: Graph, put: Ingest) -> None:
    put([HEAD, FIRM.replace("X6,", "X7,")], REGISTER)
    [record] = open_claims(graph, "Record")
    assert "uscc" not in record and "91360102XP000001X7" in record["problems"]
    with graph.reading() as reader:
        [row] = reader.rows("MATCH (e:Enterprise) RETURN e")
    assert row["e"]["id"].startswith("cn-name-")


def test_a_dry_run_reports_and_leaves_nothing(graph: Graph, put: Ingest, home: Home) -> None:
    report = put([HEAD, FIRM], REGISTER, dry_run=True)
    assert report.claims["new"] == {"LEGAL_REPRESENTATIVE_OF": 1, "Record": 1} and report.run is None
    assert open_claims(graph, "Record") == [] and home.quarantine.rows() == []
    real = put([HEAD, FIRM], REGISTER)
    assert real.claims["new"] == report.claims["new"]


def test_a_file_without_a_needed_column_is_refused_before_anything_is_written(graph: Graph, home: Home, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("甲,乙\n1,2\n", "utf-8")
    with pytest.raises(MapError, match=r"other\.csv.*needs the column 名称; the file has 甲, 乙"):
        ingest([path], as_map(REGISTER), graph, home, options=Options())
    assert open_claims(graph, "Record") == []


def test_repeated_rows_of_one_file_are_one_claim(put: Ingest) -> None:
    report = put([HEAD, FIRM, FIRM], REGISTER)
    assert report.claims["new"] == {"LEGAL_REPRESENTATIVE_OF": 1, "Record": 1}
    assert report.claims["duplicates"] == {"LEGAL_REPRESENTATIVE_OF": 1, "Record": 1}
    assert adds_up(report)


def test_two_sources_that_differ_stand_side_by_side_and_the_caption_follows_the_rule(graph: Graph, put: Ingest) -> None:
    third = REGISTER.replace("test-register", "test-third").replace("rank: 1", "rank: 4")
    put([HEAD, FIRM.replace("示例甲有限公司", "示例旧名有限公司")], third)
    put([HEAD, FIRM], REGISTER)
    assert {r["name"] for r in open_claims(graph, "Record")} == {"示例甲有限公司", "示例旧名有限公司"}
    with graph.reading() as reader:
        [row] = reader.rows("MATCH (e:Enterprise) RETURN e.caption AS caption")
    assert row["caption"] == "示例甲有限公司"


def test_a_full_name_without_a_number_is_anchored_to_the_one_enterprise_that_bears_it(graph: Graph, put: Ingest) -> None:
    put([HEAD, FIRM], REGISTER)
    report = put([LIST_HEAD, LISTED.replace("91360102XP000001X6", "")], LISTS)
    assert report.same_as == {"anchored": 1}
    with graph.reading() as reader:
        [row] = reader.rows("MATCH (a:Enterprise)-[r:SAME_AS]-(b:Enterprise) WHERE a.uscc IS NOT NULL RETURN r.grade AS g, b.name_key AS k")
    assert row == {"g": "anchored", "k": "示例甲有限公司"}


def test_identity_numbers_are_masked_wherever_rows_are_kept(put: Ingest, home: Home) -> None:
    secret = "11010519491231002X"
    bad = FIRM.replace("2016-04-08", "no date").replace("示例张三", f"示例张三{secret}")
    put([HEAD, FIRM, bad], REGISTER)
    kept = home.quarantine.rows()[0]
    assert secret not in str(kept) and "110105" in str(kept)
    assert all(secret.encode() not in p.read_bytes() for p in home.folder.rglob("*") if p.is_file())


def test_a_name_that_passed_from_one_enterprise_to_another_joins_neither(graph: Graph, put: Ingest) -> None:
    put([HEAD, FIRM], REGISTER)
    put([LIST_HEAD, LISTED.replace("91360102XP000001X6", "")], LISTS)
    renamed, heir = FIRM.replace("示例甲", "示例新"), FIRM.replace("91360102XP000001X6", "91360102XP00000286")
    report = put([HEAD, renamed, heir], REGISTER)
    assert report.same_as == {"ambiguous": 2}
    with graph.reading() as reader:
        rows = reader.rows("MATCH (:Enterprise)-[r:SAME_AS]->(:Enterprise) WHERE {{known(r)}} RETURN r.grade AS grade")
    assert [row["grade"] for row in rows] == ["ambiguous", "ambiguous"]


def test_two_credit_codes_that_print_one_registration_number_stay_two(put: Ingest) -> None:
    numbered = REGISTER.replace("uscc: 代码?", "uscc: 代码?\n    regno: 注册号?")
    head, number = "名称,代码,注册号", "360102990000019"
    put([head, f"示例甲有限公司,91360102XP000001X6,{number}", f"示例乙有限公司,91360102XP00000286,{number}"], numbered)
    report = put([head, f"示例丙有限公司,,{number}"], numbered.replace("test-register", "other"))
    assert report.same_as == {"ambiguous": 2}
