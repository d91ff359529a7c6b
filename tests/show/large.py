"""Lines on the large graph: loading, loading again, a delta, and questions."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import ask, load
from tests.show.line import Line


def lines(enterprises: int, folder: Path | None = None) -> Iterator[Line]:
    """The figures at this size; 1,000,000 enterprises is what the aim is for."""
    with TemporaryDirectory() as made:
        out = folder or Path(made)
        found = load.measure(out, enterprises)
        size = f"{enterprises:,} enterprises, {found['rows']:,} rows"
        yield Line(f"load of {size}, CSV to graph", f"{found['rows_per_second']:,} rows/s ({found['seconds']} s), {found['ratio_to_bare_copy']} × bare COPY ({found['bare_copy_seconds']} s)", "≤ 5 × bare COPY", found["ratio_to_bare_copy"] <= 5)
        yield Line("peak memory of the whole process tree", f"{found['peak_gib']} GiB", "≤ 6 GiB", found["peak_gib"] <= 6)
        yield Line("the same files again, compared in full", f"{found['second_seconds']} s, {found['second_changes']} changes", "≤ the first's time, 0 changes", found["second_seconds"] <= found["seconds"] and not found["second_changes"])
        slowest = max(found["delta_seconds"])
        yield Line(f"a delta of {found['delta_rows']:,} rows (register; officers)", f"{' s; '.join(map(str, found['delta_seconds']))} s, {found['delta_changes']:,} changes, file {found['file_mib']} MiB", "≤ 10 s", slowest <= 10)
        asked = ask.measure(out / "home", 60)
        for hops in (2, 4, 6):
            one = asked[f"hops_{hops}"]
            yield Line(f"linked, at most {hops} hops", f"p50 {one['p50_ms']} ms, p95 {one['p95_ms']} ms; {one['yes']} yes, {one['no']} no, {one['undetermined']} undetermined, {one['truncated']} cut", "no freeze; a cut is said", one["max_ms"] < 12_000 and not one["silent_cuts"])
        tight = asked["one_second_budget"]
        yield Line("a budget of 1 s on the widest search", f"max {tight['max_ms']} ms, {tight['over_20_percent']} of 60 over by more than 20 %, {tight['truncated']} cut, {tight['silent_cuts']} silently", "≤ 1.2 s, cuts said", not tight["over_20_percent"] and not tight["silent_cuts"])
