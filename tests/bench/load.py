"""Load a synthetic graph end to end and hold it against LadybugDB's bare COPY of the same rows: one JSON line.

    python -m tests.bench.load --enterprises 1000000 --out DIR

Files are made by `tests.bench.generate` unless DIR has them. The bare COPY reads the finished graph's own rows from
Parquet into an empty database: the same rows, columns and ids, no reading, cleaning, hashing or checking.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from graph_model.model import MODEL
from graph_model.stores import ladybug, open_graph
from graph_model.stores.ladybug import LadybugGraph

FILES = (("register.csv", "company-register"), ("officers.csv", "officers"), ("shareholders.csv", "shareholders"), ("lists.csv", "list-membership"))
DELTA = (("delta/register.csv", "company-register"), ("delta/officers.csv", "officers"))
_INGEST = """
import json, sys
from pathlib import Path
from graph_model.stores import ladybug, open_graph
from ingest.maps import load_map
from ingest.run import Home, Options, ingest
home, path, name, recheck = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4] == "recheck"
graph = open_graph(str(home / "graph"))
if not graph.exists():
    graph.create()
report = ingest([path], load_map(name), graph, Home(home), options=Options(as_of="2026-06-30", recheck=recheck))
print(json.dumps(report.as_dict()))
"""


def ingest_file(home: Path, path: Path, map_name: str, *, recheck: bool = False) -> tuple[dict[str, Any], float, int]:
    """Load one file in a process of its own: report, wall seconds, peak resident bytes of its whole process tree."""
    command = [sys.executable, "-c", _INGEST, str(home), str(path), map_name, "recheck" if recheck else ""]
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    with _watched(process.pid) as peak:
        out, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"loading {path} failed")
    seconds = time.monotonic() - started
    print(f"{path.name}: {seconds:.1f} s, peak {peak[0] / 2**30:.2f} GiB", file=sys.stderr)  # minutes apart at the full size
    return json.loads(out), seconds, peak[0]


@contextmanager
def _watched(pid: int) -> Iterator[list[int]]:
    peak, stop = [0], threading.Event()

    def watch() -> None:
        while not stop.wait(0.2):
            peak[0] = max(peak[0], _tree_bytes(pid))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        stop.set()
        thread.join()


def _tree_bytes(pid: int) -> int:
    """Resident bytes of a process and all below it; pages they share count more than once."""
    total, waiting = 0, [pid]
    while waiting:
        current = waiting.pop()
        try:
            total += int(Path(f"/proc/{current}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            children = Path(f"/proc/{current}/task/{current}/children").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        waiting += map(int, children.split())
    return total


def bare_copy(home: Path, scratch: Path) -> tuple[float, int]:
    """Seconds and rows of COPY from Parquet into an empty database, for every table of the loaded graph."""
    files = list(_dump(home, scratch))
    fresh = LadybugGraph(scratch / "bare")
    fresh.create()
    started = time.monotonic()
    with fresh.writing() as writer:
        for label, ends, path in files:
            if ends is None:
                writer.add_nodes(label, path)
            else:
                writer.add_rels(label, *ends, path)
        writer.publish({})
    return time.monotonic() - started, sum(pq.read_metadata(path).num_rows for _, _, path in files)


BARE_POOL = 8 << 30  # reading whole tables back out needs more than a reader of questions does


def _dump(home: Path, scratch: Path) -> Iterator[tuple[str, tuple[str, str] | None, Path]]:
    ladybug.READ_POOL = BARE_POOL
    graph = open_graph(str(home / "graph"))
    scratch.mkdir(parents=True, exist_ok=True)
    with graph.reading() as reader:
        for node in MODEL.nodes:
            if node.label in ("List", "Run"):
                continue
            columns = ", ".join(f"n.{p.name} AS {p.name}" for p in node.columns)
            table = reader.table(f"MATCH (n:{node.label}) RETURN {columns}")
            if table.num_rows:
                pq.write_table(table, path := scratch / f"{node.label}.parquet", compression="lz4")
                yield node.label, None, path
        for rel in MODEL.rels:
            columns = ", ".join(f"r.{p.name} AS {p.name}" for p in rel.columns)
            for a, b in rel.ends:
                table = reader.table(f"MATCH (a:{a})-[r:{rel.type}]->(b:{b}) RETURN a.id AS `from`, b.id AS `to`, {columns}")
                if table.num_rows:
                    pq.write_table(table, path := scratch / f"{rel.type}-{a}-{b}.parquet", compression="lz4")
                    yield rel.type, (a, b), path
    graph.close()


def measure(out: Path, enterprises: int) -> dict[str, Any]:
    """Every figure of the load: first, bare COPY, second, delta."""
    if not (out / "register.csv").exists():
        subprocess.run([sys.executable, "-m", "tests.bench.generate", "--enterprises", str(enterprises), "--seed", "1", "--delta", "20000", "--out", str(out)], check=True, stdout=subprocess.DEVNULL)
    home = out / "home"
    shutil.rmtree(home, ignore_errors=True)
    first = [ingest_file(home, out / f, m) for f, m in FILES]
    seconds, rows = sum(s for _, s, _ in first), sum(r["rows"]["read"] for r, _, _ in first)
    bare, copied = bare_copy(home, out / "bare")
    print(f"bare COPY: {bare:.1f} s for {copied:,} rows", file=sys.stderr)
    shutil.rmtree(out / "bare")
    second = [ingest_file(home, out / f, m, recheck=True) for f, m in FILES]
    delta = [ingest_file(home, out / f, m) for f, m in DELTA]
    return {
        "enterprises": enterprises, "rows": rows, "claims_and_nodes": copied, "seconds": round(seconds, 1),
        "rows_per_second": round(rows / seconds), "bare_copy_seconds": round(bare, 1), "ratio_to_bare_copy": round(seconds / bare, 2),
        "peak_gib": round(max(p for *_, p in (*first, *second, *delta)) / 2**30, 2),
        "second_seconds": round(sum(s for _, s, _ in second), 1), "second_changes": sum(r["changes"] for r, _, _ in second),
        "delta_rows": max(r["rows"]["read"] for r, _, _ in delta), "delta_seconds": [round(s, 1) for _, s, _ in delta],
        "delta_changes": sum(r["changes"] for r, _, _ in delta), "file_mib": round((home / "graph/graph.lbdb").stat().st_size / 2**20),
        "each_file_seconds": [round(s, 1) for _, s, _ in (*first, *second, *delta)],
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enterprises", type=int, default=10_000)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    print(json.dumps(measure(given.out, given.enterprises)))


if __name__ == "__main__":
    main()
