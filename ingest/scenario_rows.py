"""From the facts of a scenario to nodes and relationships of the model: one function a section, no clock."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from graph_model.claims import digest, earliest
from graph_model.errors import InputError
from graph_model.identifiers import enterprise_id, orgcode_of, person_id
from graph_model.kinds import UNKNOWN
from graph_model.model import MODEL
from graph_model.names.clean import name_key
from graph_model.stores.graph import Row

Entry = Mapping[str, Any]
NAMED = "列入决定载明的人员"
BIDDER = "投标人"
OWN_SOURCE = "src-case"
_RANKS = {"信用中国": 2, "国家企业信用信息公示系统": 2, "执行信息公开网": 2, "地方信用平台": 3, "第三方网站": 4}
# Posts that the model keeps as posts in an event, said of an enterprise without an event.
_RESPONSIBLE = ("影响债务履行的直接责任人员", "直接负责的主管人员", "其他直接责任人员", "直接责任人")
_EVENT_LABELS = {
    "penalties": "Penalty", "listings": "Listing", "orders": "Enforcement", "enforcements": "Enforcement", "debts": "Debt",
    "findings": "Finding", "grades": "Grade", "records": "CreditItem", "disputes": "Dispute", "reports": "Sighting", "bids": "Bid",
}  # fmt: skip
_SUBJECT_KEY = {"debts": "debtor", "findings": "about"}
# Scenario key → property, where they differ; a key that is no property is dropped here and handled apart.
_RENAMED: Mapping[str, Mapping[str, str]] = {
    "penalties": {"permit": "licence", "amount_yuan": "amount"},
    "orders": {"lifted": "closed", "order": "kind"},
    "findings": {"date": "decided"},
    "grades": {"grade": "level", "year": "period"},
    "records": {"from": "since_day", "to": "until_day"},
    "disputes": {"closed": "concluded"},
}
_REFERENCES = ("because_of", "event", "about", "penalised")


@dataclass(slots=True)
class Names:
    """What the labels of a scenario became: nodes for subjects, fact ids for facts, and the label of each node."""

    nodes: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)

    def node(self, label: str) -> str:
        """The node of a subject. Raises `InputError` on a label the scenario does not declare."""
        if label not in self.nodes:
            raise InputError(f"{label!r} is no enterprise, person or authority of this scenario")
        return self.nodes[label]

    def reference(self, label: str) -> str:
        """The fact, or else the node, that a label means."""
        return self.facts.get(label) or self.node(label)


@dataclass(frozen=True, slots=True)
class Written:
    """One row to write: a node of a label, or a relationship (`ends`: the labels of its two nodes)."""

    table: str
    row: Row
    ends: tuple[str, str] | None = None


def name_everything(facts: Mapping[str, Any], scope: str) -> Names:
    """Ids for everything the scenario declares. Raises `InputError` on a label used twice."""
    names = Names()
    for section, entries in facts.items():
        for index, entry in enumerate(entries):
            if section not in ("not_loaded", "sources"):
                _name(names, section, index, entry, scope)
    for section, key in ((s, _SUBJECT_KEY.get(s, "subject")) for s in _EVENT_LABELS):
        for entry in facts.get(section, ()):
            if entry.get("id") and entry.get(key):
                names.subjects[entry["id"]] = entry[key]
    return names


def _name(names: Names, section: str, index: int, entry: Entry, scope: str) -> None:
    label = entry.get("id") or f"{section}[{index}]"
    if label in names.nodes or label in names.facts:
        raise InputError(f"{section}: the id {label!r} is used twice")
    made = {"enterprises": _firm_id, "persons": _person_id, "authorities": _authority_id}.get(section)
    if made is None:
        names.facts[label] = digest(scope, section, label)
        return
    node = made(entry, scope)
    names.nodes[label] = node
    names.labels[node] = {"enterprises": "Enterprise", "persons": "Person", "authorities": "Authority"}[section]


def _firm_id(entry: Entry, scope: str) -> str:
    found = enterprise_id(uscc=entry.get("uscc"), name=entry.get("name") or entry["id"])
    return found if found.startswith("cn-uscc-") else f"cn-name-{digest(scope, 'enterprise', entry['id'])}"


def _person_id(entry: Entry, scope: str) -> str:
    return person_id(f"{scope}#{entry['id']}", entry["name"])


def _authority_id(entry: Entry, scope: str) -> str:
    return f"a-{digest(scope, entry['id'])}"


def fact_label(section: str, index: int, entry: Entry) -> str:
    """The label of a fact: its own, or its place where it has none."""
    return str(entry.get("id") or f"{section}[{index}]")


# --- subjects -------------------------------------------------------------------------------------------


def support_rows(facts: Mapping[str, Any], names: Names) -> Iterator[Written]:
    """Nodes that bear no claim: sources and subjects."""
    yield Written("Source", {"id": OWN_SOURCE, "name": "案卷", "rank": 2})
    for source in facts.get("sources", ()):
        row = {"id": source["id"], "name": source["id"], "kind": source["kind"], "rank": _RANKS[source["kind"]]}
        yield Written("Source", row)
    for entry in facts.get("enterprises", ()):
        yield Written("Enterprise", _firm(entry, names))
    for entry in facts.get("authorities", ()):
        row = {"id": names.nodes[entry["id"]], "caption": entry["name"], "name_key": name_key(entry["name"])}
        yield Written("Authority", row | {"state_holder": entry.get("state") == "yes"})
    anchors = _anchors(facts, names)
    for entry in facts.get("persons", ()):
        node = names.nodes[entry["id"]]
        row = {"id": node, "caption": entry["name"], "name_key": name_key(entry["name"]), "id_masked": entry.get("id_masked")}
        yield Written("Person", row | {"anchor": anchors.get(entry["id"], f"case#{node}")})


def _firm(entry: Entry, names: Names) -> Row:
    node, name = names.nodes[entry["id"]], entry.get("name") or entry["id"]
    row: Row = {"id": node, "caption": name}
    if node.startswith("cn-uscc-"):
        return row | {"uscc": entry["uscc"], "orgcode": orgcode_of(entry["uscc"])}
    return row | {"name_key": name_key(name)}


def _anchors(facts: Mapping[str, Any], names: Names) -> dict[str, str]:
    """The enterprise whose record names each person: the first he has a role in."""
    found: dict[str, str] = {}
    for role in facts.get("roles", ()):
        found.setdefault(role["person"], names.node(role["enterprise"]))
    return found


# --- facts ----------------------------------------------------------------------------------------------


def rows_of(section: str, entry: Entry, names: Names) -> Iterator[Written]:
    """What one version of a fact writes; the claim's clocks and ids are filled in by the caller."""
    if section == "enterprises":
        yield from _record(entry, names)
    elif section == "persons":
        yield from _person_record(entry, names)
    elif section in _EVENT_LABELS:
        yield from _event(section, entry, names)
    else:
        yield from _RELATIONS[section](entry, names)


