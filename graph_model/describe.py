"""The model in words: tables and a picture for the README, a plain dict for programs. Pure."""

from typing import Any

from graph_model.model import MODEL
from graph_model.schema import CLAIM_PROPERTIES, Property


def as_dict() -> dict[str, Any]:
    """The model as plain data: node types, relationship types, posts, lists."""
    return {
        "nodes": [{"label": n.label, "term": n.term, "role": n.role, "description": n.description, "properties": _plain(n.properties)} for n in MODEL.nodes],
        "relationships": [{"type": r.type, "term": r.term, "category": r.category, "ends": [list(e) for e in r.ends], "description": r.description, "identity": list(r.identity), "properties": _plain(r.properties)} for r in MODEL.rels],
        "claim": _plain(CLAIM_PROPERTIES),
        "roles": [{"term": r.term, "type": r.type, "english": r.english} for r in MODEL.roles],
        "lists": [{"term": entry.term, "english": entry.english, "polarity": entry.polarity, "severe": entry.severe, "authority": entry.authority, "aliases": list(entry.aliases)} for entry in MODEL.lists],
    }  # fmt: skip


def _plain(properties: tuple[Property, ...]) -> list[dict[str, Any]]:
    return [{"name": p.name, "kind": p.kind, "description": p.description} for p in properties]


def nodes_table() -> str:
    """Node types as a Markdown table."""
    lines = ["| node | 中文 | what it is | properties |", "| --- | --- | --- | --- |"]
    for n in MODEL.nodes:
        lines.append(f"| `{n.label}` | {n.term} | {n.description} | {', '.join(f'`{p.name}`' for p in n.properties)} |")
    return "\n".join(lines)


def relationships_table() -> str:
    """Relationship types as a Markdown table."""
    lines = ["| relationship | 中文 | from → to | what it says | a path follows it |", "| --- | --- | --- | --- | --- |"]
    for r in MODEL.rels:
        starts, targets = (", ".join(dict.fromkeys(pair[i] for pair in r.ends)) for i in (0, 1))
        walked = "yes" if r.walked else "at no cost" if r.category == "identity" else "–"
        lines.append(f"| `{r.type}` | {r.term} | {starts} → {targets} | {r.description} | {walked} |")
    return "\n".join(lines)


def claims_table() -> str:
    """What every claim carries, as a Markdown table."""
    lines = ["| property | what it says |", "| --- | --- |"]
    lines += [f"| `{p.name}` | {p.description} |" for p in CLAIM_PROPERTIES]
    return "\n".join(lines)


def lists_table() -> str:
    """The lists as a Markdown table."""
    lines = ["| list | in English | polarity | severe | kept by |", "| --- | --- | --- | --- | --- |"]
    for entry in MODEL.lists:
        lines.append(f"| {entry.term} | {entry.english} | {entry.polarity} | {'yes' if entry.severe else '–'} | {entry.authority} |")
    return "\n".join(lines)


def mermaid() -> str:
    """Subjects, events and what joins them, as a Mermaid picture."""
    lines = ["```mermaid", "graph LR"]
    seen: dict[tuple[str, str], list[str]] = {}
    for r in MODEL.rels:
        for a, b in r.ends:
            if r.category not in ("source", "identity") and a in ("Person", "Enterprise", "Listing", "Penalty"):
                seen.setdefault((a, b), []).append(r.term)
    for (a, b), terms in seen.items():
        if b in ("Enterprise", "Person", "Listing", "Penalty", "List", "Authority"):
            lines.append(f'  {a} -->|"{"、".join(terms[:4])}{" …" if len(terms) > 4 else ""}"| {b}')
    return "\n".join([*lines, "```"])
