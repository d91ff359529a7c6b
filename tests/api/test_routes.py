"""The API over a real graph: answers, errors by class, limits, keys, headers."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from api.audit import AuditLog
from api.guard import HEADERS
from api.settings import Settings
from graph_model.stores import open_graph
from queries.answers.schema import answer_schema
from tests.api.world import DAY, FIRM, FIRM_NAME, OTHER_NAME, PERSON, PURPOSE, USCC, Served, build, serving
from tests.factory import Facts

KEY = "k-of-the-tests-0001"


def _linked(served: Served, **given: Any) -> dict[str, Any]:
    reply = served.client.post("/v1/linked", json={"at": DAY, "purpose": PURPOSE, **given})
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


def test_health_says_store_and_run(served: Served) -> None:
    reply = served.client.get("/healthz")

    assert reply.status_code == 200
    assert reply.json()["status"] == "ok" and reply.json()["last_run"]["seq"] == 2


def test_a_graph_that_is_not_there(tmp_path: Path) -> None:
    with serving(Settings(home=tmp_path)) as empty:
        health, answer = empty.client.get("/healthz"), empty.client.get("/v1/info")

        assert (health.status_code, health.json()["status"]) == (503, "unavailable")
        assert (answer.status_code, answer.json()["code"]) == (503, "store_unavailable")
        assert "xinpu init" in answer.json()["message"]


def test_an_answer_keeps_the_published_schema(served: Served) -> None:
    answer = _linked(served, subject=USCC)

    jsonschema.validate(answer, {"$ref": "#/$defs/LinkedAnswer", "$defs": answer_schema()["$defs"]})
    assert {name: verdict["answer"] for name, verdict in answer["verdicts"].items()} == {
        "listed": "yes", "reached": "no", "associated": "no", "liable_if_ruled": "no",
    }  # fmt: skip


def test_get_and_post_answer_alike(served: Served) -> None:
    asked = {"subject": USCC, "at": DAY}
    answers = [served.client.get("/v1/linked", params=asked).json(), served.client.post("/v1/linked", json=asked).json()]

    for answer in answers:
        del answer["timing"]
    assert answers[0] == answers[1]


def test_a_person_by_name_and_anchor(served: Served) -> None:
    answer = _linked(served, name=PERSON, anchor=FIRM_NAME)

    (finding,) = answer["verdicts"]["associated"]["findings"]
    assert finding["subject"]["id"] == FIRM
    raw = [e["raw"] for e in answer["evidence"].values() if e["raw"]]
    assert raw and raw[0]["法定代表人"] == PERSON


@pytest.mark.parametrize(
    "asked",
    [("linked", {"name": PERSON, "anchor": FIRM_NAME}), ("linked", {"subject": PERSON}), ("search", {"text": PERSON}),
     ("path", {"a": PERSON, "b": FIRM}), ("linked", {"subject": "p-0000000000"})],
)  # fmt: skip
def test_a_person_needs_a_purpose(served: Served, asked: tuple[str, dict[str, str]]) -> None:
    verb, given = asked
    reply = served.client.post(f"/v1/{verb}", json=given)

    assert (reply.status_code, reply.json()["code"]) == (422, "purpose_needed")


def test_a_look_up_of_a_person_is_noted(served: Served) -> None:
    _linked(served, name=PERSON, anchor=FIRM_NAME, purpose="案件一")
    _linked(served, subject=USCC)

    last = list(AuditLog(served.settings.audit_log).entries())[-1]
    assert (last["who"], last["verb"], last["purpose"]) == ("http:loopback", "linked", "案件一")
    assert last["parameters"] == {"name": PERSON, "anchor": FIRM_NAME, "at": DAY}


def test_what_cannot_be_noted_is_not_answered(built: Settings, tmp_path: Path) -> None:
    elsewhere = replace(built, home=tmp_path, graph=built.graph_url)
    elsewhere.audit_log.mkdir()
    with serving(elsewhere) as broken:
        reply = broken.client.post("/v1/linked", json={"subject": PERSON, "purpose": PURPOSE})

        assert (reply.status_code, reply.json()["code"]) == (503, "audit_error")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v1/linked", 422, "usage_error"),
        ("/v1/linked?subject=a&at=gestern", 422, "usage_error"),
        ("/v1/linked?subject=a&nonsense=1", 422, "usage_error"),
        ("/v1/linked?subject=cn-uscc-00", 404, "unknown_entity"),
        ("/v1/query?name=nonsense", 404, "unknown_entity"),
        ("/v1/search?text=a&limit=201", 422, "usage_error"),
        ("/v1/ingest", 404, "http_error"),
        ("/v1/maps/show?name=nonsense", 422, "map_error"),
        ("/v1/linked?subject=", 422, "usage_error"),
    ],
)
def test_errors_have_code_and_message(served: Served, path: str, status: int, code: str) -> None:
    reply = served.client.get(path)

    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert set(reply.json()) == {"code", "message"} and reply.json()["message"]


def test_limits_of_the_settings_hold(built: Settings) -> None:
    with serving(replace(built, max_hops=2, max_rows=5, max_seconds=1, max_body=500)) as small:
        for name, value in (("max_hops", 3), ("limit", 6), ("seconds", 2)):
            refused = small.client.post("/v1/linked", json={"subject": USCC, name: value})
            assert refused.status_code == 422 and "XINPU_MAX_" in refused.json()["message"]
        asked = small.client.post("/v1/linked", json={"subject": USCC}).json()["question"]
        assert (asked["max_hops"], asked["limit"], asked["budget_seconds"]) == (2, 5, 1)
        large = small.client.post("/v1/linked", content=b" " * 501)
        assert (large.status_code, large.json()["code"]) == (413, "too_large")
        streamed = small.client.post("/v1/linked", content=_pieces())
        assert streamed.status_code == 413


def _pieces() -> Iterator[bytes]:
    yield from (b" " * 100 for _ in range(6))


def test_the_catalogue_runs_with_values(served: Served) -> None:
    names = [question["name"] for question in served.client.get("/v1/queries").json()]
    one = served.client.get("/v1/queries", params={"name": "runs"}).json()
    rows = served.client.get("/v1/query", params={"name": "enterprise_records", "parameter": f"ids={FIRM}"})

    assert len(names) >= 25 and "MATCH" in one[0]["cypher"]
    assert [row["name"] for row in rows.json()] == [FIRM_NAME]


@pytest.mark.parametrize(("form", "media"), [("json", "application/json"), ("graphml", "application/xml"), ("csv", "application/zip"), ("cypher", "text/plain")])
def test_export(served: Served, form: str, media: str) -> None:
    reply = served.client.get("/v1/export", params={"id": FIRM, "format": form, "hops": 1})

    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"].startswith(media)
    assert form == "csv" or FIRM in reply.text


def test_search_show_path_info(served: Served) -> None:
    hits = served.client.get("/v1/search", params={"text": "示例甲"}).json()["hits"]
    profile = served.client.get("/v1/show", params={"id": FIRM}).json()
    path = served.client.post("/v1/path", json={"a": FIRM_NAME, "b": OTHER_NAME, "at": DAY}).json()

    assert [hit["id"] for hit in hits] == [FIRM]
    assert profile["subject"]["caption"] == FIRM_NAME
    assert path["connected"]["answer"] == "no"
    assert served.client.get("/v1/info").json()["clocks"]["known_run"] == 2


def test_headers(served: Served) -> None:
    page, answer = served.client.get("/"), served.client.get("/v1/info")

    for name, value in HEADERS.items():
        assert page.headers[name] == answer.headers[name] == value
    assert "unsafe" not in page.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in answer.headers
    assert served.client.options("/v1/info", headers={"origin": "https://example.org", "access-control-request-method": "GET"}).status_code == 405


@pytest.mark.parametrize("headers", [{"host": "example.org"}, {"sec-fetch-site": "cross-site"}, {"host": "127.0.0.1.example.org:80"}])
def test_other_sites_are_refused(served: Served, headers: dict[str, str]) -> None:
    reply = served.client.get("/v1/info", headers=headers)

    assert (reply.status_code, reply.json()["code"]) == (403, "not_allowed")


def test_keys(built: Settings) -> None:
    with serving(replace(built, api_keys=(("büro", KEY), ("other", KEY + "2")))) as closed:
        assert closed.client.get("/").status_code == closed.client.get("/healthz").status_code == 200
        for headers in ({}, {"authorization": "Bearer nonsense"}, {"authorization": f"Basic {KEY}"}):
            assert closed.client.get("/v1/info", headers=headers).status_code == 401
        right = {"authorization": f"Bearer {KEY}"}
        assert closed.client.get("/v1/info", headers={**right, "host": "xinpu.example.org"}).status_code == 200
        asked = closed.client.post("/v1/linked", json={"subject": PERSON, "purpose": PURPOSE}, headers=right)
        assert asked.status_code == 200
        assert list(AuditLog(built.audit_log).entries())[-1]["who"] == "key:büro"


def test_an_unforeseen_error_tells_no_internals(built: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("api.services.graph_info", broken)
    with serving(built) as failing:
        reply = failing.client.get("/v1/info")

        assert (reply.status_code, reply.json()["code"]) == (500, "internal_error")
        assert "secret" not in json.dumps(reply.json())


def test_a_new_run_is_seen_without_a_restart(tmp_path: Path) -> None:
    with serving(build(tmp_path)) as running:
        before = running.client.get("/healthz").json()["last_run"]["seq"]
        facts = Facts()
        facts.enterprise("示例丁劳务有限公司")
        facts.publish(open_graph(running.settings.graph_url))

        assert running.client.get("/healthz").json()["last_run"]["seq"] == before + 1


def test_a_map_is_shown_by_name_and_no_file_is_read(served: Served, tmp_path: Path) -> None:
    file = tmp_path / "secret.yml"
    file.write_text("password: nobody-reads-this: {\n", "utf-8")
    for name in (str(file), str(file.with_suffix(""))):
        found = served.client.get("/v1/maps/show", params={"name": name})
        assert (found.status_code, found.json()["code"]) == (422, "map_error")
        assert "no map is called" in found.json()["message"] and "nobody" not in found.json()["message"]


def test_an_id_number_in_a_question_is_masked_in_the_log(served: Served) -> None:
    asked = {"name": PERSON, "anchor": FIRM_NAME, "purpose": "核查 33010219800101123X"}
    served.client.get("/v1/linked", params=asked)
    assert list(AuditLog(served.settings.audit_log).entries())[-1]["purpose"] == "核查 330102********123X"
