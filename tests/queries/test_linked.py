"""`linked` on small worlds that each show one rule of meaning."""

import json
from collections.abc import Mapping
from typing import Any

import jsonschema
import pytest

from graph_model.errors import UnknownEntity, UsageError
from graph_model.stores.graph import Graph
from queries.answers.answer import Finding, as_data, canonical
from queries.answers.law_answer import LinkedAnswer
from queries.answers.linked import linked
from queries.answers.schema import answer_schema
from tests.factory import COURT, REGISTER, THIRD, Facts

AT = "2021-06-01"
LEGAL = "LEGAL_REPRESENTATIVE_OF"
DISHONEST = "失信被执行人"


def ask(graph: Graph, who: str, **options: Any) -> LinkedAnswer:
    """The answer, checked against the published schema."""
    options = {"at": AT, "seconds": 60.0, **options}
    with graph.reading() as reader:
        answer = linked(reader, who, **options)
    schema = answer_schema()
    data = json.loads(json.dumps(as_data(answer)))
    jsonschema.validate(data, {"$ref": "#/$defs/LinkedAnswer", "$defs": schema["$defs"]})
    shown = {
        c
        for v in (answer.verdicts.listed, answer.verdicts.associated)
        for f in v.findings
        for c in f.evidence
    }
    assert shown <= set(answer.evidence)
    return answer


def answers(answer: LinkedAnswer) -> Mapping[str, str]:
    verdicts = answer.verdicts
    return {"listed": verdicts.listed.answer, "associated": verdicts.associated.answer,
            "reached": verdicts.reached.answer, "liable": verdicts.liable_if_ruled.answer}  # fmt: skip


def only(answer: LinkedAnswer) -> Finding:
    (finding,) = answer.verdicts.associated.findings
    return finding


def test_a_legal_representative_of_a_listed_company_is_associated_and_never_listed(graph: Graph) -> None:
    """Golden case T1."""
    facts = Facts()
    firm = facts.enterprise("示例甲有限公司")
    person = facts.person("示例张三", firm)
    claim = facts.role(person, LEGAL, firm, start="2018-01-10")
    listing = facts.listing(firm, DISHONEST, start="2021-03-15", number="（2021）示001号")
    facts.publish(graph)

    answer = ask(graph, person)

    assert answers(answer) == {"listed": "no", "associated": "yes", "reached": "no", "liable": "no"}
    assert answer.verdicts.reached.reason == "not_triggered"
    finding = only(answer)
    assert (finding.list, finding.state, finding.hops, finding.listing) == (
        DISHONEST,
        "displayed",
        1,
        listing,
    )
    assert finding.path is not None and finding.path.identity == "confirmed"
    (step,) = finding.path.steps
    assert (step.from_, step.to, step.along, step.term, step.claims) == (
        person,
        firm,
        "out",
        "法定代表人",
        (claim,),
    )
    assert answer.evidence[claim].statement == "示例张三任示例甲有限公司法定代表人（自2018-01-10起）。"
    assert answer.evidence[listing].source == COURT
    assert answers(ask(graph, firm)) == {"listed": "yes", "associated": "no", "reached": "no", "liable": "no"}


def test_the_same_name_at_another_company_is_never_positive(graph: Graph) -> None:
    """Golden case T10."""
    facts = Facts()
    listed, other = facts.enterprise("示例甲有限公司"), facts.enterprise("示例乙有限公司")
    bad, good = facts.person("示例张三", listed), facts.person("示例张三", other)
    facts.role(bad, LEGAL, listed, start="2018-01-10")
    facts.role(good, LEGAL, other, start="2018-01-10")
    facts.listing(listed, DISHONEST, start="2021-03-15")
    facts.publish(graph)

    bare = ask(graph, "示例张三")
    assert (bare.subject.id, bare.subject.identity, bare.subject.namesakes) == (None, "ambiguous", 2)
    assert {(c.id, c.identity, c.anchor.caption if c.anchor else "") for c in bare.subject.candidates} == {
        (bad, "name_only", "示例甲有限公司"), (good, "name_only", "示例乙有限公司")}  # fmt: skip
    assert set(answers(bare).values()) == {"undetermined"}

    anchored = ask(graph, "示例张三", anchor="示例乙有限公司")
    assert (anchored.subject.id, anchored.subject.identity, anchored.subject.namesakes) == (
        good,
        "anchored",
        2,
    )
    assert [(c.id, c.identity) for c in anchored.subject.candidates] == [(bad, "name_only")]
    assert (answers(anchored)["listed"], answers(anchored)["associated"]) == ("no", "no")
    assert answers(ask(graph, "示例张三", anchor="示例甲有限公司"))["associated"] == "yes"


