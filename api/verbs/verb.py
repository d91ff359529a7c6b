"""What a verb is: one declaration, from which command, route, OpenAPI and documentation are made."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo

from api.context import Context
from graph_model.errors import UsageError

Face = Literal["cli", "http"]
Effect = Literal["reads", "writes", "runs"]
_OUTER = ("query", "body")  # where FastAPI says that a parameter was
BOTH: tuple[Face, ...] = ("cli", "http")
CLI_ONLY: tuple[Face, ...] = ("cli",)


class Parameters(BaseModel):
    """The parameters of a verb: frozen, nothing unknown accepted."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Asking(Parameters):
    """The parameters of a verb that may look up a person."""

    purpose: str | None = Field(
        None, max_length=500, examples=["案件 2026-001 核查"],
        description="What the look-up is for; noted in the log when a person is looked up, and needed then over HTTP.",
    )  # fmt: skip


def arg(description: str, *, default: Any = ..., example: Any = None, **limits: Any) -> Any:
    """A positional parameter."""
    return _field(description, default, example, {"positional": True}, limits)


def opt(description: str, *, default: Any = None, example: Any = None, short: str | None = None, **limits: Any) -> Any:
    """An option."""
    return _field(description, default, example, {"short": short} if short else None, limits)


def _field(description: str, default: Any, example: Any, extra: dict[str, Any] | None, limits: dict[str, Any]) -> Any:
    examples = None if example is None else [example]
    return Field(default, description=description, examples=examples, json_schema_extra=extra, **limits)


def _never(_: Any) -> bool:
    return False


def _zero(_: Any) -> int:
    return 0


def _text(_: Any) -> str:
    return "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing a user can ask for, the same on every face."""

    name: str
    title: str
    english: str
    question: str
    parameters: type[Parameters]
    result: Any
    run: Callable[[Context, Any], Any]
    example: str
    effect: Effect = "reads"
    faces: tuple[Face, ...] = BOTH
    personal: Callable[[Any], bool] = _never
    # The result is text in a format of its own: printed as it is, or written to a file with --out.
    text: bool = False
    media: Callable[[Any], str] = _text
    # What the command ends with when it has answered: 1 where the answer itself is a failure.
    exit_code: Callable[[Any], int] = _zero

    @property
    def path(self) -> str:
        """Its route."""
        return "/v1/" + self.name.replace(" ", "/")

    @property
    def words(self) -> tuple[str, ...]:
        """Its words on the command line."""
        return tuple(self.name.split())

    def read(self, given: dict[str, Any]) -> Parameters:
        """The parameters, checked. Raises `UsageError` naming each that is wrong."""
        try:
            return self.parameters.model_validate(given)
        except ValidationError as error:
            raise UsageError("; ".join(sentences(error.errors(include_url=False)))) from None


def extra_of(info: FieldInfo) -> dict[str, Any]:
    """What a field says of itself beside pydantic's own."""
    return info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}


def sentences(problems: Iterable[Any]) -> Iterator[str]:
    """What is wrong with each parameter, in words: its name, what was expected, what was got."""
    for problem in problems:
        where = " ".join(str(part).replace("_", "-") for part in problem["loc"] if part not in _OUTER) or "parameters"
        got = "" if problem["type"] in ("missing", "value_error", "json_invalid") else f", got {str(problem.get('input'))[:80]!r}"
        yield f"{where}: {problem['msg'].removeprefix('Value error, ')}{got}"
