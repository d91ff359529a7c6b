"""The same files in both stores, the same random questions to both: do the answers agree to the letter?"""

import random
from dataclasses import dataclass, field
from pathlib import Path

from graph_model.stores.graph import Graph, Reader
from ingest.maps import load_map
from ingest.run import Home, Options, ingest
from queries.answers.answer import canonical
from queries.answers.linked import linked
from queries.answers.path import path as find_paths
from queries.answers.profile import show
from queries.answers.search import search
from tests.bench.load import FILES

DAYS = ("2015-06-30", "2019-12-31", "2022-03-15", "2024-06-30", "2026-01-01")


@dataclass(slots=True)
class Agreement:
    """How many questions were asked, which answers differed, and how many had something to say."""

    questions: int = 0
    positive: int = 0
    differences: list[str] = field(default_factory=list)


def fill(graph: Graph, files: Path, home: Home) -> None:
    """Load the generated files, each run published at the same instant on every store."""
    for number, (name, map_name) in enumerate(FILES):
        options = Options(as_of="2026-06-30", published=f"2026-07-01T00:00:{number:02d}.000000+00:00")
        ingest([files / name], load_map(map_name), graph, home, options=options)


def agree(first: Graph, second: Graph, *, questions: int, seed: int) -> Agreement:
    """Ask both the same questions."""
    found = Agreement()
    with first.reading() as a, second.reading() as b:
        asked = _questions(a, questions, random.Random(seed))
        for kind, text, other, day, hops in asked:
            one, two = (_ask(reader, kind, text, other, day, hops) for reader in (a, b))
            found.questions += 1
            found.positive += '"answer":"yes"' in one or '"answer": "yes"' in one
            if one != two:
                found.differences.append(f"{kind} {text} {other or ''} at {day}, {hops} hops")
    return found


def _questions(reader: Reader, number: int, rng: random.Random) -> list[tuple[str, str, str, str, int]]:
    """Half of the subjects lie near a listed one, so that there is something to find."""
    near = [r["id"] for r in reader.rows("MATCH (s:Enterprise)-[:SUBJECT_OF]->(:Listing) MATCH (p:Person)-[:{{types(roles)}}]->(s) RETURN DISTINCT p.id AS id ORDER BY id")]
    near += [r["id"] for r in reader.rows("MATCH (s:Enterprise)-[:SUBJECT_OF]->(:Listing) MATCH (s)-[:SHAREHOLDER_OF]->(e:Enterprise) RETURN DISTINCT e.id AS id ORDER BY id")]
    firms = [r["id"] for r in reader.rows("MATCH (e:Enterprise) RETURN e.id AS id ORDER BY id LIMIT 5000")]
    persons = [r["id"] for r in reader.rows("MATCH (p:Person) RETURN p.id AS id ORDER BY id LIMIT 5000")]
    names = [r["name"] for r in reader.rows("MATCH (p:Person) RETURN DISTINCT p.caption AS name ORDER BY name LIMIT 500")]
    picked = []
    for _ in range(number):
        kind = rng.choices(("linked", "path", "show", "search"), (12, 4, 2, 2))[0]
        subject = rng.choice(near if near and rng.random() < 0.5 else rng.choice((firms, persons)))
        text = rng.choice(names) if kind == "search" or (kind == "linked" and rng.random() < 0.1) else subject
        picked.append((kind, text, rng.choice(near or firms), rng.choice(DAYS), rng.randint(1, 4)))
    return picked


def _ask(reader: Reader, kind: str, text: str, other: str, day: str, hops: int) -> str:
    if kind == "linked":
        return canonical(linked(reader, text, at=day, max_hops=hops, seconds=60.0))
    if kind == "path":
        return canonical(find_paths(reader, text, other, at=day, max_hops=hops, seconds=60.0))
    return canonical(show(reader, text, at=day)) if kind == "show" else canonical(search(reader, text))
