"""Reads the patterns of a question's text and holds them against the model: what LadybugDB's binder does not check."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph_model.model import MODEL

_NODE = r"\((?P<{0}>\w*)(?::(?P<{0}_labels>[\w|]+))?\s*(?:\{{[^}}]*\}})?\)"
_STEP = re.compile(
    _NODE.format("a") + r"(?P<back><)?-\[(?P<r>\w*)(?::(?P<types>[\w|]+))?\]-(?P<on>>)?(?=" + _NODE.format("b") + ")"
)
_ALONE = re.compile(_NODE.format("a"))
_PROPERTY = re.compile(r"\b([a-z]\w*)\.(\w+)\b")
# A longer alternation is one of the model's sets ({{types(walked)}}): some of its types need not fit the ends.
WRITTEN_OUT = 5
_TEXT = re.compile(r"'[^']*'")


@dataclass
class _Scope:
    """The variables of one branch of a UNION: what each may be."""

    nodes: dict[str, frozenset[str]] = field(default_factory=dict)
    rels: dict[str, frozenset[str]] = field(default_factory=dict)


def problems(text: str) -> Iterator[str]:
    """What in a rendered text the model does not have: a label, a type, a direction, a property."""
    for branch in re.split(r"\bUNION ALL\b", _TEXT.sub("''", text)):
        scope = _Scope()
        matches = " ".join(re.findall(r"MATCH(.*?)(?=\bWHERE\b|\bRETURN\b|\bWITH\b|\bMATCH\b|$)", branch, re.DOTALL))
        for found in _ALONE.finditer(matches):
            if found["a_labels"]:
                yield from _unknown(found["a_labels"], MODEL.node, "label")
                scope.nodes[found["a"]] = frozenset(found["a_labels"].split("|"))
        for step in _STEP.finditer(matches):
            yield from _step(step, scope)
        yield from _properties(branch, scope)


def _step(step: re.Match[str], scope: _Scope) -> Iterator[str]:
    types = frozenset((step["types"] or "|".join(MODEL.rel)).split("|"))
    yield from _unknown("|".join(types), MODEL.rel, "type")
    scope.rels[step["r"]] = types
    ends = [scope.nodes.get(step[name], frozenset(MODEL.node)) for name in ("a", "b")]
    source, target = reversed(ends) if step["back"] else ends
    pairs = {pair for name in types & MODEL.rel.keys() for pair in MODEL.rel[name].ends}
    if not step["back"] and not step["on"]:
        pairs |= {(b, a) for a, b in pairs}
    for name in types & MODEL.rel.keys():
        own = set(MODEL.rel[name].ends) | ({(b, a) for a, b in MODEL.rel[name].ends} if not (step["back"] or step["on"]) else set())
        if len(types) <= WRITTEN_OUT and not any(a in source and b in target for a, b in own):
            yield f"{step[0]}: {name} does not lead from {sorted(source)} to {sorted(target)}"
    if not any(a in source and b in target for a, b in pairs):
        yield f"{step[0]}: does not lead from {sorted(source)} to {sorted(target)}"
    for side, given, at in (("source", source, 0), ("target", target, 1)):
        if len(given) < len(MODEL.node) and (spare := given - {pair[at] for pair in pairs}):
            yield f"{step[0]}: no such relationship has the {side} {sorted(spare)}"


def _unknown(names: str, known: object, what: str) -> Iterator[str]:
    assert hasattr(known, "__contains__")
    yield from (f"unknown {what} {name}" for name in names.split("|") if name not in known)


def _properties(branch: str, scope: _Scope) -> Iterator[str]:
    for variable, name in _PROPERTY.findall(branch):
        columns = [MODEL.node[label].columns for label in scope.nodes.get(variable, ()) if label in MODEL.node]
        columns += [MODEL.rel[type_].columns for type_ in scope.rels.get(variable, ()) if type_ in MODEL.rel]
        known = {p.name for group in columns for p in group}
        if known and name not in known:
            yield f"{variable}.{name}: neither {sorted(scope.nodes.get(variable, scope.rels.get(variable, ())))} has it"
