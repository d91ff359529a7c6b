"""`python -m tests.show [--quick] [--only NAME …]`: print every acceptance line; exit 1 when one falls short."""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.show import large, law, reading, real, small, stores
from tests.show.line import Line


def groups(quick: bool, folder: Path | None) -> Mapping[str, Callable[[], Iterator[Line]]]:
    """The groups of lines by name, the quick ones first."""
    return {
        "agencies": real.agencies,
        "broken": small.broken_files,
        "files": real.shared_files,
        "stores": lambda: stores.lines(quick=quick),
        "large": lambda: large.lines(10_000 if quick else 1_000_000, folder),
        "law": lambda: law.lines(quick=quick, folder=folder),
        "reading": lambda: reading.lines(quick=quick),
        "page": small.page,
        "ci": small.ci,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller rounds; their lines say so")
    parser.add_argument("--only", nargs="*", help="only these groups")
    parser.add_argument("--folder", type=Path, help="keep the large files here")
    given = parser.parse_args()
    short = 0
    for name, lines in groups(given.quick, given.folder).items():
        if given.only and name not in given.only:
            continue
        print(f"── {name}", flush=True)
        for line in lines():
            short += not line.ok
            print(line, flush=True)
    print(f"{short} short" if short else "all ok")
    return int(short > 0)


if __name__ == "__main__":
    sys.exit(main())