def test_one_record_of_a_bare_name_is_name_only(graph: Graph) -> None:
    facts = Facts()
    firm = facts.enterprise("示例甲有限公司")
    facts.role(facts.person("示例李四", firm), LEGAL, firm, start="2018-01-10")
    facts.listing(firm, DISHONEST, start="2021-03-15")
    facts.publish(graph)

    answer = ask(graph, "示例李四")

    assert (answer.subject.id, answer.subject.identity, answer.subject.namesakes) == (None, "name_only", 1)
    assert set(answers(answer).values()) == {"undetermined"}


def test_each_step_holds_at_the_day(graph: Graph) -> None:
    facts = Facts()
    firm = facts.enterprise("示例甲有限公司")
    person = facts.person("示例张三", firm)
    facts.role(person, LEGAL, firm, start="2018-01-10", end="2020-12-31")
    facts.listing(firm, DISHONEST, start="2019-03-15")
    facts.publish(graph)

    asked = {
        day: answers(ask(graph, person, at=day))["associated"]
        for day in ("2018-06-01", "2020-12-31", "2021-01-01")
    }

    assert asked == {"2018-06-01": "no", "2020-12-31": "yes", "2021-01-01": "no"}


def test_a_path_crosses_same_as_at_no_hop_and_says_its_grade(graph: Graph) -> None:
    facts = Facts()
    a, b = facts.enterprise("示例甲有限公司"), facts.enterprise("示例乙有限公司")
    here, there = facts.person("示例张三", a), facts.person("示例张三", b)
    facts.role(here, "SUPERVISOR_OF", a, start="2018-01-10")
    facts.role(there, LEGAL, b, start="2018-01-10")
    same = facts.same_as(here, there, "anchored")
    facts.listing(b, DISHONEST, start="2021-03-15")
    facts.publish(graph)

    finding = only(ask(graph, a))
    assert (finding.hops, finding.holds) == (2, "yes")
    assert finding.path is not None and finding.path.identity == "anchored"
    assert [(s.relation, s.grade) for s in finding.path.steps] == [
        ("SUPERVISOR_OF", None),
        ("SAME_AS", "anchored"),
        (LEGAL, None),
    ]
    assert same in finding.evidence
    assert [f.id for f in ask(graph, here).subject.same_as] == [there]
    assert answers(ask(graph, a, identity="confirmed"))["associated"] == "no"
    assert answers(ask(graph, a, max_hops=1))["associated"] == "no"


def test_what_rests_on_a_probable_identity_is_undetermined_and_can_be_left_out(graph: Graph) -> None:
    facts = Facts()
    a, b = facts.enterprise("示例甲有限公司"), facts.enterprise("示例乙有限公司")
    here, there = facts.person("示例张三", a), facts.person("示例张三", b)
    facts.role(here, LEGAL, a, start="2018-01-10")
    facts.role(there, LEGAL, b, start="2018-01-10")
    facts.same_as(here, there, "probable")
    facts.listing(b, DISHONEST, start="2021-03-15")
    facts.listing(there, "拖欠农民工工资失信名单", start="2021-03-15")
    facts.publish(graph)

    strict = answers(ask(graph, here, identity="anchored"))
    assert (strict["associated"], strict["listed"]) == ("no", "no")
    probable = ask(graph, here)
    assert (answers(probable)["associated"], answers(probable)["listed"]) == ("undetermined", "undetermined")
    assert only(probable).flags == ("identity_probable",)
    assert probable.verdicts.listed.findings[0].flags == ("identity_probable",)
    assert "probable" in (probable.verdicts.associated.reason or "")


