"""The API, generated from the verbs: GET and POST /v1/<verb> for each that has a route."""

import inspect
import json
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Query, Request
from fastapi.responses import PlainTextResponse, Response

from api import words
from api.access import who_asks
from api.call import call, plain
from api.context import Context
from api.verbs import VERBS
from api.verbs.verb import Verb
from graph_model.errors import StoreUnavailable

ERRORS: dict[int | str, dict[str, Any]] = {
    code: {"description": text, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}
    for code, text in (
        (401, "A key is needed."), (404, "Nothing carries this id, number or name."), (422, "The question is wrong."),
        (503, "The graph cannot be reached."), (504, "The time ran out."),
    )
}  # fmt: skip
_LAST_RUN = "MATCH (r:Run) WHERE r.seq = $run RETURN r.published AS published, r.source AS source"


def verb_router() -> APIRouter:
    """All generated routes."""
    router = APIRouter()
    for verb in VERBS:
        if "http" in verb.faces:
            for method in ("GET", "POST"):
                _add(router, verb, method)
    return router


def _add(router: APIRouter, verb: Verb, method: str) -> None:
    router.add_api_route(
        verb.path, _endpoint(verb, method), methods=[method], summary=f"{verb.title} {verb.english}",
        description=f"{verb.question}\n\nOn the command line: `{verb.example}`", tags=[verb.words[0]],
        operation_id=f"{method.lower()}_{'_'.join(verb.words)}", responses=ERRORS,
        **({"response_class": PlainTextResponse} if verb.text else {"response_model": verb.result}),
    )  # fmt: skip


def _endpoint(verb: Verb, method: str) -> Callable[..., Response]:
    """A plain function: FastAPI runs it in a thread, so that the graph blocks nobody else."""

    def ask(request: Request, parameters: Any, who: str) -> Response:
        state = request.app.state
        context = Context(state.settings, who=who, face="http", given=state.graph)
        result = call(verb, parameters, context)
        return Response(result, media_type=verb.media(parameters)) if verb.text else json_response(plain(result))

    place = Query() if method == "GET" else Body()
    kinds = {"request": Request, "parameters": Annotated[verb.parameters, place], "who": Annotated[str, Depends(who_asks)]}
    shape = inspect.Parameter.KEYWORD_ONLY
    # FastAPI reads the parameters off the signature; it is the verb's own.
    ask.__signature__ = inspect.Signature([inspect.Parameter(n, shape, annotation=k) for n, k in kinds.items()])  # type: ignore[attr-defined]
    return ask


def json_response(data: Any, status: int = 200) -> Response:
    """Data as JSON in the order declared (a raw row keeps its columns' order), Chinese as it is."""
    text = json.dumps(data, ensure_ascii=False, default=str)
    return Response(text, status, media_type="application/json")


plain_routes = APIRouter(include_in_schema=True)


@plain_routes.get("/healthz", summary="健康检查 health", tags=["health"])
def healthz(request: Request) -> Response:
    """Whether the store can be read, and which run it shows."""
    graph = request.app.state.graph
    store = graph.info().store
    try:
        with graph.reading() as reader:
            last = reader.rows(_LAST_RUN, seconds=5)
            run = {"seq": reader.run, "published": last[0]["published"], "source": last[0]["source"]} if last else None
    except StoreUnavailable as error:
        return json_response({"status": "unavailable", "store": store, "message": str(error)}, 503)
    return json_response({"status": "ok", "store": store, "version": request.app.version, "last_run": run})


@plain_routes.get("/words.json", summary="用语 words", tags=["page"])
def page_words() -> Response:
    """The terms of answers in both languages."""
    return json_response(words.as_data())
