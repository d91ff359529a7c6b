"""Days for the second program: its own sums, so that an error in the engine's shows."""

import calendar
from datetime import date, timedelta


def is_day(text: str) -> bool:
    """Whether a text is a full day."""
    return len(text) == 10 and text[4] == "-"


def plus(start: str, period: str) -> str:
    """The last day of a period of years, months or days; `unknown` where its start is no day."""
    if not is_day(start):
        return "unknown"
    day, number = date.fromisoformat(start), int(period[:-1])
    if period.endswith("日"):
        return (day + timedelta(days=number)).isoformat()
    months = day.year * 12 + day.month - 1 + (number * 12 if period.endswith("年") else number)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1])).isoformat()


def before(day: str) -> str:
    """The day before."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat() if is_day(day) else "unknown"
