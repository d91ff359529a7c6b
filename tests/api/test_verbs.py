"""A verb is declared once: this walks all of them through all their faces."""

import json
import shlex
from typing import Any, get_args

import click
import pytest
from fastapi.routing import APIRoute

from api.commands import command_tree
from api.document_routes import document_routes
from api.verbs import VERBS, describe_verbs
from api.verbs.verb import Face, Verb, extra_of
from graph_model.errors import UsageError
from tests.api.world import Served

NAMED_IN_THE_ISSUE = {
    "init", "maps list", "maps show", "maps new", "ingest", "linked", "path", "show", "search", "export", "query", "queries",
    "quarantine list", "quarantine show", "quarantine retry", "info", "neo4j start", "neo4j stop", "neo4j status", "neo4j import",
    "serve", "export-admin-csv", "same",
    "status", "reach", "reach-list", "qualify", "grade", "bidders", "owners", "holdings", "controller", "beneficial-owners", "related-party",
    "law list", "law show", "law check", "scenario run", "verify",
    "extract", "screen-text", "review list", "review show", "review accept", "review reject", "review reopen", "nlp predict", "nlp evaluate",
}  # fmt: skip
every_verb = pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)


def _command(verb: Verb) -> click.Command:
    found: click.Command = command_tree(lambda *_: 0, version="0")
    for word in verb.words:
        assert isinstance(found, click.Group)
        found = found.commands[word]
    return found


def test_every_verb_is_there_once() -> None:
    assert {verb.name for verb in VERBS} == NAMED_IN_THE_ISSUE | {"sample"}
    assert len(VERBS) == len(NAMED_IN_THE_ISSUE) + 1


@every_verb
def test_a_verb_says_what_it_is(verb: Verb) -> None:
    assert verb.question.endswith("?") and verb.title and verb.english
    assert verb.example.startswith(f"xinpu {verb.name}")
    assert set(verb.faces) <= set(get_args(Face))
    assert verb.parameters.__doc__ and verb.parameters.__doc__.endswith(".")
    for name, info in verb.parameters.model_fields.items():
        assert (info.description or "").endswith("."), f"{verb.name} {name} has no sentence"


@every_verb
def test_command(verb: Verb) -> None:
    command = _command(verb)
    options = {option for parameter in command.params if isinstance(parameter, click.Option) for option in parameter.opts}
    arguments = {parameter.name for parameter in command.params if isinstance(parameter, click.Argument)}

    assert "--json" in options and verb.example in (command.help or "")
    for name, info in verb.parameters.model_fields.items():
        name = info.alias or name
        assert name in arguments if extra_of(info).get("positional") else f"--{name.replace('_', '-')}" in options


@every_verb
def test_the_example_is_a_right_call(verb: Verb) -> None:
    given: list[dict[str, Any]] = []

    def keep(_: Verb, values: dict[str, Any], __: object) -> int:
        given.append(values)
        return 0

    tree = command_tree(keep, version="0")

    tree.main(shlex.split(verb.example)[1:], standalone_mode=False)

    verb.read(given[0])


@every_verb
def test_route(verb: Verb, served: Served) -> None:
    paths = served.client.get("/openapi.json").json()["paths"]
    if "http" not in verb.faces:
        # what takes a document is a route of its own (api/document_routes.py), since a verb's parameters are no body
        assert verb.path not in paths or verb.path in {route.path for route in document_routes.routes if isinstance(route, APIRoute)}
        return
    asked = paths[verb.path]
    assert asked["get"]["summary"] == asked["post"]["summary"] == f"{verb.title} {verb.english}"
    assert verb.question in asked["get"]["description"]
    assert {p["name"] for p in asked["get"].get("parameters", [])} == {info.alias or name for name, info in verb.parameters.model_fields.items()}
    assert all(p["description"].endswith(".") for p in asked["get"].get("parameters", []))


def test_nothing_writes_over_http() -> None:
    assert [verb.name for verb in VERBS if "http" in verb.faces and verb.effect != "reads"] == []


def test_the_openapi_description_has_the_answers(served: Served) -> None:
    schemas = served.client.get("/openapi.json").json()["components"]["schemas"]

    assert {"LinkedAnswer", "PathAnswer", "ProfileAnswer", "SearchAnswer", "InfoAnswer", "Error"} <= set(schemas)


@every_verb
def test_documentation(verb: Verb) -> None:
    assert f"`{verb.example}`" in describe_verbs() and verb.question in describe_verbs()


@every_verb
def test_an_unknown_parameter_is_refused(verb: Verb) -> None:
    with pytest.raises(UsageError, match="nonsense"):
        verb.read({"nonsense": 1})


def test_wrong_parameters_are_named_in_words() -> None:
    linked = next(verb for verb in VERBS if verb.name == "linked")

    with pytest.raises(UsageError) as caught:
        linked.read({"subject": "示例", "max_hops": 99, "at": "2020-02-31"})
    assert "max-hops" in str(caught.value) and "at: '2020-02-31' is no day" in str(caught.value)
    for wrong in ({}, {"subject": "a", "name": "b"}, {"subject": "a", "anchor": "b"}):
        with pytest.raises(UsageError):
            linked.read(wrong)


def test_schemas_are_json() -> None:
    assert all(json.dumps(verb.parameters.model_json_schema()) for verb in VERBS)
