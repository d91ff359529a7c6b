"""The second program for records: whether a listing, penalty or order stands as a saved answer says, from its claim and the rule alone.

As `checker`, it shares no code with the engine. A claim whose own dates are partial settles no state; of such an item
only what it cites is checked.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from queries.law.checker_days import before, is_day, plus

Json = Mapping[str, Any]
_LABEL = {"listing": "Listing", "penalty": "Penalty", "order": "Enforcement", "enforcement": "Enforcement"}
_BEGIN = {"listing": "listed", "penalty": "decided", "order": "issued", "enforcement": "filed"}
_OVER = {"listing": ("annulled", "removed", "repaired"), "penalty": ("annulled", "repaired"), "order": ("closed",), "enforcement": ("closed",)}
_ALIVE = ("displayed", "repairable", "masked", "disputed", "unknown_since")
_GONE = ("ended", "repaired", "removed", "annulled", "never_displayed", "proposed")


def items(answer: Json) -> Iterator[Json]:
    """The records of a saved answer: of `status` or `linked`."""
    yield from answer.get("items", ())
    yield from (answer.get("law") or {}).get("items", ())


def check_item(answer: Json, one: Json, rules: Mapping[str, Json], claims: Mapping[str, Json]) -> Iterator[str]:
    """Everything about one record that does not follow."""
    told = one["derivation"]
    missing = [c for c in (*told["triggers"], *told["findings"]) if c not in claims]
    own = next((claims[c] for c in told["triggers"] if c in claims and c.partition("-")[0] == one["fact"]), None)
    if missing or own is None or told["roles"]:
        yield f"no claim {', '.join(missing) or one['fact']}"
        return
    yield from _cites(answer, one, own, claims)
    rule = rules.get(told["rule"]) if told["rule"] else None
    if told["rule"] and (rule is None or rule["kind"] not in ("list", "display")):
        yield f"no rule {told['rule']} on records"
        return
    yield from _rule(answer, one, own, rule)
    yield from _words(one)
    if all(is_day(str(own[key])) for key in (_BEGIN[one["kind"]], *_OVER[one["kind"]], "fixed_until", "published", "unknown_since") if own.get(key)):
        yield from _state(answer, one, own, rule, [claims[c] for c in told["findings"]])


def _cites(answer: Json, one: Json, own: Json, claims: Mapping[str, Json]) -> Iterator[str]:
    told, run = one["derivation"], int(answer["clocks"]["known_run"])
    for claim in (claims[c] for c in (*told["triggers"], *told["findings"])):
        if claim.get("status") != "asserted" or not int(claim["known_from"]) <= run < int(claim["known_to"]):
            yield f"a claim of {claim['kind']} was not believed at run {run}"
    if set(told["facts"]) != {c.partition("-")[0] for c in told["triggers"]}:
        yield "its facts are not those of the claims it cites"
    if own["kind"] != _LABEL[one["kind"]]:
        yield f"a {own['kind']} told as {one['kind']}"
    if one["subject"]["id"] not in own["subjects"]:
        yield "the record is of another subject"
    name = own.get("list") or (own.get("kind_of_order") if one["kind"] == "order" else None) or own.get("kinds") or own.get("order")
    if name is not None and one["name"] != str(name).replace(",", "、").replace("；", "、"):
        yield f"called {one['name']}, the claim says {name}"
    if one["number"] != own.get("number"):
        yield "another number than the claim's"


def _rule(answer: Json, one: Json, own: Json, rule: Json | None) -> Iterator[str]:
    if rule is None:
        if one["article"] is not None:
            yield "an article without a rule"
        return
    if one["article"] != f"{rule['instrument']} {rule['article']}".strip():
        yield f"article {one['article']}, the rule is {rule['instrument']} {rule['article']}"
    if not rule["from"] <= answer["question"]["rules_at"] <= rule.get("until", "9999-12-31"):
        yield "the rule is not in force"
    if (rule["kind"], rule.get("list") or rule.get("platform")) not in (("list", own.get("list")), ("display", own.get("shown_on"))):
        yield "a rule of another list or platform"


def _words(one: Json) -> Iterator[str]:
    expected = {"yes", "undetermined"} if one["state"] in _ALIVE else {"no"} if one["state"] in _GONE else set()
    if one["holds"] not in expected or (one["state"] == "unknown_since" and one["holds"] == "yes" and one["unknown"]):
        yield f"{one['state']} and holds {one['holds']}"


# --- the state on the day -------------------------------------------------------------------------------


def _state(answer: Json, one: Json, own: Json, rule: Json | None, because: Sequence[Json]) -> Iterator[str]:
    day, begin = answer["question"]["at"], str(own.get(_BEGIN[one["kind"]]) or own.get("valid_from"))
    if one["from"] != begin or begin > day:
        yield f"begins on {one['from']}, expected {begin}"
    last = _last(own, rule, begin, one)
    ends = _ends(one, own, last, because)
    over = [(at, state) for at, state in ends if at <= day]
    if last == "?" and not over:
        return
    if own.get("stage") == "拟列入":
        expected, until, since = "proposed", "open", begin
    elif last == "never" and not any(state == "annulled" for _, state in over):
        expected, until, since = "never_displayed", "open", begin
    elif over:
        since, expected = min(over, key=lambda e: (e[1] != "annulled", e[0], e[1]))
        until = before(since)
    else:
        expected, until, since = "", _until(ends, last), ""
    yield from _compare(one, expected, until, since)
    if not expected:
        yield from _alive(answer, one, own, rule, because)


def _compare(one: Json, expected: str, until: str, since: str) -> Iterator[str]:
    if (expected and one["state"] != expected) or (not expected and one["state"] not in _ALIVE):
        yield f"{one['state']}, expected {expected or 'one that is shown'}"
    if until and until != "?" and one["until"] != until:
        yield f"lasts until {one['until']}, expected {until}"
    if since and one["since"] != since:
        yield f"since {one['since']}, expected {since}"


def _ends(one: Json, own: Json, last: str, because: Sequence[Json]) -> list[tuple[str, str]]:
    """Days from which it is over, with what is then said of it."""
    words = {"closed": "removed"}
    ends = [(str(own[key]), words.get(key, key)) for key in _OVER[one["kind"]] if own.get(key)]
    ends += [(str(d["concluded"]), "annulled") for d in because if d["kind"] == "Dispute" and d.get("upheld") == "yes" and is_day(str(d.get("concluded")))]
    return [*ends, *([(plus(last, "1日"), "ended")] if is_day(last) else [])]


def _until(ends: Sequence[tuple[str, str]], last: str) -> str:
    return before(min(at for at, _ in ends)) if ends else last


def _last(own: Json, rule: Json | None, begin: str, one: Json) -> str:
    """The last day under the rule: a day, `open`, `unknown`, `never`; `?` where another record decides it."""
    if own.get("fixed_until"):
        return str(own["fixed_until"])
    if rule is None:
        return "unknown" if one["kind"] == "penalty" else "open"
    if rule["kind"] == "list":
        return _term(own, rule, begin)
    start = str(own.get(rule["start"]) or begin)
    classes = [c for c in rule["shown"] if _in_class(own, c, one["severity"])]
    if not classes or one["severity"] == "undetermined" or "while_listed" in classes[0] or "-" in classes[0]["last"]:
        return "?" if classes else "unknown"
    found = str(classes[0]["last"])
    if found == "never":
        return found
    span, fixed = plus(start, found), str(own.get(classes[0].get("fixed_by", ""), ""))
    return max(span, fixed) if is_day(fixed) else span


def _term(own: Json, rule: Json, begin: str) -> str:
    if own.get("head") is None and rule.get("head_words"):
        said = next((number for words, number in rule["head_words"].items() if words in str(own.get("ground") or "")), None)
        own = {**own, "head": said} if said else own
    for term in rule["terms_of"]:
        if all(str(own.get(k)) in map(str, v if isinstance(v, list) else [v]) for k, v in term.get("where", {}).items()):
            if term["last"] == "open":
                return "open"
            years = int(own.get(term.get("extended_by", "")) or 0)
            if "-" in term["last"]:
                return "?"
            return plus(begin, f"{int(term['last'][:-1]) + years}{term['last'][-1]}" if years else term["last"])
    return "open"


def _in_class(own: Json, one: Json, severity: str | None) -> bool:
    kinds = {k for k in str(own.get("kinds") or "").split("、") if k}
    if one.get("of_persons") == "yes" and not any(s.startswith("p-") for s in own["subjects"]):
        return False
    if one.get("unpublished") == "yes" and own.get("published"):
        return False
    if ("kinds_only" in one and not kinds <= set(one["kinds_only"])) or ("kinds_any" in one and not kinds & set(one["kinds_any"])):
        return False
    where = one.get("where", {})
    if any(own.get(key) not in (value if isinstance(value, list) else [value]) for key, value in where.items()):
        return False
    return "severity" not in one or severity == "undetermined" or one["severity"] == severity


# --- while it stands ------------------------------------------------------------------------------------


def _alive(answer: Json, one: Json, own: Json, rule: Json | None, because: Sequence[Json]) -> Iterator[str]:
    day, gone = answer["question"]["at"], own.get("unknown_since")
    disputes = [d for d in because if d["kind"] == "Dispute" and str(d.get("opened")) <= day and not (is_day(str(d.get("concluded"))) and str(d["concluded"]) <= day)]
    masks = [p for p in because if p["kind"] == "Penalty"]
    reports = [r for r in because if r["kind"] == "Sighting"]
    if reports:
        return
    expected = "unknown_since" if gone and str(gone) <= day else "disputed" if disputes else "masked" if masks else ""
    if (expected and one["state"] != expected) or (not expected and one["state"] not in ("displayed", "repairable")):
        yield f"{one['state']}, expected {expected or 'displayed or repairable'}"
    first = one["repairable_from"]
    if one["state"] == "repairable" and not (is_day(str(first)) and str(first) <= day and one["since"] == first):
        yield "repairable before the day on which repair can be asked"
    if one["state"] == "displayed" and is_day(str(first)) and str(first) <= day:
        yield "still not repairable though the minimum has passed"
    if is_day(str(first)) and first not in set(_repairs(own, rule)):
        yield f"repairable from {first}, which no rule of its class gives"
    if one["may_apply"] == "yes" and not (is_day(str(first)) and str(first) <= day):
        yield "repair may be asked though its day is not there"


def _repairs(own: Json, rule: Json | None) -> Iterator[str]:
    """Every first day on which the rule lets repair be asked, of whatever class."""
    every = [] if rule is None else [*rule.get("repair", ()), *(r for c in rule.get("shown", ()) for r in c.get("repair", ()))]
    for one in every:
        start = own.get(one["start"])
        if start and is_day(str(start)) and one["after"] != "unstated":
            yield str(start) if one["after"] == "at_once" else plus(plus(str(start), one["after"]), "1日")
