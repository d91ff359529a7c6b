"""Names: cleaning that is stable, parts that can be explained, comparisons that are never an identity."""

import json
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.names.clean import clean_name, name_key
from graph_model.names.compare import compare_enterprises
from graph_model.names.parse import holder_kind, looks_like_enterprise, looks_like_person, parse_enterprise
from tests.shared import needs_shared, shared

NAMES = st.text(
    st.one_of(st.sampled_from("甲乙丙有限公司（）()·. 　聯资,。ＡａZ-"), st.characters(codec="utf-8"))
)


@given(NAMES)
def test_cleaning_is_stable(text: str) -> None:
    assert clean_name(clean_name(text)) == clean_name(text)


@given(NAMES)
def test_the_key_is_stable_and_blind_to_cleaning(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text) == name_key(clean_name(text))


@given(NAMES, NAMES)
def test_parsing_and_comparing_take_any_text(left: str, right: str) -> None:
    parts = parse_enterprise(left)
    assert parts.core == parts.brand + parts.trade
    assert compare_enterprises(left, right).grade == compare_enterprises(right, left).grade
    assert compare_enterprises(left, left).grade == "same"
    assert holder_kind(left) in ("person", "enterprise", "state", "product")


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("标普信用评级(中国)有限公司", "标普信用评级（中国）有限公司"),
        ("　甲乙 丙 有限公司。 ", "甲乙丙有限公司"),
        ("Acme  Rating (China) Co., Ltd.", "Acme Rating (China) Co., Ltd"),
        ("ＡＢＣ科技", "ABC科技"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
    ],
)
def test_display_form(raw: str, clean: str) -> None:
    assert clean_name(raw) == clean


def test_comparison_form() -> None:
    assert name_key("聯合資信評估有限公司") == "联合资信评估有限公司"
    assert name_key("甲（中国）有限公司") == name_key("甲(中國) 有限公司")
    assert name_key("买买提·吐尔逊") == name_key("买买提吐尔逊")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("惠州市惠信资信评估有限公司", ("惠州市", "惠信", "资信评估", "有限公司", "")),
        ("标普信用评级（中国）有限公司", ("中国", "标普", "信用评级", "有限公司", "")),
        ("东方金诚国际信用评级有限公司", ("", "东方金诚", "国际信用评级", "有限公司", "")),
        ("浙江甲乙丙科技有限公司上海分公司", ("浙江", "甲乙丙", "科技", "有限公司", "上海分公司")),
        ("宁波甲乙投资合伙企业（有限合伙）", ("宁波", "甲乙", "投资", "有限合伙", "")),
        ("安徽省岳西县甲乙茶叶专业合作社", ("安徽省岳西县", "甲乙", "茶叶", "专业合作社", "")),
    ],
)
def test_parts(name: str, parts: tuple[str, ...]) -> None:
    found = parse_enterprise(name)
    assert (found.place, found.brand, found.trade, found.form, found.branch) == parts


@pytest.mark.parametrize(
    ("left", "right", "grade"),
    [
        ("甲乙资信评估有限公司", "甲乙資信評估 有限公司", "same"),
        ("重庆公信达信用管理有限公司", "重庆公信达信用评级有限公司", "similar"),
        ("联合资信评估有限公司", "杭州联合资信评估咨询有限公司", "different"),
        ("北京甲乙丙科技有限公司", "上海甲乙丙科技有限公司", "different"),
        ("北京甲乙丙科技有限公司", "北京甲乙丙科技有限公司朝阳分公司", "different"),
        ("北京甲乙丙科技有限公司", "北京甲乙丙科技有限责任公司", "similar"),
        ("北京甲乙科技有限公司", "北京甲丙科技有限公司", "different"),
        ("北京甲乙丙饭店", "北京甲乙丙有限公司", "different"),
    ],
)
def test_grades(left: str, right: str, grade: str) -> None:
    found = compare_enterprises(left, right)
    assert found.grade == grade
    assert [feature.name for feature in found.features] == ["brand", "place", "trade", "form", "branch"]
    assert all(feature.detail for feature in found.features)


@pytest.mark.parametrize(
    "name", ["张三", "欧阳小兰", "司马光", "买买提·吐尔逊", "李某某", "柳**", "张某", "王X", "鍾志強"]
)
def test_persons(name: str) -> None:
    assert looks_like_person(name) and not looks_like_enterprise(name) and holder_kind(name) == "person"


@pytest.mark.parametrize(
    "name",
    ["平安银行", "四川大学", "华夏证券", "甲乙丙有限公司", "Acme Holdings Ltd", "丁一商行", "张三记饭店"],
)
def test_enterprises(name: str) -> None:
    assert looks_like_enterprise(name) and not looks_like_person(name) and holder_kind(name) == "enterprise"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("某某市人民政府国有资产监督管理委员会", "state"),
        ("甲乙县财政局", "state"),
        ("国务院国资委", "state"),
        ("甲乙国有资产经营有限公司", "enterprise"),
        ("甲乙基金管理有限公司", "enterprise"),
        ("甲乙股权投资基金合伙企业（有限合伙）", "enterprise"),
        ("甲乙银行股份有限公司-丙丁稳健混合型证券投资基金", "product"),
        ("全国社保基金一一八组合", "product"),
        ("甲乙信托有限公司-丙丁1号集合资金信托计划", "product"),
        ("甲乙资产管理计划", "product"),
        ("甲乙教育基金会", "enterprise"),
    ],
)
def test_holders(name: str, kind: str) -> None:
    assert holder_kind(name) == kind


def _agency_tables() -> tuple[list[str], list[str]]:
    text = next(shared("documents").glob("000*.txt")).read_text("utf-8").split("\n")
    rows = [line.split("\t") for line in text[700:870] if re.match(r"\d+\t", line)]
    return [row[1] for row in rows if len(row) == 7], [row[1] for row in rows if len(row) == 6]


@needs_shared
@pytest.mark.shared
def test_two_tables_of_the_same_agencies() -> None:
    first, second = _agency_tables()
    assert len(first) == len(second) == 57
    left, right = {name_key(name) for name in first}, {name_key(name) for name in second}
    similar = [(a, b) for a in first for b in second if compare_enterprises(a, b).grade == "similar"]
    assert {name_key(a) for a, _ in similar} == left - right and {
        name_key(b) for _, b in similar
    } == right - left
    assert len(similar) == 15


@needs_shared
@pytest.mark.shared
def test_unrelated_names_are_seldom_similar() -> None:
    rows = json.loads(shared("data", "matching", "listed_company_names.json").read_text("utf-8"))
    names, chance = [row["secFullName"] for row in rows], random.Random(1)
    pairs = [chance.sample(names, 2) for _ in range(20_000)]
    assert sum(compare_enterprises(a, b).grade != "different" for a, b in pairs) <= 3
