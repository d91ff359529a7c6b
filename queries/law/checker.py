"""A second, small program that re-checks saved measures against the rules and the claims they cite.

It shares no code with the engine: it reads the rule files with plain YAML, does its own dates, and accepts a measure
only where every element follows from a cited claim. Whatever it cannot follow it refuses.
"""

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

import yaml

from queries.law.checker_days import before, is_day, plus
from queries.law.checker_items import check_item, items

Json = Mapping[str, Any]
_LABEL = {"penalty": "Penalty", "listing": "Listing", "order": "Enforcement", "debt": "Debt", "registration": "Record", "enforcement": "Enforcement",
          "grade": "Grade"}  # fmt: skip
_KIND_OF = {"董事长": "董事", "副董事长": "董事", "执行董事": "董事", "独立董事": "董事", "职工董事": "董事", "监事会主席": "监事", "职工监事": "监事",
            "经理": "高级管理人员", "总经理": "高级管理人员", "副经理": "高级管理人员", "副总经理": "高级管理人员", "财务负责人": "高级管理人员",
            "财务总监": "高级管理人员", "董事会秘书": "高级管理人员"}  # fmt: skip


def read_rules() -> dict[str, dict[str, Any]]:
    """Every rule by id, as its file has it."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(files("queries.law").joinpath("rules").iterdir(), key=lambda p: p.name):
        if path.name.endswith(".yml"):
            document = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
            found |= {rule["id"]: rule for rule in document.get("rules", ())}
    return found


def cited(answer: Json) -> list[str]:
    """The claims that the measures and records of a saved answer cite."""
    every = (*measures(answer), *items(answer))
    return sorted({c for one in every for part in ("roles", "triggers", "findings") for c in one["derivation"][part]})


def measures(answer: Json) -> Iterator[Json]:
    """The positive measures of a saved answer: of `reach`, `qualify` or `linked`."""
    law = answer.get("law") or {}
    yield from (*answer.get("measures", ()), *answer.get("bans", ()), *law.get("measures", ()))


def check(answer: Json, rules: Mapping[str, Json], claims: Mapping[str, Json]) -> list[str]:
    """Everything that does not follow; nothing where the answer is sound.

    `claims` by id: the claim's properties with `kind` (label or relationship), `subjects` of an event, `from` and `to`
    of a relationship.
    """
    problems = []
    for number, one in enumerate(measures(answer), 1):
        problems += [f"measure {number}: {problem}" for problem in _measure(answer, one, rules, claims)]
    for number, one in enumerate(items(answer), 1):
        problems += [f"record {number}: {problem}" for problem in check_item(answer, one, rules, claims)]
    return [*problems, *_verdicts(answer)]


def _verdicts(answer: Json) -> Iterator[str]:
    """A verdict is that of its findings; of a subject that is not singled out nothing is sure."""
    singled = answer["subject"]["id"] is not None and answer["subject"]["identity"] in ("confirmed", "anchored")
    for key, found, positive, negative in (("reached", "measures", "yes", "no"), ("allowed", "bans", "no", "yes")):
        if key in answer:
            expected = positive if answer[found] else "undetermined" if answer["undetermined"] else negative
            if answer[key]["answer"] != (expected if singled else "undetermined"):
                yield f"{key} is {answer[key]['answer']}, its findings say {expected}"
    if "allowed" in answer:
        yield from _asked_post(answer)


def _asked_post(answer: Json) -> Iterator[str]:
    post = answer["question"]["arguments"]["as"]
    for ban in answer["bans"]:
        if not any(post == p or _KIND_OF.get(post) == p for p in ban["posts"]):
            yield f"a ban from {'、'.join(ban['posts'])} does not bear on {post}"
    ends = [str(ban["until"]) for ban in answer["bans"]]
    word = next((w for w in ("life", "open", "unknown") if w in ends), None)
    if answer["barred_until"] != (word or max(ends, default=None)):
        yield f"barred until {answer['barred_until']}, the last ban says {word or max(ends, default=None)}"


def _measure(answer: Json, one: Json, rules: Mapping[str, Json], claims: Mapping[str, Json]) -> Iterator[str]:
    told = one["derivation"]
    rule = rules.get(told["rule"])
    every = [*told["roles"], *told["triggers"], *told["findings"]]
    missing = [c for c in every if c not in claims]
    if rule is None or missing:
        yield f"no rule {told['rule']}" if rule is None else f"no claim {', '.join(missing)}"
        return
    if one["holds"] != "yes" or one["reasons"] or one["unknown"]:
        yield "a measure that reaches has no reasons against it and nothing unknown"
    facts = {str(one["fact"]) if claims[c]["kind"] == "Record" else c.partition("-")[0] for c in every}
    if set(told["facts"]) != facts or len(set(every)) != len(every) or len(told["facts"]) != len(facts):
        yield "its facts are not those of the claims it cites"
    yield from _known(answer, [claims[c] for c in every])
    yield from _cited_rule(answer, one, rule)
    yield from _facts(answer, one, rule, claims)


def _known(answer: Json, cited_claims: Sequence[Json]) -> Iterator[str]:
    run = int(answer["clocks"]["known_run"])
    for claim in cited_claims:
        if claim.get("status") != "asserted" or not int(claim["known_from"]) <= run < int(claim["known_to"]):
            yield f"a claim of {claim['kind']} was not believed at run {run}"


def _cited_rule(answer: Json, one: Json, rule: Json) -> Iterator[str]:
    if one["article"] != f"{rule['instrument']} {rule['article']}".strip():
        yield f"article {one['article']}, the rule is {rule['instrument']} {rule['article']}"
    if one["modality"] != rule.get("modality", "不得"):
        yield "another modality than the rule's"
    if not any(_effect(one, effect) for effect in rule["effects"]):
        yield "no such effect in the rule"
    if not rule["from"] <= answer["question"]["rules_at"] <= rule.get("until", "9999-12-31"):
        yield "the rule is not in force"


def _effect(one: Json, effect: Json) -> bool:
    return bool(one["measure"] == effect["measure"] and list(one["posts"]) == list(effect.get("posts", [])) and one["trade"] == effect.get("trade"))


# --- the facts ------------------------------------------------------------------------------------------


def _facts(answer: Json, one: Json, rule: Json, claims: Mapping[str, Json]) -> Iterator[str]:
    told = one["derivation"]
    triggers = [claims[c] for c in told["triggers"] if c.partition("-")[0] == one["fact"] or claims[c]["kind"] == "Record"]
    if len(triggers) != 1:
        yield "its trigger is not among the claims"
        return
    trigger = triggers[0]
    basis = [claims[c] for c in told["triggers"] if claims[c] is not trigger]
    if any(str(b.get("id")).partition("-")[0] != trigger.get("because_of") for b in basis) or bool(basis) != bool(trigger.get("because_of")):
        yield "a claim beside the trigger that the trigger does not rest on"
    yield from _trigger(answer, one, rule, trigger)
    roles = [claims[c] for c in told["roles"]]
    yield from _roles(answer, one, rule, trigger, basis, roles)
    yield from _condition(answer, rule, [claims[c] for c in told["findings"]])
    yield from _dates(answer, one, rule, trigger, roles)


def _nodes(answer: Json) -> set[str]:
    return {answer["subject"]["id"], *(s["id"] for s in answer["subject"]["same_as"])}


def _trigger(answer: Json, one: Json, rule: Json, trigger: Json) -> Iterator[str]:
    wanted = rule["trigger"]["fact"]
    if trigger["kind"] != _LABEL[wanted] or one["fact_kind"] != wanted:
        yield f"a {trigger['kind']} sets off a rule on a {wanted}"
    for key, allowed in rule["trigger"].get("where", {}).items():
        if not _has(trigger, key, [allowed] if isinstance(allowed, str) else allowed):
            yield f"the trigger's {key} is not what the rule names"
    subjects = set(trigger["subjects"])
    if trigger["kind"] == "Record" and one["fact"] not in subjects:
        yield "the record is of another subject"
    if one["through"]["id"] not in subjects and not subjects & _nodes(answer):
        yield "the trigger is about somebody else"
    if one["role"] is not None and one["through"]["id"] not in subjects:
        yield "the trigger is not about the unit"


def _has(trigger: Json, key: str, allowed: Sequence[str]) -> bool:
    if key == "ground_has":
        return any(words in str(trigger.get("ground") or "") for words in allowed)
    value = trigger.get("kind_of_order") if key == "order" else trigger.get(key)
    values = str(value).split("、") if key == "kinds" else [str(value)]
    if key == "under":
        return any(str(value) == a or str(value).partition("(")[0] == a or (" " not in a and str(value).partition(" ")[0] == a) for a in allowed)
    return any(v in allowed for v in values)


def _roles(answer: Json, one: Json, rule: Json, trigger: Json, basis: Sequence[Json], roles: Sequence[Json]) -> Iterator[str]:
    if one["role"] is None:
        if roles or rule.get("self") != "yes" or one["through"]["id"] not in _nodes(answer):
            yield "no role, though the rule reaches only through one"
        return
    if not roles:
        yield "no claim for the role"
    if not any(one["role"] == r or _KIND_OF.get(one["role"]) == r for r in rule.get("roles", ())):
        yield f"the rule does not name {one['role']}"
    for role in roles:
        if role.get("from") not in _nodes(answer) or role.get("to") != one["through"]["id"] or _post(role) != one["role"]:
            yield "the role's claim says something else"
        elif not _held(answer, rule, trigger, basis, role):
            yield "the role was not held at the rule's time"


def _post(role: Json) -> str:
    return "实际控制人" if role["kind"] == "ACTUAL_CONTROLLER_OF" else str(role.get("post"))


def _held(answer: Json, rule: Json, trigger: Json, basis: Sequence[Json], role: Json) -> bool:
    if role["kind"] == "POST_IN_EVENT":
        return role.get("event") in {trigger["id"].partition("-")[0], trigger.get("because_of"), *trigger["subjects"]}
    first = last = _start(rule, trigger)
    looked_at = basis[0] if basis else trigger
    if rule.get("role_time", "decision") == "now":
        first = last = answer["question"]["at"]
    elif rule.get("role_time") == "conduct" and (looked_at.get("conduct_from") or looked_at.get("conduct_to")):
        first, last = looked_at.get("conduct_from") or looked_at["conduct_to"], looked_at.get("conduct_to") or looked_at["conduct_from"]
    elif rule.get("role_time") == "conduct" and basis:
        first = last = str(looked_at.get("decided"))
    begun = str(role.get("valid_from") or role.get("as_of") or "9999")
    return begun <= last and first <= str(role.get("valid_to") or "9999-12-31")


def _condition(answer: Json, rule: Json, findings: Sequence[Json]) -> Iterator[str]:
    wanted = rule.get("condition")
    if wanted is None or (rule.get("condition_doubtful") == "yes" and not findings):
        if findings:
            yield "findings that no condition asks for"
        return
    if not any(f["kind"] == "Finding" and f.get("found") == "yes" and f.get("condition") == wanted for f in findings):
        yield f"nobody found {wanted}"
    for found in findings:
        if found["kind"] != "Finding" or found.get("condition") != wanted or found.get("found") != "yes":
            yield "a finding on something else"
        elif not set(found["subjects"]) & _nodes(answer):
            yield "a finding about somebody else"


# --- dates ----------------------------------------------------------------------------------------------


def _start(rule: Json, trigger: Json) -> str:
    begin = {"Penalty": "decided", "Listing": "listed", "Enforcement": "issued", "Debt": "due", "Record": "registration_annulled", "Grade": "issued"}
    name = rule.get("start", "decided")
    return str(trigger.get(name) or trigger.get(begin[trigger["kind"]]) or trigger.get("valid_from"))


def _dates(answer: Json, one: Json, rule: Json, trigger: Json, roles: Sequence[Json]) -> Iterator[str]:
    first, last = _start(rule, trigger), _last(rule, trigger)
    if rule.get("role_time", "decision") == "now" and roles:
        first = max(first, min(str(r.get("valid_from") or first) for r in roles))
        ends = [str(r["valid_to"]) for r in roles if r.get("valid_to")]
        last = min(last, max(ends)) if len(ends) == len(roles) and is_day(last) else (max(ends) if len(ends) == len(roles) else last)
    begun = first if is_day(first) else "unknown"
    if one["from"] != begun:
        yield f"begins on {one['from']}, expected {begun}"
    if one["until"] != last and last != "?":
        yield f"lasts until {one['until']}, expected {last}"
    day = answer["question"]["at"]
    if day < first or (is_day(str(one["until"])) and day > str(one["until"])):
        yield "the day asked for lies outside its term"


def _last(rule: Json, trigger: Json) -> str:
    duration = rule.get("duration", "open")
    fixed = trigger.get(rule.get("fixed_by", "")) if rule.get("fixed_by") else None
    if fixed:
        return str(fixed)
    if duration in ("life", "fixed"):
        return "life" if duration == "life" else "unknown"
    if duration != "open":
        return "unknown" if rule.get("to_life") == "yes" else plus(_start(rule, trigger), duration)
    return _while(trigger)


def _while(trigger: Json) -> str:
    over = [before(str(trigger[k])) for k in ("removed", "annulled", "repaired", "closed", "paid") if trigger.get(k)]
    ends = [*over, *([str(trigger["fixed_until"])] if trigger.get("fixed_until") else [])]
    if trigger["kind"] == "Listing" and not trigger.get("fixed_until"):
        term = _term(trigger)
        ends += [term] if term not in ("open", "?") else []
        if term == "?":
            return min(ends) if ends else "?"
    return min(ends) if ends else "open"


# Terms of lists, told here a second time so that an error in one place shows.
_TERMS = {"严重违法失信名单": "3年", "严重违法企业名单": "5年", "拖欠农民工工资失信名单": "3年", "安全生产严重失信主体名单": "3年", "重大税收违法失信主体": "3年"}


def _term(trigger: Json) -> str:
    name = str(trigger.get("list"))
    if name in _TERMS:
        return plus(str(trigger["listed"]), _TERMS[name])
    if name == "失信被执行人":
        head = trigger.get("head")
        return plus(str(trigger["listed"]), f"{2 + int(trigger.get('extended_years') or 0)}年") if head is not None and int(head) > 1 else "open"
    return "?" if name in ("政府采购严重违法失信行为记录", "建筑市场主体黑名单") else "open"
