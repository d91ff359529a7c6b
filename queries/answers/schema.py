"""The published JSON Schema of the answers, generated from their classes: `python -m queries.answers.schema` rewrites it."""

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from queries.answers.answer import PathAnswer, adapter
from queries.answers.info import InfoAnswer
from queries.answers.law_answer import (
    BeneficialOwnersAnswer,
    BiddersAnswer,
    ControllerAnswer,
    GradeAnswer,
    HoldingsAnswer,
    LinkedAnswer,
    QualifyAnswer,
    ReachAnswer,
    RelatedAnswer,
    StatusAnswer,
)
from queries.answers.neighbourhood import NeighbourhoodAnswer
from queries.answers.profile import NodeAnswer, ProfileAnswer
from queries.answers.search import SearchAnswer

FILE = Path(__file__).with_name("answer.schema.json")
# Every answer a verb hands out.
ANSWERS: tuple[type, ...] = (
    LinkedAnswer, PathAnswer, ProfileAnswer, NodeAnswer, SearchAnswer, NeighbourhoodAnswer, InfoAnswer,
    StatusAnswer, ReachAnswer, QualifyAnswer, GradeAnswer, BiddersAnswer, ControllerAnswer, BeneficialOwnersAnswer, HoldingsAnswer,
    RelatedAnswer,
)  # fmt: skip


def answer_schema() -> dict[str, Any]:
    """One schema over all answers: any of them, each with the fields it has and no other."""
    inputs: list[tuple[str, JsonSchemaMode, TypeAdapter[Any]]] = [
        (kind.__name__, "serialization", adapter(kind)) for kind in ANSWERS
    ]
    references, schema = TypeAdapter.json_schemas(inputs, title="Xinpu answers")
    for definition in schema["$defs"].values():
        if "properties" in definition:
            definition["additionalProperties"] = False
            definition["required"] = list(definition["properties"])
    any_of = [references[kind.__name__, "serialization"] for kind in ANSWERS]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "anyOf": any_of}


def schema_text() -> str:
    """The schema as the file has it."""
    return json.dumps(answer_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    FILE.write_text(schema_text(), encoding="utf-8")
