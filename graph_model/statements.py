"""Text that writes, composed from the model: no write statement is written by hand. Pure."""

from collections.abc import Iterator

from graph_model.model import MODEL
from graph_model.schema import NodeType, RelType

ATTACHING = tuple(r.type for r in MODEL.rels if r.category in ("event", "source") and r.type != "MENTIONED_IN")


def ladybug_ddl() -> Iterator[str]:
    """One statement a table: the typed schema of LadybugDB."""
    for node in MODEL.nodes:
        columns = ", ".join(f"{p.name} {p.column}" for p in node.columns)
        yield f"CREATE NODE TABLE IF NOT EXISTS {node.label}({columns}, PRIMARY KEY(id))"
    for rel in MODEL.rels:
        ends = ", ".join(f"FROM {a} TO {b}" for a, b in rel.ends)
        columns = ", ".join(f"{p.name} {p.column}" for p in rel.columns)
        yield f"CREATE REL TABLE IF NOT EXISTS {rel.type}({ends}, {columns})"


def neo4j_ddl() -> Iterator[str]:
    """Constraints and indexes of Neo4j: keys unique, claims unique by type, an index for each property declared so."""
    for node in MODEL.nodes:
        yield f"CREATE CONSTRAINT {node.label}_id IF NOT EXISTS FOR (n:{node.label}) REQUIRE n.id IS UNIQUE"
        for p in node.columns[1:]:
            if p.indexed:
                yield f"CREATE INDEX {node.label}_{p.name} IF NOT EXISTS FOR (n:{node.label}) ON (n.{p.name})"
    for rel in MODEL.rels:
        yield (
            f"CREATE CONSTRAINT {rel.type}_claim IF NOT EXISTS FOR ()-[r:{rel.type}]-() REQUIRE r.claim_id IS UNIQUE"
        )
    for label, name in (("Enterprise", "name_key"), ("Person", "name_key"), ("Record", "name_key"), ("Record", "alias_keys")):
        yield f"CREATE TEXT INDEX {label}_{name}_text IF NOT EXISTS FOR (n:{label}) ON (n.{name})"


def attached(label: str) -> tuple[tuple[str, str, str], ...]:
    """The relationships (type, from, to) that hang on a claim node of this label and live as long as it does."""
    return tuple((r.type, a, b) for r in MODEL.rels if r.type in ATTACHING for a, b in r.ends if label in (a, b))


def node_names(node: NodeType) -> list[str]:
    """Column names of a node in storage order."""
    return [p.name for p in node.columns]


def rel_names(rel: RelType) -> list[str]:
    """Column names of a relationship in storage order, the ends first."""
    return ["from", "to", *(p.name for p in rel.columns)]
