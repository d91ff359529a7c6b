"""Names as the different kinds of documents write them: which are found, with their aliases and codes."""

import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
import yaml

from nlp.alike import plain
from nlp.extraction import Entity
from nlp.pipeline import PART, extract

_FILE = Path(__file__).parents[1] / "data" / "nlp" / "names.yml"
_TYPES = {
    "E": "Enterprise",
    "P": "Person",
    "A": "Authority",
    "C": "Court",
    "S": "SocialOrg",
    "I": "Institution",
}


@dataclass(frozen=True, slots=True)
class _Name:
    """One line of the annotation: what is named, how else, and with which numbers."""

    type: str
    name: str
    aliases: tuple[str, ...] = ()
    attrs: dict[str, str] = field(default_factory=dict)


def _read(line: str) -> _Name:
    kind, _, rest = line.partition(" ")
    name, aliases, attrs, *_ = [*(part.strip() for part in rest.split("|")), "", ""]
    pairs = ((key, value) for key, _, value in (pair.partition("=") for pair in attrs.split()))
    return _Name(
        _TYPES.get(kind, ""), name, tuple(filter(None, (a.strip() for a in aliases.split(",")))), dict(pairs)
    )


@cache
def _passages() -> list[tuple[str, list[_Name]]]:
    records = yaml.safe_load(_FILE.read_text("utf-8"))
    return [(item["text"], [_read(line) for line in item["names"]]) for item in records]


def _names(entity: Entity) -> set[str]:
    return {plain(name) for name in (entity.name, *entity.attrs.get("alias", ()))}


def _wrong(text: str, names: list[_Name]) -> list[str]:
    """What of a passage is missing, too much or not bound; each as a short line."""
    found = list(extract(text).entities)
    said: list[str] = []
    for name in names:
        wanted = {plain(n) for n in (name.name, *name.aliases)}
        match = next((e for e in found if wanted & _names(e) and e.type in (name.type or e.type)), None)
        if match is not None:
            found.remove(match)
        if name.type:
            said += [f"- {name.type} {name.name}"] if match is None else _unbound(match, name)
    return said + [f"+ {e.type} {e.name}" for e in found]


def _unbound(match: Entity, name: _Name) -> list[str]:
    said = [f"~ {name.name} = {alias}" for alias in name.aliases if plain(alias) not in _names(match)]
    return said + [
        f"~ {name.name} {k} {match.attrs.get(k)}" for k, v in name.attrs.items() if match.attrs.get(k) != v
    ]


@pytest.mark.parametrize("at", range(len(_passages())))
def test_a_passage_names_these(at: int) -> None:
    assert _wrong(*_passages()[at]) == []


def test_a_late_part_of_a_long_text_knows_the_short_names_of_its_beginning() -> None:
    head = "绍兴市柯桥区应急管理局行政处罚决定书\n当事人：绍兴云岫机械有限公司（以下简称云岫机械）\n法定代表人：周明远\n"
    text = head + "各单位应当认真执行有关规定。\n" * 3_200 + "\n经查，云岫机械未按规定培训。\n"
    assert len(text) > PART
    (firm,) = (entity for entity in extract(text).entities if entity.type == "Enterprise")
    late = [text[a:b] for a, b in firm.mentions if a > PART]
    assert (firm.name, late) == ("绍兴云岫机械有限公司", ["云岫机械"])


@pytest.mark.parametrize("unit", ["公司", "上海局", "张三店", "江岭银行支行", " ", "李某", "（"])
def test_ten_thousand_characters_of_names_are_read_in_seconds(unit: str) -> None:
    started = time.process_time()  # other processes do not count
    extract(unit * (10_000 // len(unit)))
    assert time.process_time() - started < 40  # minutes, where a pattern goes back over every name
