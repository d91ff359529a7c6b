"""The command line over a real graph: tables for people, canonical JSON for programs, exit codes, clean ends."""

import io
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from rich.console import Console

from api import cli, render
from api.audit import AuditLog
from api.call import json_text, plain
from api.settings import Settings
from queries.answers.answer import canonical
from tests.api.recorded import LINKED
from tests.api.world import DAY, FIRM, FIRM_NAME, OTHER_NAME, PERSON, ROWS, USCC, Served

COMMAND = [sys.executable, "-m", "api.cli"]


@pytest.fixture(autouse=True)
def home(built: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINPU_HOME", str(built.home))
    monkeypatch.setenv("XINPU_PURPOSE", "测试缺省")


def _out(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert cli.run(arguments) == code
    return capsys.readouterr().out


def test_linked_is_told_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    told = _out(capsys, "linked", "--name", PERSON, "--anchor", FIRM_NAME, "--at", DAY)

    for words in ("列入名单 listed  否 no", "事实关联 associated  是 yes", "措施所及 reached  否 no", "失信被执行人", "未覆盖 not covered", "firms.csv，第 2 行"):
        assert words in told
    assert f"{PERSON} —法定代表人→ {FIRM_NAME} (2022-01-01 –; " in told


def test_every_part_of_an_answer_is_shown() -> None:
    console = Console(width=200, record=True, file=io.StringIO())
    for part in render.parts("linked", plain(LINKED)):
        console.print(part)
    told = console.export_text()

    for words in ("≈同一主体 已锚定 anchored≈", "←股东、10%—", "—股东、70.5%→", "(截至 as of 2025-12-31; c-state-2)", "仅因国有股东", "枢纽 hubs", "913", "12,500", "第 4 行"):
        assert words in told


def test_json_is_the_canonical_answer(capsys: pytest.CaptureFixture[str], served: Served) -> None:
    told = _out(capsys, "linked", USCC, "--at", DAY, "--json")

    answer = served.client.get("/v1/linked", params={"subject": USCC, "at": DAY}).json()
    assert json.loads(told) == {key: value for key, value in answer.items() if key != "timing"}
    assert told.count("\n") == 1
    assert json_text(plain(LINKED)) == canonical(LINKED)


@pytest.mark.parametrize(
    "arguments",
    [["info"], ["queries"], ["queries", "runs"], ["query", "runs"], ["search", "示例"], ["show", FIRM], ["path", FIRM_NAME, OTHER_NAME], ["maps"], ["maps", "show", "company-register"],
     ["quarantine"], ["linked", PERSON], ["neo4j", "status", "nowhere"], ["search", "没有这个名字"]],
    ids=" ".join,
)  # fmt: skip
def test_a_table_and_json(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    table = _out(capsys, *arguments)
    told = _out(capsys, *arguments, "--json")

    assert table.strip() and not table.lstrip().startswith("{")
    json.loads(told)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["linked"], 2, "give either a subject or --name"),
        (["linked", USCC, "--at", "2020-02-31"], 2, "is no day"),
        (["linked", USCC, "--max-hops", "9"], 2, "max-hops"),
        (["linked", USCC, "--nonsense"], 2, "--nonsense"),
        (["nonsense"], 2, "nonsense"),
        (["linked", "cn-uscc-00"], 1, "cn-uscc-00"),
        (["quarantine", "show", "99"], 1, "99"),
        (["query", "nonsense"], 1, "xinpu queries"),
        (["ingest", "nowhere.csv", "--map", "company-register"], 1, "nowhere.csv"),
        (["neo4j", "import", "nowhere", "nowhere"], 2, "export-admin-csv"),
        (["same", "p-1", "p-2", "--why", "because"], 2, "--grade"),
    ],
)  # fmt: skip
def test_exit_codes(capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, words: str) -> None:
    assert cli.run(arguments) == code
    told = capsys.readouterr()
    assert words in told.err and not told.out


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert "关联核查" in _out(capsys, "--help")
    assert "Example" in _out(capsys, "linked", "--help")
    assert _out(capsys, "--version").startswith("xinpu ")


def test_a_look_up_of_a_person_is_noted(capsys: pytest.CaptureFixture[str], built: Settings) -> None:
    _out(capsys, "linked", "--name", PERSON, "--anchor", FIRM_NAME, "--purpose", "案件二")
    _out(capsys, "linked", PERSON)
    noted = list(AuditLog(built.audit_log).entries())
    _out(capsys, "linked", USCC)

    assert [(e["verb"], e["purpose"]) for e in noted[-2:]] == [("linked", "案件二"), ("linked", "测试缺省")]
    assert noted[-1]["who"].startswith("os:")
    assert len(list(AuditLog(built.audit_log).entries())) == len(noted)


