"""Where the real data sets lie that are not part of the repository."""

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared"
_FOLDER = Path(os.environ.get("XINPU_SHARED", _BESIDE))
SHARED: Path | None = _FOLDER if (_FOLDER / "data").is_dir() else None

needs_shared = pytest.mark.skipif(
    SHARED is None, reason="the shared data sets are not beside this checkout (set XINPU_SHARED)"
)


def shared(*parts: str) -> Path:
    """The path of a shared data file; only for tests marked with `needs_shared`."""
    assert SHARED is not None
    return SHARED.joinpath(*parts)