def test_ruled_out_wins_over_same_as(graph: Graph) -> None:
    facts = Facts()
    a, b = facts.enterprise("示例甲有限公司"), facts.enterprise("示例乙有限公司")
    here, there = facts.person("示例张三", a), facts.person("示例张三", b)
    facts.role(there, LEGAL, b, start="2018-01-10")
    facts.same_as(here, there, "confirmed")
    facts.same_as(there, here, "ruled_out", rule="decision")
    facts.listing(b, DISHONEST, start="2021-03-15")
    facts.publish(graph)

    answer = ask(graph, here)

    assert (answers(answer)["associated"], answer.subject.same_as) == ("no", ())


def test_a_listing_that_the_source_no_longer_shows_is_undetermined(graph: Graph) -> None:
    """Golden case T15."""
    facts = Facts()
    firm = facts.enterprise("示例甲有限公司")
    person = facts.person("示例张三", firm)
    facts.role(person, LEGAL, firm, start="2018-01-10")
    facts.listing(firm, DISHONEST, start="2019-03-15", unknown_since="2021-05-01")
    facts.publish(graph)

    answer = ask(graph, firm)
    (finding,) = answer.verdicts.listed.findings
    assert (answers(answer)["listed"], finding.state, finding.since) == (
        "undetermined",
        "unknown_since",
        "2021-05-01",
    )
    assert answers(ask(graph, firm, at="2021-04-30"))["listed"] == "yes"
    assert (answers(ask(graph, person))["associated"], only(ask(graph, person)).state) == (
        "undetermined",
        "unknown_since",
    )


def test_a_step_whose_dates_do_not_decide_is_undetermined(graph: Graph) -> None:
    facts = Facts()
    firm = facts.enterprise("示例甲有限公司")
    person = facts.person("示例张三", firm)
    facts.role(person, LEGAL, firm, start="2018-01-10", end="unknown", as_of="2022-01-01")
    facts.listing(firm, DISHONEST, start="2019-03-15")
    facts.publish(graph)

    finding = only(ask(graph, person))

    assert (finding.holds, finding.path and finding.path.steps[0].holds) == ("undetermined", "undetermined")


def test_removed_proposed_and_later_listings_are_told_but_do_not_count(graph: Graph) -> None:
    facts = Facts()
    firm = facts.enterprise("示例甲有限公司")
    facts.listing(firm, DISHONEST, start="2017-01-01", end="2019-01-01")
    facts.listing(firm, "安全生产严重失信主体名单", start="2021-01-01", stage="拟列入")
    facts.listing(firm, "重大税收违法失信主体", start="2022-01-01")
    facts.publish(graph)

    answer = ask(graph, firm)

    states = {f.list: (f.state, f.holds) for f in answer.verdicts.listed.findings}
    assert states == {
        DISHONEST: ("removed", "no"),
        "安全生产严重失信主体名单": ("proposed", "no"),
        "重大税收违法失信主体": ("later", "no"),
    }
    assert answers(answer)["listed"] == "no"


def test_a_red_list_is_told_and_is_no_negative_listing(graph: Graph) -> None:
    facts = Facts()
    firm, other = facts.enterprise("示例甲有限公司"), facts.enterprise("示例乙有限公司")
    person = facts.person("示例张三", firm)
    facts.role(person, LEGAL, firm, start="2018-01-10")
    facts.listing(firm, "红名单", start="2021-01-01")
    facts.publish(graph)

    alone = ask(graph, firm)
    assert (answers(alone)["listed"], alone.verdicts.listed.reason) == ("undetermined", "no lists loaded")
    assert [(f.list, f.polarity) for f in alone.verdicts.listed.findings] == [("红名单", "positive")]

    more = Facts()
    more.listing(other, DISHONEST, start="2021-03-15")
    more.publish(graph)
    assert (answers(ask(graph, firm))["listed"], answers(ask(graph, person))["associated"]) == ("no", "no")


