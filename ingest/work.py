"""Batches of rows to staged facts, on all cores: each worker process keeps its own memory of cleaned values."""

import json
import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from ingest.frame import Bad, Memory
from ingest.maps import Map
from ingest.rows import Edition, state
from ingest.stage import Parts, write_parts
from ingest.tables import ROW

# Batches waiting for a worker beyond one each; more would only hold memory.
_AHEAD = 1


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker needs beside the rows."""

    map: Map
    folder: Path
    lookups: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one batch: the files it wrote, and the rows that cannot be used with all they say."""

    parts: Parts
    bad: list[dict[str, Any]]
    rows: int


_job: Job | None = None
_memory = Memory()


def _start(job: Job) -> None:
    global _job
    _job = job
    _memory.tables.update(job.lookups)


def _work(part: int, edition: Edition, number: int, table: pa.Table) -> Done:
    assert _job is not None
    return do_batch(_job, _memory, part, edition, number, table)


def do_batch(job: Job, memory: Memory, part: int, edition: Edition, number: int, table: pa.Table) -> Done:
    """State what one batch says and write it down."""
    stated = state(table, job.map.parts[part], job.map, edition, memory)
    return Done(write_parts(stated, edition, job.folder, number), [bad_row(table, b) for b in stated.bad], table.num_rows)


class Workers:
    """Does batches here, or on a pool once there is more than one; results come in the order of the batches."""

    def __init__(self, job: Job) -> None:
        self._job, self._memory, self._number = job, Memory(tables=dict(job.lookups)), 0
        self._pool: ProcessPoolExecutor | None = None

    @contextmanager
    def running(self) -> Iterator["Workers"]:
        """The workers; the pool, if one was needed, ends with the block."""
        try:
            yield self
        finally:
            if self._pool is not None:
                self._pool.shutdown(cancel_futures=True)

    def do(self, part: int, edition: Edition, batches: Iterable[pa.Table]) -> Iterator[Done]:
        """What came of each batch of a file."""
        waiting: deque[Future[Done] | Done] = deque()
        held: pa.Table | None = None
        for table in batches:
            if held is not None:
                waiting.append(self._submit(part, edition, held))
            held = table
            while len(waiting) > self._cores() + _AHEAD:
                yield _result(waiting.popleft())
        if held is not None:
            last = self._submit(part, edition, held) if waiting else self._here(part, edition, held)
            waiting.append(last)
        while waiting:
            yield _result(waiting.popleft())

    def _here(self, part: int, edition: Edition, table: pa.Table) -> Done:
        self._number += 1
        return do_batch(self._job, self._memory, part, edition, self._number, table)

    def _submit(self, part: int, edition: Edition, table: pa.Table) -> Future[Done]:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._cores(), context, _start, (self._job,))
        self._number += 1
        submitted: Future[Done] = self._pool.submit(_work, part, edition, self._number, table)
        return submitted

    @staticmethod
    def _cores() -> int:
        return max(1, min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1))


def _result(waiting: "Future[Done] | Done") -> Done:
    return waiting if isinstance(waiting, Done) else waiting.result()


def bad_row(table: pa.Table, bad: Bad) -> dict[str, Any]:
    """A row that cannot be used, with all it says."""
    index = table[ROW].index(bad.row).as_py()
    raw = {k: v or "" for k, v in table.slice(index, 1).to_pylist()[0].items() if k != ROW}
    return {"row": bad.row, "column": bad.column, "value": bad.value, "code": bad.code, "message": bad.message,
            "raw": json.dumps(raw, ensure_ascii=False)}  # fmt: skip
