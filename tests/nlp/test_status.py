"""Statuses: what is planned, proposed, conditional, negated or lifted is not asserted."""

import pytest

from nlp import decisions, status
from nlp.extraction import Fact, Status
from nlp.fold import fold
from nlp.structure import read_structure
from tests.nlp.marked import read


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("对甲公司罚款5万元", "asserted"),
        ("拟对甲公司罚款5万元", "planned"),
        ("向甲公司送达行政处罚事先告知书", "planned"),
        ("建议由应急管理局对甲公司处以罚款", "proposed"),
        ("情节严重的，吊销营业执照", "conditional"),
        ("逾期不缴纳的，处以罚款", "conditional"),
        ("甲公司从未受到行政处罚", "negated"),
        ("决定不予行政处罚", "negated"),
        ("将甲公司移出名单", "removed"),
        ("失信等级清零", "removed"),
        ("撤销该行政处罚决定书", "removed"),
        ("作出撤销登记的行政处罚", "asserted"),
    ],
)
def test_words_of_a_clause_tell_the_status(words: str, wanted: Status) -> None:
    text = fold(words)
    assert status.status_in(text, (0, len(text))) == wanted


def test_a_plan_governs_the_whole_enumeration() -> None:
    text = fold("证监会拟决定：对甲公司罚款50万元；对张某罚款20万元。")
    assert status.status_at(text, (0, len(text)), len(text)) == "planned"


def test_quoted_rule_is_known_by_its_lead() -> None:
    text = fold("根据第三条规定：“违反本条的，处五万元罚款。”")
    assert status.quoted_law(text, text.index("处五万"))
    assert not status.quoted_law(fold("对甲公司处五万元罚款"), 4)


def test_item_under_conditions_is_a_condition() -> None:
    structure = read_structure("企业有下列情形之一的，列入名单：\n（一）被吊销营业执照；\n（二）被责令停产停业；")
    assert status.listed_condition(structure, structure.text.index("责令停产"))
    assert not status.listed_condition(read_structure("决定如下：\n一、罚款；\n二、停业；"), 8)


@pytest.mark.parametrize(
    "text",
    [
        "【单选题】⟦E:宏大公司⟧被罚款5万元，下列说法正确的是（ ）。A．可以复议 B．不可以复议 正确答案：A",
        "案例分析：甲公司拖欠乙公司货款，后甲公司被市场监管局罚款。问题：……",
    ],
)
def test_teaching_text_has_no_facts(text: str) -> None:
    reading = read(text)
    assert status.apply(reading, [Fact("Penalty", "宏大公司", None, {}, (0, 5))]) == []


def test_listing_that_is_only_planned_is_lowered() -> None:
    reading = read("⟦A:市人社局⟧拟将⟦E:宏大劳务公司⟧列入拖欠农民工工资失信联合惩戒对象名单。")
    fact = Fact("ListMembership", "宏大劳务公司", None, {}, (0, len(reading.text)))
    assert [f.status for f in status.apply(reading, [fact])] == ["planned"]


def test_articles_in_a_row_are_a_rule() -> None:
    assert status.rule_document("第一条 为了规范。\n第二条 违反的，处罚款。\n第三条 本办法施行。")
    assert not status.rule_document("⟦A⟧决定对甲公司罚款。")


def test_placeholder_and_example_in_questions_and_answers_hold_no_fact() -> None:
    example = read("问：处罚何时公布？答：没有期限。例如，⟦E:甲股份⟧2023年4月被罚款60万元，实际控制人⟦P:章某⟧被市场禁入5年。")
    assert status.apply(example, decisions.find(example)) == []
    kinds = read("⟦E:城商行⟧被罚款8800万元。")
    assert status.apply(kinds, decisions.find(kinds)) == []
