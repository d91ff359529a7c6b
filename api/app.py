"""The application: wiring only."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from api.document_routes import document_routes, schemas
from api.guard import Guard, error_body
from api.routes import json_response, plain_routes, verb_router
from api.settings import Settings
from api.verbs.verb import sentences
from graph_model.errors import UsageError, XinpuError
from graph_model.stores.graph import Graph

_ABOUT = "信谱: who stands on a list, who is tied to them, and what says so. Every answer names its sources, its days and what it did not cover."


def create_app(settings: Settings, graph: Graph) -> FastAPI:
    """The API and the page over one graph; the graph is closed with the application."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        graph.close()

    # FastAPI's own documentation pages load scripts from elsewhere, so only the description itself is served.
    app = FastAPI(title="信谱 Xinpu", description=_ABOUT, version=version("xinpu"), lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.settings, app.state.graph = settings, graph
    app.add_middleware(Guard, settings=settings)
    app.add_exception_handler(XinpuError, _known_error)
    app.add_exception_handler(RequestValidationError, _bad_parameters)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unknown_error)
    app.include_router(plain_routes)
    app.include_router(verb_router())
    app.include_router(document_routes)
    app.mount("/", StaticFiles(directory=str(files("api").joinpath("page")), html=True))
    _describe_errors(app)
    return app


def _describe_errors(app: FastAPI) -> None:
    original = app.openapi

    def openapi() -> dict[str, Any]:
        schema = original()
        schema.setdefault("components", {}).setdefault("schemas", {}).update(schemas())
        schema["components"]["schemas"]["Error"] = {
            "type": "object", "required": ["code", "message"], "additionalProperties": False,
            "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
        }  # fmt: skip
        return schema

    app.openapi = openapi  # type: ignore[method-assign]


def _known_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, XinpuError)
    return json_response(error_body(error), error.status)


def _bad_parameters(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return _known_error(request, UsageError("; ".join(sentences(error.errors()))))


def _http_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return json_response({"code": "http_error", "message": str(error.detail)}, error.status_code)


def _unknown_error(_: Request, __: Exception) -> Response:
    """What we did not foresee: the log has it, the caller learns no internals."""
    return json_response({"code": "internal_error", "message": "this failed in a way we did not foresee; the log has it"}, 500)
