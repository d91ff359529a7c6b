"""Figures: what counts as a match, and that they are those of the scorer that decides."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nlp.alike import canonical_list, canonical_role, plain, same_date, same_number
from nlp.evaluate import evaluate, evaluate_with, held_out, summary
from nlp.gold import read_records, write_records
from tests.shared import needs_shared, shared

_TEXT = "示例市应急管理局对示例机械有限公司罚款3万元，法定代表人张三。"


def _record(key: str = "a", facts: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    entities = [
        {"id": "e", "type": "Enterprise", "name": "示例机械有限公司", "mention_spans": [[9, 17]], "attrs": {}},
        {"id": "a", "type": "Authority", "name": "示例市应急管理局", "mention_spans": [[0, 8]], "attrs": {}},
        {"id": "p", "type": "Person", "name": "张三", "mention_spans": [[29, 31]], "attrs": {}},
    ]
    return {"id": key, "text": _TEXT, "kind": "safety_penalty", "entities": entities, "facts": facts or [], "ignore": [], **more}


def _penalty(**more: Any) -> dict[str, Any]:
    fact = {"type": "Penalty", "subject": "e", "object": "a", "status": "asserted", "evidence_span": [0, 24], "coref": False}
    return {**fact, "attrs": {"fine_amount": 30000, "penalty_types": ["罚款"]}, **more}


def test_a_perfect_prediction_is_all_right() -> None:
    gold = [_record(facts=[_penalty()])]
    figures = evaluate(gold, {"a": gold[0]})
    assert figures.entity.f1 == figures.fact.f1 == figures.macro.value == 1.0
    assert figures.attribute_accuracy == 1.0


def test_no_prediction_misses_all() -> None:
    figures = evaluate([_record(facts=[_penalty()])], {})
    assert (figures.entity.missed, figures.fact.missed, figures.fact.precision) == (3, 1, 0.0)


def test_a_wrong_amount_is_another_penalty() -> None:
    gold = [_record(facts=[_penalty()])]
    other = _record(facts=[_penalty(attrs={"fine_amount": 300000})])
    assert evaluate(gold, {"a": other}).facts["Penalty"].wrong == 1


def test_a_planned_fact_told_as_asserted_is_counted() -> None:
    gold = [_record(facts=[_penalty(status="planned")])]
    figures = evaluate(gold, {"a": _record(facts=[_penalty()])})
    assert (figures.unreal, figures.unreal_as_asserted, figures.fact.right) == (1, 1, 0)


def test_an_optional_fact_counts_neither_way() -> None:
    gold = [_record(facts=[_penalty(optional=True)])]
    for found in (_record(facts=[_penalty()]), _record()):
        figures = evaluate(gold, {"a": found})
        assert (figures.fact.right, figures.fact.wrong, figures.fact.missed) == (0, 0, 0)


def test_a_false_fact_on_a_negative_is_adverse() -> None:
    figures = evaluate([_record()], {"a": _record(facts=[_penalty()])})
    assert (figures.negatives, figures.negatives_false, figures.negatives_adverse) == (1, 1, 1)


def test_a_duplicate_is_wrong_and_counted() -> None:
    double = _record()
    double["entities"].append({**double["entities"][0], "id": "e2"})
    figures = evaluate([_record()], {"a": double})
    assert (figures.duplicates, figures.entity.wrong) == (1, 1)


def test_predictors_see_neither_names_nor_facts() -> None:
    seen: list[set[str]] = []

    def predict(record: Any) -> dict[str, Any]:
        seen.append(set(record))
        return {"id": record["id"], "entities": [], "facts": []}

    evaluate_with([_record(facts=[_penalty()])], predict)
    assert seen == [{"id", "text", "date_context"}]


def test_held_out_figures_part_by_a_field() -> None:
    gold = [_record("a", source_group="x"), _record("b", source_group="y")]
    assert {name: figures.passages for name, figures in held_out(gold, {}, "source_group").items()} == {"x": 1, "y": 1}


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("沪〔2021〕5号", "沪(2021)5号", True),
        ("〔2021〕12号", "行政处罚决定书〔2021〕12号", True),
        ("沪〔2021〕5号", "〔2021〕5号", False),
        ("穗市监罚〔2021〕5号", "深市监罚〔2021〕5号", False),
        ("〔2021〕5号", "示例市应急管理局〔2021〕5号", True),
        ("〔2021〕5号", "〔2021〕第5号", True),
        ("", "〔2021〕5号", False),
    ],
)
def test_which_numbers_are_the_same(gold: str, found: str, same: bool) -> None:
    assert same_number(gold, found) is same


def test_terms_have_one_canonical_form() -> None:
    assert [canonical_role(r) for r in ("法人代表", "常务副总裁", "总经理助理", "项目经理", "独立董事", "董秘")] == [
        "法定代表人", "副总经理", "其他", "其他", "董事", "董事会秘书"]  # fmt: skip
    assert [canonical_list(n) for n in ("失信被执行人名单", "经营异常名录", "守合同重信用企业", "", "建筑市场红名单")] == [
        "失信被执行人", "经营异常名录", "红名单", "其他", "红名单"]  # fmt: skip
    assert plain("當(dāng)事人 （甲）") == "当事人(甲)"
    assert same_date("2024-10", "2024-10-03")
    assert not same_date("2024-10-03", "2024-10")


def _scorer(gold: Path, found: Path) -> dict[str, Any]:
    command = [sys.executable, str(shared("data", "gold", "score.py")), str(gold), str(found)]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    figures: dict[str, Any] = json.loads(out.strip().splitlines()[-1])
    return figures


def _spoiled(record: Any, at: int) -> dict[str, Any]:
    """The record with some of its names, numbers and facts damaged, as a weak predictor gives them."""
    entities = [{**e, "name": e["name"][:-1] if (i + at) % 5 == 0 else e["name"]} for i, e in enumerate(record["entities"])]
    facts = [
        {**f, "attrs": {k: v for k, v in f["attrs"].items() if (i + len(k)) % 4}, "status": "asserted"}
        for i, f in enumerate(record["facts"]) if (i + at) % 6
    ]  # fmt: skip
    return {"id": record["id"], "entities": entities[: len(entities) - at % 2] or entities, "facts": facts}


@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize("name", ["dev.jsonl", "dev_csrc.jsonl"])
@pytest.mark.parametrize("spoil", [False, True])
def test_figures_are_those_of_the_scorer(name: str, spoil: bool, tmp_path: Path) -> None:
    gold = list(read_records(shared("data", "gold", name)))
    found = [_spoiled(record, at) if spoil else dict(record) for at, record in enumerate(gold)]
    write_records(tmp_path / "found.jsonl", found)

    ours = summary(evaluate(gold, {record["id"]: record for record in found}))
    theirs = _scorer(shared("data", "gold", name), tmp_path / "found.jsonl")

    assert ours["entity"] == theirs["entity"]
    assert ours["fact"] == theirs["fact"]
    assert {f"fact_{name}": row for name, row in ours["facts"].items()}.items() <= theirs.items()
    assert ours["kinds"] == theirs["fact_f1_by_kind"]
    assert ours["attributes"] == theirs["attr_by_type"]
    assert (ours["fact_macro_f1"], ours["attribute_accuracy"]) == (theirs["fact_macro_f1_docs_with_facts"], theirs["attr_accuracy"])
    assert (ours["duplicates"], ours["uscc_accuracy"], ours["alias_recall"]) == (
        theirs["entity_duplicates"], theirs["uscc_accuracy"], theirs["alias_recall"])  # fmt: skip
    assert ours["negatives"]["with_adverse"] == theirs["negatives"]["docs_with_false_adverse_fact"]
    assert ours["status"]["told_as_asserted"] == theirs["status"]["predicted_as_asserted"]
