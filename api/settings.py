"""Settings: one frozen object, read once from the environment, each setting described where it is declared."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from graph_model.errors import UsageError

LOOPBACK = ("127.0.0.1", "::1", "localhost")
KEY_LENGTH = 16


def _whole(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ValueError("expected a whole number above 0")
    return int(text)


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value < 3600:
        raise ValueError("expected seconds between 0 and 3600")
    return value


def _flag(text: str) -> bool:
    if text.lower() not in ("yes", "no"):
        raise ValueError("expected yes or no")
    return text.lower() == "yes"


def _keys(text: str) -> tuple[tuple[str, str], ...]:
    """`name:key` pairs, separated by commas: the name is what the log shows."""
    pairs = [pair.strip().partition(":") for pair in text.split(",") if pair.strip()]
    for name, _, key in pairs:
        if not name or len(key) < KEY_LENGTH:
            raise ValueError(f"expected name:key,name:key with keys of at least {KEY_LENGTH} characters")
    if len({name for name, _, _ in pairs}) < len(pairs) or len({key for _, _, key in pairs}) < len(pairs):
        raise ValueError("expected every name and every key once")
    return tuple((name, key) for name, _, key in pairs)


def _setting(env: str, help: str, default: Any, read: Callable[[str], Any] = str, *, shown: str | None = None) -> Any:
    meta = {"env": env, "help": help, "read": read, "shown": str(default) if shown is None else shown}
    return field(default=default, repr=env not in _SECRET, metadata=meta)


_SECRET = ("XINPU_NEO4J_PASSWORD", "XINPU_API_KEYS", "XINPU_LLM_KEY")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set; limits hold for the command line and over HTTP alike."""

    home: Path = _setting("XINPU_HOME", "Folder for the graph, quarantine, raw rows and the log of look-ups.", Path(".xinpu"), Path)
    graph: str = _setting("XINPU_GRAPH", "The graph: `ladybug://FOLDER`, or `neo4j://USER@HOST:PORT` for a Neo4j server.", "", shown="ladybug://$XINPU_HOME/graph")
    neo4j_password: str | None = _setting("XINPU_NEO4J_PASSWORD", "Password of the Neo4j server; never part of the address.", None, shown="")
    host: str = _setting("XINPU_HOST", "Address `xinpu serve` listens on; anything but loopback needs XINPU_API_KEYS.", "127.0.0.1")
    port: int = _setting("XINPU_PORT", "Port `xinpu serve` listens on.", 8321, _whole)
    api_keys: tuple[tuple[str, str], ...] = _setting("XINPU_API_KEYS", "`name:key` pairs separated by commas; when set, every question over HTTP needs one. The name is what the log shows.", (), _keys, shown="")
    purpose: str | None = _setting("XINPU_PURPOSE", "Purpose noted for look-ups on the command line that state none with `--purpose`.", None, shown="")
    max_rows: int = _setting("XINPU_MAX_ROWS", "Most rows, hits or findings one question may ask for.", 1000, _whole)
    max_hops: int = _setting("XINPU_MAX_HOPS", "Most hops one question may ask for.", 8, _whole)
    max_seconds: float = _setting("XINPU_MAX_SECONDS", "Longest time budget one question may ask for.", 60.0, _seconds)
    max_body: int = _setting("XINPU_MAX_BODY", "Largest request body over HTTP, in bytes.", 64 * 1024, _whole)
    max_document: int = _setting("XINPU_MAX_DOCUMENT", "Largest document that is read as one text, in bytes.", 64 << 20, _whole)
    max_upload: int = _setting("XINPU_MAX_UPLOAD", "Largest document that is taken over HTTP, in bytes.", 16 << 20, _whole)
    accept_policy: Path | None = _setting("XINPU_ACCEPT_POLICY", "YAML file that says which kinds of candidates are accepted without a person, and on what measurement; without it none is.", None, Path, shown="")
    llm_url: str | None = _setting("XINPU_LLM_URL", "Address of an OpenAI-compatible endpoint that `xinpu extract --llm` may ask for further candidates: `http://127.0.0.1:8000/v1`.", None, shown="")
    llm_model: str | None = _setting("XINPU_LLM_MODEL", "Name of the model at that endpoint.", None, shown="")
    llm_key: str | None = _setting("XINPU_LLM_KEY", "Key of that endpoint, where it needs one.", None, shown="")
    llm_send_text: bool = _setting("XINPU_LLM_SEND_TEXT", "`yes` allows texts to be sent to that endpoint; without it nothing is sent.", False, _flag, shown="no")

    @property
    def graph_url(self) -> str:
        """Where the graph is."""
        return self.graph or f"ladybug://{self.home / 'graph'}"

    @property
    def audit_log(self) -> Path:
        """The log of look-ups."""
        return self.home / "audit.jsonl"

    def checked_host(self, host: str | None = None) -> str:
        """The address to listen on. Raises `UsageError` for an open one without keys."""
        wanted = host or self.host
        if wanted not in LOOPBACK and not self.api_keys:
            raise UsageError(
                f"{wanted} can be reached by others; set XINPU_API_KEYS=name:key first, or listen on 127.0.0.1"
            )
        return wanted


def read_settings(env: Mapping[str, str] | None = None) -> Settings:
    """The settings the environment gives. Raises `UsageError` naming the variable that is wrong."""
    given = os.environ if env is None else env
    values: dict[str, Any] = {}
    for entry in fields(Settings):
        text = given.get(entry.metadata["env"], "").strip()
        if text:
            values[entry.name] = _read(entry.metadata, text)
    return Settings(**values)


def _read(meta: Mapping[str, Any], text: str) -> Any:
    try:
        return meta["read"](text)
    except ValueError as error:
        shown = "the value" if meta["env"] in _SECRET else repr(text)
        raise UsageError(f"{meta['env']}: {shown} is wrong: {error}") from None


def describe_settings() -> str:
    """The settings as a Markdown table, for the README."""
    lines = ["| variable | default | what it sets |", "| --- | --- | --- |"]
    for entry in fields(Settings):
        shown = f"`{entry.metadata['shown']}`" if entry.metadata["shown"] else "–"
        lines.append(f"| `{entry.metadata['env']}` | {shown} | {entry.metadata['help']} |")
    return "\n".join(lines)
