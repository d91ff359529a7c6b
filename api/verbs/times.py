"""Dates as parameters: an ISO day, and for the known clock a day or an instant."""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is no day; write it as 2026-01-31") from None


def _moment(text: str) -> str:
    if not _INSTANT.match(text):
        return _day(text)
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no instant; write it as 2026-01-31 or 2026-01-31T12:00:00+00:00") from None
    return text


Day = Annotated[str, AfterValidator(_day)]
Moment = Annotated[str, AfterValidator(_moment)]
