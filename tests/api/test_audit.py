"""The log of look-ups: chained, written before the answer, kept by several processes at once."""

import json
import multiprocessing
from pathlib import Path

import pytest

from api.audit import START, AuditError, AuditLog, Lookup


def _note(file: Path, number: int) -> None:
    for _ in range(number):
        AuditLog(file).note(Lookup("os:tester", "linked", {"name": "示例张三"}, "测试"))


def test_each_line_holds_the_hash_of_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"

    _note(file, 3)

    entries = list(AuditLog(file).entries())
    assert [e["before"] for e in entries] == [START, *(e["hash"] for e in entries[:2])]
    assert {(e["who"], e["verb"], e["purpose"]) for e in entries} == {("os:tester", "linked", "测试")}
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("spoil", ["change", "take out", "move", "cut"])
def test_a_broken_chain_is_named_by_its_line(tmp_path: Path, spoil: str) -> None:
    file = tmp_path / "audit.jsonl"
    _note(file, 4)
    lines = file.read_text("utf-8").splitlines()
    if spoil == "change":
        lines[1] = lines[1].replace("测试", "别的")
    elif spoil == "take out":
        del lines[1]
    elif spoil == "move":
        lines[1], lines[2] = lines[2], lines[1]
    else:
        lines[1] = lines[1][:20]
    file.write_text("\n".join(lines) + "\n", "utf-8")

    with pytest.raises(AuditError, match="line 2"):
        list(AuditLog(file).entries())


def test_several_processes_keep_one_chain(tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_note, args=(file, 10)) for _ in range(3)]

    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert len(list(AuditLog(file).entries())) == 30


def test_what_cannot_be_noted_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="not answered"):
        _note(tmp_path, 1)  # a folder is in the way


def test_a_line_that_is_not_whole_stops_the_log(tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    _note(file, 1)
    with file.open("a") as handle:
        handle.write(json.dumps({"at": "half"})[:-3])

    with pytest.raises(AuditError, match="not whole"):
        _note(file, 1)
