"""From the dates a caller gives to the three clocks of an answer: when true, when known, which law."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from graph_model.claims import Clocks
from graph_model.errors import UsageError
from graph_model.kinds import BadValue, clean_date
from graph_model.stores.graph import Reader
from queries.catalogue.coverage import PUBLISHED_RUNS, RunRow
from queries.query import run


def read_clocks(
    reader: Reader, *, at: str | None = None, known_at: str | None = None, rules_at: str | None = None, published: Sequence[RunRow] | None = None
) -> Clocks:
    """The clocks of a question: `at` is today and `known_at` the last run unless said; `rules_at` is `at` unless said.

    `published`: the runs, where they were read before. A `known_at` that is a date means its end (UTC). Raises `UsageError` on a bad date or before the first run.
    """
    valid_at = day(at, "at") if at else date.today().isoformat()
    runs = [row for row in (run(reader, PUBLISHED_RUNS) if published is None else published) if row.seq <= reader.run]
    known = _known_run(runs, known_at)
    return Clocks(valid_at, known.seq, known.published, day(rules_at, "rules_at") if rules_at else valid_at)


def day(text: str, name: str) -> str:
    """A full day as ISO text. Raises `UsageError`."""
    try:
        found = clean_date(text)
    except BadValue as error:
        raise UsageError(f"{name}: {error}") from error
    if len(found) != 10:
        raise UsageError(f"{name}: {text!r} is no full day; expected for example 2021-06-01")
    return found


def _known_run(runs: Sequence[RunRow], known_at: str | None) -> RunRow:
    if known_at is None and runs:
        return runs[-1]
    before = _end(known_at) if known_at else datetime.max.replace(tzinfo=UTC)
    known = [row for row in runs if _instant(row.published) < before]
    if not known:
        first = f"the first run was published at {runs[0].published}" if runs else "no run was published yet"
        raise UsageError(f"known_at {known_at}: nothing was known then; {first}")
    return known[-1]


def _end(text: str) -> datetime:
    """The first instant after what the text means: after the day, or after the very instant."""
    if "T" not in text and " " not in text.strip():
        return datetime.combine(date.fromisoformat(day(text, "known_at")), time(), UTC) + timedelta(days=1)
    try:
        return _instant(text) + timedelta(microseconds=1)
    except ValueError as error:
        raise UsageError(
            f"known_at: {text!r} is no instant; expected for example 2026-01-31 or 2026-01-31T12:00:00Z"
        ) from error


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
