"""Repairs are proposals with reasons: certain in context, silent on clean names."""

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.repair import propose_repair
from tests.shared import needs_shared, shared


@pytest.mark.parametrize(
    ("raw", "proposed"),
    [
        ("安撤甲乙服装服沛有 眼公司", "安徽甲乙服装服饰有限公司"),
        ("甲乙县人民 法唉", "甲乙县人民法院"),
        ("杨浦法険", "杨浦法院"),
        ("〈2016〉院0828刑 初52号", "（2016）皖0828刑初52号"),
        ("〈2014〉台天汍民 字第588号", "（2014）台天执民字第588号"),
        ("安辙甲乙般份有眼公司", "安徽甲乙股份有限公司"),
        ("甲乙有眼夷任公司", "甲乙有限责任公司"),
        ("甲乙丙信息服务 (上海〉有眼公司", "甲乙丙信息服务(上海）有限公司"),
        ("0：西甲乙有眼公司", "江西甲乙有限公司"),
        ("山西甲乙!朱宝", "山西甲乙珠宝"),
    ],
)
def test_damage_is_read_in_context(raw: str, proposed: str) -> None:
    found = propose_repair(raw)
    assert found is not None and (found.raw, found.proposed) == (raw, proposed)


@pytest.mark.parametrize(
    "text",
    ["有眼不识泰山文化有限公司", "法唉网络有限公司", "甲乙眼镜有限公司", "平安撤离设备有限公司", "汍澜文化有限公司",
     "让让我贸易有限公司", "Acme Rating Co., Ltd.", "", "（2016）皖0828刑初52号", "甲乙县人民法院"],
)  # fmt: skip
def test_a_bare_character_changes_nothing(text: str) -> None:
    assert propose_repair(text) is None


@given(st.text(st.sampled_from("安撤有眼艮 公司法唉人民限般份〈〉2016（）初宇第号让11：!朱宝")))
def test_the_steps_say_exactly_what_changed(text: str) -> None:
    found = propose_repair(text)
    if found is None:
        return
    rebuilt, at = "", 0
    for step in found.steps:
        assert text[step.position : step.position + len(step.was)] == step.was and step.why
        rebuilt += text[at : step.position] + step.becomes
        at = step.position + len(step.was)
    assert rebuilt + text[at:] == found.proposed != text


def _rows(*parts: str) -> Sequence[Sequence[object]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(shared(*parts))).get_sheet_by_index(0).to_python()[1:]


@needs_shared
@pytest.mark.shared
def test_clean_names_get_no_proposal() -> None:
    names = {str(row[1]) for row in _rows("data", "registry", "registered_companies_10k.xlsx")}
    listed = json.loads(shared("data", "matching", "listed_company_names.json").read_text("utf-8"))
    names |= {row[key] for row in listed for key in ("secFullName", "secShortName")}
    assert len(names) > 13_000
    assert [name for name in names if propose_repair(name) is not None] == []


@needs_shared
@pytest.mark.shared
def test_the_damaged_list() -> None:
    rows = _rows("data", "lists", "illegal_fundraising_2017_ocr.xlsx")
    names = [propose_repair(str(row[2])) for row in rows]
    courts = [propose_repair(str(row[7])) for row in rows]
    assert len(rows) == 144
    assert sum(found is not None for found in names) >= 140
    assert sum(found is not None for found in courts) >= 125
    whole = [
        found
        for found in names
        if found is not None and found.proposed.endswith(("有限公司", "责任公司", "分公司"))
    ]
    assert len(whole) >= 125
