"""What the verbs of documents do: extract, review, screen-text, nlp predict, nlp evaluate."""

import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from api.context import Context
from api.extracts import ExtractAnswer, ReadDocument, Unreadable, read_answer
from graph_model.errors import InputError, UsageError, XinpuError
from ingest.candidates.load import CHUNK, Loaded, Report, load_candidates, source_named
from ingest.candidates.policy import read_policy
from ingest.candidates.review import Wanted, candidates, decide, shown
from ingest.documents.read import Reading, Unread, read_documents
from ingest.documents.text import Document
from nlp.extraction import Extraction
from nlp.llm import Endpoint, LlmError, propose

Extractor = Callable[[str, str | None], Extraction]
Read = tuple[Document, Extraction]


class ProposerUnavailable(XinpuError):
    """The language model cannot be asked."""

    status = 503


def extractor() -> Extractor:
    """The pipeline; importing it loads spaCy, so it waits for the first text."""
    from nlp.pipeline import extract

    return extract


# --- extract ------------------------------------------------------------------------------------------


def extract(context: Context, p: Any) -> ExtractAnswer:
    """Every document read, its facts found and, where asked for, put into the graph as candidates."""
    how = Reading(p.text_column, p.date_column, p.encoding, p.date, context.settings.max_document)
    reader = reader_of(context, llm=p.llm)
    failed: list[Unreadable] = []
    found: list[ReadDocument] = []
    report: Report | None = None
    for chunk in _chunks(_readable(context, p.files, how, failed), reader):
        loaded: Sequence[Loaded | None] = [None] * len(chunk)
        if p.into_graph:
            report, loaded = into_graph(context, chunk, source=p.source, rank=p.rank, report=report)
        found += [read_answer(document, extraction, one, with_text=p.with_text) for (document, extraction), one in zip(chunk, loaded, strict=True)]
        context.progress("extract", len(found), None)
    return ExtractAnswer(tuple(found), tuple(failed), report.as_dict() if report else None)


def into_graph(
    context: Context, read: Sequence[Read], *, source: str | None = None, rank: int = 4, report: Report | None = None
) -> tuple[Report, list[Loaded]]:
    """Texts that were read, as candidates in the graph under the caller's policy."""
    policy = read_policy(context.settings.accept_policy)
    return load_candidates(context.graph, read, source=source_named(source, rank), policy=policy, report=report)


def reader_of(context: Context, *, llm: bool = False) -> Callable[[Document], Extraction]:
    """A function that finds the facts of a document; with `llm` those of the user's language model too. Raises `UsageError`."""
    find = extractor()
    endpoint = _endpoint(context) if llm else None

    def read(document: Document) -> Extraction:
        extraction = find(document.text, document.date)
        if endpoint is None:
            return extraction
        try:
            return propose(extraction, endpoint)
        except LlmError as error:
            raise ProposerUnavailable(f"{document.name}: {error}") from error
        except ModuleNotFoundError as error:
            raise ProposerUnavailable("the language model's client is missing: pip install xinpu[llm]") from error

    return read


def _endpoint(context: Context) -> Endpoint:
    settings = context.settings
    if not settings.llm_url or not settings.llm_model:
        raise UsageError("no language model is named: set XINPU_LLM_URL and XINPU_LLM_MODEL")
    if not settings.llm_send_text:
        raise UsageError(f"texts may not be sent to {settings.llm_url}: set XINPU_LLM_SEND_TEXT=yes to allow it")
    return Endpoint(settings.llm_url, settings.llm_model, settings.llm_key)


def _readable(context: Context, files: Sequence[Path], how: Reading, failed: list[Unreadable]) -> Iterator[Document]:
    """The documents that gave a text; the others are told at once and kept."""
    for found in read_documents(files, how, stdin=sys.stdin.buffer):
        if isinstance(found, Unread):
            context.say(f"xinpu: {found.reason if found.name in found.reason else f'{found.name}: {found.reason}'}")
            failed.append(Unreadable(found.name, found.reason))
        else:
            yield found


def _chunks(documents: Iterator[Document], read: Callable[[Document], Extraction]) -> Iterator[list[Read]]:
    while chunk := [(document, read(document)) for document in islice(documents, CHUNK)]:
        yield chunk


def failed_any(answer: Any) -> int:
    """1 where a document could not be read."""
    return int(bool(answer.failed))


# --- review -------------------------------------------------------------------------------------------


def wanted(p: Any) -> Wanted:
    """Which candidates a call means."""
    return Wanted(getattr(p, "ids", ()), p.state, p.document, p.subject, p.type, p.confidence)


def review_list(context: Context, p: Any) -> list[dict[str, Any]]:
    """The candidates meant, a row each."""
    with context.graph.reading() as reader:
        found = candidates(reader, wanted(p))[: p.limit]
    return [shown(one) for one in found]


def review_show(context: Context, p: Any) -> dict[str, Any]:
    """One candidate, whatever was decided on it."""
    with context.graph.reading() as reader:
        [found] = candidates(reader, Wanted((p.id,), "all"))
    return shown(found)


def review_accept(context: Context, p: Any) -> dict[str, Any]:
    """They count from now on."""
    return decide(context.graph, wanted(p), "accept", why=p.why, who=context.who)


def review_reject(context: Context, p: Any) -> dict[str, Any]:
    """They count nowhere and are not asked about again."""
    return decide(context.graph, wanted(p), "reject", why=p.why, who=context.who)


def review_reopen(context: Context, p: Any) -> dict[str, Any]:
    """A decision taken back."""
    return decide(context.graph, wanted(p), "reopen", why=p.why, who=context.who)


# --- nlp ----------------------------------------------------------------------------------------------


def nlp_predict(context: Context, p: Any) -> str:
    """The predictions for annotated passages, one JSON object a line."""
    import json

    from nlp.pipeline import predict

    lines = []
    for number, record in enumerate(_records(p.file), 1):
        given = {name: record.get(name) for name in ("id", "text", "date_context")}  # the annotation stays unseen
        lines.append(json.dumps(predict(given), ensure_ascii=False))
        context.progress("predict", number, None)
    return "".join(f"{line}\n" for line in lines)


def nlp_evaluate(_: Context, p: Any) -> dict[str, Any]:
    """The figures of the extractor on annotated passages, together, by kind and by source, and of its baselines."""
    from nlp.baselines import bare_tagger, expressions
    from nlp.evaluate import evaluate, evaluate_with, held_out, summary
    from nlp.pipeline import predict

    records = list(_records(p.file))
    found = {str(r["id"]): predict({name: r.get(name) for name in ("id", "text", "date_context")}) for r in records}
    apart = {
        f"facts_by_{name}": {value: summary(figures)["fact"] for value, figures in sorted(held_out(records, found, key).items())}
        for name, key in (("kind", "kind"), ("source", "source_group"))
    }
    baselines = {
        name: {part: summary(evaluate_with(records, baseline))[part] for part in ("entity", "fact")}
        for name, baseline in (("bare tagger", bare_tagger), ("expressions alone", expressions))
    }
    return {**summary(evaluate(records, found)), **apart, "baselines": baselines}


def _records(path: Path) -> Iterator[Any]:
    """Annotated passages. Raises `InputError` naming the line that is none."""
    from nlp.gold import read_records

    try:
        for number, record in enumerate(read_records(path), 1):
            if not isinstance(record, dict) or not isinstance(record.get("text"), str) or "id" not in record:
                raise InputError(f"{path}, record {number}: expected an object with id and text")
            yield record
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as annotated passages, one JSON object a line: {error}") from error
