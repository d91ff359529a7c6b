"""Verbs that fill the graph: init, maps, ingest, quarantine, same."""

from pathlib import Path
from typing import Any, Literal

from api import services
from api.verbs.asking import Nothing
from api.verbs.times import Day
from api.verbs.verb import CLI_ONLY, Asking, Parameters, Verb, arg, opt


class MapName(Parameters):
    """Which map."""

    name: str = arg("Name of a map; `xinpu maps` lists them.", example="company-register")


class MapNew(Parameters):
    """From which file."""

    file: Path = arg("File whose columns to map.", example="companies.csv")


class Ingest(Parameters):
    """Which files, read how."""

    files: tuple[Path, ...] = arg("Files to load.", example="companies.csv", min_length=1)
    map: str = opt("Name of a map, or a map file.", default=..., short="m", example="company-register")
    as_of: Day | None = opt("Day the files are stated for; the map's or the file's own when left out.")
    complete: bool | None = opt("Whether the files are a complete edition, so that a missing fact means something; the map's when left out.")
    partial: bool = opt("The files are a part of an edition: fewer rows than the map expects are loaded, nothing is closed.", default=False)
    recheck: bool = opt("Compare the files even if they are those of the last run.", default=False)
    dry_run: bool = opt("Read and check everything, load nothing.", default=False)


class QuarantineList(Parameters):
    """Which rows."""

    source: str | None = opt("Only of this source.")
    code: str | None = opt("Only with this reason code.")
    solved: bool = opt("Those that a later run loaded.", default=False)
    limit: int = opt("How many rows.", default=100, ge=1, le=100_000)


class QuarantineItem(Parameters):
    """Which row."""

    id: int = arg("Number of the row in quarantine.", example=1)


class QuarantineRetry(Parameters):
    """Which rows to try again, read how."""

    ids: tuple[int, ...] = arg("Numbers of the rows; all when left out.", default=(), example=1)
    map: str | None = opt("Map to read them with, in place of the one they failed with.", short="m")
    dry_run: bool = opt("Check only, load nothing.", default=False)


class Same(Asking):
    """Which two nodes, judged how and why."""

    a: str = arg("Id of the first node.", example="p-1111111111", max_length=200)
    b: str = arg("Id of the second node.", example="p-2222222222", max_length=200)
    grade: Literal["confirmed", "ruled_out"] | None = opt("confirmed: one and the same; ruled_out: not the same.")
    why: str = opt("What the judgement rests on.", default=..., min_length=3, max_length=2000, example="same masked ID in both records")
    close: bool = opt("Take back the judgement that is open between them.", default=False)


VERBS: tuple[Verb, ...] = (
    Verb("init", "建库", "create the graph", "Is the graph there, with the schema of this version?", Nothing, dict[str, Any], services.init, "xinpu init", effect="writes", faces=CLI_ONLY),
    Verb("maps list", "映射目录", "the known layouts", "Which file layouts are known?", Nothing, list[dict[str, Any]], services.maps_list, "xinpu maps list"),
    Verb("maps show", "映射", "one map", "How is this layout mapped to the model?", MapName, str, services.maps_show, "xinpu maps show company-register", text=True),
    Verb("maps new", "新映射", "draft a map", "How could the columns of this file be mapped?", MapNew, str, services.maps_new, "xinpu maps new companies.csv -o companies.yml", effect="runs", faces=CLI_ONLY, text=True),
    Verb("ingest", "载入", "load files", "What do these files add to the graph, change in it, or close?", Ingest, dict[str, Any], services.ingest, "xinpu ingest companies.csv --map company-register", effect="writes", faces=CLI_ONLY),
    Verb("sample", "示例数据", "load the sample pack", "What does the sample pack hold: real agencies, rows of government lists, an invented family?", Nothing, list[dict[str, Any]], services.sample, "xinpu sample", effect="writes", faces=CLI_ONLY),
    Verb("quarantine list", "隔离区", "rows that could not be used", "Which rows could not be used, and why?", QuarantineList, list[dict[str, Any]], services.quarantine_list, "xinpu quarantine list", faces=CLI_ONLY),
    Verb("quarantine show", "隔离行", "one such row", "What does this row say, and what is wrong with it?", QuarantineItem, dict[str, Any], services.quarantine_show, "xinpu quarantine show 1", faces=CLI_ONLY),
    Verb("quarantine retry", "重新载入", "try such rows again", "Can these rows be used now?", QuarantineRetry, dict[str, Any], services.quarantine_retry, "xinpu quarantine retry --map companies.yml", effect="writes", faces=CLI_ONLY),
    Verb("same", "同一认定", "judge two nodes to be one subject or not", "Are these two nodes one and the same, in your judgement?", Same, dict[str, Any], services.same, "xinpu same p-1111111111 p-2222222222 --grade confirmed --why 'same masked ID in both records'", effect="writes", faces=CLI_ONLY, personal=lambda p: p.a.startswith("p-") or p.b.startswith("p-")),
)  # fmt: skip
