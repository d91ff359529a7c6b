"""docker-compose.yml against the published schema, its promises, and its API command started by hand.

No container engine is needed: the schema says that the file is a Compose file, the rest is read or run.
"""

import json
import os
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
KEY = "k-of-the-tests-0001"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The file as data."""
    data: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    return data


def test_it_keeps_the_published_schema(compose: dict[str, Any]) -> None:
    schema = json.loads((ROOT / "tests" / "data" / "compose-spec.json").read_text("utf-8"))

    jsonschema.Draft202012Validator(schema).validate(compose)


def test_every_port_is_on_loopback_and_every_service_is_checked(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["ports"] and all(port.startswith("127.0.0.1:") for port in service["ports"]), name
        assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL"), name
    assert compose["services"]["api"]["depends_on"]["neo4j"]["condition"] == "service_healthy"


def test_no_secret_has_a_default(compose: dict[str, Any]) -> None:
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    used = re.findall(r"\$\{(\w+)([^}]*)\}", text.replace("$${", ""))

    assert {name for name, _ in used} == {"XINPU_NEO4J_PASSWORD", "XINPU_API_KEYS"}
    assert all(rest.startswith(":?") for _, rest in used)
    assert compose["services"]["neo4j"]["image"].startswith("neo4j:5.26")


def test_volumes_are_declared(compose: dict[str, Any]) -> None:
    used = {volume.partition(":")[0] for service in compose["services"].values() for volume in service["volumes"]}

    assert used == set(compose["volumes"])


def test_the_image_holds_every_room(compose: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    rooms = {package.partition(".")[0] for package in project["tool"]["setuptools"]["packages"]}
    recipe = compose["services"]["api"]["build"]["dockerfile_inline"]

    assert rooms == set(re.findall(r"^COPY (\w+) \1$", recipe, re.MULTILINE))
    assert project["project"]["readme"] in recipe and "USER xinpu" in recipe


def test_its_variables_are_settings(compose: dict[str, Any]) -> None:
    from api.settings import describe_settings

    assert all(f"`{name}`" in describe_settings() for name in compose["services"]["api"]["environment"])


def test_the_api_command_serves(compose: dict[str, Any], tmp_path: Path) -> None:
    """The container's own command and environment, but for the store: an embedded one, on a port of its own."""
    service = compose["services"]["api"]
    environment = {**_plain(service["environment"]), "XINPU_HOME": str(tmp_path), "XINPU_GRAPH": "", "XINPU_API_KEYS": f"test:{KEY}", "XINPU_PORT": "18321"}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    process = subprocess.Popen(service["command"], env={**os.environ, **environment, "PATH": path}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert _get("http://127.0.0.1:18321/healthz").json()["status"] == "ok"
        assert _get("http://127.0.0.1:18321/v1/info").status_code == 401
        assert _get("http://127.0.0.1:18321/v1/info", authorization=f"Bearer {KEY}").status_code == 200
        check = [sys.executable if part == "python" else part for part in service["healthcheck"]["test"][1:]]
        assert subprocess.run([part.replace(":8321", ":18321") for part in check], check=False).returncode == 0
    finally:
        process.terminate()
    assert process.wait(30) == 0


def _plain(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if "${" not in value}


def _get(url: str, **headers: str) -> httpx.Response:
    deadline = time.monotonic() + 60
    while True:
        try:
            return httpx.get(url, headers=headers, timeout=10)
        except httpx.ConnectError:
            assert time.monotonic() < deadline, "the API did not come up"
            time.sleep(0.2)
