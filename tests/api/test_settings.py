"""Settings come from the environment, are checked there, and refuse to open the API to others without keys."""

from dataclasses import fields
from pathlib import Path

import pytest

from api.settings import Settings, describe_settings, read_settings
from graph_model.errors import UsageError

KEY = "k" * 16


def test_defaults() -> None:
    settings = read_settings({})

    assert settings == Settings()
    assert (settings.graph_url, settings.host) == ("ladybug://.xinpu/graph", "127.0.0.1")


def test_reads_every_kind(tmp_path: Path) -> None:
    settings = read_settings({"XINPU_HOME": str(tmp_path), "XINPU_PORT": "9000", "XINPU_MAX_SECONDS": "2.5", "XINPU_API_KEYS": f"a:{KEY}, b:{KEY}2"})

    assert settings.audit_log == tmp_path / "audit.jsonl"
    assert (settings.port, settings.max_seconds) == (9000, 2.5)
    assert settings.api_keys == (("a", KEY), ("b", KEY + "2"))


@pytest.mark.parametrize(
    ("name", "value"),
    [("XINPU_PORT", "many"), ("XINPU_PORT", "0"), ("XINPU_MAX_SECONDS", "-1"), ("XINPU_API_KEYS", "a:short"), ("XINPU_API_KEYS", KEY), ("XINPU_API_KEYS", f"a:{KEY},a:{KEY}2")],
)
def test_a_wrong_value_is_named(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=name):
        read_settings({name: value})


def test_secrets_are_never_shown() -> None:
    settings = read_settings({"XINPU_API_KEYS": f"a:{KEY}", "XINPU_NEO4J_PASSWORD": "verborgen"})

    assert KEY not in repr(settings) and "verborgen" not in repr(settings)
    with pytest.raises(UsageError) as caught:
        read_settings({"XINPU_API_KEYS": "a:geheim"})
    assert "geheim" not in str(caught.value)


def test_an_open_address_needs_keys() -> None:
    with pytest.raises(UsageError, match="XINPU_API_KEYS"):
        Settings().checked_host("0.0.0.0")
    assert Settings(api_keys=(("a", KEY),)).checked_host("0.0.0.0") == "0.0.0.0"
    assert Settings().checked_host() == "127.0.0.1"


def test_every_setting_is_described() -> None:
    text = describe_settings()

    assert all(f"`{entry.metadata['env']}`" in text and entry.metadata["help"].endswith(".") for entry in fields(Settings))
