"""The reach of a whole list in one pass against asking everybody on it and behind it one by one: one JSON line.

    python -m tests.bench.reach_list --listings 10000 --sample 200

A graph of its own is made: each listed enterprise has four people behind it, every fifth an order against it, and
twice as many enterprises are on no list. `--home DIR --list NAME` asks of a graph that is there already.
"""

import argparse
import json
import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graph_model.stores import open_graph
from graph_model.stores.graph import Graph
from queries.answers.law import reach
from queries.answers.law_frame import Clocked
from queries.answers.reach_list import reach_list
from tests.factory import COURT, Facts

LIST, AT = "失信被执行人", "2024-06-30"
POSTS = (("LEGAL_REPRESENTATIVE_OF", "法定代表人"), ("DIRECTOR_OF", "董事"), ("SUPERVISOR_OF", "监事"), ("PRINCIPAL_OF", "主要负责人"))


def build(graph: Graph, listings: int, seed: int) -> None:
    """Publish the graph in one run."""
    dice, facts = random.Random(seed), Facts()
    for number in range(listings * 3):
        firm = facts.enterprise(f"合成{number}号有限公司", place=dice.choice(("浙江省", "山东省", "上海市", "江西省")))
        for type_, post in POSTS:
            facts.role(facts.person(f"合成甲{number}{post}", firm), type_, firm, f"20{dice.randrange(10, 20)}-01-01", post=post)
        if number < listings:
            facts.listing(firm, LIST, f"202{dice.randrange(0, 4)}-03-0{dice.randrange(1, 9)}")
        if number % 5 == 0:
            facts.event("Enforcement", firm, {"kind": "限制消费", "issued": f"202{dice.randrange(0, 4)}-04-01", "source": COURT})
    facts.publish(graph, "2024-07-01T00:00:00+00:00")


def measure(graph: Graph, list_: str, sample: int, seed: int = 1) -> dict[str, Any]:
    """Seconds of the pass, seconds of asking a sample one by one, and the ratio for everybody."""
    with graph.reading() as reader:
        started = time.monotonic()
        found = reach_list(reader, list_, Clocked(AT))
        one_pass = time.monotonic() - started
        everybody = sorted({row.who for row in found.rows})
        asked = random.Random(seed).sample(everybody, min(sample, len(everybody)))
        started = time.monotonic()
        for who in asked:
            reach(reader, who, Clocked(AT))
        each = (time.monotonic() - started) / max(len(asked), 1)
    people = found.listed + found.behind
    return {
        "listed": found.listed, "behind": found.behind, "rows": len(found.rows), "questions_to_the_store": found.timing.queries,
        "seconds": round(one_pass, 1), "ms_each_one_by_one": round(each * 1000, 1), "seconds_one_by_one": round(each * people, 1),
        "ratio": round(each * people / one_pass, 1) if one_pass else None,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listings", type=int, default=10_000)
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--home", type=Path, help="a loaded graph's home, in place of a graph of its own")
    parser.add_argument("--list", default=LIST)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        graph = open_graph(str((given.home or Path(folder)) / "graph"))
        if given.home is None:
            graph.create()
            build(graph, given.listings, 1)
        print(json.dumps(measure(graph, given.list, given.sample), ensure_ascii=False))
        graph.close()


if __name__ == "__main__":
    main()
