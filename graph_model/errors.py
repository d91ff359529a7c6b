"""Everything that can go wrong, by meaning: one root, each class with its exit code and HTTP status."""

from typing import ClassVar


class XinpuError(Exception):
    """The root of all errors a user may see; its message says what was got, expected, and what to do."""

    exit_code: ClassVar[int] = 1
    status: ClassVar[int] = 500


class UsageError(XinpuError):
    """The call itself is wrong: an unknown name, a bad date, a missing parameter."""

    exit_code = 2
    status = 422


class UnknownEntity(XinpuError):
    """Nothing in the graph carries this id or number."""

    exit_code = 1
    status = 404


class InputError(XinpuError):
    """A file that was handed in cannot be used; the message names file, row, column and reason."""

    status = 422


class MapError(InputError):
    """A map is wrong in itself or does not fit the file."""


class SourceIncomplete(InputError):
    """An edition is below the minimum its map expects: nothing of it is loaded."""


class ModelError(XinpuError):
    """The model declaration contradicts itself or a fact contradicts the model."""


class StoreError(XinpuError):
    """The graph store refused or failed; nothing was half done."""

    status = 503


class StoreUnavailable(StoreError):
    """The graph store cannot be reached or opened."""


class StoreBusy(StoreError):
    """Another run is writing to this graph."""

    status = 409


class BudgetExceeded(StoreError):
    """One query ran past the time it was given."""

    status = 504
