"""Verbs that ask the graph: linked, path, show, search, query, queries, export, info."""

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, model_validator

from api import services
from api.verbs.times import Day, Moment
from api.verbs.verb import Asking, Parameters, Verb, arg, opt
from graph_model.names.parse import looks_like_person
from queries.catalogue import persons
from queries.query import Query

Identity = Literal["confirmed", "anchored", "probable"]
Format = Literal["graphml", "gexf", "json", "csv", "cypher"]


# Questions of the catalogue whose rows are persons.
_OF_PERSONS = frozenset(query.name for query in vars(persons).values() if isinstance(query, Query)) | {"bearers_of_a_name"}


def _names_person(text: str | None) -> bool:
    """Whether the text is a person's id or has the build of a person's name."""
    return text is not None and (text.startswith("p-") or looks_like_person(text))


class Clock(Asking):
    """When: as true on a day, as known at a moment."""

    at: Day | None = opt("Day on which it must be true; today when left out.", example="2026-01-01")
    known_at: Moment | None = opt("As known at the end of this day, or at this instant; everything known when left out.")


class Linked(Clock):
    """Whom is asked about, when, and how far to look."""

    subject: str | None = arg("Id, 统一社会信用代码 or other number, or full name of an enterprise.", default=None, example="91330100MA2H31531M", min_length=1, max_length=200)
    name: str | None = opt("Name of a person, together with --anchor.", min_length=1, max_length=200)
    anchor: str | None = opt("Enterprise in whose record the person is named: number, id or full name.", min_length=1, max_length=200)
    rules_at: Day | None = opt("Day whose law applies; --at when left out.")
    place: str | None = opt("Place whose local rules apply, in place of the subject's own.", max_length=60)
    to: str | None = opt("A second subject, to ask whether the two are related parties.", max_length=200)
    history: str | None = opt("Purpose for which what is over is shown too.", max_length=500)
    max_hops: int = opt("How many relations to follow at most.", default=4, ge=1, le=8)
    identity: Identity = opt("Weakest grade of identity to cross; what rests on probable is undetermined, never yes.", default="probable")
    limit: int = opt("How many findings for each verdict.", default=20, ge=1, le=1000)
    seconds: float = opt("Time budget of the search.", default=10.0, gt=0, le=600)

    @model_validator(mode="after")
    def _one_subject(self) -> Self:
        if (self.subject is None) == (self.name is None):
            raise ValueError("give either a subject or --name (with --anchor for a person)")
        if self.anchor is not None and self.name is None:
            raise ValueError("--anchor goes with --name")
        return self


class PathBetween(Clock):
    """Between whom, when, and how far to look."""

    a: str = arg("First subject: id, number or full name.", example="示例甲建设有限公司", min_length=1, max_length=200)
    b: str = arg("Second subject.", example="示例乙投资有限公司", min_length=1, max_length=200)
    anchor_a: str | None = opt("Enterprise in whose record the first is named, where it is a person.", min_length=1, max_length=200)
    anchor_b: str | None = opt("The same for the second.", min_length=1, max_length=200)
    max_hops: int = opt("How many relations to follow at most.", default=6, ge=1, le=8)
    identity: Identity = opt("Weakest grade of identity to cross; what rests on probable is undetermined, never yes.", default="probable")
    limit: int = opt("How many paths.", default=5, ge=1, le=1000)
    seconds: float = opt("Time budget of the search.", default=10.0, gt=0, le=600)


class Show(Clock):
    """Which subject, when."""

    id: str = arg("Id, number or full name of a subject; or the id of a claim, list, document or run.", example="91330100MA2H31531M", min_length=1, max_length=200)
    identity: Identity = opt("Weakest grade of identity to fold in.", default="anchored")
    history: bool = opt("Show what is no longer believed too.", default=False)


