"""Look-ups of persons: who asks says what for, and it is noted before it is answered."""

from collections.abc import Mapping
from typing import Any

from api.audit import AuditLog, Lookup
from api.context import Context
from graph_model.errors import UsageError
from graph_model.identifiers import mask_text

NOT_STATED = "not stated"


class PurposeNeeded(UsageError):
    """A person is looked up over HTTP and no purpose is stated."""


def note(context: Context, verb: str, values: Mapping[str, Any], purpose: str | None) -> None:
    """Write a look-up into the log. Raises `PurposeNeeded` over HTTP where no purpose is stated."""
    purpose = purpose or context.purpose
    if purpose is None and context.face == "http":
        raise PurposeNeeded("a person is looked up: state what for in `purpose`; it is noted in the log")
    shown = {key: mask_text(value) if isinstance(value, str) else value for key, value in values.items()}
    AuditLog(context.settings.audit_log).note(Lookup(context.who, verb, shown, mask_text(purpose or NOT_STATED)))
