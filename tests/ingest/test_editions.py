"""Editions of one source: late ones, partial ones, ones with bad rows; what each may and may not take back."""

import pytest

from graph_model.stores.graph import Graph
from ingest.run import Home
from queries.answers.linked import linked
from tests.ingest.conftest import LISTS, REGISTER, Ingest
from tests.ingest.test_run import FIRM, HEAD, LIST_HEAD, LISTED, OTHER, open_claims

REMOVED = LISTED.replace(",,文1", ",2022-06-15,文1")
ABNORMAL = OTHER.replace("失信被执行人", "经营异常名录")


def bosses(graph: Graph) -> dict[str, str | None]:
    with graph.reading() as reader:
        rows = reader.rows("MATCH (p:Person)-[r:LEGAL_REPRESENTATIVE_OF]->(e:Enterprise) WHERE {{known(r)}} RETURN p.caption AS name, r.unknown_since AS gone")
    return {r["name"]: r["gone"] for r in rows}


def listed(graph: Graph, who: str, at: str) -> str:
    with graph.reading() as reader:
        return linked(reader, who, at=at, seconds=60.0).verdicts.listed.answer


def test_an_old_edition_loaded_late_takes_nothing_back(graph: Graph, put: Ingest) -> None:
    put([LIST_HEAD, REMOVED], LISTS, as_of="2023-01-01")
    late = put([LIST_HEAD, LISTED, OTHER], LISTS, as_of="2022-01-01")
    assert late.claims["closed"] == {} and late.claims["unknown_since"] == {}
    claims = {c["number"]: c for c in open_claims(graph)}
    assert claims["文1"]["removed"] == "2022-06-15", "the newer edition's removal stands"
    assert claims["文2"]["unknown_since"] == "2023-01-01", "the newer, complete edition does not show it"
    assert listed(graph, "91360102XP000001X6", "2022-07-01") == "no"


def test_a_successor_makes_the_former_representative_unknown(graph: Graph, put: Ingest) -> None:
    put([HEAD, FIRM], REGISTER, as_of="2020-01-01")
    report = put([HEAD, FIRM.replace("示例张三", "示例李四")], REGISTER, as_of="2022-01-01")
    assert report.claims["unknown_since"] == {"LEGAL_REPRESENTATIVE_OF": 1}
    assert bosses(graph) == {"示例张三": "2022-01-01", "示例李四": None}
    again = put([HEAD, FIRM.replace("示例张三", "示例李四")], REGISTER, as_of="2022-01-01", recheck=True)
    assert again.changes == 0


def test_two_rows_of_one_fact_are_both_kept_whatever_their_order(graph: Graph, put: Ingest) -> None:
    other = LISTED.replace("示例法院", "示例二院")
    put([LIST_HEAD, LISTED, other], LISTS)
    swapped = put([LIST_HEAD, other, LISTED], LISTS)
    assert swapped.changes == 0
    one = put([LIST_HEAD, other], LISTS, partial=True)
    assert one.changes == 0
    assert sorted(c["authority"] for c in open_claims(graph)) == ["示例二院", "示例法院"]


def test_a_row_held_back_has_not_vanished(graph: Graph, put: Ingest) -> None:
    put([LIST_HEAD, LISTED, OTHER], LISTS, as_of="2024-01-01")
    report = put([LIST_HEAD, LISTED.replace("2021-03-15", "2021-03-99"), OTHER], LISTS, as_of="2024-06-01")
    assert report.rows["quarantined"] == 1 and report.claims["unknown_since"] == {}
    assert all("unknown_since" not in c for c in open_claims(graph))


def test_a_complete_edition_speaks_only_of_its_own_lists_and_kinds(graph: Graph, put: Ingest) -> None:
    put([LIST_HEAD, LISTED, ABNORMAL], LISTS, as_of="2024-01-01")
    report = put([LIST_HEAD, OTHER], LISTS, as_of="2024-06-01")
    assert report.claims["unknown_since"] == {"Listing": 1}
    gone = {c["list"] for c in open_claims(graph) if c.get("unknown_since")}
    assert gone == {"失信被执行人"}, "the edition has no row of the other list"
    register = REGISTER.replace("test-register", "test-list").replace("rank: 1}", "rank: 1}\nedition: {complete: true}")
    assert put([HEAD, FIRM], register, as_of="2024-07-01").claims["unknown_since"] == {}


def test_a_removal_before_the_listing_is_no_fact(put: Ingest, home: Home) -> None:
    report = put([LIST_HEAD, LISTED.replace(",,文1", ",2020-01-01,文1")], LISTS)
    assert report.quarantined == {"dates": 1}
    assert home.quarantine.rows()[0].column == "移出"


def test_a_name_two_enterprises_bear_leaves_both_undetermined(graph: Graph, put: Ingest) -> None:
    put([HEAD, FIRM, FIRM.replace("91360102XP000001X6", "91360102XP00000286")], REGISTER)
    report = put([LIST_HEAD, LISTED.replace("91360102XP000001X6", "")], LISTS)
    assert report.same_as == {"ambiguous": 2}
    assert {listed(graph, f"91360102XP{n}", "2022-01-01") for n in ("000001X6", "00000286")} == {"undetermined"}


@pytest.mark.parametrize("late", [False, True])
def test_persons_are_joined_in_whichever_order_the_files_come(graph: Graph, put: Ingest, late: bool) -> None:
    weak = REGISTER.replace("test-register", "test-third").replace("uscc: 代码?", "orgcode: 机构?")
    head, row = "名称,机构,资本,成立,法人", "示例甲有限公司,,,,示例张三"
    loads = [([HEAD, FIRM.replace("示例张三", "" if late else "示例张三")], REGISTER), ([head, row], weak)]
    for rows, map_text in loads:
        put(rows, map_text)
    if late:
        put([HEAD, FIRM], REGISTER)
    with graph.reading() as reader:
        joined = reader.rows("MATCH (a:Person)-[s:SAME_AS]->(b:Person) RETURN s.grade AS grade")
    assert [r["grade"] for r in joined] == ["anchored"]


def test_rows_of_a_run_killed_after_it_was_published_are_found_again(put: Ingest, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.quarantine.Quarantine.publish", lambda *_: None)
    put([LIST_HEAD, LISTED, OTHER.replace("2021-04-01", "kein Datum")], LISTS)
    monkeypatch.undo()
    assert home.quarantine.rows() == []
    put([LIST_HEAD, LISTED, OTHER.replace("2021-04-01", "kein Datum")], LISTS)
    assert [r.value for r in home.quarantine.rows()] == ["kein Datum"]
