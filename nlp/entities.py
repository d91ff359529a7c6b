"""One entity for each referent: names grouped, aliases and short forms brought home, numbers bound, misreadings dropped."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nlp.aliases import defined, homes, short_forms, shortens, ticker_fields
from nlp.boxes import broken_names
from nlp.extraction import Entity, EntityType, Span
from nlp.heads import type_of_name
from nlp.named import Named, Tagged, longest
from nlp.numbers_of import numbers

_PREFIX: Mapping[str, str] = {
    "Enterprise": "e", "Person": "p", "Authority": "a", "Court": "c", "SocialOrg": "s", "Institution": "i", "List": "l",
}  # fmt: skip
_NOISE = re.compile(r"[\s（）()“”\"·]")
_CIVIL = re.compile(r"民政(?:局|厅|部)")
_OF_CIVIL = re.compile(r"社会组织|民办非企业|社会服务机构|社会团体|民非")
_PRIVATE = re.compile(r"(?:学校|中心|幼儿园|研究院|研究所|[站园社馆院])$")
_TESTS = re.compile(r"检[测验]|医院|大学|鉴定|党校")
_ORG_TYPES = ("Enterprise", "Authority", "Court", "SocialOrg", "Institution")


@dataclass(slots=True)
class _Group:
    """The names of one referent while they are gathered."""

    type: EntityType
    names: dict[str, int] = field(default_factory=dict)
    aliases: dict[str, None] = field(default_factory=dict)
    spans: set[Span] = field(default_factory=set)
    attrs: dict[str, str] = field(default_factory=dict)
    sure: bool = False


def key_of(name: str) -> str:
    """The name for comparison inside one text."""
    return _NOISE.sub("", name)


def entities(tagged: Tagged, names: Sequence[Named]) -> dict[str, Entity]:
    """The entities that the names stand for, by id, in the order of their first mention."""
    groups = _Groups(tagged, names)
    groups.gather()
    groups.name_others()
    groups.shorten()
    groups.find_again()
    groups.bring_home()
    groups.drop()
    groups.name_kinds()
    groups.bind_numbers()
    return groups.result()


class _Groups:
    """The referents of one text; each step is one rule of identity."""

    def __init__(self, tagged: Tagged, names: Sequence[Named]) -> None:
        self.tagged, self.text = tagged, tagged.text
        self.names = list(names)
        self.by_key: dict[str, _Group] = {}

    def gather(self) -> None:
        """One group for each written form."""
        self._put_broken()
        for name in self.names:
            self._put(name)

    def _put_broken(self) -> None:
        """The names that a drawn table breaks, each at the place of its first piece."""
        for broken in broken_names(self.text):
            taken = (broken.first, *broken.rest)
            self.names = [n for n in self.names if not any(a < n.end and n.start < b for a, b in taken)]
            group = self.by_key.setdefault(key_of(broken.name), _Group("Enterprise", sure=True))
            group.names[broken.name] = group.names.get(broken.name, 0) + 1
            group.spans.add(broken.first)

    def _put(self, name: Named) -> None:
        written = self.text[name.start : name.end]
        group = self.by_key.setdefault(key_of(written), _Group(name.type))
        group.names[written] = group.names.get(written, 0) + 1
        group.spans.add((name.start, name.end))
        group.sure |= name.sure

    def name_others(self) -> None:
        """The other names that the text gives: each joins the group of the name it stands behind."""
        at_end = {name.end: name for name in self.names}
        for alias in defined(self.text, self.names):
            target = self.by_key.get(key_of(self.text[at_end[alias.anchor].start : alias.anchor]))
            if target is not None:
                self._join(target, alias.start, alias.end)
        firms = [self.text[n.start : n.end] for n in self.names if n.type == "Enterprise"]
        for start, end in ticker_fields(self.text) if firms else ():
            ticker = self.text[start:end]
            full = next((name for name in firms if name.endswith("公司") and shortens(ticker, name, "Enterprise")), firms[0])
            self._join(self.by_key[key_of(full)], start, end)

    def _join(self, target: _Group, start: int, end: int) -> None:
        written = self.text[start:end]
        if target.type == "Person" and type_of_name(written) or len(key_of(written)) < 2:
            return
        own = self.by_key.get(key_of(written))
        if own is not None and own is not target:
            target.spans |= own.spans
            target.aliases |= own.aliases
            target.names |= {name: count for name, count in own.names.items() if len(name) > 4 and type_of_name(name)}
        target.aliases[written] = None
        target.spans.add((start, end))
        target.sure = True
        self.by_key[key_of(written)] = target

    def shorten(self) -> None:
        """The short forms of firms' names that the text uses, where only one firm can be meant."""
        made: dict[str, list[_Group]] = {}
        for group in self.groups():
            if group.type == "Enterprise":
                for form in {form for name in group.names for form in short_forms(name)}:
                    made.setdefault(form, []).append(group)
        for form, groups in made.items():
            own = self.by_key.get(key_of(form))
            if len(groups) == 1 and form in self.text and (own is None or not own.sure or own is groups[0]):
                self._use(form, groups[0])

    def _use(self, form: str, target: _Group) -> None:
        """Take a short form as an alias where it stands outside the full names."""
        longer = [name for name in (*target.names, *target.aliases) if form in name and form != name]
        for place in re.finditer(re.escape(form), self.text):
            inside = any(self.text.startswith(name, place.start() - name.index(form)) for name in longer)
            if not inside and not self.tagged.zones.blocked(place.start()):
                self._join(target, place.start(), place.end())

    def find_again(self) -> None:
        """Every further place of a known name, and of an alias in place of what the tagger made of it."""
        for sure in (True, False):
            known = {n: g for g in self.groups() for n in (*g.names, *g.aliases) if g.sure is sure and (sure or g.spans)}
            self._look_for(known)
            self._give_way()

    def _look_for(self, known: Mapping[str, _Group]) -> None:
        words = sorted((word for word in known if len(word) >= 2), key=len, reverse=True)
        marks = bytearray(len(self.text) + 1)
        for start, end in self._sure_spans():
            marks[start:end] = b"\x01" * (end - start)
        for match in re.finditer("|".join(map(re.escape, words)), self.text) if words else ():
            if not any(marks[match.start() : match.end()]) and self._stands(*match.span(), known[match[0]]):
                known[match[0]].spans.add(match.span())

    def _sure_spans(self) -> list[Span]:
        return sorted(span for group in self.groups() if group.sure for span in group.spans)

    def _stands(self, start: int, end: int, group: _Group) -> bool:
        """Whether a known name stands here as a name, not inside a longer word or a number."""
        if self.tagged.zones.blocked(start):
            return False
        if group.type != "Person" or end - start >= 3:
            return True
        word = self.tagged.words[self.tagged.word_at(start)]
        return word.start == start and (word.end == end or word.tag == "PER")

    def _give_way(self) -> None:
        """Take away the tagger's own guesses that lie across a sure name."""
        marks = bytearray(len(self.text) + 1)
        for start, end in self._sure_spans():
            marks[start:end] = b"\x01" * (end - start)
        for group in self.groups():
            if not group.sure:
                group.spans = {span for span in group.spans if not any(marks[span[0] : span[1]])}

    def bring_home(self) -> None:
        """Short forms that can only mean one of the full names."""
        shorts = {n: g.type for g in self.groups() for n in g.names if g.spans and not g.aliases and g.type != "Person"}
        fulls = {self._title(g): g.type for g in self.groups() if g.spans and g.type != "Person"}
        for short, full in homes(shorts, fulls).items():
            own, target = self.by_key[key_of(short)], self.by_key[key_of(full)]
            if own is not target:
                target.spans |= own.spans
                target.aliases |= dict.fromkeys(own.names)
                self._point(own, target)

    def _point(self, own: _Group, target: _Group) -> None:
        for key, group in list(self.by_key.items()):
            if group is own:
                self.by_key[key] = target

    def drop(self) -> None:
        """Groups without a place left, persons that are pieces of a firm's name, doubtful names in addresses and quotes."""
        firms = [n for g in self.groups() if g.type != "Person" for n in (*g.names, *g.aliases)]
        for group in self.groups():
            group.spans = set(self._own_spans(group))
            if not group.spans or self._misread(group, firms):
                self.by_key = {k: g for k, g in self.by_key.items() if g is not group}

    def _own_spans(self, group: _Group) -> Iterable[Span]:
        if group.type == "Person":
            return group.spans
        outside = [s for s in group.spans if not self.tagged.zones.addressed(s[0])]
        return group.spans if outside else ()

    def _misread(self, group: _Group, firms: Sequence[str]) -> bool:
        name = self._title(group)
        if group.type == "Person":
            return len(name) == 2 and any(name in firm for firm in firms) and not self._particulars(group)
        titled = all(self.tagged.zones.titled(a, b) for a, b in group.spans)
        quoted = all(self.text[max(0, a - 1) : a] == "“" and self.text[b : b + 1] == "”" for a, b in group.spans)
        return titled and group.type != "Enterprise" or quoted and not group.aliases and type_of_name(name) is None

    def _particulars(self, group: _Group) -> bool:
        """Whether the text speaks of a person at one of the places: a post before it, sex or age behind it."""
        before = re.compile(r"(?:人|长|者|事|监|理|书|师|员|姓名)[：: ]?$")
        return any(
            before.search(self.text[max(0, a - 6) : a]) or re.match(r"[，,（]?(?:男|女)", self.text[b : b + 3])
            for a, b in group.spans
        )

    def name_kinds(self) -> None:
        """Schools and centres in a paper of a civil affairs organ on social organisations are such."""
        if _CIVIL.search(self.text) and _OF_CIVIL.search(self.text):
            for group in self.groups():
                if group.type == "Institution" and _PRIVATE.search(self._title(group)) and not _TESTS.search(self._title(group)):
                    group.type = "SocialOrg"

    def bind_numbers(self) -> None:
        """统一社会信用代码 and its like to the name they belong to."""
        spots = longest([Named(a, b, g.type) for g in self.groups() for a, b in g.spans])
        at = {span: group for group in self.groups() for span in group.spans}
        for index, found in numbers(self.text, spots).items():
            group = at[(spots[index].start, spots[index].end)]
            group.attrs = found | group.attrs

    def groups(self) -> list[_Group]:
        """The groups in the order of their making."""
        return list({id(group): group for group in self.by_key.values()}.values())

    def _title(self, group: _Group) -> str:
        """The fullest name: the longest of the written forms, an alias only where there is nothing else."""
        pool = list(group.names) or list(group.aliases)
        return max(pool, key=lambda name: (type_of_name(name) is not None, len(name), name))

    def result(self) -> dict[str, Entity]:
        """The entities by id."""
        counts: dict[str, int] = {}
        made: dict[str, Entity] = {}
        for group in sorted(self.groups(), key=lambda g: min(g.spans)):
            counts[group.type] = counts.get(group.type, 0) + 1
            key = f"{_PREFIX[group.type]}{counts[group.type]}"
            made[key] = self._entity(key, group)
        return made

    def _entity(self, key: str, group: _Group) -> Entity:
        name = self._title(group)
        others = [n for n in dict.fromkeys((*group.aliases, *group.names)) if key_of(n) != key_of(name)]
        attrs: dict[str, object] = dict(group.attrs)
        if others:
            attrs["alias"] = others
        spans = longest([Named(a, b, group.type) for a, b in group.spans])
        return Entity(key, group.type, name, tuple((n.start, n.end) for n in spans), attrs)


def mentions(made: Mapping[str, Entity]) -> Iterator[tuple[int, int, str]]:
    """Every named place with its entity's id."""
    for key, entity in made.items():
        for start, end in entity.mentions:
            yield start, end, key
