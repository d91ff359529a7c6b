"""The log of look-ups: one JSON line each, every line holding the hash of the one before it.

A line that is changed, taken out or moved breaks the chain at that place. The end of the file can still be cut
off unseen: who must exclude that keeps the hash of the last line elsewhere.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph_model.errors import XinpuError

START = "0" * 64
_TAIL = 1 << 16


class AuditError(XinpuError):
    """The log of look-ups cannot be written or its chain is broken."""

    status = 503


@dataclass(frozen=True, slots=True)
class Lookup:
    """Who asked what and what for."""

    who: str
    verb: str
    parameters: Mapping[str, Any]
    purpose: str | None


class AuditLog:
    """The log in one file; several processes may write to it."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def note(self, lookup: Lookup) -> str:
        """Write one line through to the disk; its hash. Raises `AuditError`: what cannot be noted is not answered."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600), "rb+") as handle:
                fcntl.flock(handle, fcntl.LOCK_EX)
                entry = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), **asdict(lookup)}
                line = _line(entry, _last_hash(handle))
                handle.seek(0, os.SEEK_END)
                handle.write(line)
                handle.flush()
                os.fsync(handle.fileno())
        except OSError as error:
            raise AuditError(f"the look-up cannot be noted in {self.file}: {error.strerror}; so it is not answered") from error
        return str(json.loads(line)["hash"])

    def entries(self) -> Iterator[dict[str, Any]]:
        """Every entry, oldest first. Raises `AuditError` naming the first line that breaks the chain."""
        before = START
        for number, line in enumerate(self._lines(), start=1):
            entry = _parsed(line)
            if entry is None or entry.get("before") != before or _hash_of(entry) != entry.get("hash"):
                raise AuditError(f"{self.file}, line {number}: the chain is broken here; a line was changed, moved or taken out")
            before = entry["hash"]
            yield entry

    def _lines(self) -> Iterator[bytes]:
        if self.file.exists():
            with self.file.open("rb") as handle:
                yield from handle


def _line(entry: Mapping[str, Any], before: str) -> bytes:
    linked = {**entry, "before": before}
    return json.dumps({**linked, "hash": _hash_of(linked)}, ensure_ascii=False, default=str).encode() + b"\n"


def _hash_of(entry: Mapping[str, Any]) -> str:
    content = {key: value for key, value in entry.items() if key != "hash"}
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def _last_hash(handle: Any) -> str:
    """The hash of the last line, read from the end of the file."""
    size = handle.seek(0, os.SEEK_END)
    if not size:
        return START
    handle.seek(max(0, size - _TAIL))
    tail = handle.read()
    entry = _parsed(tail.rstrip(b"\n").rpartition(b"\n")[2]) if tail.endswith(b"\n") else None
    if entry is None or "hash" not in entry:
        raise AuditError("the last line of the log is not whole; look at it, and move the file away to begin a new one")
    return str(entry["hash"])


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
