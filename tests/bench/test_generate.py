"""The generator: seeded, true to its ratios, every number valid, a delta that changes what it says."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from stdnum.cn import uscc

from tests.bench import words
from tests.bench.generate import main

Row = dict[str, str]
FILES = ("register", "officers", "shareholders", "lists")


def rows(folder: Path, name: str) -> list[Row]:
    """All rows of one generated file."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def generate(folder: Path, *options: str, seed: int = 1) -> Path:
    """The folder with 1,000 enterprises in it."""
    main(["--enterprises", "1000", "--seed", str(seed), "--out", str(folder), *options])
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("made"), "--delta", "100")


def test_the_same_seed_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    again, other = generate(tmp_path / "again"), generate(tmp_path / "other", seed=2)
    for name in FILES:
        first = (made / f"{name}.csv").read_bytes()
        assert first == (again / f"{name}.csv").read_bytes()
        assert first != (other / f"{name}.csv").read_bytes()


def test_counts_are_within_two_percent_of_the_ratios(made: Path) -> None:
    counts = {name: len(rows(made, name)) for name in FILES}
    assert counts["register"] == 1000 and counts["lists"] == 3
    assert counts["officers"] == pytest.approx(2200, rel=0.02)
    assert counts["shareholders"] == pytest.approx(1400, rel=0.02)
    assert sum(counts.values()) == pytest.approx(4600, rel=0.02)
    by_firms = sum(row["股东类型"] == "企业法人" for row in rows(made, "shareholders"))
    assert by_firms == pytest.approx(1400 / 3, rel=0.02)


def test_persons_are_within_two_percent(made: Path) -> None:
    legal = {(row["统一社会信用代码"], row["法定代表人"]) for row in rows(made, "register")}
    officers = {(row["统一社会信用代码"], row["姓名"]) for row in rows(made, "officers")}
    holders = {
        (r["统一社会信用代码"], r["股东名称"])
        for r in rows(made, "shareholders")
        if not r["股东统一社会信用代码"]
    }
    assert len(legal | officers | holders) == pytest.approx(1400, rel=0.02)


def test_printed_counts_are_those_of_the_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = generate(tmp_path)
    printed = json.loads(capsys.readouterr().out)
    assert {name: printed[name] for name in FILES} == {name: len(rows(folder, name)) for name in FILES}
    assert printed["relations"] == sum(printed[name] for name in FILES)
    assert printed["persons"] == pytest.approx(1400, rel=0.02)


def test_every_uscc_is_valid_and_every_name_unique(made: Path) -> None:
    register = rows(made, "register")
    assert (
        len({row["企业名称"] for row in register})
        == len({row["统一社会信用代码"] for row in register})
        == 1000
    )
    for folder, names in ((made, FILES), (made / "delta", FILES[:2])):
        for name in names:
            for row in rows(folder, name):
                assert uscc.is_valid(row["统一社会信用代码"])
                assert uscc.is_valid(row.get("股东统一社会信用代码") or row["统一社会信用代码"])


def test_names_agree_between_the_files(made: Path) -> None:
    names = {row["统一社会信用代码"]: row["企业名称"] for row in rows(made, "register")}
    assert all(names[row["统一社会信用代码"]] == row["企业名称"] for row in rows(made, "lists"))
    for row in rows(made, "shareholders"):
        holder = row["股东统一社会信用代码"]
        assert row["统一社会信用代码"] in names and (not holder or names[holder] == row["股东名称"])


def test_rows_are_distinct_and_ordered_in_time(made: Path) -> None:
    posts = rows(made, "officers")
    assert len({(r["统一社会信用代码"], r["姓名"], r["职务"]) for r in posts}) == pytest.approx(
        len(posts), rel=0.002
    )
    assert all(not row["离任日期"] or row["任职日期"] <= row["离任日期"] for row in posts)
    assert all(not row["移出日期"] or row["列入日期"] <= row["移出日期"] for row in rows(made, "lists"))
    held = [
        (row["统一社会信用代码"], row["股东统一社会信用代码"] or row["股东名称"])
        for row in rows(made, "shareholders")
    ]
    assert len(set(held)) == pytest.approx(len(held), rel=0.002)


def test_shares_add_up_to_at_most_a_hundred(made: Path) -> None:
    total: Counter[str] = Counter()
    for row in rows(made, "shareholders"):
        total[row["统一社会信用代码"]] += round(float(row["持股比例"].rstrip("%")) * 100)
    assert max(total.values()) <= 10_000


def test_holders_are_heavy_tailed(made: Path) -> None:
    degree = Counter(
        row["股东统一社会信用代码"] for row in rows(made, "shareholders") if row["股东统一社会信用代码"]
    )
    team = Counter(row["统一社会信用代码"] for row in rows(made, "officers"))
    assert degree.most_common(1)[0][1] > 20 and team.most_common(1)[0][1] > 10


def test_the_delta_is_half_new_and_half_changed(made: Path) -> None:
    known = {row["统一社会信用代码"]: row for row in rows(made, "register")}
    companies, posts = rows(made / "delta", "register"), rows(made / "delta", "officers")
    changed = [row for row in companies if row["统一社会信用代码"] in known]
    ended = [row for row in posts if row["统一社会信用代码"] in known]
    assert (len(companies), len(posts), len(changed), len(ended)) == (50, 50, 25, 25)
    for row in changed:
        before = known[row["统一社会信用代码"]]
        assert {column for column in row if row[column] != before[column]} == {"法定代表人"}
    open_posts = [row | {"离任日期": ""} for row in ended]
    assert all(row["离任日期"] for row in ended) and all(row in rows(made, "officers") for row in open_posts)


def test_the_word_lists_repeat_nothing() -> None:
    for choices in (
        words.BRAND,
        words.TRADES,
        words.FORMS,
        words.SURNAMES,
        words.GIVEN,
        [name for name, _ in words.PLACES],
    ):
        assert len(set(choices)) == len(choices)


@pytest.mark.parametrize("arguments", [["--enterprises", "10"], ["--enterprises", "1000", "--delta", "2000"]])
def test_impossible_sizes_are_refused(arguments: list[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([*arguments, "--out", str(tmp_path)])
