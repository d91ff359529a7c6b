"""Whom a text means: ids, numbers, names; and the pure judgement."""

import pytest

from graph_model.errors import UnknownEntity
from graph_model.stores.graph import Graph
from queries.answers.answer import Subject
from queries.answers.linked import linked
from queries.match import Hit, judge
from tests.factory import COURT, Facts

USCC = "91330100MA2H31531M"
OTHER = "9133010079099635XE"


def who(graph: Graph, text: str, anchor: str | None = None) -> Subject:
    with graph.reading() as reader:
        return linked(reader, text, anchor=anchor, at="2021-06-01", max_hops=1).subject


def seen(subject: Subject) -> tuple[str | None, str]:
    return subject.id, subject.identity


# --- the judgement ---------------------------------------------------------------------------------------


def test_nothing_is_nobody() -> None:
    assert judge([], {}).id is None


def test_the_strongest_hits_decide_and_the_others_stay_candidates() -> None:
    hits = [Hit("e-1", "Enterprise", "anchored", "a"), Hit("e-2", "Enterprise", "probable", "b")]

    match = judge(hits, {"e-1": "e-1", "e-2": "e-2"})

    assert (match.id, match.grade, [h.id for h in match.hits]) == ("e-1", "anchored", ["e-2"])


def test_hits_of_one_group_are_one_subject_and_of_two_are_none() -> None:
    hits = [Hit("e-1", "Enterprise", "anchored", "a"), Hit("e-2", "Enterprise", "anchored", "a")]

    assert judge(hits, {"e-1": "e-1", "e-2": "e-1"}).id == "e-1"
    assert (
        judge(hits, {"e-1": "e-1", "e-2": "e-2"}).id,
        judge(hits, {"e-1": "e-1", "e-2": "e-2"}).grade,
    ) == (None, "ambiguous")


@pytest.mark.parametrize(("count", "grade"), [(1, "name_only"), (2, "ambiguous")])
def test_a_name_alone_singles_out_nobody(count: int, grade: str) -> None:
    hits = [Hit(f"p-{i}", "Person", "name_only", "a") for i in range(count)]

    match = judge(hits, {h.id: h.id for h in hits})

    assert (match.id, match.grade, len(match.hits)) == (None, grade, count)


# --- against a graph -------------------------------------------------------------------------------------


def test_ids_and_numbers_are_confirmed(graph: Graph) -> None:
    facts = Facts()
    firm = facts.enterprise("示例甲有限公司", USCC)
    facts.publish(graph)

    for text in (firm, USCC, " 91330100 ma2h31531m ", USCC[8:17], "９１３３０１００ＭＡ２Ｈ３１５３１Ｍ"):
        assert seen(who(graph, text)) == (firm, "confirmed"), text


def test_a_stock_code_with_its_exchange_is_a_number(graph: Graph) -> None:
    facts = Facts()
    firm = facts.enterprise("示例甲股份有限公司", ticker="600001.SH")
    facts.publish(graph)

    assert seen(who(graph, "600001.SH")) == seen(who(graph, " 600001.sh")) == (firm, "confirmed")
    with pytest.raises(UnknownEntity, match="stock code 600002.SH"):
        who(graph, "600002.SH")


def test_a_number_only_a_record_prints_finds_its_subject(graph: Graph) -> None:
    facts = Facts()
    firm = facts.enterprise("示例甲有限公司")
    facts.record(firm, "示例甲有限公司", uscc=USCC, source=COURT)
    other = facts.enterprise("示例乙有限公司")
    facts.record(other, "示例乙有限公司", uscc="91330100MA2H31531X", source=COURT)
    facts.publish(graph)

    assert seen(who(graph, USCC)) == (firm, "confirmed")
    assert seen(who(graph, "91330100MA2H31531X")) == (other, "probable")


