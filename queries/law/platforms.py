"""How many 融资信用服务平台 a place may keep: one a province, at most one a city or county."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from queries.law.rules import Law


@dataclass(frozen=True, slots=True)
class TooMany:
    """A place that keeps more platforms of its own level than the rule lets it, and by which rule."""

    place: str
    platforms: tuple[str, ...]
    allowed: int
    article: str


def too_many(platforms: Iterable[tuple[str, str]], law: Law, day: date) -> list[TooMany]:
    """Places with more platforms than the rule in force lets them keep; `platforms`: name and the place whose it is.

    A province, its city and its county are three places: `浙江省`, `浙江省杭州市`, `浙江省杭州市西湖区`.
    """
    figure = law.figure("platforms_per_level", day)
    kept: dict[str, set[str]] = {}
    for name, place in platforms:
        kept.setdefault(place, set()).add(name)
    if figure is None:
        return []
    allowed = int(figure.value)
    return [TooMany(place, tuple(sorted(names)), allowed, figure.cited) for place, names in sorted(kept.items()) if len(names) > allowed]
