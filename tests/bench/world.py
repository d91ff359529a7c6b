"""A synthetic register as arrays of numbers: who holds which post and which share, drawn with a seed.

Ratios per enterprise: 1 legal representative, 2.2 officer rows, 1.4 shareholdings (a third held by enterprises),
0.003 listings, 1.4 persons. Holders and teams are heavy-tailed: rank = n * u ** power gives the first ranks most.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tests.bench.words import DAYS, GIVEN, PLACES, SURNAMES

Ints = npt.NDArray[np.int64]
NONE = -1
_HUB_POWER, _TEAM_POWER = 3.0, 2.0


@dataclass(frozen=True, slots=True)
class People:
    """Persons by row: the enterprise each belongs to, his coded name, his coded masked ID or -1; the first are legal representatives."""

    firm: Ints
    name: Ints
    masked: Ints


@dataclass(frozen=True, slots=True)
class Posts:
    """Officer rows: the person, his slot (which post), the first and the last day, -1 where it goes on."""

    person: Ints
    slot: Ints
    start: Ints
    end: Ints


@dataclass(frozen=True, slots=True)
class Shares:
    """Shareholdings: the company, the holding person or -1, the holding enterprise or -1, hundredths of a percent, the day."""

    firm: Ints
    person: Ints
    holder: Ints
    share: Ints
    due: Ints


@dataclass(frozen=True, slots=True)
class World:
    """Everything generated, as arrays of numbers; text is made when it is written."""

    seed: int
    count: int
    founded: Ints
    people: People
    posts: Posts
    shares: Shares
    listed: Ints


def world(enterprises: int, seed: int) -> World:
    """The synthetic register of this size and seed."""
    rng = np.random.default_rng(seed)
    founded = rng.integers(0, len(DAYS) - 800, enterprises)
    people = _people(rng, enterprises)
    posts = _posts(rng, people, founded, enterprises)
    shares = _shares(rng, people, founded, enterprises)
    listed = rng.choice(enterprises, max(1, round(0.003 * enterprises)), replace=False)
    return World(seed, enterprises, founded, people, posts, shares, listed)


def _heavy(rng: np.random.Generator, count: int, size: int, power: float) -> Ints:
    ranks = (count * rng.random(size) ** power).astype(np.int64)
    chosen: Ints = rng.permutation(count)[ranks]
    return chosen


def names(rng: np.random.Generator, size: int) -> Ints:
    """Codes of random full names: common surnames more often, one or two given characters."""
    surnames, given = len(SURNAMES), len(GIVEN)
    surname = (surnames * rng.random(size) ** 1.6).astype(np.int64)
    second = rng.integers(0, given, size)
    second[rng.random(size) < 0.2] = given  # one given character only
    return (surname * given + rng.integers(0, given, size)) * (given + 1) + second


def _people(rng: np.random.Generator, count: int) -> People:
    firm = np.concatenate((np.arange(count), _heavy(rng, count, round(0.4 * count), _TEAM_POWER)))
    name = names(rng, firm.size)
    masked = np.full(firm.size, NONE)
    chosen = rng.choice(firm.size, firm.size // 20, replace=False)
    masked[chosen] = rng.integers(0, len(PLACES) * 50 * 10_000, chosen.size)
    twins = chosen.size // 10  # the same man in two companies, as his masked number shows
    name[chosen[:twins]], masked[chosen[:twins]] = name[chosen[-twins:]], masked[chosen[-twins:]]
    return People(firm, name, masked)


def _posts(rng: np.random.Generator, people: People, founded: Ints, count: int) -> Posts:
    persons = people.firm.size
    more = rng.permutation(2 * persons)[: max(0, round(2.2 * count) - persons)]
    person = np.concatenate((np.arange(persons), more % persons))
    slot = np.concatenate((np.zeros(persons, np.int64), 1 + more // persons))
    start = later(rng, founded[people.firm[person]])
    end = later(rng, start)
    end[rng.random(person.size) >= 0.12] = NONE
    order = np.argsort(people.firm[person], kind="stable")
    return Posts(person[order], slot[order], start[order], end[order])


def later(rng: np.random.Generator, day: Ints) -> Ints:
    """A day on or after each, sooner more often than later."""
    span = len(DAYS) - 1 - day
    return day + (span * rng.random(day.size) ** 2).astype(np.int64)


def _shares(rng: np.random.Generator, people: People, founded: Ints, count: int) -> Shares:
    by_firms = _pairs(rng, count, round(1.4 * count / 3))
    held = rng.choice(people.firm.size, round(1.4 * count) - by_firms.size, replace=False)
    firm = np.concatenate((by_firms % count, people.firm[held]))
    person = np.concatenate((np.full(by_firms.size, NONE), held))
    holder = np.concatenate((by_firms // count, np.full(held.size, NONE)))
    weight = rng.random(firm.size) + 0.05
    total = np.bincount(firm, weight, minlength=count)[firm]
    share = np.maximum(1, (10_000 * weight / total).astype(np.int64))
    return Shares(firm, person, holder, share, later(rng, founded[firm]))


def _pairs(rng: np.random.Generator, count: int, size: int) -> Ints:
    """Distinct (holder, company) pairs as holder * count + company; a few holders have most."""
    rank = (count * rng.random(2 * size) ** _HUB_POWER).astype(np.int64)
    holder = rng.permutation(count)[rank]
    firm = rng.integers(0, count, 2 * size)
    pairs = holder * count + firm
    distinct = np.unique(pairs[holder != firm])
    chosen: Ints = rng.permutation(distinct)[:size]
    return chosen


def distinct_persons(made: World) -> int:
    """How many (company, name) pairs the posts and shares name."""
    span = len(SURNAMES) * len(GIVEN) * (len(GIVEN) + 1)
    return int(np.unique(made.people.firm * span + made.people.name).size)