def test_full_names_are_anchored_and_their_spelling_does_not_matter(graph: Graph) -> None:
    facts = Facts()
    firm = facts.enterprise("示例（杭州）有限公司", USCC)
    facts.publish(graph)

    for text in ("示例（杭州）有限公司", "示例(杭州)有限公司", "示例（杭州） 有限公司"):
        assert seen(who(graph, text)) == (firm, "anchored"), text


def test_one_name_of_two_enterprises_is_ambiguous_until_they_are_judged_one(graph: Graph) -> None:
    facts = Facts()
    numbered = facts.enterprise("示例甲有限公司", USCC)
    named = facts.enterprise("示例甲有限公司")
    facts.publish(graph)
    both = who(graph, "示例甲有限公司")
    assert (seen(both), {c.id for c in both.candidates}) == ((None, "ambiguous"), {numbered, named})

    more = Facts()
    more.same_as(named, numbered, "anchored")
    more.publish(graph)
    one = who(graph, "示例甲有限公司")
    assert (seen(one), [f.id for f in one.same_as]) == ((numbered, "anchored"), [named])


def test_former_names_are_probable_and_short_names_single_out_nobody(graph: Graph) -> None:
    facts = Facts()
    firm = facts.enterprise(
        "示例甲有限公司", USCC, former_names="示例旧有限公司、示例更旧有限公司", short_name="示例甲"
    )
    facts.publish(graph)

    assert seen(who(graph, "示例更旧有限公司")) == (firm, "probable")
    short = who(graph, "示例甲")
    assert (seen(short), [c.id for c in short.candidates]) == ((None, "name_only"), [firm])


def test_the_name_of_a_closed_record_is_probable(graph: Graph) -> None:
    first = Facts()
    firm = first.enterprise("示例旧有限公司", USCC, record=False)
    old = first.record(firm, "示例旧有限公司")
    first.publish(graph)
    second = Facts()
    second.close(first, old)
    second.record(firm, "示例新有限公司", as_of="2021-01-01")
    second.publish(graph)

    assert seen(who(graph, "示例新有限公司")) == (firm, "anchored")
    assert seen(who(graph, "示例旧有限公司")) == (firm, "probable")
    assert who(graph, USCC).caption == "示例新有限公司"


def test_nothing_of_this_name_is_said_so(graph: Graph) -> None:
    subject = who(graph, "示例无此公司")

    assert (seen(subject), subject.reason, subject.namesakes) == (
        (None, "name_only"),
        "no subject of this name is known",
        0,
    )


def test_an_anchor_may_be_any_node_of_the_enterprise(graph: Graph) -> None:
    facts = Facts()
    numbered, named = facts.enterprise("示例甲有限公司", USCC), facts.enterprise("示例甲有限公司")
    facts.same_as(numbered, named)
    person = facts.person("示例张三", named)
    facts.role(person, "DIRECTOR_OF", named, start="2018-01-01", end="2019-01-01")
    facts.publish(graph)

    for anchor in (USCC, "示例甲有限公司", named):
        assert seen(who(graph, "示例张三", anchor)) == (person, "anchored"), anchor


def test_a_person_whom_the_anchor_does_not_name_is_nobody(graph: Graph) -> None:
    facts = Facts()
    firm, other = facts.enterprise("示例甲有限公司", USCC), facts.enterprise("示例乙有限公司")
    facts.role(facts.person("示例张三", other), "DIRECTOR_OF", other, start="2018-01-01")
    facts.publish(graph)

    subject = who(graph, "示例张三", firm)

    assert seen(subject) == (None, "name_only")
    assert "no record of 示例甲有限公司 names a 示例张三" in (subject.reason or "")


def test_an_enterprise_and_a_person_of_one_name_are_ambiguous(graph: Graph) -> None:
    facts = Facts()
    facts.enterprise("示例张三")
    firm = facts.enterprise("示例甲有限公司")
    facts.role(facts.person("示例张三", firm), "DIRECTOR_OF", firm, start="2018-01-01")
    facts.publish(graph)

    assert (seen(who(graph, "示例张三")), who(graph, "示例张三").namesakes) == ((None, "ambiguous"), 2)
