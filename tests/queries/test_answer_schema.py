"""The published schema is the one generated from the classes."""

from jsonschema import Draft202012Validator

from queries.answers.schema import ANSWERS, FILE, answer_schema, schema_text


def test_the_file_is_up_to_date() -> None:
    assert FILE.read_text("utf-8") == schema_text(), "run: python -m queries.answers.schema"


def test_it_is_a_schema_of_every_answer_and_lets_no_other_field_in() -> None:
    schema = answer_schema()
    Draft202012Validator.check_schema(schema)
    assert {kind.__name__ for kind in ANSWERS} <= set(schema["$defs"])
    assert (
        "from" in schema["$defs"]["Step"]["properties"]
        and "from_" not in schema["$defs"]["Step"]["properties"]
    )
    assert all(d.get("additionalProperties") is False for d in schema["$defs"].values() if "properties" in d)
