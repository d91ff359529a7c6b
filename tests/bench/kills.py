"""Runs killed at random moments, and runs on a full disk: is every claim there once, and only once, after the rerun?

    python -m tests.bench.kills --kills 50 --graph DIR|neo4j://…

Each round writes a new edition of a list, kills the run that loads it with SIGKILL, looks at what a reader sees,
loads the edition again, and holds every open claim against what the edition says.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from graph_model.claims import fact_of
from graph_model.stores import open_graph
from graph_model.stores.graph import Graph

_MAP = """
name: editions
source: {id: editions, name: 版次, rank: 2}
edition: {complete: true}
subjects:
  firm: {label: Enterprise, name: 名称, record: {capital: 资本}}
  boss: {label: Person, name: 法人, within: firm}
events:
  listing: {label: Listing, of: firm, list: {constant: 失信被执行人}, listed: 列入, number: 文号}
links:
  - {type: LEGAL_REPRESENTATIVE_OF, from: boss, to: firm}
"""
_CHILD = """
import sys
from pathlib import Path
from graph_model.stores import open_graph
from ingest.maps import parse_map
from ingest.run import Home, Options, ingest
url, home, path, as_of = sys.argv[1:]
graph = open_graph(url)
ingest([Path(path)], parse_map(Path(home, "editions.yml").read_text("utf-8"), "editions"), graph, Home(Path(home)), options=Options(as_of=as_of))
graph.close()
"""


@dataclass(slots=True)
class Outcome:
    """What the rounds showed."""

    rounds: int = 0
    killed: int = 0
    finished_before_the_kill: int = 0
    half_seen: int = 0
    lost: int = 0
    doubled: int = 0
    refused_to_open: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether nothing was lost, doubled or seen in half."""
        return not (self.half_seen or self.lost or self.doubled or self.refused_to_open)


def edition(path: Path, number: int, rows: int) -> dict[str, str]:
    """Write the n-th edition: a tenth of the firms differ from the one before; capital by name."""
    firms = {f"示例{(i + number * rows // 10):06d}有限公司": str(1000 + (i * 7 + number) % 5) for i in range(rows)}
    lines = [f"{name},{capital},示例法人{name[2:8]},2021-03-15,文{name[2:8]}" for name, capital in firms.items()]
    path.write_text("名称,资本,法人,列入,文号\n" + "\n".join(lines) + "\n", "utf-8")
    return firms


def start(graph: Graph, home: Path, path: Path, as_of: str) -> "subprocess.Popen[bytes]":
    """A run in a process of its own; its password, for Neo4j, comes from the environment."""
    return subprocess.Popen([sys.executable, "-c", _CHILD, graph.url, str(home), str(path), as_of], stderr=subprocess.PIPE)


