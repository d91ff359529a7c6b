"""The checker accepts what the engine answers and refuses every change to a derivation."""

import copy
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from graph_model.stores.graph import Graph
from ingest.scenario import load_scenario
from queries.answers.answer import as_data
from queries.answers.law import qualify, reach, status
from queries.answers.law_frame import Clocked
from queries.answers.verify import claims_of
from queries.law.checker import check, measures, read_rules
from queries.law.checker_items import items
from queries.law.scenario import read_scenario

HERE = Path(__file__).parent
MUTATIONS = 500
# File, person, day: each reached by something.
CASES = [
    ("given/T01-legal-representative-of-a-listed-unit.yml", "张三", "2021-06-01", None),
    ("given/T09-representative-changed-before-the-penalty.yml", "孙七", "2022-06-01", None),
    ("given/X14-food-licence-five-years.yml", "许一", "2024-01-01", None),
    ("scenarios/B13-advertising.yml", "甲某", "2022-01-01", None),
    ("given/X17-other-grounds-of-disqualification.yml", "许某一", "2024-01-01", None),
    ("scenarios/C01-order-changes-hands.yml", "后任", "2021-08-01", None),
    ("given/T04-personal-responsibility-unproved.yml", "赵六", "2025-01-01", "监事"),
]
Saved = tuple[dict[str, Any], dict[str, dict[str, Any]]]


@pytest.fixture(params=CASES, ids=[Path(c[0]).stem for c in CASES])
def saved(request: pytest.FixtureRequest, ladybug_graph: Graph) -> Saved:
    file, person, day, post = request.param
    scenario = read_scenario(HERE / file)
    names = load_scenario(ladybug_graph, scenario.facts, scenario.name, [])
    with ladybug_graph.reading() as reader:
        who, when = names.nodes[person], Clocked(at=day)
        answer = as_data(qualify(reader, who, post, when) if post else reach(reader, who, when))
        return answer, claims_of(reader, answer)


def test_what_the_engine_answers_is_accepted(saved: Saved) -> None:
    answer, claims = saved
    assert list(measures(answer))
    assert check(answer, read_rules(), claims) == []


def test_every_mutation_of_a_derivation_is_refused(saved: Saved) -> None:
    answer, claims = saved
    rules, dice = read_rules(), random.Random(5)
    refused = 0
    while refused < MUTATIONS // len(CASES) + 1:
        changed = copy.deepcopy(answer)
        one = cast("dict[str, Any]", dice.choice(list(measures(changed))))
        before = copy.deepcopy(one)
        dice.choice(_MUTATIONS)(one, dice, rules, sorted(claims))
        if one == before:
            continue
        assert check(changed, rules, claims), f"{before}\n{one}"
        refused += 1


Mutation = Callable[[dict[str, Any], random.Random, dict[str, Any], list[str]], None]


def _rule(one: dict[str, Any], dice: random.Random, rules: dict[str, Any], _: list[str]) -> None:
    one["derivation"]["rule"] = dice.choice([*(r for r, v in rules.items() if v["kind"] == "measure"), "no-such-rule"])


def _drop(one: dict[str, Any], dice: random.Random, _: dict[str, Any], __: list[str]) -> None:
    part = dice.choice(["roles", "triggers", "findings", "facts"])
    if one["derivation"][part]:
        one["derivation"][part].pop(dice.randrange(len(one["derivation"][part])))


def _swap(one: dict[str, Any], dice: random.Random, _: dict[str, Any], claims: list[str]) -> None:
    part = dice.choice(["roles", "triggers", "findings"])
    one["derivation"][part].append(dice.choice([*claims, "0" * 20 + "-" + "0" * 10]))


def _from(one: dict[str, Any], dice: random.Random, _: dict[str, Any], __: list[str]) -> None:
    one["from"] = (date.fromisoformat(one["from"]) + timedelta(days=dice.choice([-365, -1, 1, 365]))).isoformat()


def _until(one: dict[str, Any], dice: random.Random, _: dict[str, Any], __: list[str]) -> None:
    one["until"] = dice.choice(["open", "life", "unknown", "2020-01-01", "2090-01-01"])


def _word(one: dict[str, Any], dice: random.Random, _: dict[str, Any], __: list[str]) -> None:
    key = dice.choice(["article", "measure", "modality", "fact", "fact_kind", "trade", "holds", "role"])
    one[key] = dice.choice(["公司法 146(四)", "限制消费", "应当", "0" * 20, "listing", "食品", "no", "监事", None])


def _unit(one: dict[str, Any], dice: random.Random, _: dict[str, Any], __: list[str]) -> None:
    one["through"] = {**one["through"], "id": f"cn-name-{dice.randrange(10**9)}"}


_MUTATIONS: list[Mutation] = [_rule, _drop, _swap, _from, _until, _word, _unit]


