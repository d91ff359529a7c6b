"""How long `linked` takes on a loaded graph, and whether it keeps its budget: one JSON line.

    python -m tests.bench.ask --home DIR --questions 60

Subjects are drawn with a seed: half enterprises, half persons. A dead end is a subject without a path; a budget of
one second on the widest search shows whether it stops in time and says so.
"""

import argparse
import json
import random
import statistics
import time
from pathlib import Path
from typing import Any

from graph_model.stores import open_graph
from graph_model.stores.graph import Graph
from queries.answers.linked import linked

AT = "2024-06-30"


def draw(graph: Graph, number: int, seed: int) -> list[str]:
    """Ids of subjects, half of them persons."""
    rng = random.Random(seed)
    with graph.reading() as reader:
        firms = reader.table("MATCH (e:Enterprise) RETURN e.id AS id")["id"]
        persons = reader.table("MATCH (p:Person) RETURN p.id AS id")["id"]
    picked = [firms[rng.randrange(len(firms))].as_py() for _ in range(number // 2)]
    return picked + [persons[rng.randrange(len(persons))].as_py() for _ in range(number - number // 2)]


def ask(graph: Graph, ids: list[str], hops: int, seconds: float) -> list[dict[str, Any]]:
    """One question a subject: seconds, verdict, whether it was cut."""
    found = []
    for id_ in ids:
        started = time.monotonic()
        with graph.reading() as reader:
            answer = linked(reader, id_, at=AT, max_hops=hops, seconds=seconds)
        verdict = answer.verdicts.associated
        found.append({"seconds": time.monotonic() - started, "answer": verdict.answer, "truncated": answer.coverage.truncated,
                      "exhausted": answer.coverage.budget.exhausted, "cut": bool(answer.coverage.cut)})  # fmt: skip
    return found


def summary(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Median, 95th percentile and maximum in ms, and what was answered."""
    times = sorted(f["seconds"] * 1000 for f in found)
    cuts = statistics.quantiles(times, n=20) if len(times) > 1 else times * 19
    return {"p50_ms": round(statistics.median(times), 1), "p95_ms": round(cuts[18], 1), "max_ms": round(times[-1], 1),
            "yes": sum(f["answer"] == "yes" for f in found), "no": sum(f["answer"] == "no" for f in found),
            "undetermined": sum(f["answer"] == "undetermined" for f in found), "truncated": sum(f["truncated"] for f in found),
            "silent_cuts": sum(f["truncated"] and not f["cut"] for f in found)}  # fmt: skip


def measure(home: Path, questions: int, seed: int = 1) -> dict[str, Any]:
    """The figures for 2, 4 and 6 hops with the usual budget, and for the widest search with one second."""
    graph = open_graph(str(home / "graph"))
    ids = draw(graph, questions, seed)
    ask(graph, ids[:2], 2, 10.0)  # the file is opened and its first pages are read
    result = {f"hops_{hops}": summary(ask(graph, ids, hops, 10.0)) for hops in (2, 4, 6)}
    tight = ask(graph, ids, 8, 1.0)
    result["one_second_budget"] = {**summary(tight), "over_20_percent": sum(f["seconds"] > 1.2 for f in tight),
                                   "exhausted": sum(f["exhausted"] for f in tight)}  # fmt: skip
    graph.close()
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=60)
    given = parser.parse_args()
    print(json.dumps(measure(given.home, given.questions)))


if __name__ == "__main__":
    main()
