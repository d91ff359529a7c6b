"""Verbs of documents: extract, review list|show|accept|reject|reopen, screen-text, nlp predict, nlp evaluate."""

from pathlib import Path
from typing import Any, Literal

from api import reading, screening
from api.extracts import ExtractAnswer
from api.screening import ScreenAnswer
from api.verbs.asking import Clock, Identity, _names_person
from api.verbs.times import Day
from api.verbs.verb import CLI_ONLY, Asking, Parameters, Verb, arg, opt

State = Literal["waiting", "accepted", "rejected", "all"]


class Extract(Parameters):
    """Which documents, read how, and what to do with what is found."""

    files: tuple[Path, ...] = arg("Documents (.txt .html .docx .pdf), folders, or `-` for standard input.", example="decision.pdf", min_length=1)
    text_column: str | None = opt("The files are tables (CSV, Excel, JSON …): the column whose cells are the texts.", example="正文")
    date_column: str | None = opt("The column with the day of each text.")
    date: Day | None = opt("Day of the documents: completes dates without a year.")
    encoding: str | None = opt("Encoding of text files; found out when left out.")
    into_graph: bool = opt("Put what is found into the graph, as candidates.", default=False)
    source: str | None = opt("Who published the documents, for the graph.", max_length=100)
    rank: int = opt("How strong that source is, 1 to 5.", default=4, ge=1, le=5)
    llm: bool = opt("Ask the language model that XINPU_LLM_URL names for further candidates.", default=False)
    with_text: bool = opt("Give the text too, in which all spans count.", default=False)
    table: bool = opt("Show tables; it is what happens without --json.", default=False)


class Which(Asking):
    """Which candidates."""

    document: str | None = opt("Only from this document: its name, or the start of its id.", max_length=200)
    subject: str | None = opt("Only about this subject: id or full name.", max_length=200)
    type: str | None = opt("Only of this kind: Penalty, Listing, DIRECTOR_OF …, or its Chinese term.", max_length=60)
    confidence: float | None = opt("Only with at least this confidence.", ge=0, le=1)


class ReviewList(Which):
    """Which candidates, and how many."""

    state: State = opt("What was decided on them.", default="waiting")
    limit: int = opt("How many rows.", default=100, ge=1, le=100_000)


class ReviewItem(Asking):
    """Which candidate."""

    id: str = arg("Id of the candidate, or its first 8 characters.", example="0123456789abcdef0123-0123456789", min_length=8, max_length=60)


class Decide(Which):
    """Which candidates, decided why."""

    ids: tuple[str, ...] = arg("Ids of candidates, or their first 8 characters; or say which with the options.", default=(), example="0123456789ab")
    why: str = opt("What the decision rests on.", default=..., min_length=3, max_length=2000, example="compared with the original")
    state: State = opt("What was decided on them before.", default="waiting")


class Reopen(Decide):
    """Which decisions to take back, and why."""

    state: State = opt("What was decided on them before.", default="all")


class ScreenText(Clock):
    """Which document, and how to ask about whom it names."""

    file: Path = arg("A document, or `-` for standard input.", example="news.txt")
    encoding: str | None = opt("Encoding of a text file; found out when left out.")
    max_hops: int = opt("How many relations to follow at most.", default=2, ge=1, le=8)
    identity: Identity = opt("Weakest grade of identity to cross; what rests on probable is undetermined, never yes.", default="probable")
    limit: int = opt("How many findings for each verdict.", default=5, ge=1, le=1000)
    seconds: float = opt("Time budget of each search.", default=5.0, gt=0, le=600)


class Gold(Parameters):
    """Which annotated passages."""

    file: Path = arg("JSON Lines with id, text and date_context.", example="gold.jsonl")


def _of_person(p: Any) -> bool:
    return _names_person(p.subject)


_WHY = "--why 'compared with the original'"
VERBS: tuple[Verb, ...] = (
    Verb("extract", "抽取", "facts of documents", "Which enterprises, persons, penalties, listings and roles does this document state, and where?", Extract, ExtractAnswer, reading.extract, "xinpu extract decision.pdf --into-graph", effect="writes", faces=CLI_ONLY, exit_code=reading.failed_any),
    Verb("screen-text", "文书核查", "screen whom a document names", "Is anybody whom this document names listed, or tied to somebody who is?", ScreenText, ScreenAnswer, screening.screen_text, "xinpu screen-text news.txt --purpose '案件 2026-001 核查'", faces=CLI_ONLY),
    Verb("review list", "候选", "candidates that wait", "Which claims did a machine read that nobody has decided on?", ReviewList, list[dict[str, Any]], reading.review_list, "xinpu review list --type Penalty", faces=CLI_ONLY, personal=_of_person),
    Verb("review show", "候选详情", "one candidate", "What does this candidate say, and from which words?", ReviewItem, dict[str, Any], reading.review_show, "xinpu review show 0123456789abcdef0123-0123456789", faces=CLI_ONLY),
    Verb("review accept", "采信", "accept candidates", "Which candidates count from now on?", Decide, dict[str, Any], reading.review_accept, f"xinpu review accept 0123456789ab {_WHY}", effect="writes", faces=CLI_ONLY, personal=_of_person),
    Verb("review reject", "不采信", "reject candidates", "Which candidates count nowhere?", Decide, dict[str, Any], reading.review_reject, f"xinpu review reject 0123456789ab {_WHY}", effect="writes", faces=CLI_ONLY, personal=_of_person),
    Verb("review reopen", "撤回决定", "take decisions back", "Which candidates wait again?", Reopen, dict[str, Any], reading.review_reopen, f"xinpu review reopen 0123456789ab {_WHY}", effect="writes", faces=CLI_ONLY, personal=_of_person),
    Verb("nlp predict", "抽取标注集", "predict annotated passages", "What does the extractor find in these passages, in their layout?", Gold, str, reading.nlp_predict, "xinpu nlp predict gold.jsonl -o predictions.jsonl", effect="runs", faces=CLI_ONLY, text=True),
    Verb("nlp evaluate", "抽取评测", "figures of the extractor", "How right is the extractor on these passages, by type, and beside its baselines?", Gold, dict[str, Any], reading.nlp_evaluate, "xinpu nlp evaluate gold.jsonl", effect="runs", faces=CLI_ONLY),
)  # fmt: skip
