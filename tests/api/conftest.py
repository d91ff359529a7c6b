"""One small graph and one server for the tests of this room; both are only read."""

from collections.abc import Iterator

import pytest

from api.settings import Settings
from tests.api.world import Served, build, serving


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The small graph."""
    return build(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def served(built: Settings) -> Iterator[Served]:
    """A server over it."""
    with serving(built) as running:
        yield running