# --- records --------------------------------------------------------------------------------------------

# File, subject, day: a term, a repair, an end, a dispute, what is shown of a penalty under each regime.
RECORDS = [
    ("scenarios/D01-severe-market-list.yml", "甲公司", "2023-06-01"), ("scenarios/D01-severe-market-list.yml", "甲公司", "2025-06-01"),
    ("scenarios/D13-dispute.yml", "甲公司", "2023-02-01"), ("given/X02-penalty-publicity-527.yml", "辛公司", "2021-06-11"),
    ("given/X03-market-regulator-display.yml", "壬公司", "2022-08-29"), ("given/X04-repair-measures-order-36.yml", "癸公司", "2026-10-01"),
    ("given/X05-inner-mongolia-honours.yml", "乳业公司", "2021-07-01"), ("scenarios/F12-order-58.yml", "甲公司", "2024-05-29"),
    ("scenarios/D08-dishonest-head-one-open.yml", "乙公司", "2017-05-01"), ("given/T15-source-page-vanished.yml", None, "2023-06-01"),
]  # fmt: skip


@pytest.fixture(params=RECORDS, ids=[f"{Path(r[0]).stem}-{r[2]}" for r in RECORDS])
def recorded(request: pytest.FixtureRequest, ladybug_graph: Graph) -> Saved:
    file, who, day = request.param
    scenario = read_scenario(HERE / file)
    names = load_scenario(ladybug_graph, scenario.facts, scenario.name, [])
    with ladybug_graph.reading() as reader:
        node = names.nodes[who or scenario.facts["enterprises"][0]["id"]]
        answer = as_data(status(reader, node, Clocked(at=day, history="复核")))
        return answer, claims_of(reader, answer)


def test_how_records_stand_is_accepted_and_every_mutation_of_it_refused(recorded: Saved) -> None:
    answer, claims = recorded
    rules, dice = read_rules(), random.Random(7)
    assert list(items(answer)) and check(answer, rules, claims) == []
    refused = 0
    while refused < MUTATIONS // len(RECORDS):
        changed = copy.deepcopy(answer)
        one = cast("dict[str, Any]", dice.choice(list(items(changed))))
        before = copy.deepcopy(one)
        dice.choice(_OF_RECORDS)(one, dice, sorted(rules), sorted(claims))
        if one == before:
            continue
        assert check(changed, rules, claims), f"{before}\n{one}"
        refused += 1


RecordMutation = Callable[[dict[str, Any], random.Random, list[str], list[str]], None]


def _state(one: dict[str, Any], dice: random.Random, _: list[str], __: list[str]) -> None:
    over = ["ended", "repaired", "removed", "annulled", "never_displayed", "proposed"]
    alive = ["displayed", "masked", "disputed", "unknown_since"]
    one["state"] = dice.choice(alive if one["state"] in over else over)


def _record_day(one: dict[str, Any], dice: random.Random, _: list[str], __: list[str]) -> None:
    one[dice.choice(["from", "until"])] = dice.choice(["2001-01-01", "2090-01-01", "life"])


def _record_word(one: dict[str, Any], dice: random.Random, _: list[str], __: list[str]) -> None:
    key = dice.choice(["article", "name", "number", "fact", "holds"])
    one[key] = dice.choice(["公司法 146(四)", "失信被执行人名单", "甲1号", "0" * 20, "no" if one["holds"] == "yes" else "yes"])


def _record_rule(one: dict[str, Any], dice: random.Random, rules: list[str], _: list[str]) -> None:
    one["derivation"]["rule"] = dice.choice([*rules, "no-such-rule"])


def _record_claims(one: dict[str, Any], dice: random.Random, _: list[str], claims: list[str]) -> None:
    part = dice.choice(["triggers", "facts"])
    if dice.random() < 0.5:
        one["derivation"][part].pop()
    else:
        one["derivation"][part].append("0" * 20 + "-" + "0" * 10 if part == "triggers" else dice.choice(claims))


_OF_RECORDS: list[RecordMutation] = [_state, _record_day, _record_word, _record_rule, _record_claims]


def test_a_verdict_that_its_findings_do_not_bear_is_refused(ladybug_graph: Graph) -> None:
    scenario = read_scenario(HERE / "given/T04-personal-responsibility-unproved.yml")
    names = load_scenario(ladybug_graph, scenario.facts, scenario.name, [])
    with ladybug_graph.reading() as reader:
        answer = as_data(qualify(reader, names.nodes["赵六"], "监事", Clocked("2025-01-01")))
        claims = claims_of(reader, answer)
    for path, value in ((("allowed", "answer"), "yes"), (("barred_until",), "2030-01-01"), (("question", "arguments", "as"), "法定代表人")):
        changed = copy.deepcopy(answer)
        inner = changed
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value
        assert check(changed, read_rules(), claims), path
