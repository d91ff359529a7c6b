"""The table of bans that no scenario file can name, each as the facts and days it says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from queries.law.case import Case
from queries.law.facts import Fact, Unit, World
from queries.law.reach import Reached, reached_by
from queries.law.reader import read_yaml
from queries.law.statutes import law

TABLE = Path(__file__).with_name("bans.yml")
SELF = "本人"
FAR = date(2090, 1, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the rule, the article it must cite, and its facts."""

    rule: str
    values: dict[str, Any]

    def reached(self, post: str, day: date) -> list[Reached]:
        """What reaches, by this rule, the holder of a post on a day."""
        case = Case(self._world(post), law(), day, day)
        return [one for one in reached_by(case, "p") if one.rule.id == self.rule and one.truth.value == "yes"]

    @property
    def decided(self) -> date:
        return date.fromisoformat(self.values["decided"])

    @property
    def last(self) -> date:
        """The last day of the ban; for a ban for life a day far ahead."""
        return FAR if self.values["last"] == "life" else date.fromisoformat(self.values["last"])

    def after(self) -> date | None:
        """The first day without it, where there is one."""
        return None if self.last == FAR else self.last + timedelta(days=1)

    def _world(self, post: str) -> World:
        v, world = self.values, World()
        place = {"place": v.get("place", "江西省"), "trade": (v["trade"],) if "trade" in v else ()}
        world.units |= {"u": Unit("u", "Enterprise", "某单位", place), "p": Unit("p", "Person", "某人", {})}
        world.add(self._trigger("p" if post == SELF else "u"))
        if post != SELF:
            world.add(Fact("role", "r", ("r-1",), None, {"person": "p", "unit": "u", "role": post, "valid_from": "2010-01-01"}))
        if "found" in v:
            world.add(Fact("finding", "f", ("f-1",), None, {"about": "p", "event": "x", "condition": v["found"], "found": "yes"}))
        return world

    def _trigger(self, subject: str) -> Fact:
        v = self.values
        if "order" in v:
            return Fact("order", "x", ("x-1",), None, {"subject": subject, "order": v["order"], "issued": v["decided"], "closed": v["lifted"]})
        if "list" in v:
            said = {"list": v["list"], "listed": v["decided"], "removed": v["removed"], "polarity": "negative"}
            return Fact("listing", "x", ("x-1",), None, {"subject": subject, **said})
        said = {"kinds": tuple(v["kinds"]), "under": v["under"], "decided": v["decided"], "restricted_until": v.get("fixed")}
        return Fact("penalty", "x", ("x-1",), None, {"subject": subject, **said})


def rows() -> list[Row]:
    """The rows of the table."""
    found = read_yaml(TABLE.read_text(encoding="utf-8"), TABLE.name)
    return [Row(row.pop("rule"), row) for row in found]


def table_credits() -> Iterator[tuple[str, str]]:
    """Each row tests its rule both ways."""
    yield from ((row.rule, sign) for row in rows() for sign in "+-")
