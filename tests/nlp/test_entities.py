"""Names and entities: what a text names, of which kind, and which names are one."""

import pytest

from nlp.aliases import shortens
from nlp.clean import clean
from nlp.entities import entities
from nlp.extraction import Entity
from nlp.heads import type_of_name
from nlp.mentions import names, tagged
from nlp.personal import is_name
from nlp.tagger import tag


def _found(text: str) -> dict[str, Entity]:
    read = tagged(clean(text).text, tag(clean(text).text))
    return {entity.name: entity for entity in entities(read, names(read)).values()}


def _types(text: str) -> set[tuple[str, str]]:
    return {(entity.type, name) for name, entity in _found(text).items()}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("某县安监局", "Authority"),
        ("上交所", "Authority"),
        ("中国人民银行某市中心支行", "Authority"),
        ("某市银保监分局", "Authority"),
        ("甲证监局", "Authority"),
        ("某海关", "Authority"),
        ("某县应急管理局", "Authority"),
        ("某市公安局某分局", "Authority"),
        ("某区人民检察院", "Authority"),
        ("某市发改委", "Authority"),
        ("某县人民法院", "Court"),
        ("甲银行股份有限公司某支行", "Enterprise"),
        ("某县甲服装店", "Enterprise"),
        ("某市乙水泥厂", "Enterprise"),
        ("甲投资中心（有限合伙）", "Enterprise"),
        ("甲会计师事务所（特殊普通合伙）", "Enterprise"),
        ("某省软件行业协会", "SocialOrg"),
        ("某市某救援服务中心", "SocialOrg"),
        ("某市药品检验所", "Institution"),
        ("某大学", "Institution"),
        ("某某", None),
    ],
)
def test_the_end_of_a_name_tells_its_kind(name: str, kind: str | None) -> None:
    assert type_of_name(name) == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "绍兴市柯桥区应急管理局对绍兴云岫机械有限公司罚款3万元。",
            {("Authority", "绍兴市柯桥区应急管理局"), ("Enterprise", "绍兴云岫机械有限公司")},
        ),
        (
            "宁波银保监分局对宁波云岫银行海曙支行罚款20万元，对其负责人周明远警告。",
            {("Authority", "宁波银保监分局"), ("Enterprise", "宁波云岫银行海曙支行"), ("Person", "周明远")},
        ),
        ("被告人孙某某、李某，均系某县云岫食品厂员工。", {("Person", "孙某某"), ("Person", "李某"), ("Enterprise", "某县云岫食品厂")}),
    ],
)
def test_what_a_sentence_names(text: str, expected: set[tuple[str, str]]) -> None:
    assert _types(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "用人单位拖欠工资的，由人力资源社会保障行政部门责令限期支付。",
        "对违法的上市公司和证券公司，有关部门依法处罚。",
        "各乡镇人民政府，区政府有关部门：",
        "根据《中华人民共和国食品安全法》第一百二十四条，处五万元以上十万元以下罚款。",
        "全省共列入失信名单的企业243家、社会组织54家。",
    ],
)
def test_rules_and_counts_name_nobody(text: str) -> None:
    assert _types(text) == set()


def test_an_alias_that_the_text_defines_belongs_to_its_entity() -> None:
    text = "当事人：杭州云岫智能科技股份有限公司（以下简称“云岫智能”或公司），住所：杭州市。云岫智能未按规定披露信息。"
    found = _found(text)
    assert set(found) == {"杭州云岫智能科技股份有限公司"}
    entity = found["杭州云岫智能科技股份有限公司"]
    assert entity.attrs["alias"] == ["云岫智能"]
    assert len(entity.mentions) == 3


def test_a_former_name_belongs_to_its_entity() -> None:
    text = "云岫新材料（上海）有限公司（曾用名上海云岫铜业有限公司），住所：上海市宝山区。"
    (entity,) = _found(text).values()
    assert "上海云岫铜业有限公司" in {entity.name, *entity.attrs["alias"]}


def test_a_short_form_of_an_authority_comes_home() -> None:
    text = "原告不服广西壮族自治区示江县安全生产监督管理局的处罚。示江县安监局辩称程序合法。"
    (entity,) = (e for e in _found(text).values() if e.type == "Authority")
    assert entity.attrs["alias"] == ["示江县安监局"]


def test_parent_and_branch_are_two() -> None:
    text = "湖州市税务局与湖州市税务局稽查局联合检查。"
    assert {name for name, e in _found(text).items() if e.type == "Authority"} == {"湖州市税务局", "湖州市税务局稽查局"}


def test_numbers_go_to_the_name_before_them() -> None:
    text = (
        "杭州市西湖区市场监督管理局行政处罚决定书\n当事人：杭州云岫食品有限公司\n"
        "统一社会信用代码：91330106MA2XXXXX0T\n法定代表人：周明远"
    )
    assert _found(text)["杭州云岫食品有限公司"].attrs["uscc"] == "91330106MA2XXXXX0T"


def test_two_firms_are_not_one_because_the_names_are_alike() -> None:
    text = "东岭证券股份有限公司与上海东岭证券资本投资有限公司均被约谈。"
    assert {name for name, e in _found(text).items() if e.type == "Enterprise"} == {
        "东岭证券股份有限公司",
        "上海东岭证券资本投资有限公司",
    }


@pytest.mark.parametrize(
    ("short", "full", "kind", "expected"),
    [
        ("示江县安监局", "某自治区示江县安全生产监督管理局", "Authority", True),
        ("江苏证监局", "中国证券监督管理委员会江苏监管局", "Authority", True),
        ("证监会", "中国证券监督管理委员会", "Authority", True),
        ("某市税务局", "某市税务局稽查局", "Authority", False),
        ("上海海关", "上海外高桥保税区海关", "Authority", False),
        ("云岫集团", "云岫汽车集团控股有限公司", "Enterprise", True),
        ("云岫食品有限公司", "杭州云岫食品有限公司", "Enterprise", False),
    ],
)
def test_which_short_form_fits(short: str, full: str, kind: str, expected: bool) -> None:
    assert shortens(short, full, kind) is expected


@pytest.mark.parametrize("name", ["周明远", "欧阳明远", "孙某", "孙某某", "李*", "任女士", "阿不都·热合曼", "ZHANG*SHAN"])
def test_names_of_persons(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("name", ["法定代表人", "名称", "某某", "上海", "公司", "第某", "依法享有的"])
def test_what_is_no_person(name: str) -> None:
    assert not is_name(name)
