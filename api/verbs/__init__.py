"""Every verb, declared once: command, route, OpenAPI and documentation are generated from here."""

from api.verbs import asking, law, loading, reading, serving
from api.verbs.verb import Verb

VERBS: tuple[Verb, ...] = (*loading.VERBS, *reading.VERBS, *asking.VERBS, *law.VERBS, *serving.VERBS)
BY_NAME = {verb.name: verb for verb in VERBS}


def describe_verbs() -> str:
    """The verbs as a Markdown table, for the README."""
    lines = ["| command | 中文 | answers | over HTTP | example |", "| --- | --- | --- | --- | --- |"]
    for verb in VERBS:
        route = f"`{verb.path}`" if "http" in verb.faces else "–"
        lines.append(f"| `xinpu {verb.name}` | {verb.title} | {verb.question} | {route} | `{verb.example}` |")
    return "\n".join(lines)
