"""How every face calls a verb: limits, purpose, the log of look-ups, the answer as plain data."""

import json
from collections.abc import Mapping
from dataclasses import is_dataclass
from typing import Any

from api.context import Context
from api.lookups import note
from api.verbs.verb import Parameters, Verb
from graph_model.errors import UsageError
from queries.answers.answer import adapter

# Parameter → the setting that bounds it.
LIMITS = {"limit": "max_rows", "max_hops": "max_hops", "hops": "max_hops", "seconds": "max_seconds"}


def call(verb: Verb, parameters: Parameters, context: Context) -> Any:
    """The verb's result. A look-up of a person is noted before it is answered; what cannot be noted is not answered."""
    parameters = within_limits(parameters, context)
    noted = verb.personal(parameters)
    if noted:
        _note(verb, parameters, context)
    result = verb.run(context, parameters)
    if not noted and about_person(plain(result)):
        _note(verb, parameters, context)
    return result


def within_limits(parameters: Parameters, context: Context) -> Parameters:
    """The parameters with every default inside the settings' limits. Raises `UsageError` where more was asked for."""
    lowered = {}
    for name, setting in LIMITS.items():
        value, most = getattr(parameters, name, 0), getattr(context.settings, setting)
        if value > most and name in parameters.model_fields_set:
            raise UsageError(f"{name.replace('_', '-')}: got {value:g}, at most {most:g} here (XINPU_{setting.upper()} sets it)")
        if value > most:
            lowered[name] = most
    return parameters.model_copy(update=lowered) if lowered else parameters


def _note(verb: Verb, parameters: Parameters, context: Context) -> None:
    values = parameters.model_dump(mode="json", exclude={"purpose"}, exclude_defaults=True)
    note(context, verb.name, values, getattr(parameters, "purpose", None))


def about_person(data: Any) -> bool:
    """Whether an answer is about a person: its subject, its hits or its candidates."""
    if not isinstance(data, dict):
        return False
    subjects = [data.get(key) for key in ("subject", "a", "b")]
    found = [s for s in subjects if isinstance(s, dict)]
    hits = data.get("hits")
    return any(_is_person(s) for s in (*found, *(hits if isinstance(hits, list) else ())))


def _is_person(subject: Mapping[str, Any]) -> bool:
    candidates = subject.get("candidates") or ()
    return subject.get("label") == "Person" or any(c.get("label") == "Person" for c in candidates)


def plain(result: Any) -> Any:
    """The result as JSON data, field names as published."""
    if is_dataclass(result) and not isinstance(result, type):
        return adapter(type(result)).dump_python(result, mode="json", by_alias=True)
    if isinstance(result, Mapping):
        return {str(key): plain(value) for key, value in result.items()}
    return [plain(item) for item in result] if isinstance(result, list | tuple) else result


def json_text(data: Any) -> str:
    """One line of canonical JSON: sorted keys, no timing; equal answers are equal text."""
    shown = {key: value for key, value in data.items() if key != "timing"} if isinstance(data, dict) else data
    return json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