def _record(entry: Entry, names: Names) -> Iterator[Written]:
    node, name = names.nodes[entry["id"]], entry.get("name") or entry["id"]
    kept = ("kind", "place", "founded", "deregistered", "liquidated", "registration_annulled", "uscc")
    row: Row = {key: entry[key] for key in kept if key in entry} | {"name": name, "name_key": name_key(name)}
    if "trade" in entry:
        row["trade"] = "、".join(entry["trade"])
    if "registered_capital_yuan" in entry:
        row["capital"] = str(entry["registered_capital_yuan"])
    for key in ("natural_persons_only", "false_registration"):
        if key in entry:
            row[key] = entry[key] == "yes"
    yield Written("Record", row)
    yield Written("DESCRIBES", {"from": "", "to": node}, ("Record", "Enterprise"))
    if "branch_of" in entry:
        head = names.node(entry["branch_of"])
        yield Written("BRANCH_OF", {"from": node, "to": head, "valid_from": entry.get("founded")}, ("Enterprise", "Enterprise"))


def _person_record(entry: Entry, names: Names) -> Iterator[Written]:
    row: Row = {"name": entry["name"], "name_key": name_key(entry["name"]), "id_masked": entry.get("id_masked")}
    yield Written("Record", row)
    yield Written("DESCRIBES", {"from": "", "to": names.nodes[entry["id"]]}, ("Record", "Person"))