def prepare(graph: Graph, home: Path, rows: int) -> dict[str, str]:
    """The first edition, loaded whole."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "editions.yml").write_text(_MAP, "utf-8")
    firms = edition(home / "edition.csv", 0, rows)
    finish(start(graph, home, home / "edition.csv", "2024-01-01"))
    return firms


def finish(process: "subprocess.Popen[bytes]") -> str:
    """Wait for a run; its error text, empty when it was good."""
    _, error = process.communicate()
    return error.decode()[-2000:] if process.returncode else ""


def kill_many(graph: Graph, home: Path, *, kills: int, rows: int, seed: int) -> Outcome:
    """Rounds until so many runs were killed; the outcome."""
    rng, outcome = random.Random(seed), Outcome()
    before, number, typical = prepare(graph, home, rows), 0, 0.0
    while outcome.killed < kills:
        number += 1
        after, as_of = edition(home / "edition.csv", number, rows), (date(2024, 1, 1) + timedelta(days=number)).isoformat()
        process, began = start(graph, home, home / "edition.csv", as_of), time.monotonic()
        time.sleep(rng.uniform(0.1, typical or 3.0))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        outcome.rounds += 1
        outcome.killed += process.returncode == -signal.SIGKILL
        outcome.finished_before_the_kill += process.returncode == 0
        _look(graph, before, after, outcome)
        began = time.monotonic()
        if error := finish(start(graph, home, home / "edition.csv", as_of)):
            outcome.refused_to_open += 1
            outcome.notes.append(error.strip().splitlines()[-1])
        typical = time.monotonic() - began
        _judge(graph, after, outcome)
        before = after
    return outcome


def shown(graph: Graph) -> tuple[Counter[str], Counter[str], dict[str, str]]:
    """Open facts by id, firms listed and shown, and the capital of each."""
    with graph.reading() as reader:
        listed = reader.rows("MATCH (s:Enterprise)-[r:SUBJECT_OF]->(n:Listing) WHERE {{known(n)}} AND {{known(r)}} RETURN n.id AS id, n.name_used AS firm, n.unknown_since AS gone")
        records = reader.rows("MATCH (n:Record)-[r:DESCRIBES]->(s:Enterprise) WHERE {{known(n)}} AND {{known(r)}} RETURN n.id AS id, n.name AS firm, n.capital AS capital, n.unknown_since AS gone")
        bosses = reader.rows("MATCH (p:Person)-[r:LEGAL_REPRESENTATIVE_OF]->(e:Enterprise) WHERE {{known(r)}} RETURN r.claim_id AS id, r.unknown_since AS gone")
    facts = Counter(fact_of(row["id"]) for row in (*listed, *records, *bosses))
    return facts, Counter(r["firm"] for r in listed if not r["gone"]), {r["firm"]: r["capital"] for r in records if not r["gone"]}


def _look(graph: Graph, before: dict[str, str], after: dict[str, str], outcome: Outcome) -> None:
    """Right after the kill a reader sees the whole old edition or the whole new one."""
    _, listed, capital = shown(graph)
    if not any(set(listed) == set(e) and capital == e for e in (before, after)):
        outcome.half_seen += 1


def _judge(graph: Graph, after: dict[str, str], outcome: Outcome) -> None:
    facts, listed, capital = shown(graph)
    outcome.doubled += sum(1 for n in (*facts.values(), *listed.values()) if n > 1)
    outcome.lost += len(set(after) - set(listed)) + sum(1 for firm, value in after.items() if capital.get(firm) != value)


@contextmanager
def small_disk(folder: Path, mib: int) -> Iterator[Path | None]:
    """A file system of its own with so much room, where we may mount one; else None."""
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={mib}m", "tmpfs", str(folder)], capture_output=True, check=False)
    if done.returncode:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=False)


def full_disk(folder: Path, *, rows: int, room_kib: Sequence[int] = (0, 256, 512, 1024, 2048, 4096, 8192)) -> dict[str, Any]:
    """Runs while the disk of the embedded graph is filled to ever less room: whole or nothing, and a clear message."""
    with small_disk(folder, 64) as disk:
        if disk is None:
            return {"skipped": "no right to mount a small file system"}
        outcome, messages = Outcome(), set()
        graph, home = open_graph(str(disk / "graph")), disk / "home"
        graph.create()
        before = prepare(graph, home, rows)
        for number, room in enumerate(room_kib, 1):
            after = edition(home / "edition.csv", number, rows)
            filler = disk / "filler"
            _fill(filler, shutil.disk_usage(disk).free - room * 1024)
            error = finish(start(graph, home, home / "edition.csv", f"2024-02-{number:02d}"))
            messages.add(error.strip().splitlines()[-1].partition(":")[2].strip()[:90] if error else "loaded")
            filler.unlink()
            outcome.rounds += 1
            _look(graph, before, after, outcome)
            if error := finish(start(graph, home, home / "edition.csv", f"2024-02-{number:02d}")):
                outcome.refused_to_open += 1
            _judge(graph, after, outcome)
            before = after
        graph.close()
        return {**asdict(outcome), "good": outcome.good, "messages": sorted(messages)}


def _fill(path: Path, size: int) -> None:
    with path.open("wb") as out:
        for _ in range(max(0, size) // 4096):
            try:
                out.write(b"\0" * 4096)
            except OSError:
                break


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graph", required=True)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    graph = open_graph(given.graph, password=os.environ.get("XINPU_NEO4J_PASSWORD"))
    graph.create()
    outcome = kill_many(graph, given.home, kills=given.kills, rows=given.rows, seed=given.seed)
    print(json.dumps({**asdict(outcome), "good": outcome.good}, ensure_ascii=False))


if __name__ == "__main__":
    main()
