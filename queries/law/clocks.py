"""Days, periods and three-valued truth: what a date says where it may be partial or unknown.

Periods follow 民法典 201 and 202: the starting day is not counted, the last day is the corresponding day or, where
there is none, the last day of the month; on the last day the effect still holds.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from graph_model.claims import Holds
from graph_model.kinds import UNKNOWN

FIRST, LAST = date.min, date.max
_PERIOD = re.compile(r"(\d+)(年|月|日)")


@dataclass(frozen=True, slots=True)
class When:
    """A day that lies between two days; they are the same where it is known."""

    lo: date
    hi: date

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.lo == self.hi

    @property
    def text(self) -> str:
        """The day, or `unknown`."""
        return self.lo.isoformat() if self.exact else UNKNOWN

    def shifted(self, days: int) -> "When":
        """So many days later."""
        return When(_shift(self.lo, days), _shift(self.hi, days))

    def after(self, period: str) -> "When":
        """The last day of a period (`3年`, `6月`, `10日`) that starts on this day."""
        return When(last_day(self.lo, period), last_day(self.hi, period))


NEVER_KNOWN = When(FIRST, LAST)


@dataclass(frozen=True, slots=True)
class Truth:
    """yes, no or undetermined, and the `fact.key` bounds or values whose not being known decides."""

    value: Holds
    unknown: tuple[str, ...] = ()


YES, NO = Truth("yes"), Truth("no")


def when(text: str | None) -> When | None:
    """A date as the days it can be: `2021-03` is a day in March, `unknown` any day; None where nothing is stated."""
    if not text:
        return None
    if text == UNKNOWN:
        return NEVER_KNOWN
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return When(date(*parts), date(*parts))
    year, first, last = parts[0], (parts[1] if len(parts) > 1 else 1), (parts[1] if len(parts) > 1 else 12)
    return When(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def last_day(start: date, period: str) -> date:
    """The last day of a period that starts on `start`. Raises `ValueError` on a period written otherwise."""
    found = _PERIOD.fullmatch(period)
    if not found:
        raise ValueError(f"{period!r} is no period; expected for example 3年, 6月 or 30日")
    number = int(found[1])
    if start in (FIRST, LAST):
        return start
    if found[2] == "日":
        return start + timedelta(days=number)
    return _months_later(start, number * 12 if found[2] == "年" else number)


def first_day(end: date, period: str) -> date:
    """The first day of the look-back window of a period that ends on `end`: 近三年 of 2021-06-01 starts on 2018-06-01."""
    found = _PERIOD.fullmatch(period)
    if not found:
        raise ValueError(f"{period!r} is no period; expected for example 3年, 6月 or 30日")
    number = int(found[1])
    if found[2] == "日":
        return end - timedelta(days=number)
    return _months_later(end, -(number * 12 if found[2] == "年" else number))


def _months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _shift(day: date, days: int) -> date:
    return day if day in (FIRST, LAST) else day + timedelta(days=days)


def on_or_before(found: When, day: date, name: str) -> Truth:
    """Whether a day is at or before `day`; `name` is the `fact.key` to report where that is not known."""
    if found.hi <= day:
        return YES
    return NO if found.lo > day else Truth("undetermined", (name,))


def before(found: When, day: date, name: str) -> Truth:
    """Whether a day lies before `day`."""
    return on_or_before(found, _shift(day, -1), name)


def negation(truth: Truth) -> Truth:
    """The opposite; what is undetermined stays so."""
    return Truth({"yes": "no", "no": "yes"}.get(truth.value, "undetermined"), truth.unknown)  # type: ignore[arg-type]


def every(truths: Iterable[Truth]) -> Truth:
    """Whether all hold: one no decides, whatever is unknown beside it."""
    return _joined(truths, "no")


def some(truths: Iterable[Truth]) -> Truth:
    """Whether one holds: one yes decides, whatever is unknown beside it."""
    return _joined(truths, "yes")


def _joined(truths: Iterable[Truth], decides: Holds) -> Truth:
    unknown: list[str] = []
    doubtful = False
    for truth in truths:
        if truth.value == decides:
            return Truth(decides)
        if truth.value == "undetermined":
            doubtful = True
            unknown += truth.unknown
    if doubtful:
        return Truth("undetermined", tuple(dict.fromkeys(unknown)))
    return YES if decides == "no" else NO