def test_export_to_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "around.graphml"

    assert _out(capsys, "export", FIRM, "--format", "graphml", "-o", str(file)) == ""
    assert "graphml" in file.read_text("utf-8")
    assert cli.run(["export", FIRM, "-o", str(file)]) == 2
    assert "--force" in capsys.readouterr().err
    assert json.loads(_out(capsys, "export", FIRM, "-f", "csv", "-o", str(file), "--force", "--json"))["written"] == str(file)
    assert file.read_bytes()[:2] == b"PK"


def test_init_and_ingest(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINPU_HOME", str(tmp_path / "new"))
    file = tmp_path / "firms.csv"
    file.write_text(ROWS, encoding="utf-8")

    first = json.loads(_out(capsys, "init", "--json"))
    report = json.loads(_out(capsys, "ingest", str(file), "--map", "company-register", "--json"))
    again = json.loads(_out(capsys, "ingest", str(file), "-m", "company-register", "--json"))
    assert "未变 unchanged" in _out(capsys, "ingest", str(file), "-m", "company-register", "--recheck", "--dry-run")
    assert "企业登记信息" in _out(capsys, "info")

    assert first["changed"] is True
    assert report["rows"] == {"read": 2, "loaded": 2, "unchanged": 0, "quarantined": 0}
    assert again["changes"] == 0
    assert json.loads(_out(capsys, "export-admin-csv", str(tmp_path / "csv"), "--json"))["files"] > 3


def test_a_map_for_a_new_file_a_row_that_cannot_be_used_and_a_judgement(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINPU_HOME", str(tmp_path / "new"))
    file, written = tmp_path / "firms.csv", tmp_path / "firms.yml"
    file.write_text(f"企业名称,统一社会信用代码,注册资本\n{FIRM_NAME},{USCC},100万元\n{OTHER_NAME},91360102XP00000286,很多\n示例丙餐饮有限公司,,5万元\n", encoding="utf-8")
    _out(capsys, "init")

    _out(capsys, "maps", "new", str(file), "-o", str(written))
    report = json.loads(_out(capsys, "ingest", str(file), "--map", str(written), "--json"))
    assert report["rows"] == {"read": 3, "loaded": 2, "unchanged": 0, "quarantined": 1}
    (held,) = json.loads(_out(capsys, "quarantine", "list", "--json"))
    assert (held["row"], held["column"], held["value"]) == (3, "注册资本", "很多")
    assert OTHER_NAME in _out(capsys, "quarantine", "show", str(held["id"]))
    assert json.loads(_out(capsys, "quarantine", "retry", str(held["id"]), "--map", str(written), "--json"))["still_waiting"] == 1

    ids = [hit["id"] for hit in json.loads(_out(capsys, "search", "示例", "--json"))["hits"]]
    judged = json.loads(_out(capsys, "same", *ids, "--grade", "confirmed", "--why", "同一营业执照", "--json"))
    assert judged["changed"] == 1
    folded = json.loads(_out(capsys, "show", ids[0], "--json"))["same_as"]
    assert [one["grade"] for one in folded] == ["confirmed"]
    assert json.loads(_out(capsys, "same", *ids, "--close", "--why", "看错了", "--json"))["changed"] == 1


def _process(*arguments: str, **more: Any) -> "subprocess.Popen[str]":
    return subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)


def test_a_closed_pipe_ends_cleanly() -> None:
    process = _process("queries", "--json")
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()

    assert process.wait(60) == 0
    assert process.stderr.read() == ""
    process.stderr.close()


def test_ctrl_c_ends_cleanly(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "call", interrupted)

    assert cli.run(["info"]) == cli.STOPPED
    assert capsys.readouterr().err.strip() == "xinpu: stopped"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_says_where_and_ends_cleanly(number: signal.Signals) -> None:
    process = _process("serve", "--port", "0")
    assert process.stderr is not None
    address = process.stderr.readline().split()[2]

    assert httpx.get(f"{address}healthz", timeout=30).json()["status"] == "ok"
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (0, "", "")


def test_serve_is_refused_openly_without_keys(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["serve", "--host", "0.0.0.0"]) == 2
    assert "XINPU_API_KEYS" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [("linked", ""), ("linked", "--name", ""), ("show", ""), ("path", "", FIRM_NAME), ("export", "")])
def test_an_empty_subject_is_a_wrong_call(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    assert cli.run(arguments) == 2
    assert "at least 1 character" in capsys.readouterr().err