def _event(section: str, entry: Entry, names: Names) -> Iterator[Written]:
    label = _EVENT_LABELS[section]
    row = {**_properties(section, label, entry, names), **_validity(section, entry)}
    yield Written(label, row)
    for who, capacity in _who(section, entry, names):
        node = names.node(who)
        ends = (names.labels[node], label)
        yield Written("SUBJECT_OF", {"from": node, "to": "", "capacity": capacity, **_validity(section, entry)}, ends)
    if section == "listings":
        target = MODEL.list_named[entry["list"]].id
        yield Written("ON_LIST", {"from": "", "to": target, **_validity(section, entry)}, ("Listing", "List"))


def _who(section: str, entry: Entry, names: Names) -> Iterator[tuple[str, str | None]]:
    if section == "bids":
        yield from ((bidder, BIDDER) for bidder in dict.fromkeys(entry["bidders"]))
        return
    if section in ("disputes", "reports"):
        yield str(names.subjects.get(entry["about"], entry["about"])), None
        return
    yield str(entry[_SUBJECT_KEY.get(section, "subject")]), None
    yield from ((person, NAMED) for person in entry.get("named", ()) if person != entry["subject"])


def _properties(section: str, label: str, entry: Entry, names: Names) -> Row:
    renamed, known = _RENAMED.get(section, {}), {p.name for p in MODEL.node[label].properties}
    row: Row = {}
    for key, value in entry.items():
        name = renamed.get(key, key)
        if name in known and not (section == "findings" and key == "about"):
            row[name] = names.reference(value) if name in _REFERENCES else value
    return row | _shaped(section, entry)


def _shaped(section: str, entry: Entry) -> Row:
    """Values that the model keeps in another shape."""
    if section == "penalties":
        ranges = entry.get("basis_ranges") or {}
        spans = {f"basis_{k}": f"{v[0]}..{v[1]}" for k, v in ranges.items()}
        amount = {"amount": str(entry["amount_yuan"])} if "amount_yuan" in entry else {}
        return {"kinds": "、".join(entry["kinds"]), **spans, **amount}
    if section == "listings":
        return {"stage": "拟列入" if entry.get("stage") == "拟列入" else "列入", "polarity": MODEL.list_named[entry["list"]].polarity}
    if section == "orders":
        return {"kind": str(entry["order"]).removesuffix("令")}
    if section == "enforcements":
        return {"kind": "被执行"}
    if section == "grades":
        return {"period": str(entry["year"])} if "year" in entry else {}
    if section == "records":
        return {k: v for k, v in (("value", _text(entry.get("value"))), ("good_faith", entry.get("good_faith") == "yes" or None)) if v is not None}
    return {}


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


_BEGINS = {"listings": "listed", "penalties": "decided", "orders": "issued", "enforcements": "filed", "debts": "due",
           "findings": "date", "grades": "issued", "disputes": "opened", "reports": "seen", "bids": "date"}  # fmt: skip
_ENDS = {"listings": ("removed", "annulled", "repaired"), "penalties": ("annulled",), "orders": ("lifted",),
         "enforcements": ("closed",), "debts": ("paid",), "disputes": ("closed",)}  # fmt: skip


def _validity(section: str, entry: Entry) -> Row:
    """From the day it begins to the day before it is over."""
    if section == "records":
        return {"valid_from": entry.get("from") or entry.get("date"), "valid_to": entry.get("to")}
    ends = [entry[key] for key in _ENDS.get(section, ()) if entry.get(key)]
    known = sorted(day for day in ends if day != UNKNOWN)
    last = _day_before(known[0]) if known else (UNKNOWN if ends else None)
    return {"valid_from": entry.get(_BEGINS[section]), "valid_to": last}


