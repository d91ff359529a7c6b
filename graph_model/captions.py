"""The caption rule: which of a subject's names is shown."""

from collections.abc import Iterable, Mapping
from typing import Any

UNRANKED = 9


def caption_of(records: Iterable[Mapping[str, Any]]) -> str | None:
    """The name in the record of the best source rank, then the newest `as_of`, then the least id; None without a name.

    Each record has `name`, `rank`, `as_of` and its `id` (or `record`).
    """
    named = sorted((r for r in records if r.get("name")), key=lambda r: str(r.get("id")))
    named.sort(key=lambda r: r.get("as_of") or "", reverse=True)
    named.sort(key=_rank)
    return str(named[0]["name"]) if named else None


def _rank(record: Mapping[str, Any]) -> int:
    rank = record.get("rank")
    return UNRANKED if rank is None else int(rank)
