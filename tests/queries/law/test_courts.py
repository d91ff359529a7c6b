"""What only a court can extend, where the element must have been found; figures of ceilings, platforms and closed lists."""

from datetime import date

import pytest

from graph_model.stores.graph import Graph
from ingest.scenario import load_scenario
from queries.answers.law_frame import Clocked
from queries.answers.owning import related_party
from queries.law.platforms import too_many
from queries.law.statutes import law
from tests.queries.law.courts import FOUND, judged

DAY = date(2024, 6, 1)


@pytest.mark.parametrize(("rule", "kind", "condition"), FOUND, ids=[r for r, *_ in FOUND])
def test_an_element_counts_once_somebody_found_it_and_is_never_inferred(rule: str, kind: str, condition: str) -> None:
    assert judged(rule, kind, condition, "yes").truth.value == "yes"
    refused = judged(rule, kind, condition, "no")
    assert (refused.truth.value, refused.reasons) == ("no", ("condition_not_met",))
    open_ = judged(rule, kind, condition, None)
    assert (open_.truth.value, open_.reasons) in [("no", ("condition_unproved",)), ("undetermined", ("unknown_fact",))]


def test_a_province_keeps_one_platform_and_a_city_at_most_one() -> None:
    kept = [("甲平台", "浙江省"), ("乙平台", "浙江省杭州市"), ("丙平台", "浙江省杭州市"), ("乙平台", "浙江省杭州市")]

    found = too_many(kept, law(), DAY)

    assert [(one.place, one.platforms, one.allowed) for one in found] == [("浙江省杭州市", ("丙平台", "乙平台"), 1)]
    assert too_many(kept, law(), date(2024, 3, 27)) == [] and too_many(kept[:2], law(), DAY) == []


FACTS = {
    "enterprises": [{"id": n, "kind": "有限责任公司"} for n in ("母", "子一", "子二", "别家")],
    "shares": [{"holder": "母", "of": n, "percent": 80, "from": "2015-01-01"} for n in ("子一", "子二")],
}


def test_ceilings_count_related_parties_as_one_and_others_not(ladybug_graph: Graph) -> None:
    names = load_scenario(ladybug_graph, FACTS, "ceilings")
    with ladybug_graph.reading() as reader:
        one, two, other = (names.nodes[n] for n in ("子一", "子二", "别家"))
        related = related_party(reader, one, two, Clocked("2021-01-01"))
        apart = related_party(reader, one, other, Clocked("2021-01-01"))
        before = related_party(reader, one, two, Clocked("2020-05-07"))

    assert sorted(c.percent for c in related.ceilings) == ["1", "5"] and related.related_party.answer == "yes"
    assert (apart.related_party.answer, apart.ceilings, before.ceilings) == ("no", (), ())


def test_a_measure_stands_on_an_instrument_that_is_listed_here_and_on_nothing_else() -> None:
    found = law()
    closed = found.figure("measures_closed_list", DAY)
    assert closed is not None and closed.cited == "国办发〔2020〕49号" and found.figure("measures_closed_list", date(2020, 12, 6)) is None
    assert all(rule.instrument in found.instruments and (rule.article or rule.source or rule.mark != "quoted") for rule in found.measures)