def _day_before(day: str) -> str:
    # of a day that is only partly known the day before is as little known: the same month or year
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat() if len(day) == 10 else day


# --- relations ------------------------------------------------------------------------------------------


def _dates(entry: Entry) -> Row:
    return {"valid_from": entry.get("from"), "valid_to": entry.get("to")}


def _between(names: Names, type_: str, a: str, b: str, row: Row) -> Written:
    source, target = names.node(a), names.node(b)
    return Written(type_, {"from": source, "to": target, **row}, (names.labels[source], names.labels[target]))


def _role(entry: Entry, names: Names) -> Iterator[Written]:
    post = entry["role"]
    if "for" in entry:
        row = {"post": post, "event": names.reference(entry["for"])}
        yield _between(names, "POST_IN_EVENT", entry["person"], entry["enterprise"], row)
    if "from" in entry:
        type_ = "DIRECTLY_RESPONSIBLE_OF" if post in _RESPONSIBLE else MODEL.role[post].type
        own = {} if type_ == "ACTUAL_CONTROLLER_OF" else {"post": post}
        yield _between(names, type_, entry["person"], entry["enterprise"], {**own, **_dates(entry)})


def _share(entry: Entry, names: Names) -> Iterator[Written]:
    row: Row = _dates(entry)
    for key in ("percent", "votes"):
        if key in entry:
            row[key] = share_text(entry[key])
    for key, name in (("subscribed_yuan", "subscribed"), ("paid_yuan", "paid"), ("paid_due", "paid_due")):
        if key in entry:
            row[name] = str(entry[key])
    yield _between(names, "SHAREHOLDER_OF", entry["holder"], entry["of"], row)


def share_text(value: Any) -> str:
    """A share as the model keeps it: a number, a fraction, or min..max."""
    return f"{value['min']}..{value['max']}" if isinstance(value, Mapping) else str(value)


def _control(entry: Entry, names: Names) -> Iterator[Written]:
    yield _between(names, "ACTUAL_CONTROLLER_OF", entry["by"], entry["of"], {"basis": entry["basis"], **_dates(entry)})


def _manages(entry: Entry, names: Names) -> Iterator[Written]:
    yield _between(names, "MANAGES", entry["manager"], entry["managed"], _dates(entry))


def _family(entry: Entry, names: Names) -> Iterator[Written]:
    # kinship has no dates: it held as long as both lived
    yield _between(names, "FAMILY_OF", entry["a"], entry["b"], {"relation": entry["relation"], "valid_from": "0001-01-01"})


def _same(entry: Entry, names: Names) -> Iterator[Written]:
    row = {"grade": entry["grade"], "rule": "decision", "decided_by": "case"}
    yield _between(names, "SAME_AS", entry["a"], entry["b"], row)


_RELATIONS = {"roles": _role, "shares": _share, "control": _control, "manages": _manages, "family": _family, "same_as": _same}
LATER: Mapping[str, tuple[str, ...]] = {
    "enterprises": ("deregistered", "registration_annulled"),
    "roles": ("to",), "shares": ("to",), "control": ("to",), "manages": ("to",),
    "penalties": ("published", "fulfilled", "corrected", "repair_applied", "repaired", "annulled"),
    "listings": ("removed", "annulled", "corrected", "repaired"),
    "orders": ("lifted",), "enforcements": ("closed",), "debts": ("paid",), "disputes": ("closed",),
}  # fmt: skip
# What is learnt together with a later date.
WITH: Mapping[str, tuple[str, ...]] = {"closed": ("upheld",), "registration_annulled": ("false_registration",), "deregistered": ("liquidated",)}


def learnt(day: str) -> str:
    """The day on which a later date of a fact was learnt; empty where the day is unknown."""
    return "" if day == UNKNOWN else earliest(day)
