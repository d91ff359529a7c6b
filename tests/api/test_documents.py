"""Documents on every face: extract, review, screen-text and nlp on the command line, the same over HTTP."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api import cli, reading
from api.audit import AuditLog
from api.settings import Settings
from nlp.extraction import Extraction
from nlp.llm import LlmError
from tests.api.world import FIRM, FIRM_NAME, USCC, Served, build, serving
from tests.ingest.reading import ENTITIES, FACTS, TEXT


def _found(text: str, date: str | None = None) -> Extraction:
    """What a perfect reader finds: the facts of the example, nothing in any other text."""
    if TEXT not in text:
        return Extraction(text, (), (), date, "t1")
    return Extraction(text, ENTITIES, FACTS, date or "2024-03-05", "t1")


@pytest.fixture(autouse=True)
def perfect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "extractor", lambda: _found)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A graph of its own for each test, since these write."""
    settings = build(tmp_path)
    monkeypatch.setenv("XINPU_HOME", str(tmp_path))
    monkeypatch.setenv("XINPU_PURPOSE", "测试缺省")
    return settings


@pytest.fixture
def server(home: Settings) -> Iterator[Served]:
    with serving(home) as running:
        yield running


def _out(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert cli.run(arguments) == code, capsys.readouterr().err
    return capsys.readouterr().out


def _json(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> Any:
    return json.loads(_out(capsys, *arguments, "--json", code=code))


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "decision.txt"
    path.write_text(TEXT, "utf-8")
    return str(path)


# --- on the command line --------------------------------------------------------------------------------


def test_extract_tells_each_fact_with_its_place(capsys: pytest.CaptureFixture[str], home: Settings, file: str) -> None:
    [document] = _json(capsys, "extract", file)["documents"]
    table = _out(capsys, "extract", file, "--table")

    fine = document["facts"][0]
    assert (fine["type"], fine["subject_name"], fine["object_name"], fine["quote"]) == ("Penalty", FIRM_NAME, "示例市市场监督管理局", "罚款50000元")
    assert fine["place"] == {"page": None, "box": None, "paragraph": 3, "row": None}
    assert TEXT[fine["span"]["start"] : fine["span"]["end"]] == "罚款50000元"
    assert (fine["claim"], document["text"], document["characters"]) == (None, None, len(TEXT))
    assert "罚款50000元" in table and FIRM_NAME in table and "decision.txt" in table
    assert home.home.exists()


def test_a_document_that_cannot_be_read_is_told_and_the_others_are_read(capsys: pytest.CaptureFixture[str], home: Settings, file: str, tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"nothing")

    assert cli.run(["extract", file, str(tmp_path / "bad.pdf"), "--json"]) == 1
    told = capsys.readouterr()

    answer = json.loads(told.out)
    assert [d["name"] for d in answer["documents"]] == ["decision.txt"] and answer["failed"][0]["name"].endswith("bad.pdf")
    assert "named like a PDF" in told.err and told.err.count("bad.pdf") == 1
    assert home.home == tmp_path


def test_from_document_to_decision(capsys: pytest.CaptureFixture[str], home: Settings, file: str) -> None:
    before = _json(capsys, "linked", USCC, "--at", "2025-01-01")
    read = _json(capsys, "extract", file, "--into-graph", "--source", "示例市场监管局网站")
    waiting = _json(capsys, "review", "list")
    held = [f["held"] for f in read["documents"][0]["facts"]]

    assert read["graph"]["new"]["Penalty"] == 1 and held == [None, None, None, None, "conditional", "not_in_the_model"]
    assert {w["id"] for w in waiting} >= {f["claim"] for f in read["documents"][0]["facts"] if f["claim"]}
    with_candidates = _json(capsys, "linked", USCC, "--at", "2025-01-01")
    assert with_candidates["verdicts"] == before["verdicts"]
    assert with_candidates["coverage"]["candidates_excluded"] == before["coverage"]["candidates_excluded"] + 4
    assert _json(capsys, "show", FIRM)["candidates"] == 4

    [penalty] = _json(capsys, "review", "list", "--type", "行政处罚", "--confidence", "0.9")
    accepted = _json(capsys, "review", "accept", penalty["id"][:10], "--why", "与原件一致")
    rejected = _json(capsys, "review", "reject", "--type", "Listing", "--why", "名单所指不明")
    shown = _json(capsys, "review", "show", accepted["claims"][0]["claim"])
    assert (shown["state"], shown["review"]["why"], shown["review"]["by"][:3]) == ("accepted", "与原件一致", "os:")
    assert rejected["changed"] == 2 and len(_json(capsys, "review", "list", "--state", "rejected")) == 2
    assert len(_json(capsys, "show", FIRM)["penalties"]) == 1
    assert "罚款50000元" in _out(capsys, "review", "show", shown["id"])
    assert _json(capsys, "review", "reopen", shown["id"], "--why", "再看一遍")["changed"] == 1
    assert _json(capsys, "show", FIRM)["penalties"] == []
    assert home.home.exists()


def test_wrong_reviews(capsys: pytest.CaptureFixture[str], home: Settings) -> None:
    for arguments, code, words in (
        (["review", "accept", "--why", "because"], 1, "say which"), (["review", "accept", "0123456789ab", "--why", "because"], 1, "review list"),
        (["review", "accept", "0123456789ab"], 2, "--why"), (["review", "show", "0123"], 2, "at least 8"),
    ):  # fmt: skip
        assert cli.run(arguments) == code
        assert words in capsys.readouterr().err
    assert home.home.exists()


def test_texts_from_a_table_and_from_standard_input(capsys: pytest.CaptureFixture[str], home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text('编号,正文\n1,"' + TEXT + '"\n2,没有事实\n', "utf-8")

    found = _json(capsys, "extract", str(rows), "--text-column", "正文", "--into-graph")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    piped = _json(capsys, "extract", "-", "--with-text")

    assert [(d["row"], len(d["facts"])) for d in found["documents"]] == [(2, 6), (3, 0)]
    assert piped["documents"][0]["text"] == TEXT and piped["documents"][0]["name"] == "standard input"
    assert home.home.exists()


def test_screen_text_asks_about_each_name_and_notes_the_persons(capsys: pytest.CaptureFixture[str], home: Settings, file: str) -> None:
    answer = _json(capsys, "screen-text", file, "--at", "2026-01-01", "--purpose", "案件 2026-001")
    table = _out(capsys, "screen-text", file, "--at", "2026-01-01")
    noted = list(AuditLog(home.audit_log).entries())

    by_name = {one["name"]: one for one in answer["screened"]}
    firm, person = by_name[FIRM_NAME], by_name["示例卫五"]
    assert (firm["subject"]["id"], firm["verdicts"]["listed"], firm["lists"]) == (FIRM, "yes", ["失信被执行人"])
    assert (person["anchor"], person["type"]) == (USCC, "Person")
    assert set(by_name) == {FIRM_NAME, "示例乙投资有限公司", "示例卫五"}  # the authority is not screened
    assert person["verdicts"]["listed"] == "undetermined" and person["answer"]["subject"]["id"] is None
    assert FIRM_NAME in table and "失信被执行人" in table
    assert [(e["verb"], e["purpose"], e["parameters"]["name"]) for e in noted] == [
        ("screen-text", "案件 2026-001", "示例卫五"), ("screen-text", "测试缺省", "示例卫五"),
    ]  # fmt: skip


def test_predictions_in_the_layout_of_the_passages(capsys: pytest.CaptureFixture[str], home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gold, predictions = tmp_path / "gold.jsonl", tmp_path / "pred.jsonl"
    gold.write_text(json.dumps({"id": "p1", "text": TEXT, "date_context": "2024-03", "facts": ["secret"]}) + "\n", "utf-8")
    seen: list[Any] = []

    def predict(record: Any) -> Any:
        seen.append(record)
        return {"id": record["id"], "facts": []}

    monkeypatch.setattr("nlp.pipeline.predict", predict)

    _out(capsys, "nlp", "predict", str(gold), "-o", str(predictions))

    assert [json.loads(line) for line in predictions.read_text("utf-8").splitlines()] == [{"id": "p1", "facts": []}]
    assert set(seen[0]) == {"id", "text", "date_context"}  # the annotation is not even handed over
    (tmp_path / "bad.jsonl").write_text('{"id": 1}\n', "utf-8")
    for wrong in ("bad.jsonl", "nowhere.jsonl"):
        assert cli.run(["nlp", "predict", str(tmp_path / wrong)]) == 1
        assert wrong in capsys.readouterr().err
    assert home.home.exists()


# --- over HTTP ------------------------------------------------------------------------------------------


def test_a_text_is_read_over_http(server: Served) -> None:
    reply = server.client.post("/v1/extract", json={"text": TEXT, "name": "通知", "date": "2024-05-06"})

    [document] = reply.json()["documents"]
    assert reply.status_code == 200 and reply.json()["graph"] is None
    assert (document["text"], document["name"], document["date"], len(document["facts"])) == (TEXT, "通知", "2024-05-06", 6)


def test_a_file_goes_into_the_graph_and_is_decided_on_over_http(server: Served) -> None:
    reply = server.client.post("/v1/extract", files={"file": ("decision.txt", TEXT.encode())}, data={"into_graph": "true"})
    [document] = reply.json()["documents"]
    claim = document["facts"][0]["claim"]
    waiting = server.client.get("/v1/candidates", params={"document": document["id"]}).json()

    assert reply.status_code == 200 and claim in {w["id"] for w in waiting}
    decided = server.client.post("/v1/candidates", json={"ids": [claim], "decision": "accept", "why": "与原件一致"}).json()
    [accepted] = server.client.get("/v1/candidates", params={"state": "accepted"}).json()
    assert (decided["changed"], accepted["id"], accepted["review"]["by"]) == (1, decided["claims"][0]["claim"], "http:loopback")
    assert server.client.get("/v1/show", params={"id": FIRM}).json()["penalties"]
    back = server.client.post("/v1/candidates", json={"ids": [accepted["id"]], "decision": "reopen", "why": "看错了"}).json()
    assert back["changed"] == 1 and server.client.get("/v1/candidates", params={"state": "accepted"}).json() == []


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({"json": {"text": ""}}, 422, "at least 1"), ({"json": {"text": "  "}}, 422, "at least 1"), ({"json": {"text": "x", "nonsense": 1}}, 422, "nonsense"),
        ({"content": b"{"}, 422, "neither JSON"), ({"files": {"other": ("a.txt", b"x")}}, 422, "file"),
        ({"files": {"file": ("a.pdf", b"no pdf")}}, 422, "named like a PDF"), ({"files": {"file": ("a.txt", b"")}}, 422, "0 bytes"),
        ({"json": {"text": "x", "date": "2024-02-31"}}, 422, "no day"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_over_http_says_so(server: Served, given: Any, status: int, words: str) -> None:
    reply = server.client.post("/v1/extract", **given)

    assert (reply.status_code, words in reply.json()["message"]) == (status, True), reply.text


def test_a_document_may_be_larger_than_a_question_but_has_a_limit(home: Settings) -> None:
    with serving(replace(home, max_upload=200_000)) as server:
        assert server.client.post("/v1/extract", json={"text": "示" * 40_000}).status_code == 200
        refused = server.client.post("/v1/extract", json={"text": "示" * 80_000})
    assert refused.status_code == 413 and "XINPU_MAX_UPLOAD" in refused.json()["message"]


def test_decisions_over_http_are_checked(server: Served) -> None:
    for body, status in (({"ids": [], "decision": "accept", "why": "abc"}, 422), ({"ids": ["0123456789"], "decision": "accept", "why": "abc"}, 404)):
        assert server.client.post("/v1/candidates", json=body).status_code == status
    person = server.client.get("/v1/candidates", params={"subject": "张三丰"})
    assert person.status_code == 422 and person.json()["code"] == "purpose_needed"
    assert server.client.get("/v1/candidates", params={"subject": "张三丰", "purpose": "测试"}).json() == []


def test_keys_guard_documents_too(home: Settings) -> None:
    with serving(replace(home, api_keys=(("审核员", "k" * 20),))) as server:
        assert server.client.post("/v1/extract", json={"text": TEXT}).status_code == 401
        key = {"authorization": f"Bearer {'k' * 20}"}
        [document] = server.client.post("/v1/extract", json={"text": TEXT, "into_graph": True}, headers=key).json()["documents"]
        body = {"ids": [document["facts"][0]["claim"]], "decision": "accept", "why": "abc"}
        assert server.client.post("/v1/candidates", json=body).status_code == 401
        server.client.post("/v1/candidates", json=body, headers=key)
        [one] = server.client.get("/v1/candidates", params={"state": "accepted"}, headers=key).json()
    assert one["review"]["by"] == "key:审核员"


def test_the_openapi_description_has_the_body_of_extract(server: Served) -> None:
    described = server.client.get("/openapi.json").json()

    body = described["paths"]["/v1/extract"]["post"]["requestBody"]["content"]
    assert set(body) == {"application/json", "multipart/form-data"}
    assert {"ExtractText", "ExtractAnswer"} <= set(described["components"]["schemas"])
    assert set(described["paths"]["/v1/candidates"]) == {"get", "post"}


# --- a language model -----------------------------------------------------------------------------------


def test_nothing_is_sent_to_a_language_model_unless_it_is_named_and_allowed(capsys: pytest.CaptureFixture[str], home: Settings, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []

    def propose(extraction: Extraction, endpoint: Any) -> Extraction:
        sent.append(endpoint.url)
        return extraction

    monkeypatch.setattr(reading, "propose", propose)
    for name, value, words in (("XINPU_LLM_URL", "http://127.0.0.1:9/v1", "XINPU_LLM_MODEL"), ("XINPU_LLM_MODEL", "local", "XINPU_LLM_SEND_TEXT=yes"), ("XINPU_LLM_SEND_TEXT", "maybe", "yes or no")):
        monkeypatch.setenv(name, value)
        assert cli.run(["extract", file, "--llm"]) == 2
        assert words in capsys.readouterr().err and sent == []
    monkeypatch.setenv("XINPU_LLM_SEND_TEXT", "yes")
    _out(capsys, "extract", file)
    assert sent == []
    _out(capsys, "extract", file, "--llm")
    assert sent == ["http://127.0.0.1:9/v1"] and home.home.exists()


def test_a_language_model_that_cannot_be_asked_says_so(capsys: pytest.CaptureFixture[str], home: Settings, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("XINPU_LLM_URL", "http://127.0.0.1:9/v1"), ("XINPU_LLM_MODEL", "local"), ("XINPU_LLM_SEND_TEXT", "yes")):
        monkeypatch.setenv(name, value)

    for error, words in ((LlmError("http://127.0.0.1:9/v1: refused"), "refused"), (ModuleNotFoundError("openai"), "pip install xinpu[llm]")):

        def propose(*_: Any, error: Exception = error) -> Extraction:
            raise error

        monkeypatch.setattr(reading, "propose", propose)
        assert cli.run(["extract", file, "--llm"]) == 1
        assert words in capsys.readouterr().err
    assert home.home.exists()
