"""The names of posts and what each is called in the graph (`patterns/posts.yml`)."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from nlp.shorthand import POST, Shorthand

OWNERS = frozenset({"实际控制人", "控股股东", "股东"})
SINGLE = frozenset({"法定代表人", "经营者", "董事长", "总经理", "主要负责人", "董事会秘书", "行长"})
BLAMED = frozenset({"直接负责的主管人员", "直接责任人员"})
SILENT = "-"  # posts that no role tells of, known so that those beside them are read
MINOR = frozenset({"其他", "员工", "授权代表", "部门负责人"})
TENSE = r"(?:时任|现任|原任|曾任|历任|前任|原|前|曾|拟任|候任)"
_SPOKEN = re.compile("人|长|董|监|经理|总|负责|股东|控制|经营者|业主|老板|店主|秘书|主任|员|代表|CEO")
_LEADING_TENSE = re.compile(rf"^{TENSE}")


@cache
def _terms() -> Mapping[str, re.Pattern[str]]:
    text = files("nlp").joinpath("patterns", "posts.yml").read_text("utf-8")
    return {role: re.compile("|".join(terms)) for role, terms in yaml.safe_load(text).items()}


@cache
def _any_post() -> re.Pattern[str]:
    """One pattern for every post, longer terms first at each place."""
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern in _terms().values()))


def any_post(text: str) -> bool:
    """Whether a text may speak of a post or of control at all."""
    return _SPOKEN.search(text) is not None


@cache
def role_of(text: str) -> str:
    """The canonical role of a post as it is written; 其他 for one that the vocabulary does not hold."""
    plain = _LEADING_TENSE.sub("", text)
    fitting = [
        (len(m[0]), role)
        for role, pattern in _terms().items()
        if (m := pattern.match(plain + "\ue001")) and m.end() >= len(plain)
    ]
    return max(fitting, default=(0, "其他"), key=lambda found: found[0])[1]


def mark_posts(signs: Shorthand) -> tuple[Shorthand, tuple[str, ...]]:
    """The shorthand with one sign for each post, and the posts in their order."""
    text, spans, at = signs.text, [], 0
    while match := _any_post().search(text, at):
        begin = match.start()
        begin, end = _longest(text, begin)
        spans.append((begin, end))
        at = end
    return signs.marked(spans, POST), tuple(text[a:b] for a, b in spans)


def _longest(text: str, at: int) -> tuple[int, int]:
    """The longest post that begins at a place, less a leading 时任."""
    ends = [m.end() for pattern in _terms().values() if (m := pattern.match(text, at))]
    end = max(ends)
    lead = _LEADING_TENSE.match(text[at:end])
    if lead and lead.end() < end - at and any(p.match(text, at + lead.end()) for p in _terms().values()):
        return _longest(text, at + lead.end())
    return at, end
