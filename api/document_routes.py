"""Documents over HTTP: POST /v1/extract takes a text or a file, /v1/candidates lists what waits and takes decisions.

These three are written by hand, for what the generated routes have not: a file in the body, and a route that writes.
"""

from enum import Enum
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import Field, ValidationError
from starlette.datastructures import UploadFile

from api import reading
from api.access import who_asks
from api.call import plain
from api.context import Context
from api.extracts import ExtractAnswer, read_answer
from api.guard import DOCUMENTS
from api.lookups import note
from api.routes import ERRORS, json_response
from api.verbs.asking import _names_person
from api.verbs.reading import State
from api.verbs.times import Day
from api.verbs.verb import Asking, Parameters, sentences
from graph_model.errors import UsageError
from ingest.candidates.review import Wanted, candidates, decide, shown
from ingest.documents.read import Reading, document_of, text_document
from ingest.documents.text import Document

_TAGS: list[str | Enum] = ["documents"]


class ExtractText(Parameters):
    """A text, and what to do with what is found in it."""

    text: str = Field(min_length=1, description="The text of a document.", examples=["示例市市场监督管理局决定对示例甲建设有限公司罚款5万元。"])
    name: str = Field("text", min_length=1, max_length=200, description="What the document is called.")
    date: Day | None = Field(None, description="Day of the document: completes dates without a year.")
    into_graph: bool = Field(False, description="Put what is found into the graph, as candidates.")
    source: str | None = Field(None, max_length=100, description="Who published the document, for the graph.")


class Candidates(Asking):
    """Which candidates."""

    state: State = Field("waiting", description="What was decided on them.")
    document: str | None = Field(None, max_length=200, description="Only from this document: its name, or the start of its id.")
    subject: str | None = Field(None, max_length=200, description="Only about this subject: id or full name.")
    type: str | None = Field(None, max_length=60, description="Only of this kind: Penalty, Listing, DIRECTOR_OF …, or its Chinese term.")
    confidence: float | None = Field(None, ge=0, le=1, description="Only with at least this confidence.")
    limit: int = Field(100, ge=1, le=1000, description="How many.")


class DecideCandidates(Parameters):
    """A decision on candidates."""

    ids: tuple[str, ...] = Field(min_length=1, max_length=1000, description="Ids of candidates, or their first 8 characters.")
    decision: Literal["accept", "reject", "reopen"] = Field(description="accept: they count; reject: they do not; reopen: the decision before is taken back.")
    why: str = Field(min_length=3, max_length=2000, description="What the decision rests on.")


document_routes = APIRouter()
_TEXT_BODY = {"$ref": "#/components/schemas/ExtractText"}
_FILE_BODY = {
    "type": "object", "required": ["file"],
    "properties": {"file": {"type": "string", "format": "binary"}, **{n: {"type": "string"} for n in ("date", "source")}, "into_graph": {"type": "boolean"}},
}  # fmt: skip
_BODY = {"requestBody": {"required": True, "content": {"application/json": {"schema": _TEXT_BODY}, "multipart/form-data": {"schema": _FILE_BODY}}}}


@document_routes.post(DOCUMENTS, summary="抽取 extract", tags=_TAGS, operation_id="post_extract", response_model=ExtractAnswer, responses=ERRORS, openapi_extra=_BODY)
async def extract(request: Request, who: Annotated[str, Depends(who_asks)]) -> Response:
    """The facts of a text (JSON) or of a file (multipart: .txt .html .docx .pdf), with every span and, in the graph, every claim."""
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        content, given = await _file(request)
        how = Reading(date=given.date, most_bytes=request.app.state.settings.max_upload)
        answer = await run_in_threadpool(lambda: _extracted(request, who, document_of(content, given.name, how), given))
    else:
        given = _read(await _json(request))
        answer = await run_in_threadpool(lambda: _extracted(request, who, text_document(given.text, given.name, given.date), given))
    return json_response(plain(answer))


async def _file(request: Request) -> tuple[bytes, ExtractText]:
    """The file of a form, and what the form says beside it."""
    async with request.form(max_files=1, max_fields=8) as form:
        upload = form.get("file")
        if not isinstance(upload, UploadFile):
            raise UsageError("file: expected a file in the form's field `file`")
        said = {name: value for name, value in form.items() if name != "file"}
        return await upload.read(), _read({"text": "-", "name": upload.filename or "file", **said})


async def _json(request: Request) -> Any:
    try:
        return await request.json()
    except ValueError as error:
        raise UsageError(f"the body is neither JSON nor a form with a file: {error}") from error


def _read(given: Any) -> ExtractText:
    try:
        return ExtractText.model_validate(given)
    except ValidationError as error:
        raise UsageError("; ".join(sentences(error.errors(include_url=False)))) from None


def _extracted(request: Request, who: str, document: Document, given: ExtractText) -> ExtractAnswer:
    context = _context(request, who)
    extraction = reading.reader_of(context)(document)
    if not given.into_graph:
        return ExtractAnswer((read_answer(document, extraction, with_text=True),), (), None)
    report, [loaded] = reading.into_graph(context, [(document, extraction)], source=given.source)
    return ExtractAnswer((read_answer(document, extraction, loaded, with_text=True),), (), report.as_dict())


def _context(request: Request, who: str) -> Context:
    return Context(request.app.state.settings, who=who, face="http", given=request.app.state.graph)


@document_routes.get("/v1/candidates", summary="候选 candidates", tags=_TAGS, operation_id="get_candidates", response_model=list[dict[str, Any]], responses=ERRORS)
def list_candidates(request: Request, p: Annotated[Candidates, Query()], who: Annotated[str, Depends(who_asks)]) -> Response:
    """What a machine read that nobody has decided on, or what was decided."""
    context = _context(request, who)
    if _names_person(p.subject):
        note(context, "candidates", p.model_dump(mode="json", exclude={"purpose"}, exclude_defaults=True), p.purpose)
    with context.graph.reading() as reader:
        found = candidates(reader, Wanted((), p.state, p.document, p.subject, p.type, p.confidence))[: p.limit]
    return json_response([shown(one) for one in found])


@document_routes.post("/v1/candidates", summary="审核 decide", tags=_TAGS, operation_id="post_candidates", response_model=dict[str, Any], responses=ERRORS)
def decide_candidates(request: Request, p: Annotated[DecideCandidates, Body()], who: Annotated[str, Depends(who_asks)]) -> Response:
    """Decide on candidates; the decision, who made it, when and why stand on the claim, and it can be taken back."""
    return json_response(decide(_context(request, who).graph, Wanted(p.ids, "all"), p.decision, why=p.why, who=who))


def schemas() -> dict[str, Any]:
    """The schema of a body that FastAPI does not read itself."""
    return {"ExtractText": ExtractText.model_json_schema()}