def test_candidate_claims_make_no_positive_and_are_counted(graph: Graph) -> None:
    facts = Facts()
    a, b, c = (facts.enterprise(f"示例{n}有限公司") for n in "甲乙丙")
    person = facts.person("示例张三", a)
    facts.role(person, LEGAL, a, start="2018-01-10", status="candidate")
    facts.role(person, LEGAL, b, start="2018-01-10")
    facts.listing(a, DISHONEST, start="2021-03-15")
    facts.listing(c, DISHONEST, start="2021-03-15", status="candidate")
    facts.listing(b, DISHONEST, start="2021-03-15", status="candidate")
    facts.publish(graph)

    answer = ask(graph, person)

    assert (answers(answer)["associated"], answer.coverage.candidates_excluded) == ("no", 3)
    assert answers(ask(graph, b))["listed"] == "no"


def test_an_answer_can_be_repeated_as_of_the_run_before(graph: Graph) -> None:
    first = Facts()
    firm = first.enterprise("示例甲有限公司")
    person = first.person("示例张三", firm)
    claim = first.role(person, LEGAL, firm, start="2018-01-10")
    listing = first.listing(firm, DISHONEST, start="2019-03-15")
    first.listing(first.enterprise("示例乙有限公司"), DISHONEST, start="2019-03-15")
    first.publish(graph, "2026-01-10T08:00:00+00:00")
    before = canonical(ask(graph, person, known_at="2026-01-10"))

    second = Facts()
    second.close(first, claim)
    second.close(first, listing)
    second.record(firm, "示例新甲有限公司", as_of="2021-01-01", source=COURT)
    second.publish(graph, "2026-01-20T08:00:00+00:00")

    assert answers(ask(graph, person))["associated"] == "no"
    assert canonical(ask(graph, person, known_at="2026-01-10")) == before
    assert canonical(ask(graph, person, known_at="2026-01-19")) == before
    assert ask(graph, person, known_at="2026-01-20").clocks.known_at.startswith("2026-01-20T08")
    with pytest.raises(UsageError, match="nothing was known then"):
        ask(graph, person, known_at="2020-01-01")


def test_a_hub_that_connects_is_named(graph: Graph) -> None:
    facts = Facts()
    hub = facts.enterprise("示例集团有限公司")
    firms = [facts.enterprise(f"示例{i}号有限公司") for i in range(101)]
    for firm in firms:
        facts.share(hub, firm, percent="30", start="2015-01-01")
    facts.listing(firms[7], DISHONEST, start="2021-03-15")
    facts.publish(graph)

    answer = ask(graph, firms[3])

    assert only(answer).flags == ("hub",)
    assert [(h.id, h.caption, h.degree) for h in answer.coverage.hubs] == [(hub, "示例集团有限公司", 101)]
    assert only(ask(graph, hub)).flags == ()


@pytest.mark.parametrize("how", ["authority", "record"])
def test_a_state_holder_that_connects_is_marked(graph: Graph, how: str) -> None:
    """Golden case T12: two companies under one state holder."""
    facts = Facts()
    a, b = facts.enterprise("示例甲有限公司"), facts.enterprise("示例乙有限公司")
    if how == "authority":
        state = facts.authority("示例市国有资产监督管理委员会", state_holder=True)
    else:
        state = facts.enterprise("示例国有资本运营有限公司", state_holder=True)
    facts.share(state, a, percent="100", start="2015-01-01")
    facts.share(state, b, percent="100", start="2015-01-01")
    facts.listing(b, DISHONEST, start="2021-03-15")
    facts.publish(graph)

    assert only(ask(graph, a)).flags == ("state_parent",)


def test_of_two_ways_as_long_the_stronger_evidence_is_told_and_sources_stand_beside_each_other(
    graph: Graph,
) -> None:
    facts = Facts()
    a, b = facts.enterprise("示例甲有限公司"), facts.enterprise("示例乙有限公司")
    person = facts.person("示例张三", a)
    weak = facts.role(person, "DIRECTOR_OF", a, start="2019-01-10", source=THIRD)
    facts.role(person, "SUPERVISOR_OF", b, start="2018-01-10")
    strong = facts.role(person, LEGAL, a, start="2018-01-10", source=REGISTER)
    second = facts.role(person, LEGAL, a, start="2018-01-11", source=THIRD)
    facts.listing(b, DISHONEST, start="2021-03-15")
    facts.publish(graph)

    finding = only(ask(graph, a))

    assert finding.path is not None
    assert finding.path.steps[0].claims == (strong, second)
    assert [one.claims for one in finding.path.steps[0].also] == [(weak,)], "a second tie is told beside, not instead"