class Search(Asking):
    """What to look for."""

    text: str = arg("Name or part of it, or a number.", example="示例甲", min_length=1, max_length=200)
    label: Literal["Enterprise", "Person", "Authority"] | None = opt("Only subjects of this label.")
    limit: int = opt("How many hits.", default=20, ge=1, le=200)
    after: str | None = opt("The `next` of the page before, for more hits.", max_length=300)
    known_at: Moment | None = opt("As known at the end of this day, or at this instant; everything known when left out.")


class Export(Clock):
    """Which part of the graph, in which format."""

    id: str = arg("Id, number or full name of the subject in the middle.", example="91330100MA2H31531M", min_length=1, max_length=200)
    identity: Identity = opt("Weakest grade of identity to fold in.", default="anchored")
    hops: int = opt("How many relations around it.", default=2, ge=0, le=8)
    format: Format = opt("Format of the file; csv is a zip of three.", default="json", short="f")
    limit: int = opt("How many nodes at most.", default=1000, ge=1, le=100_000)


def _pair(text: str) -> str:
    if not text.partition("=")[0] or "=" not in text:
        raise ValueError(f"{text!r} is no key=value pair")
    return text


class RunQuery(Asking):
    """Which question of the catalogue, with which values."""

    name: str = arg("Name of the question; `xinpu queries` lists them.", example="runs", min_length=1, max_length=100)
    parameter: tuple[Annotated[str, AfterValidator(_pair)], ...] = opt("A value as key=value; repeat it for more.", default=(), short="p")
    limit: int = opt("How many rows.", default=100, ge=1, le=100_000)

    @property
    def values(self) -> dict[str, str]:
        """The values by name."""
        return {key: value for key, _, value in (pair.partition("=") for pair in self.parameter)}


class Queries(Parameters):
    """Which questions to list."""

    name: str | None = arg("Only this one, with its Cypher.", default=None, example="runs", min_length=1, max_length=100)


class Nothing(Parameters):
    """No parameters."""


_MEDIA = {
    "json": "application/json", "csv": "application/zip", "graphml": "application/xml", "gexf": "application/xml",
    "cypher": "text/plain; charset=utf-8",
}  # fmt: skip

VERBS: tuple[Verb, ...] = (
    Verb("linked", "关联核查", "links to listed subjects", "Is this subject listed, or tied to somebody who is, on this day?", Linked, services.LINKED, services.linked, "xinpu linked 91330100MA2H31531M --at 2026-01-01", personal=lambda p: p.name is not None or _names_person(p.subject)),
    Verb("path", "关系路径", "paths between two subjects", "How are these two subjects connected on this day?", PathBetween, services.PATH, services.path, "xinpu path 示例甲建设有限公司 示例乙投资有限公司", personal=lambda p: _names_person(p.a) or _names_person(p.b)),
    Verb("show", "主体档案", "profile of a subject", "What does each source say of this subject?", Show, services.PROFILE, services.show, "xinpu show 示例甲建设有限公司", personal=lambda p: _names_person(p.id)),
    Verb("search", "查找", "search", "Which subjects bear this name or number?", Search, services.SEARCH, services.search, "xinpu search 示例", personal=lambda p: p.label == "Person" or _names_person(p.text)),
    Verb("export", "导出", "export a subgraph", "What lies around this subject, as a file for other tools?", Export, str, services.export, "xinpu export 示例甲建设有限公司 --hops 2 --format graphml -o subgraph.graphml", personal=lambda p: _names_person(p.id), text=True, media=lambda p: _MEDIA[p.format]),
    Verb("query", "查询", "run a question of the catalogue", "What does this question of the catalogue answer for these values?", RunQuery, list[dict[str, Any]], services.query, "xinpu query runs", personal=lambda p: p.name in _OF_PERSONS or any(_names_person(v) for v in p.values.values())),
    Verb("queries", "查询目录", "the catalogue", "Which questions are there, and what is their Cypher?", Queries, list[dict[str, Any]], services.queries, "xinpu queries"),
    Verb("info", "数据概况", "what is in the graph", "What is in the graph: sources with their days, lists, counts, runs, store?", Nothing, services.INFO, services.info, "xinpu info"),
)  # fmt: skip
