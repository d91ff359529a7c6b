"""How long `reach` takes for one person with the index warm: one JSON line.

    python -m tests.bench.reach_one --home DIR --questions 200

`any`: persons drawn from all; `touched`: persons behind an enterprise that some event names, whom a rule can reach.
Each is asked with the index and without it; a part of the answers is compared.
"""

import argparse
import json
import random
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from graph_model.stores import open_graph
from graph_model.stores.graph import Graph, Reader
from queries.answers.answer import canonical
from queries.answers.law import reach
from queries.answers.law_frame import Clocked
from queries.presence import Presence, presence

AT = "2024-06-30"


def measure(graph: Graph, questions: int, seed: int = 1) -> dict[str, Any]:
    """Milliseconds with and without the index, how long the index took, and how many of 20 answers differ."""
    with graph.reading() as reader:
        started = time.monotonic()
        index = presence(reader)
        built = time.monotonic() - started
        drawn = {"any": _any(reader, questions, seed), "touched": _some(sorted(index.relations), questions, seed)}
        found: dict[str, Any] = {"index_seconds": round(built, 1), "with_events": len(index.ids["event"]), "behind_them": len(index.relations)}
        for name, ids in drawn.items():
            _times(reader, ids[:20], index)  # pages read, statements prepared
            found[name] = {"asked": len(ids), "index": _told(_times(reader, ids, index)), "store": _told(_times(reader, ids[:50], None))}
        found["differ"] = sum(_differs(reader, id_, index) for ids in drawn.values() for id_ in ids[:10])
    return found


def _any(reader: Reader, number: int, seed: int) -> list[str]:
    every = reader.table("MATCH (p:Person) RETURN p.id AS id")["id"]
    dice = random.Random(seed)
    return [every[dice.randrange(len(every))].as_py() for _ in range(number)] if len(every) else []


def _some(ids: Sequence[str], number: int, seed: int) -> list[str]:
    return random.Random(seed).sample(ids, min(number, len(ids)))


def _times(reader: Reader, ids: Sequence[str], index: Presence | None) -> list[float]:
    found = []
    for id_ in ids:
        started = time.monotonic()
        reach(reader, id_, Clocked(AT), index=index)
        found.append((time.monotonic() - started) * 1000)
    return found


def _told(times: list[float]) -> dict[str, float]:
    if len(times) < 2:
        return {}
    cuts = statistics.quantiles(times, n=20)
    return {"p50_ms": round(statistics.median(times), 1), "p95_ms": round(cuts[18], 1), "min_ms": round(min(times), 1)}


def _differs(reader: Reader, id_: str, index: Presence) -> bool:
    return canonical(reach(reader, id_, Clocked(AT), index=index)) != canonical(reach(reader, id_, Clocked(AT)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="home of a loaded graph")
    parser.add_argument("--questions", type=int, default=200)
    given = parser.parse_args()
    graph = open_graph(str(given.home / "graph"))
    print(json.dumps(measure(graph, given.questions), ensure_ascii=False))
    graph.close()


if __name__ == "__main__":
    main()