def test_an_undated_claim_is_dated_by_one_that_states_the_term(graph: Graph) -> None:
    facts = Facts()
    a = facts.enterprise("示例甲有限公司")
    person = facts.person("示例李四", a)
    facts.role(person, LEGAL, a, start="2022-01-01", source=REGISTER)
    facts.role(person, LEGAL, a, start=None, as_of="2026-01-01", source=THIRD)
    facts.listing(a, DISHONEST, start="2021-03-15")
    facts.publish(graph)

    assert [ask(graph, person, at=day).verdicts.associated.answer for day in ("2021-06-01", "2022-01-01")] == ["no", "yes"]


def test_what_several_sources_list_alike_is_one_finding(graph: Graph) -> None:
    facts = Facts()
    firm = facts.enterprise("示例甲有限公司")
    strong = facts.listing(firm, DISHONEST, start="2021-03-15", number="1号")
    weak = facts.listing(firm, DISHONEST, start="2021-03-15", number="1号", source=THIRD)
    facts.publish(graph)

    (finding,) = ask(graph, firm).verdicts.listed.findings

    assert (finding.listing, finding.evidence) == (strong, (strong, weak))


def test_more_findings_than_asked_for_are_cut_in_the_declared_order(graph: Graph) -> None:
    facts = Facts()
    centre = facts.enterprise("示例集团有限公司")
    for i in range(5):
        firm = facts.enterprise(f"示例{i}号有限公司")
        facts.share(centre, firm, start="2010-01-01", as_of=f"201{i}-06-01")
        facts.listing(firm, DISHONEST, start="2021-03-15")
        facts.share(firm, facts.enterprise(f"示例下属{i}号有限公司"), start="2015-01-01")
    facts.publish(graph)

    answer = ask(graph, centre, limit=2)

    assert [f.subject.caption for f in answer.verdicts.associated.findings] == [
        "示例4号有限公司",
        "示例3号有限公司",
    ]
    assert (answer.coverage.truncated, answer.coverage.hops) == (True, 1)
    assert answer.coverage.cut == (
        "more than 1 hops were not searched: 5 findings were complete at 1",
        "3 more findings are left out, the last in the declared order",
    )
    assert not ask(graph, centre).coverage.truncated


def test_coverage_says_which_lists_were_searched_and_which_are_not_there(graph: Graph) -> None:
    facts = Facts(source=COURT, as_of="2021-05-01")
    firm = facts.enterprise("示例甲有限公司")
    facts.listing(firm, DISHONEST, start="2021-03-15")
    facts.publish(graph, "2026-01-10T08:00:00+00:00")

    coverage = ask(graph, firm).coverage

    (entry,) = coverage.lists
    (source,) = entry.sources
    assert (entry.list, entry.severe, entry.listings) == (DISHONEST, True, 1)
    assert (source.source, source.as_of, source.complete, source.rows) == (COURT, "2021-05-01", True, 1)
    assert source.published is not None and source.published.startswith("2026-01-10T08:00")
    assert DISHONEST not in coverage.not_covered and "经营异常名录" in coverage.not_covered
    assert (coverage.hops, coverage.budget.exhausted) == (4, False)


def test_unknown_ids_and_bad_bounds_are_refused(graph: Graph) -> None:
    with pytest.raises(UnknownEntity, match="cn-name-missing"):
        ask(graph, "cn-name-missing")
    with pytest.raises(UnknownEntity, match="number"):
        ask(graph, "91330100MA2H31531M")
    with pytest.raises(UsageError, match="max_hops"):
        ask(graph, "示例", max_hops=9)
    with pytest.raises(UsageError, match="no full day"):
        ask(graph, "示例", at="2021-06")
    with pytest.raises(UsageError, match="identity"):
        ask(graph, "示例", identity="name_only")
