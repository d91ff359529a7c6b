"""More list memberships, and what is told beside them, in passages of our own: every name is invented."""

import pytest

from nlp.lists import find
from tests.nlp.marked import read, told

PASSAGES: list[tuple[str, set[tuple[str, ...]]]] = [
    (
        "⟦A:国家税务总局宁波市税务局⟧公布重大税收违法失信主体信息：⟦E:甬凯旋贸易有限公司⟧，案件性质：虚开增值税专用发票；⟦E:甬长风塑业有限公司⟧，案件性质：骗取出口退税。",
        {("甬凯旋贸易有限公司", "重大税收违法失信主体"), ("甬长风塑业有限公司", "重大税收违法失信主体")},
    ),
    (
        """2018-2019年度江西省守合同重信用公示企业名单
1 ⟦E:虔州稀土机械有限公司⟧
2 ⟦E:于都服装有限公司⟧
3 ⟦E:瑞金红米有限公司⟧""",
        {("于都服装有限公司", "红名单"), ("瑞金红米有限公司", "红名单"), ("虔州稀土机械有限公司", "红名单")},
    ),
    (
        "⟦E:和田玉商贸有限公司⟧被⟦A:自治区工商局⟧授予“重合同守信用”企业荣誉称号。",
        {("和田玉商贸有限公司", "红名单")},
    ),
    (
        "⟦E:和田玉商贸有限公司⟧是连续六年的纳税信用A级企业，总经理⟦P:买某⟧说。",
        {("和田玉商贸有限公司", "红名单")},
    ),
    (
        "诚信企业名单公布：⟦E:天府酱菜有限公司⟧ ⟦E:武侯印务有限公司⟧ ⟦E:锦里文创有限公司⟧",
        {("天府酱菜有限公司", "红名单"), ("武侯印务有限公司", "红名单"), ("锦里文创有限公司", "红名单")},
    ),
    ("⟦S:消费者协会⟧为提升行业诚信水平，评选表彰诚信示范店，欢迎经营者踊跃报名。", set()),
    (
        "办理信用修复须提交申请，经审核后⟦A:信用中国⟧将在3个工作日内终止公示，由列入机关将其移出严重违法失信名单。",
        set(),
    ),
    ("甲公司被列入经营异常名录的，其法定代表人张三三年内不得担任其他企业的法定代表人。", set()),
    (
        "⟦E:利州广茂运业有限公司⟧：你单位违反安全生产法，现拟将你单位纳入安全生产严重失信主体名单，你单位有权陈述申辩。⟦A:广元市应急管理局⟧",
        {("利州广茂运业有限公司", "安全生产失信", "planned")},
    ),
    ("⟦A:人力资源社会保障部⟧印发办法，规范拖欠农民工工资失信联合惩戒名单管理。", set()),
    (
        "⟦E:大圣文化有限公司⟧曾于2017年被列入经营异常名录，2018年移出。",
        {("大圣文化有限公司", "经营异常名录", "removed")},
    ),
    (
        "⟦A:某区住建委⟧将⟦E:立新建筑有限公司⟧记入建筑市场主体“黑名单”，公布期限12个月。",
        {("立新建筑有限公司", "建筑市场主体黑名单")},
    ),
]


@pytest.mark.parametrize(("passage", "facts"), PASSAGES)
def test_find(passage: str, facts: set[tuple[str, ...]]) -> None:
    assert told(find(read(passage)), "list_code") == facts


def test_attributes_of_wage_arrears() -> None:
    text = """⟦A:南浦区人力资源和社会保障局⟧列入决定书
南人社监列字〔2022〕3号
经查，你单位拖欠18名劳动者工资合计25.8万元，逾期未支付。我局于2022年5月6日将⟦E:南浦区宏达装饰有限公司⟧列入拖欠农民工工资失信联合惩戒名单，期限为三年。"""
    (fact,) = find(read(text))
    told_of = {key: fact.attrs[key] for key in ("authority", "listed_on", "doc_no", "amount", "term_years")}
    assert told_of == {
        "authority": "南浦区人力资源和社会保障局",
        "listed_on": "2022-05-06",
        "doc_no": "南人社监列字〔2022〕3号",
        "amount": 258_000,
        "term_years": 3,
    }


def test_the_grade_of_a_medicine_listing() -> None:
    (fact,) = find(read("价格招采信用评价中，⟦E:甲辰医药有限公司⟧被评定为“特别严重”失信。"))
    assert fact.attrs["grade"] == "特别严重"


def test_a_removal_that_was_only_asked_for() -> None:
    asked = "⟦P:龚某⟧向法院申请解除将⟦P:龚某⟧纳入失信被执行人名单的措施。"
    assert [f.status for f in find(read(asked))] == ["asserted"]
    assert [f.status for f in find(read(asked + "经审查，同意解除该措施。"))] == ["removed"]


def test_the_ground_is_told_before_the_listing() -> None:
    text = "⟦E:柏林乡建筑劳务有限公司⟧拖欠21名工人工资共计33万元。因其逾期仍未支付，⟦A:柏林县人社局⟧将其列入拖欠农民工工资失信联合惩戒对象名单。"
    (fact,) = find(read(text))
    assert fact.attrs["reason"] == "逾期仍未支付"


def test_a_list_without_a_code_is_called_as_printed() -> None:
    (fact,) = find(read("⟦E:柏林种业有限公司⟧被列入种子行业失信“黑名单”，2023年5月移出“黑名单”。"))
    assert (fact.attrs["list_code"], fact.status) == ('其他:种子行业失信"黑名单"', "removed")
