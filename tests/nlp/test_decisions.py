"""Penalties, measures, judgments and enforcement in passages of every kind; nothing where nothing happened."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from nlp import decisions, status
from nlp.extraction import Fact
from tests.nlp.marked import read

_FILE = Path(__file__).parents[1] / "data" / "nlp" / "decision_passages.jsonl"  # kind, marked text, date, facts
_PASSAGES = [json.loads(line) for line in _FILE.read_text("utf-8").splitlines()]
_LOOSE = ("violation", "cause")  # near-verbatim: one may hold the other


@pytest.mark.parametrize("passage", _PASSAGES, ids=[f"{p['kind']}-{i}" for i, p in enumerate(_PASSAGES)])
def test_passage_tells_these_facts_and_no_others(passage: Mapping[str, Any]) -> None:
    kind = passage["kind"]
    reading = read(passage["text"], passage["date"])
    found = status.apply(reading, decisions.find(reading))
    rest = [f for f in found if f.status != "negated"]
    for fact_type, subject, wanted_status, attrs in passage["facts"]:
        same = [f for f in found if (f.type, f.subject, f.status) == (fact_type, subject, wanted_status)]
        best = max(same, key=lambda f: _agreement(f, attrs), default=None)
        assert best is not None, f"{kind}: no {wanted_status} {fact_type} of {subject} in {found}"
        assert _agreement(best, attrs) == len(attrs), f"{kind}: {best.attrs} instead of {attrs}"
        found.remove(best)
        rest = [f for f in rest if f is not best]
    assert rest == [], f"{kind}: told besides"


def _agreement(fact: Fact, attrs: Mapping[str, Any]) -> int:
    return sum(_agrees(name, wanted, fact.attrs.get(name)) for name, wanted in attrs.items())


def _agrees(name: str, wanted: Any, got: Any) -> bool:
    if name in _LOOSE and isinstance(got, str):
        return wanted in got or got in wanted
    return bool(wanted == got)


def _penalties(text: str, date: str | None = None) -> dict[str, Mapping[str, Any]]:
    return {f.subject: f.attrs for f in decisions.find(read(text, date)) if f.type == "Penalty"}


def test_total_at_the_end_replaces_the_items() -> None:
    found = _penalties(
        "⟦A:东州证监局⟧行政处罚决定书〔2021〕3号\n当事人：⟦P:武大明⟧，男，1970年出生，住址：东州市。\n"
        "我局对⟦P:武大明⟧信息披露违法违规行为进行了立案调查。依据《证券法》第一百九十七条的规定，我局决定："
        "一、对⟦P:武大明⟧给予警告，并处以30万元罚款；二、对⟦P:武大明⟧给予警告，并处以20万元罚款。"
        "综上，对⟦P:武大明⟧给予警告，并处以50万元罚款，其中作为董事长罚款30万元。\n⟦A:东州证监局⟧\n2021年5月6日"
    )
    assert found["武大明"]["fine_amount"] == 500000
    assert found["武大明"]["date"] == "2021-05-06"
    assert found["武大明"]["decision_no"] == "〔2021〕3号"
    assert found["武大明"]["legal_basis"] == ["《证券法》第一百九十七条"]


def test_joint_fine_is_a_total_of_the_group() -> None:
    found = _penalties("⟦A:东州证监局⟧决定：没收⟦P:白甲⟧、⟦P:白乙⟧违法所得1万元，并处以3万元罚款。")
    assert found["白甲"].get("group_total_amount") == 30000
    assert "fine_amount" not in found["白乙"]


def test_sums_of_an_enumeration_go_to_their_bearers_in_order() -> None:
    found = _penalties("⟦E:甲银行⟧、⟦E:乙银行⟧和⟦E:丙银行⟧分别被⟦A:东州银保监局⟧罚款10万元、20万元和30万元。")
    assert [found[n]["fine_amount"] for n in ("甲银行", "乙银行", "丙银行")] == [100000, 200000, 300000]


def test_order_to_correct_is_no_penalty() -> None:
    facts = decisions.find(
        read(
            "⟦A:东州市生态环境局⟧\n责令改正违法行为决定书\n东环责改字〔2023〕7号\n⟦E:东州市远方电镀厂⟧：\n"
            "我局调查发现你厂未按规定贮存危险废物。现责令你厂立即改正。如拒不改正，我局将依法处五万元以上罚款。\n"
            "⟦A:东州市生态环境局⟧\n2023年4月5日"
        )
    )
    assert [(f.type, f.attrs["measure_type"], f.attrs["doc_no"], f.attrs["date"]) for f in facts] == [
        ("Measure", "责令改正", "东环责改字〔2023〕7号", "2023-04-05")
    ]


def test_limit_on_consumption_is_no_list_of_defaulters() -> None:
    facts = decisions.find(read("⟦P:方圆⟧被⟦C:东州市人民法院⟧列入失信被执行人名单。"))
    assert facts == []


def test_every_named_party_of_a_cut_decision_has_a_penalty() -> None:
    found = _penalties(
        "⟦A:东州海关⟧行政处罚决定书\n东关缉违字〔2022〕11号\n当事人：⟦E:东州远洋贸易有限公司⟧\n法定代表人：⟦P:江帆⟧\n"
        "经查，当事人申报出口货物价格不实，货值12万元。"
    )
    assert set(found) == {"东州远洋贸易有限公司"}
    assert found["东州远洋贸易有限公司"]["decision_no"] == "东关缉违字〔2022〕11号"
    assert "fine_amount" not in found["东州远洋贸易有限公司"]
